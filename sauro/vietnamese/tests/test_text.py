from __future__ import annotations

import functools
import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.vietnamese import legacy
from sauro.vietnamese.text import convert, fold, fold_tone_marks, legacy_encoding, nfc, sort_key, squeeze, tokens

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
PREAMBLE = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập, tự do, hạnh phúc. Quyết định về việc phê duyệt kế hoạch chuyển đổi "
    "số; thủ trưởng các đơn vị thuộc bộ chịu trách nhiệm thi hành quyết định này. Ưu đãi, ăn ở, nguyễn thị thuỷ"
)

syllables = st.builds(
    lambda onset, vowel, tone, coda: unicodedata.normalize("NFC", onset + vowel + tone + coda),
    st.sampled_from(["", "b", "c", "đ", "d", "th", "z"]),
    st.sampled_from(VOWELS),
    st.sampled_from(TONES),
    st.sampled_from(["", "n", "c"]),
)
phrases = st.lists(syllables, max_size=5).map(" ".join)


def compare(one: str, two: str) -> int:
    """The order of the dictionary, said a second time and slowly."""

    def levels(text: str) -> tuple[list[int], list[int]]:
        letters, tones = [], []
        for word in text.split():
            letters.append(-1)
            tones.append(0)
            for char in word:
                base, tone = char, 0
                for i, mark in enumerate(TONES[1:], 1):
                    parts = unicodedata.normalize("NFD", char)
                    if mark in parts:
                        base, tone = unicodedata.normalize("NFC", parts.replace(mark, "")), i
                letters.append(LETTERS.index(base))
                tones[-1] = tones[-1] or tone
        return letters, tones

    return (levels(one) > levels(two)) - (levels(one) < levels(two))


@pytest.mark.parametrize(
    "words",
    [
        ["a", "à", "ả", "ã", "á", "ạ", "an", "ăn", "ân", "b"],
        ["da", "dân", "dương", "đa", "đà", "đen", "e", "ê"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai"],
        ["nguyên", "nguyễn", "nguyễn an", "nguyên bình", "nguyễn đức"],
        ["o", "ô", "ơ", "p", "u", "ư", "v", "y"],
        ["Quý 2", "quý 9", "Quý 10", "quý III"],
        ["Phòng A", "Phòng A - Sở B", "Phòng An", "Phòng Ăn"],
        ["Bộ Công Thương", "Cục Công nghiệp", "Cục Điện lực", "Ủy ban", "Văn phòng Bộ", "Vụ Dầu khí", "Vụ Pháp chế"],
        ["zê", "字", "漢"],
    ],
)
def test_words_sort_as_in_a_vietnamese_dictionary(words: list[str]) -> None:
    shuffled = words[:]
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == words


@given(phrases, phrases)
def test_the_key_agrees_with_comparing_letter_by_letter_then_tone_by_tone(one: str, two: str) -> None:
    a, b = sort_key(one), sort_key(two)
    assert (a > b) - (a < b) == compare(one, two)


@given(st.lists(phrases, max_size=8))
def test_sorting_by_key_sorts_by_the_dictionary(words: list[str]) -> None:
    assert [sort_key(w) for w in sorted(words, key=functools.cmp_to_key(compare))] == sorted(map(sort_key, words))


@given(st.text())
def test_a_key_holds_only_digits_and_small_letters_and_knows_no_case_or_form(text: str) -> None:
    key = sort_key(text)
    assert key.isascii() and key.isalnum() and key == key.lower()
    assert key == sort_key(unicodedata.normalize("NFD", text)) == sort_key(f"  {text} ")


def test_the_place_of_the_tone_does_not_separate_two_names() -> None:
    assert sort_key("Hoà Bình") == sort_key("Hòa Bình")
    assert sort_key("UỶ BAN") == sort_key("Ủy ban")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)
    assert fold_tone_marks(fold_tone_marks(text)) == fold_tone_marks(text)
    assert nfc(text) == nfc(nfc(text))


