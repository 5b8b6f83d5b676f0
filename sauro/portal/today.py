"""The day on which a public page is asked for: the one place of this door where the clock is read."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def today() -> dt.date:
    """Today in Việt Nam (Asia/Ho_Chi_Minh)."""
    return timezone.localdate()
