"""The reading engine: an issued document becomes a draft of objectives, targets, tasks and duties.

One door: `read(path, units=None)`; one error: `ReadingError`. Pure Python: nothing here knows Django.
"""

from sauro.reading.errors import ReadingError
from sauro.reading.read import Reading, interpret, read
from sauro.reading.units import Register

__all__ = ["Reading", "ReadingError", "Register", "interpret", "read"]
