"""Names of units against a register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.reading.units import EMPTY, Register

REGISTER = Register.from_json(
    {
        "units": [
            {
                "name": "Cục Thương mại điện tử và Kinh tế số",
                "kind": "unit",
                "abbreviations": ["Cục TMĐT&KTS", "TMĐT&KTS"],
            },
            {
                "name": "Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công",
                "kind": "unit",
                "abbreviations": ["Cục ĐCK"],
            },
            {"name": "Vụ Kế hoạch, Tài chính và Quản lý doanh nghiệp", "kind": "unit", "abbreviations": []},
            {"name": "Vụ Pháp chế", "kind": "unit", "abbreviations": []},
            {"name": "Vụ Tổ chức cán bộ", "kind": "unit", "abbreviations": ["Vụ TCCB"]},
            {"name": "Cục Công nghiệp", "kind": "unit", "abbreviations": []},
            {"name": "Ban Chỉ đạo ISO", "kind": "unit", "abbreviations": []},
            {"name": "Tổ giúp việc Ban Chỉ đạo ISO", "kind": "unit", "abbreviations": ["Tổ giúp việc"]},
            {"name": "Văn phòng Bộ", "kind": "unit", "abbreviations": ["VPB"]},
            {"name": "Các đơn vị thuộc Bộ", "kind": "collective", "abbreviations": []},
            {"name": "Các đơn vị có liên quan", "kind": "collective", "abbreviations": []},
            {"name": "UBND các tỉnh, thành phố", "kind": "external", "abbreviations": []},
            {"name": "Trường", "kind": "collective", "abbreviations": []},
        ]
    }
)
DIGITAL = "Cục Thương mại điện tử và Kinh tế số"
GREEN = "Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Cục ĐCK, TMĐT&KTS", [GREEN, DIGITAL]),
        (
            "Ban Chỉ đạo ISO; Tổ giúp việc, Văn phòng Bộ",
            ["Ban Chỉ đạo ISO", "Tổ giúp việc Ban Chỉ đạo ISO", "Văn phòng Bộ"],
        ),
        ("Ban Chỉ đạo ISO và Tổ giúp việc", ["Ban Chỉ đạo ISO", "Tổ giúp việc Ban Chỉ đạo ISO"]),
        ("Các đơn vị trong Bộ; UBND các tỉnh, thành phố", ["Các đơn vị thuộc Bộ", "UBND các tỉnh, thành phố"]),
        ("Các đơn vị liên quan", ["Các đơn vị có liên quan"]),
        (
            "Vụ Kế hoạch, Tài chính và Quản lý doanh nghiệp, Vụ Pháp chế",
            ["Vụ Kế hoạch, Tài chính và Quản lý doanh nghiệp", "Vụ Pháp chế"],
        ),
        ("Vụ TCCB, Pháp chế", ["Vụ Tổ chức cán bộ", "Vụ Pháp chế"]),
        ("- Vụ Pháp chế\n- Cục Công nghiệp", ["Vụ Pháp chế", "Cục Công nghiệp"]),
        ("Cục Thươngmại điện tử và Kinh tế số", [DIGITAL]),
        ("Cục Đồi mới sáng tạo, Chuyên đội xanh và Khuyến công", [GREEN]),
        ("Trường Đại học Công nghiệp", ["Trường Đại học Công nghiệp"]),
        ("Cục Công nghệ", ["Cục Công nghệ"]),
        (
            "Các Sở: Công Thương, Tài chính, Nông nghiệp và Môi trường",
            ["Sở Công Thương", "Sở Tài chính", "Sở Nông nghiệp và Môi trường"],
        ),
    ],
)
def test_a_cell_names_its_units(text: str, names: list[str]) -> None:
    assert [unit.name for unit in REGISTER.split(text)] == names


def test_a_slip_is_mended_and_said() -> None:
    (unit,) = REGISTER.split("Vụ Phap chế")
    assert (unit.name, unit.known, unit.mended) == ("Vụ Pháp chế", True, True)


def test_an_unknown_body_is_kept_and_proposed_against() -> None:
    (unit,) = REGISTER.split("Cục Công nghệ")
    assert not unit.known
    assert "Cục Công nghiệp" in unit.proposals


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Sở Công Thương, Sở Tài chính và các đơn vị liên quan",
            ["Sở Công Thương", "Sở Tài chính", "các đơn vị liên quan"],
        ),
        (
            "Phòng Quản lý thương mại; Phòng Kế hoạch, Tài chính, Tổng hợp",
            ["Phòng Quản lý thương mại", "Phòng Kế hoạch, Tài chính, Tổng hợp"],
        ),
        ("Vụ Kế hoạch, Tài chính và Quản lý doanh nghiệp", ["Vụ Kế hoạch, Tài chính và Quản lý doanh nghiệp"]),
        ("Sở Văn hóa, Thể thao và Du lịch, Sở Nội vụ", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Nội vụ"]),
        ("Các sở, ban, ngành; UBND các xã, phường", ["Các sở, ban, ngành", "UBND các xã, phường"]),
    ],
)
def test_without_a_register_names_are_split_at_new_bodies(text: str, names: list[str]) -> None:
    found = EMPTY.split(text)
    assert [unit.name for unit in found] == names
    assert all(unit.known for unit in found)


@given(
    st.lists(
        st.sampled_from([u["name"] for u in REGISTER.units if u["name"] != "Trường"]),
        min_size=1,
        max_size=6,
        unique=True,
    ),
    st.sampled_from(["; ", "\n", ", ", ";"]),
)
def test_any_list_of_registered_names_is_read_back(names: list[str], glue: str) -> None:
    assert [unit.name for unit in REGISTER.split(glue.join(names))] == names


@given(st.text(max_size=80))
def test_places_point_into_the_text_given(text: str) -> None:
    from sauro.vietnamese.text import nfc

    text = nfc(text)
    for unit in REGISTER.split(text):
        assert text[unit.start : unit.end] == unit.raw
