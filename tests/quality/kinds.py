"""Kinds that the parts share."""

from collections.abc import Callable
from typing import Any

Data = dict[str, Callable[[Any, str], dict[str, Any]]]
