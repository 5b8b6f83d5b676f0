"""The gallery: every component in every state on one page, with invented people and figures that add up.

It is the acceptance page of the look: what is right here is right wherever a page uses the same tags and classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sauro.web.look.cells import Cells
from sauro.web.look.icons import ICONS

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Clears:
    """Six states and the sentence that says what is missing."""

    states: tuple[str, ...]
    missing: str = ""


FULL = Clears(("clear",) * 6)
NO_SHARE = Clears(
    ("clear", "clear", "clear", "unclear", "clear", "clear"),
    "Chưa rõ trách nhiệm: chưa ghi phần việc của đơn vị phối hợp.",
)
NO_PERSON = Clears(("unclear", "clear", "clear", "unclear", "pending", "clear"))


class SampleForm(forms.Form):
    """A form in which two fields are wrong."""

    count = forms.IntegerField(label="Số doanh nghiệp đã lên sàn, lũy kế", help_text="Kỳ trước 28. Tăng 6 trong kỳ.")
    day = forms.CharField(label="Ngày văn bản của minh chứng")
    lead = forms.ChoiceField(label="Chủ trì", choices=[("1", "Phòng Quản lý Thương mại"), ("2", "Văn phòng Sở")])
    text = forms.CharField(label="Kết quả trong tháng", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    keep = forms.BooleanField(label="Nhớ cách viết này cho các văn bản sau", required=False)

    def clean_count(self) -> int:
        """Refuses a cumulative number below the last one."""
        if self.cleaned_data["count"] < 28:
            raise forms.ValidationError("26 nhỏ hơn kỳ trước (28). Sửa số, hoặc ghi lý do giảm vào ô Kết quả.")
        return self.cleaned_data["count"]

    def clean_day(self) -> str:
        """Refuses 31 November."""
        raise forms.ValidationError("Tháng 11 chỉ có 30 ngày. Viết theo dạng ngày/tháng/năm, ví dụ 20/11/2026.")


def _row(code: str, title: str, clears: Clears, units: tuple[str, str], **rest: Any) -> dict[str, Any]:
    common = {"person": "", "due": None, "done_on": None, "kind": "deadline", "event": "", "percent": None}
    return {**common, "code": code, "title": title, "clears": clears, "lead": units[0], "others": units[1], **rest}


ROWS = [
    _row(
        "CĐS-11",
        "Xây dựng cơ sở dữ liệu cụm công nghiệp và doanh nghiệp trong cụm công nghiệp, kết nối với Cơ sở dữ liệu quốc "
        "gia về đăng ký doanh nghiệp",
        NO_SHARE,
        ("P. Quản lý Công nghiệp và Cụm công nghiệp", "TT CĐS và Thông tin công thương; Văn phòng Sở"),
        person="Hoàng Minh Đức",
        due=date(2026, 10, 30),
        percent=65,
    ),
    _row(
        "CĐS-22",
        "Rà soát, cập nhật dữ liệu chợ, siêu thị, trung tâm thương mại lên bản đồ số hạ tầng thương mại của tỉnh",
        NO_PERSON,
        ("P. Quản lý Thương mại và Thương mại điện tử", "UBND các xã, phường"),
        due=date(2026, 11, 25),
        percent=40,
    ),
    _row(
        "CĐS-31",
        "Kết nối dữ liệu quan trắc an toàn của 14 hồ chứa thủy điện về Trung tâm giám sát, điều hành thông minh",
        Clears(("clear",) * 5 + ("pending",)),
        ("P. Quản lý Năng lượng và Kỹ thuật an toàn – môi trường", "TT CĐS và Thông tin công thương"),
        person="Bùi Thế Vinh",
        due=date(2026, 12, 31),
        percent=70,
    ),
    _row(
        "CĐS-12",
        "Thu thập, cập nhật và chia sẻ dữ liệu giá bán lẻ 27 mặt hàng thiết yếu",
        FULL,
        ("P. Quản lý Thương mại và Thương mại điện tử", "UBND các xã, phường"),
        person="Đặng Văn Thuận",
        kind="continuous",
    ),
    _row(
        "CĐS-14",
        "Cập nhật mã định danh điện tử của các đơn vị thuộc Sở",
        FULL,
        ("Văn phòng Sở", "Các phòng, đơn vị thuộc Sở"),
        person="Lương Thu Trang",
        kind="event",
        event="khi đổi tổ chức bộ máy",
    ),
    _row(
        "CĐS-13",
        "Lập danh mục dữ liệu dùng chung của Sở và quy chế khai thác, gửi Sở Khoa học và Công nghệ thẩm định",
        FULL,
        ("P. Kế hoạch, Tài chính và Tổng hợp", "TT Chuyển đổi số và Thông tin công thương"),
        person="Lê Thị Kim Chi",
        due=date(2026, 10, 6),
        done_on=date(2026, 10, 12),
        percent=100,
    ),
]

DUES: list[dict[str, Any]] = [
    {"due": date(2026, 11, 18), "with_weekday": True},
    {"due": date(2026, 11, 23)},
    {"due": date(2026, 11, 24), "with_weekday": True},
    {"due": date(2026, 11, 25), "with_weekday": True},
    {"due": date(2026, 12, 10)},
    {"due": date(2026, 12, 10), "as_date": True},
    {"due": date(2026, 12, 21), "moved_from": date(2026, 12, 20)},
    {"due": None, "kind": "continuous"},
    {"due": None, "kind": "event", "event": "khi đổi tổ chức bộ máy"},
    {"due": None},
    {"due": date(2026, 9, 28), "done_on": date(2026, 9, 28)},
    {"due": date(2026, 10, 6), "done_on": date(2026, 10, 12)},
    {"due": date(2026, 11, 30), "old_due": date(2026, 10, 30)},
]


def _due(options: dict[str, Any]) -> dict[str, Any]:
    empty = {"done_on": None, "kind": "deadline", "event": "", "moved_from": None, "old_due": None}
    return {**empty, "with_weekday": False, "as_date": False, **options}


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component and state, drawn with the tags that pages use."""
    wrong = SampleForm({"count": "26", "day": "31/11/2026", "lead": "1"}, auto_id="wrong_%s")
    wrong.is_valid()
    return render(
        request,
        "web/gallery.html",
        {
            "today": TODAY,
            "wrong": wrong,
            "right": SampleForm(initial={"count": 34, "text": "Đã hỗ trợ thêm 6 doanh nghiệp tạo gian hàng."}),
            "rows": ROWS,
            "dues": [_due(options) for options in DUES],
            "full": FULL,
            "no_share": NO_SHARE,
            "no_person": NO_PERSON,
            "counts": Cells(13, 2, 9, 3),
            "list_counts": Cells(3, 1, 6, 2),
            "tiny": Cells(1, 1, 400, 1),
            "small": Cells(8, 1, 5, 0),
            "most": 28,
            "cells_none": Cells(),
            "page": Paginator(range(1204), 50).page(4),
            "numbers": [7882, Decimal("8.50"), Decimal("71250.25"), 0, None, -3],
            "yes_no": [("no", _("Không có")), ("yes", _("Có"))],
            "filters": [
                {"label": "Kế hoạch", "value": "118/KH-SCT", "url": "?nhom=2"},
                {"label": "Nhóm", "value": "II. Dữ liệu", "url": "?ke_hoach=118"},
            ],
            "tabs": [
                ("Chỗ ngờ", "#duyet", True, 3),
                ("Nhiệm vụ", "#duyet", False, 32),
                ("Chỉ tiêu", "#duyet", False, 9),
                ("Thông tin chung", "#duyet", False),
            ],
            "icons": sorted(ICONS),
        },
    )
