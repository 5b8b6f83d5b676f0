"""The model set is whole for every kind of agency, marked as templates, and agrees with itself and the standard."""

import json
import unicodedata

import pytest

from sauro.quality.ready.documents import MARK, form_list, model_set
from sauro.quality.ready.kinds import fill, kinds, terms_of
from sauro.quality.ready.standard import clauses

pytestmark = pytest.mark.pure
KINDS = ["bo", "cuc", "so", "chi_cuc", "xa", "don_vi"]
CODES = ["CS.01", "MT.01", "MH.01", *(f"QT.{n:02}" for n in range(1, 10))]


def made(kind="so"):
    return model_set(kind, "Cơ quan Thử {year}", 2027)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_agency_gets_the_whole_set_with_no_word_left_open(kind):
    documents = made(kind)
    assert [d.code for d in documents] == CODES
    text = json.dumps([d.content for d in documents], ensure_ascii=False)
    # The only brace left is the one in the agency's own name: what a name holds is never filled again.
    assert text.count("{year}") == text.count("Cơ quan Thử {year}") > 0
    assert "2027" in text
    assert kinds()[kind].terms["leader"] in text


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_know_the_same_words(kind):
    assert set(kinds()[kind].terms) == set(kinds()["so"].terms)
    assert list(kinds()) == KINDS


def test_every_title_says_that_it_is_a_template():
    assert all(d.title.endswith(MARK) and d.kind == d.code[:2] for d in made())


def test_a_procedure_has_every_part_and_steps_that_say_who_and_how_long():
    for d in made():
        c = d.content
        assert c["purpose"] and c["scope"] and c["references"] and c["responsibility"] and c["body"] and c["records"]
        if d.kind == "QT":
            assert c["definitions"] and c["forms"] and len(c["steps"]) >= 7
            assert all(s["name"] and s["who"] and s["how_long"] and s["text"] for s in c["steps"])


def test_forms_are_listed_once_and_every_form_named_exists():
    documents = made()
    forms = form_list(documents)
    codes = [f.code for f in forms]
    assert len(codes) == len(set(codes)) and all(f.fields for f in forms)
    for d in documents:
        named = {s["form"] for s in d.content["steps"]} | {r["code"] for r in d.content["records"]}
        assert {n for n in named if n.startswith("BM")} <= set(codes), d.code


def test_documents_cite_only_documents_of_the_set_and_clauses_of_the_standard():
    import re

    documents = made()
    known = {d.code for d in documents} | {f.code for f in form_list(documents)}
    text = json.dumps([d.content for d in documents], ensure_ascii=False)
    assert set(re.findall(r"\b(?:CS|MT|MH|QT|BM)\.(?:[A-Z\d]+\.)?\d+", text)) <= known
    numbers = {c.number for c in clauses()}
    assert all(set(d.clauses) <= numbers for d in documents)


def test_the_set_answers_every_clause_but_design_and_calibration():
    answered = {n for d in made() for n in d.clauses}
    left = {c.number for c in clauses() if c.leaf and c.number not in answered}
    assert left == {"7.1.5.2", *(f"8.3.{n}" for n in range(1, 7))}


def test_an_agency_may_use_its_own_words_but_no_strange_ones():
    text = json.dumps(model_set("so", "Sở A", 2026, office="Văn phòng B")[0].content, ensure_ascii=False)
    assert "Văn phòng B" in text and "Văn phòng Sở" not in text
    with pytest.raises(KeyError):
        model_set("so", "Sở A", 2026, offfice="Văn phòng B")
    with pytest.raises(KeyError):
        model_set("tong_cuc", "A", 2026)


def test_two_sets_share_nothing():
    first, second = made(), made()
    first[3].content["steps"][0]["name"] = "khác"
    assert second[3].content["steps"][0]["name"] != "khác"


def test_a_capital_in_the_placeholder_begins_a_sentence():
    terms = terms_of("don_vi", "Trung tâm A", 2026)
    assert fill(["{the_agency}", {"a": "{The_agency} [ghi]"}], terms) == ["đơn vị", {"a": "Đơn vị [ghi]"}]
    with pytest.raises(KeyError):
        fill("{nobody}", terms)


def test_everything_is_composed_unicode():
    text = json.dumps([d.content for d in made()], ensure_ascii=False)
    assert unicodedata.is_normalized("NFC", text)
