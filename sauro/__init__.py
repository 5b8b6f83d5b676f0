"""Sáu Rõ: an issued decision becomes a running plan."""

__version__ = "0.1.0"
