"""The pages of the context, as the second row of links."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy

PARTS = (
    ("context", gettext_lazy("Vấn đề (4.1)")),
    ("party-list", gettext_lazy("Bên quan tâm (4.2)")),
    ("scope", gettext_lazy("Phạm vi, thủ tục (4.3)")),
    ("process-map", gettext_lazy("Quá trình (4.4)")),
    ("supplier-list", gettext_lazy("Bên cung cấp (8.4)")),
)
# A record that nobody looked at for so long is to be looked at again.
STALE = dt.timedelta(days=365)


def parts(current: str) -> list[tuple[str, str, bool]]:
    """(words, address, whether it is this page) of each."""
    return [(str(words), reverse(name), name == current) for name, words in PARTS]
