"""Speed and memory of the reading engine: `python -m benchmarks.reading`.

Inputs are made here from the plan that the tests read: the Word file repeated, its text as a .txt, the PDF's pages
repeated. Each is read in a process of its own, so that peak memory is that input's; the interpreter's start and the
imports are apart. Times are of the processor: what the clock of a quiet machine shows. Limits: 60 kB of text 0.3 s, a
40-page .docx 1.5 s, a 40-page PDF 6 s, 300 MB.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "sauro" / "reading" / "tests" / "data"
PAGES = 8  # of the plan that is repeated
MEMORY = 300  # MB

_CHILD = """
import json, resource, sys, time
begun = time.process_time()
from sauro.reading import read
from sauro.reading.open import _MODULES, open_manuscript
from importlib import import_module
for module in set(_MODULES.values()):
    import_module("sauro.reading.open." + module)
loaded = time.process_time()
open_manuscript(sys.argv[1])
opened = time.process_time()
read(sys.argv[1])
done = time.process_time()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([loaded - begun, opened - loaded, done - opened, peak]))
"""


@dataclass(slots=True)
class Input:
    """One file to read: `limit` in seconds, None where only growth is asked."""

    name: str
    path: Path
    times: int
    limit: float | None


def word(path: Path, times: int) -> Path:
    """The Word plan `times` over."""
    import docx

    document = docx.Document(str(DATA / "ke-hoach.docx"))
    body = document.element.body
    parts = list(body)[:-1]
    for _ in range(times - 1):
        for part in parts:
            body.insert(len(body) - 1, deepcopy(part))
    document.save(str(path))
    return path


def pdf(path: Path, times: int) -> Path:
    """The printed plan `times` over."""
    import pypdfium2

    source, target = pypdfium2.PdfDocument(DATA / "ke-hoach.pdf"), pypdfium2.PdfDocument.new()
    for _ in range(times):
        target.import_pages(source)
    target.save(path)
    return path


def text(path: Path, size: int) -> Path:
    """The plan as plain text with tab-separated tables, repeated to about `size` bytes."""
    from sauro.reading.open import open_manuscript

    lines = []
    for block in open_manuscript(DATA / "ke-hoach.docx").blocks:
        cells = [cell.text.replace("\n", " ") for cell in block.cells]
        lines.append("\t".join(cells) if cells else block.text.replace("\n", " ") + "\n")
    whole = "\n".join(lines)
    times = max(1, round(size / len(whole.encode())))
    path.write_text("\n".join([whole] * times), encoding="utf-8")
    return path


def inputs(folder: Path) -> Iterator[Input]:
    """The files to read, made one by one."""
    for times in (1, 10, 100):
        yield Input(f"text {60 * times} kB", text(folder / f"{times}.txt", 60_000 * times), times, 0.3 * times)
    for times in (1, 10):
        yield Input(f"docx {40 * times} pages", word(folder / f"{times}.docx", 5 * times), times, 1.5 * times)
    for times in (1, 10):
        yield Input(f"pdf {40 * times} pages", pdf(folder / f"{times}.pdf", 5 * times), times, 6.0 * times)


def main() -> int:
    """Prints a line for each input; the exit code is 1 where a limit is passed."""
    late = False
    first: dict[str, float] = {}
    print(f"{'input':<18}{'import':>8}{'open':>8}{'read':>8}{'limit':>8}{'× first':>9}{'memory':>9}")
    with tempfile.TemporaryDirectory() as name:
        for item in inputs(Path(name)):
            done = subprocess.run(
                [sys.executable, "-c", _CHILD, str(item.path)], capture_output=True, text=True, cwd=ROOT, check=False
            )
            if done.returncode:
                print(f"{item.name:<18} {done.stderr.strip().splitlines()[-1]}")
                late = True
                continue
            loaded, opened, whole, peak = json.loads(done.stdout)
            kind = item.name.split()[0]
            first.setdefault(kind, whole)
            over = (item.limit is not None and whole > item.limit) or (item.times == 1 and peak > MEMORY)
            late = late or over
            print(
                f"{item.name:<18}{loaded:>7.2f}s{opened:>7.2f}s{whole:>7.2f}s{item.limit:>7.1f}s"
                f"{whole / first[kind]:>8.1f}×{peak:>6.0f} MB{'  over the limit' if over else ''}",
                flush=True,
            )
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
