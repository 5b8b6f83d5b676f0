"""Scales, classes, survey, context and processes are whole and agree with the standard and the model set."""

import pytest

from sauro.quality.ready import starters
from sauro.quality.ready.documents import model_set
from sauro.quality.ready.kinds import kinds
from sauro.quality.ready.standard import clauses

pytestmark = pytest.mark.pure


def test_every_score_of_the_matrix_has_one_band_and_more_never_means_less():
    scale = starters.risk_scale()
    assert [s.value for s in scale.likelihood] == [s.value for s in scale.severity] == [1, 2, 3, 4, 5]
    bands = [v.key for v in scale.levels]
    for a in range(1, 6):
        for b in range(1, 6):
            assert sum(v.low <= a * b <= v.high for v in scale.levels) == 1
            if b < 5:
                assert bands.index(scale.level(a, b).key) <= bands.index(scale.level(a, b + 1).key)
    assert (scale.level(1, 1).key, scale.level(5, 2).key, scale.level(4, 4).key) == ("low", "high", "extreme")
    with pytest.raises(ValueError):
        scale.level(6, 6)


def test_the_higher_the_risk_the_sooner_it_is_looked_at_again():
    months = [v.review_months for v in starters.risk_scale().levels]
    assert months == sorted(months, reverse=True) and len(set(months)) == 4


def test_opportunities_have_scales_of_their_own():
    scale = starters.risk_scale()
    assert len(scale.benefit) == len(scale.feasibility) == 5


def test_classes_cover_the_model_set_and_nobody_approves_their_own():
    classes = {c.code: c for c in starters.document_classes()}
    assert list(classes) == ["CS", "MT", "MH", "QT", "HD", "BM", "TLN"]
    assert {d.kind for d in model_set("so", "Sở A", 2026)} <= set(classes)
    assert not any(c.own_approval for c in classes.values())
    inside = [c for c in classes.values() if c.origin == "internal"]
    assert all(c.drafted_by and c.approved_by and c.drafted_by != c.approved_by for c in inside)
    assert all(c.review_months > 0 and c.retention for c in classes.values())


def test_the_survey_asks_six_things_and_has_one_poor_answer():
    survey = starters.survey("Sở A")
    assert len({q.key for q in survey.questions}) == 6
    assert [(s.value, s.label) for s in survey.scale if s.poor] == [(1, "Kém")]
    assert [s.value for s in survey.scale] == [1, 2, 3, 4, 5] and survey.satisfied_from == 4
    assert "Sở A" in survey.intro and "{" not in f"{survey}"


@pytest.mark.parametrize("kind", kinds())
def test_context_starts_with_both_sides_climate_and_the_kind_s_own(kind):
    issues, parties = starters.issues(kind, "Cơ quan A", 2026), starters.parties(kind, "Cơ quan A", 2026)
    assert {i.side for i in issues} == {"internal", "external"}
    assert any(i.climate for i in issues)
    assert len(issues) >= 12 and len(parties) >= 7
    assert all(p.needs and p.follow for p in parties)
    assert len({p.name for p in parties}) == len(parties)
    assert "{" not in f"{issues}{parties}"


@pytest.mark.parametrize("kind", kinds())
def test_twelve_processes_are_joined_owned_and_measured(kind):
    made = {p.key: p for p in starters.processes(kind, "Cơ quan A", 2026)}
    assert len(made) == 12
    assert {p.kind for p in made.values()} == {"leading", "core", "supporting"}
    assert {p.owner for p in made.values()} == {"leader", "qmr", "office", "units"}
    fed = {key for p in made.values() for key in p.next}
    assert fed <= set(made)
    codes = {d.code for d in model_set(kind, "Cơ quan A", 2026)}
    leaves = {c.number for c in clauses() if c.leaf}
    for p in made.values():
        assert p.inputs and p.outputs and p.indicator and p.next
        assert set(p.documents) <= codes and set(p.clauses) <= leaves
    assert "{" not in f"{list(made.values())}"


def test_a_body_that_is_both_above_and_reported_to_stands_once_with_the_needs_of_both():
    apart, one = starters.parties("so", "Sở A", 2026), starters.parties("cuc", "Cục A", 2026)
    above = next(p for p in one if p.name == "Bộ chủ quản")
    assert set(above.needs) == {n for p in apart[1:3] for n in p.needs}


def test_a_service_unit_provides_services_where_an_office_of_state_decides():
    titles = {k: {p.key: p.title for p in starters.processes(k, "A", 2026)}["services"] for k in ("so", "don_vi")}
    assert titles["so"] != titles["don_vi"]


def test_an_unknown_kind_is_refused():
    for loader in (starters.issues, starters.parties, starters.processes):
        with pytest.raises(KeyError):
            loader("tong_cuc", "A", 2026)
