"""Dates, numbers and names as Vietnamese administration writes them. Pure functions."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

WEEKDAYS = (
    gettext_lazy("Thứ Hai"),
    gettext_lazy("Thứ Ba"),
    gettext_lazy("Thứ Tư"),
    gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"),
    gettext_lazy("Thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def dmy(value: date | datetime | None) -> str:
    """DD/MM/YYYY in the agency's time zone; an en dash for None."""
    return "–" if value is None else _day(value).strftime("%d/%m/%Y")


def dm(value: date | datetime | None) -> str:
    """DD/MM in the agency's time zone; an en dash for None."""
    return "–" if value is None else _day(value).strftime("%d/%m")


def dmy_hm(value: datetime | None) -> str:
    """DD/MM/YYYY HH:MM in the agency's time zone; an en dash for None."""
    if value is None:
        return "–"
    return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%d/%m/%Y %H:%M")


def hm(value: datetime | None) -> str:
    """HH:MM in the agency's time zone; an en dash for None."""
    if value is None:
        return "–"
    return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%H:%M")


def weekday(value: date | datetime) -> str:
    """The day of the week: "Thứ Hai" to "Chủ nhật"."""
    return str(WEEKDAYS[_day(value).weekday()])


def weekday_dm(value: date | datetime | None) -> str:
    """ "Thứ Tư, 18/11"; an en dash for None."""
    return "–" if value is None else f"{weekday(value)}, {dm(value)}"


def weekday_dmy(value: date | datetime | None) -> str:
    """ "Thứ Hai, 23/11/2026"; an en dash for None."""
    return "–" if value is None else f"{weekday(value)}, {dmy(value)}"


def vnumber(value: Decimal | int | float | str | None, places: int | None = None) -> str:
    """A number with a dot between thousands and a decimal comma: 7.882 ; 8,5.

    Without `places` the digits are those that are stored, less closing zeros; with it, exactly so many. None is an
    en dash. Raises decimal.InvalidOperation for a text that is no number.
    """
    if value is None or value == "":
        return "–"
    number = Decimal(str(value))
    if places is not None:
        text = f"{number:,.{places}f}"
    else:
        text = f"{number:,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    if text in ("-0", ""):
        text = "0"
    return text.translate({ord(","): ".", ord("."): ","}).replace("-", "−")


def size(octets: int) -> str:
    """The size of a file: "0,4 MB", "12 kB"."""
    if octets < 100_000:
        return f"{vnumber(max(1, round(octets / 1000)))} kB"
    return f"{vnumber(Decimal(octets) / 1_000_000, 1)} MB"


def initials(name: str) -> str:
    """Two letters for a person's disc: the middle name's and the given name's ("Trần Quốc Bình" → "QB")."""
    return "".join(word[0] for word in name.split()[-2:]).upper()


def person_line(person: object) -> str:
    """What stands under a person's name: "Trưởng phòng · QL Thương mại". Empty parts are left out."""
    unit = getattr(person, "unit", None)
    parts = [
        getattr(person, "position", "") or "",
        (getattr(unit, "short_name", "") or getattr(unit, "name", "")) if unit else "",
    ]
    return " · ".join(str(part) for part in parts if part)


def zero(value: int | None) -> str:
    """A count in a table: the number, or an en dash where it is nought or not known."""
    return vnumber(value) if value else "–"


def days_word(count: int) -> str:
    """ "5 ngày"."""
    return ngettext("%(n)d ngày", "%(n)d ngày", count) % {"n": count}
