"""English is whole: every sentence of code and templates has one, and no page of the site shows half of each."""

from __future__ import annotations

import ast
import html
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings as django_settings
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation.template import templatize

from sauro.documents.engine_words import PATTERNS, said
from sauro.monitoring import template_words
from sauro.notices import services as notices
from sauro.notices.models import Notice
from sauro.organization.models import Role
from sauro.quality.ready import starters
from sauro.reading import guard
from sauro.testing import TODAY
from sauro.web.home.words import period_words
from sauro.writing.report import PLACEHOLDERS, check_template, standard_template
from tests.addresses import PEOPLE, QUERIES, place_of, rows
from tests.place import Place, make_place

SOURCE = Path(django_settings.BASE_DIR) / "sauro"
ENGLISH = SOURCE / "locale/en/LC_MESSAGES/django.po"
VIETNAMESE = re.compile(r"[À-ÖØ-öø-ỹ]")
ONE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
TWO = {"ngettext", "ngettext_lazy"}
NAMED = {"pgettext", "pgettext_lazy"}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(_|gettext|pgettext|ngettext)\(\s*({LITERAL})(?:\s*,\s*({LITERAL}))?", re.S)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w+\}|</?\w+[^>]*>")
# The library of the interface shows made-up work; a part of the review is the document itself.
DATA_ITSELF = {"gallery"}
# Names, what is typed in Vietnamese whatever the page speaks, stamps of classified documents, and what is searched for.
KEPT = (
    "Sáu Rõ",
    "Tiếng Việt",
    "Thường xuyên",
    "Hằng quý",
    "Mật, Tối mật or Tuyệt mật",
    # Heads of columns as they are typed, and the mark of a template.
    "Mã thủ tục (code), Tên thủ tục (name), Loại (kind), Lĩnh vực (field)",
    "Đơn vị giải quyết (unit), Thời hạn (time limit)",
    "Quyết định (decision)",
    "(Mẫu)",
    *(text for query in QUERIES.values() for text in query.values()),
)
Key = tuple[str, str]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The English catalogue as it stands in the tree."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture
def english(catalog: Catalog, tmp_path: Path, settings: Any) -> None:
    """Django speaks from this very catalogue, whatever has been compiled before."""
    compiled = tmp_path / "locale/en/LC_MESSAGES/django.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as file:
        write_mo(file, catalog)
    settings.LOCALE_PATHS = [tmp_path / "locale"]


def messages(catalog: Catalog) -> list[Message]:
    """All but the header."""
    return [m for m in catalog if m.id]


def forms(text: Any) -> tuple[str, ...]:
    """A message's words: one, or singular and plural."""
    return tuple(text) if isinstance(text, list | tuple) else (text,)


def key(message: Message) -> Key:
    """What a message is looked up by: its context and its (singular) words."""
    return (message.context or "", forms(message.id)[0])