@given(phrases)
def test_folded_text_is_ascii_and_the_same_from_nfd(text: str) -> None:
    assert fold(text).isascii()
    assert fold(text) == fold(unicodedata.normalize("NFD", text)) == fold(text.upper()) == fold(fold(text))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("hoà", "hòa"),
        ("Uỷ ban", "Ủy ban"),
        ("HOẢ HOẠN", "HỎA HOẠN"),
        ("khoẻ", "khỏe"),
        ("thuỷ lợi", "thủy lợi"),
        ("Hoà, xoá; tuỳ.", "Hòa, xóa; tùy."),
    ],
)
def test_two_spellings_of_one_tone_compare_equal(one: str, two: str) -> None:
    assert fold_tone_marks(one) == fold_tone_marks(two) == two
    assert fold_tone_marks(unicodedata.normalize("NFD", one)) == two


@pytest.mark.parametrize(
    "text", ["quý", "quà", "Quỳnh", "hoàn", "loại", "thuyền", "toàn", "xoáy", "khuỷu", "thuở", "quỹ"]
)
def test_words_with_one_spelling_only_are_left_alone(text: str) -> None:
    assert fold_tone_marks(text) == text


def test_different_words_stay_different_without_folding_marks_away() -> None:
    assert fold_tone_marks("hoả") != fold_tone_marks("hoạ")


def test_tokens_are_words_without_marks_or_with_them() -> None:
    assert tokens("Số: 447/QĐ-BCT, Uỷ ban") == ["so", "447", "qd", "bct", "uy", "ban"]
    assert tokens("Uỷ BAN_x", folded=False) == ["ủy", "ban", "x"]


def typed_tcvn3(text: str) -> str:
    back = {v: k for k, v in legacy._TCVN3.items()}
    return "".join(back.get(c, c) for c in text)


def typed_vni(text: str) -> str:
    letters = {v: k for k, v in legacy._VNI_LETTERS.items()}
    marks = {"".join(sorted(v)): k for k, v in legacy._VNI_MARKS.items()}
    out = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(sorted(c for c in parts[1:] if c != "\u031b"))
        bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tone))
        if char in letters:
            out.append(letters[char])
        elif tone in marks and parts[0] in "aeouyAEOUY":
            mark = marks[tone]
            out.append(letters.get(bare, bare) + (mark.upper() if char.isupper() else mark))
        else:
            out.append(char)
    return "".join(out)


def test_known_lines_of_old_files_are_recognised_and_converted() -> None:
    old = "Céng hoµ x· héi chñ nghÜa ViÖt Nam. §éc lËp - Tù do - H¹nh phóc"
    assert legacy_encoding(old) == "tcvn3"
    assert convert(old, "tcvn3") == "Cộng hoà xã hội chủ nghĩa Việt Nam. Độc lập - Tự do - Hạnh phúc"
    old = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam. Ñoäc laäp - Töï do - Haïnh phuùc"
    assert legacy_encoding(old) == "vni"
    assert convert(old, "vni") == "Cộng hòa xã hội chủ nghĩa Việt Nam. Độc lập - Tự do - Hạnh phúc"


@pytest.mark.parametrize(("encoding", "typed"), [("tcvn3", typed_tcvn3), ("vni", typed_vni)])
def test_whole_paragraphs_survive_the_way_through_the_old_encoding(encoding: str, typed: object) -> None:
    old = typed(PREAMBLE)
    assert old != PREAMBLE
    assert legacy_encoding(old) == encoding
    assert convert(old, encoding) == PREAMBLE


@given(phrases)
def test_every_syllable_survives_both_old_encodings(text: str) -> None:
    assert convert(typed_tcvn3(text), "tcvn3") == text
    assert convert(typed_vni(text), "vni") == text


@pytest.mark.parametrize(
    "text",
    [
        PREAMBLE,
        "",
        "Plain English text, 2026.",
        "Déjà vu à l'école: être où naïve, garçon, français, très élevé",
        "Größe über Straße, schön, Mädchen, Tür, für, müssen",
        "So sánh 5 × 3 và 2 ÷ 1",
    ],
)
def test_unicode_and_other_languages_are_not_taken_for_an_old_encoding(text: str) -> None:
    assert legacy_encoding(text) is None


def test_an_unknown_encoding_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="tcvn3 và vni"):
        convert("x", "viscii")
