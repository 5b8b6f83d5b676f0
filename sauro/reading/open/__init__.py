"""Opening: any kind of document becomes a `Manuscript`.

Conventions of all openers:
- `Block.text` begins with the list number or bullet that the program draws by itself; `Block.label` repeats it alone.
- Note markers are taken out of the text and stand in `Block.notes`; a note's body is a block of kind "footnote"
  with `notes == [its number]`, after the block in which its marker stands.
- In a row the colspans add up to the columns of the table; a place covered by a merged cell above is an empty cell
  with `covered`. Each table of the file has a number of its own, also where it goes on from the one before.
- Two texts side by side without ruling lines (heading block, signature block) are one row of two cells.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from sauro.reading.errors import ReadingError
from sauro.reading.guard import DAMAGED, EMPTY, TOO_SLOW, bound_text, kind_of
from sauro.reading.manuscript import Manuscript
from sauro.reading.open.registry import OPENERS, Progress, Source, no_progress
from sauro.reading.open.secret import refuse_secret, stamp_of

__all__ = ["open_manuscript", "refuse_secret", "stamp_of"]

# Each module registers its opener when it is imported, and is imported when a file of its kind comes.
_MODULES = {"docx": "docx", "pdf": "pdf", "html": "html", "txt": "text", "xlsx": "xlsx", "image": "scan"}


def open_manuscript(path: str | Path, progress: Progress | None = None) -> Manuscript:
    """The blocks of a document, whatever its format. `progress(share from 0 to 1, Vietnamese words)`.

    The opener is chosen by content. Nothing is written to disk. Raises `ReadingError` with one Vietnamese sentence
    where the file cannot be read, and where it bears a stamp of secrecy.
    """
    source = Source(Path(path), progress or no_progress)
    kind = kind_of(source.path)
    import_module(f"sauro.reading.open.{_MODULES[kind]}")
    try:
        manuscript = OPENERS[kind](source)
    except ReadingError:
        raise
    except (MemoryError, TimeoutError) as error:
        raise ReadingError(TOO_SLOW, "slow") from error
    except Exception as error:
        # Parsers fail in as many ways as files can be broken; the person can only do one thing about any of them.
        raise ReadingError(DAMAGED, "damaged") from error
    bound_text(manuscript)
    refuse_secret(manuscript)
    if not manuscript.blocks:
        raise ReadingError(EMPTY, "empty")
    source.progress(1.0, "Đã mở xong")
    return manuscript
