"""The language of the command line: that of the locale, Vietnamese where it names none that we have."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

_LOCALES = Path(__file__).resolve().parent.parent / "locale"


def language() -> str:
    """`vi` or `en`, from LC_ALL, LC_MESSAGES or LANG as POSIX orders them."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if named.lower().startswith("en") else "vi"


# The command line library asks for its own words through the process-wide catalogue; LANGUAGE names the one to take.
os.environ["LANGUAGE"] = language()
gettext.bindtextdomain("click", _LOCALES)
gettext.textdomain("click")

_translations = gettext.translation("django", _LOCALES, languages=[language()], fallback=True)
_ = _translations.gettext
