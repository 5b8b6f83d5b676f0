"""A day typed as day/month/year, with sentences that say what is wrong."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_TYPED = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def parse_day(text: str) -> dt.date:
    """The day that was typed: 20/11/2026, 20-11-2026, 20.11.2026 or 2026-11-20, day before month.

    Raises `ValidationError` with a sentence that says what is wrong and how it is written.
    """
    example = _("Viết theo dạng ngày/tháng/năm, ví dụ 20/11/2026.")
    text = text.strip()
    if iso := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
    elif typed := _TYPED.fullmatch(text):
        day, month, year = (int(part) for part in typed.groups())
    else:
        raise ValidationError(_("Chưa đọc được ngày “%(text)s”.") % {"text": text[:40]} + " " + example)
    if not 1 <= month <= 12:
        raise ValidationError(_("Không có tháng %(month)d.") % {"month": month} + " " + example)
    if not 1900 <= year <= 2100:
        raise ValidationError(_("Năm %(year)d ngoài khoảng 1900–2100.") % {"year": year} + " " + example)
    most = calendar.monthrange(year, month)[1]
    if not 1 <= day <= most:
        words = _("Tháng %(month)d chỉ có %(days)d ngày.")
        if month == 2:
            words = _("Tháng %(month)d/%(year)d chỉ có %(days)d ngày.")
        raise ValidationError(words % {"month": month, "days": most, "year": year} + " " + example)
    return dt.date(year, month, day)


class DayField(forms.Field):
    """A day typed as day/month/year; `latest` is the last day it may be."""

    widget = forms.TextInput(
        attrs={
            "inputmode": "numeric",
            "placeholder": gettext_lazy("ngày/tháng/năm"),
            "maxlength": 10,
            "autocomplete": "off",
        }
    )

    def __init__(self, *, latest: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.latest = latest

    def prepare_value(self, value: Any) -> Any:
        """A day as it is typed."""
        return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else value

    def to_python(self, value: Any) -> dt.date | None:
        """The day, or None where nothing was typed."""
        if value in self.empty_values or not str(value).strip():
            return None
        day = value if isinstance(value, dt.date) else parse_day(str(value))
        if self.latest and day > self.latest:
            raise ValidationError(_("Ngày này ở sau hôm nay, %(today)s.") % {"today": f"{self.latest:%d/%m/%Y}"})
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as days."""
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True