def asked_in_code(path: Path) -> Iterator[Key]:
    """What a Python file asks a translation for."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in ONE | TWO and words:
            yield ("", words[0])
        elif name in NAMED and len(words) > 1:
            yield (words[0], words[1])


def asked_in_template(path: Path) -> Iterator[Key]:
    """What a template asks a translation for."""
    for name, first, second in CALL.findall(templatize(path.read_text(), origin=str(path))):
        if name == "pgettext":
            yield (ast.literal_eval(first), ast.literal_eval(second))
        else:
            yield ("", ast.literal_eval(first))


def sources() -> Iterator[Path]:
    """Code and templates that people see; tests apart."""
    for path in sorted(p for p in SOURCE.rglob("*") if p.is_file()):
        parts = set(path.relative_to(SOURCE).parts)
        if (path.suffix == ".py" or "templates" in parts) and not {"tests", "migrations"} & parts:
            yield path


def asked() -> dict[Key, Path]:
    """Every message that something asks for, with one place that does."""
    found: dict[Key, Path] = {}
    for path in sources():
        for one in asked_in_code(path) if path.suffix == ".py" else asked_in_template(path):
            found[one] = path
    return found


def test_the_catalogue_has_every_sentence_that_is_asked_for_and_no_other(catalog: Catalog) -> None:
    wanted, there = asked(), {key(m) for m in messages(catalog)}
    assert len(wanted) > 1000
    assert not {k: str(p.relative_to(SOURCE)) for k, p in wanted.items() if k not in there}
    assert not there - set(wanted), "no longer asked for"


def test_every_sentence_has_its_english(catalog: Catalog) -> None:
    assert [key(m) for m in messages(catalog) if not all(forms(m.string))] == []
    assert [key(m) for m in messages(catalog) if m.fuzzy] == []
    assert catalog.obsolete == {}
    assert catalog.num_plurals == 2


def test_what_is_put_into_a_sentence_is_the_same_in_both_languages(catalog: Catalog) -> None:
    for message in messages(catalog):
        for original, text in zip(forms(message.id), forms(message.string), strict=True):
            assert Counter(PLACEHOLDER.findall(text)) == Counter(PLACEHOLDER.findall(original)), key(message)


def test_blanks_at_the_ends_are_the_same_in_both_languages(catalog: Catalog) -> None:
    for message in messages(catalog):
        first = forms(message.id)[0]
        for text in forms(message.string):
            assert (text[:1].isspace(), text[-1:].isspace()) == (first[:1].isspace(), first[-1:].isspace()), first


def test_the_catalogue_names_no_person_and_no_hour(catalog: Catalog) -> None:
    header = ENGLISH.read_text().split("\n\n", 1)[0]
    assert '"Language: en\\n"' in header
    assert "POT-Creation-Date" not in header
    assert "Translator" not in header


@pytest.mark.django_db
def test_the_switch_turns_the_pages_to_english_and_back(english: None, sign_in: Any) -> None:
    client = sign_in("chi")
    tasks = reverse("task-list")
    assert ">Nhiệm vụ<" in client.get(tasks).content.decode()
    answer = client.post(reverse("set_language"), {"language": "en", "next": tasks})
    assert answer.status_code == 302
    assert answer.url == tasks
    page = client.get(tasks).content.decode()
    assert '<html lang="en"' in page
    assert ">Tasks<" in page
    client.post(reverse("set_language"), {"language": "vi", "next": tasks})
    page = client.get(tasks).content.decode()
    assert '<html lang="vi"' in page
    assert ">Nhiệm vụ<" in page


@pytest.mark.django_db
def test_a_notice_is_written_in_the_language_of_its_reader(english: None, agency_world: Any) -> None:
    an, binh = agency_world.an, agency_world.binh
    binh.language = "en"
    with translation.override("vi"):
        notices.tell([an, binh], "test", lambda: translation.gettext("Đã lưu."))
    assert Notice.objects.get(person=an).text == "Đã lưu."
    assert Notice.objects.get(person=binh).text == "Saved."


@pytest.mark.django_db
def test_seeded_roles_have_a_name_in_english_and_an_operators_own_stays(english: None, agency_world: Any) -> None:
    with translation.override("en"):
        assert str(Role.objects.get(code="secretary")) == "ISO secretary"
        assert str(Role(code="own", name="Tổ trưởng ca")) == "Tổ trưởng ca"


@pytest.mark.parametrize(
    ("sentence", "english_words"),
    [
        (guard.PASSWORD, "The file has a password and can't be read. Remove the password, save it, then upload it."),
        (
            guard.WRONG_SUFFIX.format(said="pdf", found="tệp Word", suffix="docx"),
            "The file is named .pdf but holds a Word file. Rename it to .docx, then upload it.",
        ),
        ("Nhiệm vụ 2.1 không có đơn vị chủ trì.", "Task 2.1 has no lead unit."),
        ("Đang đọc trang 3/14", "Reading page 3/14"),
        ("Máy nói điều chưa ai dịch.", "Máy nói điều chưa ai dịch."),
        ("", ""),
    ],
)
def test_what_the_engine_says_is_said_in_english(english: None, sentence: str, english_words: str) -> None:
    assert said(sentence) == sentence
    with translation.override("en"):
        assert said(sentence) == english_words


@pytest.mark.parametrize(
    ("sentence", "english_words"),
    [
        (
            "Không có chỗ điền “co_quam”: {{ co_quam }} (ở đầu trang). Có phải “co_quan” không?",
            "There is no placeholder “co_quam”: {{ co_quam }} (in the header). Did you mean “co_quan”?",
        ),
        (
            "Khối “for d in nhom” chưa đóng: thêm {% endfor %} ở cuối phần lặp.",
            "The block “for d in nhom” isn't closed: add {% endfor %} at the end of what is repeated.",
        ),
        (
            "Thiếu chỗ điền bắt buộc “kho_khan” (khó khăn, vướng mắc).",
            "The required placeholder “kho_khan” (difficulties) is missing.",
        ),
    ],
)
def test_what_is_wrong_with_a_template_is_said_in_english(english: None, sentence: str, english_words: str) -> None:
    assert template_words.said(sentence) == sentence
    with translation.override("en"):
        assert template_words.said(sentence) == english_words


def test_every_place_of_a_template_has_its_words() -> None:
    assert tuple(place.words for place in PLACEHOLDERS.values()) == template_words.PLACES


@pytest.mark.parametrize(
    "tag",
    ["{{ co_quan_x }}", "{{ co_quan | safe }}", "{{ 1 // 2 }}", "{{ nhom.x }}", "{{ (", "{% for x in gi %}{% endfor %}",
     "{% for x in co_quan %}{% endfor %}", "{% for %}{% endfor %}", "{% if ky %}", "{% endif %}", "{% else %}",
     "{% set a = 1 %}", "{% for x in nhom %}{% endif %}", "{{ ky"],
)  # fmt: skip
def test_every_mistake_of_a_template_is_one_of_the_known_sentences(english: None, tag: str) -> None:
    paper = docx.Document(io.BytesIO(standard_template()))
    paper.add_paragraph(tag)
    paper.save(out := io.BytesIO())
    faults, _used = check_template(out.getvalue())
    assert faults
    with translation.override("en"):
        assert [fault for fault in faults if template_words.said(fault) == fault] == []


def test_every_fixed_sentence_of_the_engines_guard_is_known() -> None:
    fixed = {v for k, v in vars(guard).items() if k.isupper() and isinstance(v, str) and "{" not in v}
    numbered = {re.sub(r"\d[\d.]*", "%(n)s", v, count=1) for v in fixed}
    assert fixed
    assert {v for v in fixed | numbered if v in PATTERNS} >= {
        v if v in PATTERNS else re.sub(r"\d[\d.]*", "%(n)s", v, count=1) for v in fixed
    }


@pytest.mark.parametrize(
    ("period", "words"),
    [("2026-11", "November 2026"), ("2026-Q4", "quarter IV 2026"), ("2026-H1", "first half-year 2026")],
)
def test_periods_are_called_by_their_english_names(english: None, period: str, words: str) -> None:
    with translation.override("en"):
        assert period_words(period, year=True) == words


def strings(value: Any) -> Iterator[str]:
    """Every text in a value of the database, however deep."""
    if isinstance(value, str):
        yield value
        yield from value.splitlines()
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def data_words() -> list[str]:
    """What people and documents wrote: every text in the database that has Vietnamese letters, the longest first."""
    found: set[str] = set()
    kinds = (models.CharField, models.TextField, models.JSONField)
    for model in apps.get_models():
        if not model.__module__.startswith("sauro."):
            continue
        names = [f.name for f in model._meta.concrete_fields if isinstance(f, kinds)]
        for row in model._base_manager.values_list(*names):
            for value in row:
                found.update(" ".join(s.split()) for s in strings(value) if VIETNAMESE.search(s))
    # Scales of risk are the agency's own words; these are the ones that it begins with.
    scale = starters.risk_scale()
    for step in (*scale.likelihood, *scale.severity, *scale.benefit, *scale.feasibility):
        found.update((step.label, step.words))
    return sorted(found, key=len, reverse=True)


def without_cut(text: str, words: str) -> str:
    """The text without what stands there of `words` before an ellipsis."""
    begins = words[:16]
    for found in re.finditer(re.escape(begins), text):
        shown = text[found.start() :].split("…", 1)[0].rstrip()
        if words.startswith(shown):
            return text.replace(shown, "")
    return text


def chrome(page: str, data: Iterable[str]) -> list[str]:
    """The Vietnamese that is left of a page when data, and what says of itself that it is Vietnamese, are taken out."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.S)
    page = re.sub(r'<(\w+)[^>]*\blang="vi"[^>]*>.*?</\1>', " ", page, flags=re.S)
    text = " ".join(html.unescape(re.sub(r"</?mark[^>]*>", "", page)).split())
    for words in data:
        text = text.replace(words, "")
        if len(words) > 40 and "…" in text:
            text = without_cut(text, words)
    for words in KEPT:
        text = text.replace(words, "")
    return [p.strip()[:200] for p in re.split(r"[<>\"]", text) if VIETNAMESE.search(p)]


