"""The clauses by edition are whole, ordered, labelled once, and lead from one edition to the other."""

import pytest

from sauro.quality.ready import standard
from sauro.quality.ready.standard import EDITIONS, clause, clause_key, clauses, edition, mapping, to_new, to_old

pytestmark = pytest.mark.pure
# Counted by hand from the table of contents: {clause: how many clauses stand right below it}.
BELOW = {
    "4": 4, "4.4": 2, "5": 3, "5.1": 2, "5.2": 2, "6": 3, "6.1": 2, "6.2": 2, "7": 5, "7.1": 6, "7.1.5": 2, "7.5": 3,
    "8": 7, "8.2": 4, "8.3": 6, "8.4": 3, "8.5": 6, "9": 3, "9.1": 3, "9.2": 2, "9.3": 3, "10": 3, "10.2": 2,
}  # fmt: skip


def expected(below):
    numbers = set(below)
    for parent, count in below.items():
        numbers |= {f"{parent}.{n}" for n in range(1, count + 1)}
    return numbers


def test_whatever_an_auditor_is_shown_has_its_english():
    asked = {words for name in EDITIONS for c in clauses(name) for words in c.evidence}
    english = standard.evidence_english()
    assert set(english) == asked and all(english.values())


def test_the_2015_edition_has_every_clause_of_chapters_4_to_10():
    assert {c.number for c in clauses("2015")} == expected(BELOW)


def test_the_2026_edition_keeps_the_numbers_and_sets_opportunities_apart():
    assert {c.number for c in clauses("2026")} == expected(BELOW | {"6.1": 3})
    assert (clause("6.1.2", "2026").label_vi, clause("6.1.3", "2026").label_vi) == ("Rủi ro", "Cơ hội")
    assert edition("2015").settled and not edition("2026").settled


@pytest.mark.parametrize("name", EDITIONS)
def test_parents_exist_and_the_order_is_natural(name):
    numbers = [c.number for c in clauses(name)]
    assert numbers == sorted(numbers, key=clause_key)
    assert all(c.parent is None or c.parent in numbers for c in clauses(name))
    assert {c.level for c in clauses(name)} == {1, 2, 3, 4}


@pytest.mark.parametrize("name", EDITIONS)
def test_no_label_stands_twice_and_none_is_long(name):
    for labels in ([c.label_vi for c in clauses(name)], [c.label_en for c in clauses(name)]):
        assert len(labels) == len(set(labels))
        assert all(0 < len(label) <= 50 for label in labels)


@pytest.mark.parametrize("name", EDITIONS)
def test_every_leaf_says_what_answers_it_and_what_is_shown(name):
    kinds = standard.answer_labels()
    for c in clauses(name):
        assert c.answered_by and set(c.answered_by) <= set(kinds)
        assert c.owner in {"leader", "qmr", "office", "units"}
        assert not c.leaf or c.evidence, c.number


@pytest.mark.parametrize("name", EDITIONS)
def test_what_may_be_left_out_has_a_usual_reason(name):
    out = {c.number for c in clauses(name) if c.may_not_apply}
    assert out == {"7.1.5.2", "8.3", *(f"8.3.{n}" for n in range(1, 7)), "8.5.3", "8.5.5"}
    assert all(bool(c.why_not) == c.may_not_apply for c in clauses(name))


def test_climate_is_asked_in_context_and_parties():
    assert [c.number for c in clauses() if c.climate] == ["4.1", "4.2"]


def test_the_mapping_is_total_both_ways():
    assert {p.old for p in mapping()} == {c.number for c in clauses("2015")}
    assert {p.new for p in mapping()} == {c.number for c in clauses("2026")}
    assert len({(p.old, p.new) for p in mapping()}) == len(mapping())
    assert all(p.note for p in mapping() if p.change != "same")


def test_a_split_clause_leads_to_both_and_back():
    assert to_new("6.1.2") == ["6.1.2", "6.1.3"]
    assert to_old("6.1.3") == ["6.1.2"]
    assert to_new("7.5.3") == ["7.5.3"]


def test_an_unknown_edition_or_clause_is_refused():
    with pytest.raises(KeyError):
        clauses("2008")
    with pytest.raises(KeyError):
        clause("11.1")
