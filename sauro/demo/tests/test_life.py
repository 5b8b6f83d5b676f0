"""The clock of the demonstration: what is made today is never dated later than now."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from sauro.demo.life import clock


def test_what_happens_today_has_happened_and_other_days_keep_their_hour() -> None:
    with clock(timezone.localdate(), 23):
        inside = timezone.now()
    assert inside <= timezone.now()
    with clock(dt.date(2026, 3, 2), 17):
        assert timezone.localtime().strftime("%d/%m %H:%M") == "02/03 17:15"