@pytest.fixture
def english_site(english: None, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The place in full use, on the day of the tests."""
    monkeypatch.setattr("sauro.web.today.timezone", SimpleNamespace(localdate=lambda: TODAY))
    return make_place()


def in_english(place: Place, username: str) -> Client:
    """A browser of that person that has chosen English, and asks for it; of nobody where there is no name."""
    client = Client(headers={"Accept-Language": "en"})
    if username:
        client.force_login(place.person(username), backend=django_settings.AUTHENTICATION_BACKENDS[-1])
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.mark.parametrize("username", ["", "an", "chi", "giang"])
def test_no_page_has_vietnamese_of_its_own_left_in_it(english_site: Place, username: str) -> None:
    client, data, walked, left = in_english(english_site, username), data_words(), 0, {}
    for name, thing, method, statuses in rows():
        status = statuses[PEOPLE.index(username)]
        if method != "GET" or status not in (200, 403, 404) or name in DATA_ITSELF:
            continue
        url = reverse(name, kwargs=place_of(english_site, thing))
        answer = client.get(url, QUERIES.get(name, {}))
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        walked += 1
        if rest := chrome(answer.content.decode(), data):
            left[f"{name} {thing}"] = rest
    assert walked >= (1 if not username else 20)
    assert left == {}
