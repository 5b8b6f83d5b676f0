"""Every data file is composed Vietnamese in the official style, and the package needs nothing of Django."""

import json
import subprocess
import sys
import unicodedata

import pytest

from sauro.quality.ready.files import HERE

pytestmark = pytest.mark.pure
FILES = sorted(HERE.rglob("*.json"))


def test_there_are_files_to_look_at():
    assert len(FILES) >= 24


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_text_is_composed_and_free_of_stray_blanks(path):
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)

    def strings(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for v in value.values():
                yield from strings(v)
        elif isinstance(value, list):
            for v in value:
                yield from strings(v)

    for s in strings(json.loads(text)):
        assert s == s.strip() or path.name == "questions.json", s
        assert "  " not in s and " ," not in s and " ." not in s, s
        assert s.count("[") == s.count("]") and s.count("{") == s.count("}"), s
        assert "\t" not in s


def test_loading_everything_imports_no_django():
    code = (
        "import sys\n"
        "from sauro.quality.ready import documents, kinds, questions, standard, starters, year\n"
        "standard.clauses(); documents.model_set('so', 'A', 2026); questions.bank()\n"
        "starters.risk_scale(); year.contents()\n"
        "assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
