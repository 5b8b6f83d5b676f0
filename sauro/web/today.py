"""The day on which a page is asked for: the one place where the clock is read for rules."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def today() -> dt.date:
    """Today in Việt Nam (Asia/Ho_Chi_Minh)."""
    return timezone.localdate()
