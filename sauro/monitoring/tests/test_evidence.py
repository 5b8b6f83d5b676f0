"""Evidence: links, versions, signatures, cross-checking, and what counts as proof."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.files.tests.test_signatures import Authority, pdf
from sauro.monitoring import services
from sauro.monitoring.models import Evidence, Report
from sauro.monitoring.proof import Piece, Proof, proof
from sauro.monitoring.services import Said
from sauro.notices.models import Notice
from sauro.organization.models import CertificateAuthority
from sauro.organization.policy import Refused
from sauro.plans.models import Plan
from sauro.plans.services.errors import NotNow
from sauro.testing import TODAY, World, task_of

PDF = b"%PDF-1.4 bien ban"


@pytest.fixture
def draft(adopted_plan: Plan, agency_world: World) -> Report:
    """A report of `an` on task 1.1, which promises two products."""
    report = services.start_report(task_of(adopted_plan, "1.1"), agency_world.an, TODAY)
    return services.save_report(report, agency_world.an, {"progress": 100, "done_text": "Đã vận hành."})


def put(draft: Report, world: World, product: Any = None, data: bytes = PDF) -> Evidence:
    """A file on the draft."""
    return services.add_evidence(draft, world.an, io.BytesIO(data), "Biên bản.pdf", product=product)


def test_a_task_is_proved_by_files_and_verified_by_another_hand(draft: Report, agency_world: World) -> None:
    world, task = agency_world, draft.task
    assert task
    first, second = task.products.all()
    file = put(draft, world, first)
    link = services.add_link(draft, world.an, "https://sct.gov.vn/gian-hang", product=second)
    assert services.proof_of(task) == Proof.UNPROVED
    services.submit_report(draft, world.an, TODAY)
    assert services.missing_products(task) == [] and services.proof_of(task) == Proof.UNPROVED
    services.complete(task, world.binh, TODAY)
    assert services.proof_of(task) == Proof.UNPROVED, "a link alone proves nothing, though the task is done"
    with pytest.raises(NotNow, match="Đường dẫn"):
        services.check_evidence(link, world.chi, "verified")
    services.check_evidence(file, world.chi, "verified")
    assert services.proof_of(task) == Proof.UNPROVED


def test_nobody_checks_what_they_uploaded_and_a_refusal_says_why(draft: Report, agency_world: World) -> None:
    world = agency_world
    file = put(draft, world, draft.task.products.first())
    with pytest.raises(NotNow, match="chưa nộp"):
        services.check_evidence(file, world.chi, "verified")
    services.submit_report(draft, world.an, TODAY)
    for who in ("an", "binh", "dung", "giang", "hoa"):
        with pytest.raises(Refused):
            services.check_evidence(file, world.people[who], "verified")
    with pytest.raises(NotNow, match="Ghi rõ"):
        services.check_evidence(file, world.chi, "refused", " ")
    services.check_evidence(file, world.chi, "refused", "Thiếu trang ký")
    assert "Thiếu trang ký" in Notice.objects.get(person=world.an, verb="monitoring.evidence.checked").text
    assert draft.task.products.first() in services.missing_products(draft.task)
    again = services.check_evidence(file, world.chi, "waiting")
    assert (again.checked_by, again.checked_at) == (None, None)


def test_one_who_collects_does_not_check_their_own_files(adopted_plan: Plan, agency_world: World) -> None:
    world = agency_world
    report = services.start_report(task_of(adopted_plan, "1.1"), world.chi, TODAY)
    own = services.add_evidence(report, world.chi, io.BytesIO(PDF), "a.pdf")
    services.save_report(report, world.chi, {"done_text": "Đã phối hợp"})
    services.submit_report(report, world.chi, TODAY)
    with pytest.raises(Refused, match="Người khác đối chiếu"):
        services.check_evidence(own, world.chi, "verified")


def test_a_newer_version_takes_the_place_and_the_old_one_stays(draft: Report, agency_world: World) -> None:
    world, product = agency_world, draft.task.products.first()
    old = put(draft, world, product)
    said = {old.pk: Said(dt.date(2026, 11, 20), product, "official", "Sở Công Thương", "15/BB-SCT")}
    assert services.describe_evidence(draft, world.an, said, TODAY) == 1
    assert services.describe_evidence(draft, world.an, said, TODAY) == 0
    new = services.replace_evidence(old, world.an, io.BytesIO(PDF + b" 2"), "Biên bản (2).pdf")
    old.refresh_from_db()
    assert old.replaced_by == new and (new.kind, new.number, new.product) == ("official", "15/BB-SCT", product)
    assert list(draft.evidence.current()) == [new]
    with pytest.raises(NotNow, match="bản mới hơn"):
        services.replace_evidence(old, world.an, io.BytesIO(b"%PDF-3"), "c.pdf")
    with pytest.raises(NotNow, match="giống hệt"):
        services.replace_evidence(new, world.an, io.BytesIO(PDF + b" 2"), "d.pdf")


def test_what_was_handed_in_is_not_taken_off_after_a_return(draft: Report, agency_world: World) -> None:
    world = agency_world
    kept = put(draft, world)
    services.submit_report(draft, world.an, TODAY)
    with pytest.raises(NotNow):
        services.remove_evidence(kept, world.an)
    Report.objects.filter(pk=draft.pk).update(round=None)
    services.withdraw_report(draft, world.an)
    with pytest.raises(NotNow, match="không gỡ được"):
        services.remove_evidence(kept, world.an)
    later = put(draft, world, data=PDF + b"3")
    services.remove_evidence(later, world.an)
    assert list(draft.evidence.all()) == [kept]


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "ftp://a.vn/x", "sct.gov.vn", "https://" + "a" * 1100 + ".vn"]
)
def test_a_link_must_be_an_address_of_the_web(draft: Report, agency_world: World, url: str) -> None:
    with pytest.raises(NotNow, match="Đường dẫn"):
        services.add_link(draft, agency_world.an, url)


def test_a_day_to_come_and_an_unknown_kind_are_refused(draft: Report, agency_world: World) -> None:
    file = put(draft, agency_world)
    with pytest.raises(NotNow, match="sau hôm nay"):
        services.describe_evidence(draft, agency_world.an, {file.pk: Said(TODAY + dt.timedelta(days=1))}, TODAY)
    with pytest.raises(NotNow, match="loại minh chứng"):
        services.describe_evidence(draft, agency_world.an, {file.pk: Said(None, None, "bia")}, TODAY)


def test_signatures_are_judged_at_upload_and_again_when_the_list_changes(
    draft: Report, agency_world: World, django_capture_on_commit_callbacks: Any
) -> None:
    world, authority = agency_world, Authority("CA của Chính phủ")
    file = put(draft, world, data=authority.sign(pdf(), "Đỗ Trường Giang"))
    assert [s["trusted"] for s in file.signatures] == [False]
    with pytest.raises(Refused, match="Lê Thị Kim Chi"):
        services.add_authority(world.agency, world.binh, authority.pem.encode(), TODAY)
    with django_capture_on_commit_callbacks(execute=True):
        trusted = services.add_authority(world.agency, world.chi, authority.pem.encode(), dt.date.today())  # noqa: DTZ011
    file.refresh_from_db()
    assert [(s["trusted"], s["signer"]) for s in file.signatures] == [(True, "Đỗ Trường Giang")]
    with pytest.raises(NotNow, match="đã có trong danh sách"):
        services.add_authority(world.agency, world.chi, authority.pem.encode(), dt.date.today())  # noqa: DTZ011
    with pytest.raises(NotNow, match="hết hạn"):
        services.add_authority(world.agency, world.chi, Authority("Cũ").pem.encode(), dt.date(2040, 1, 1))
    with pytest.raises(NotNow, match="không phải chứng thư"):
        services.add_authority(world.agency, world.chi, b"%PDF", TODAY)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_authority(trusted, world.chi)
    file.refresh_from_db()
    assert [s["trusted"] for s in file.signatures] == [False] and not CertificateAuthority.objects.exists()


PIECES = st.lists(
    st.builds(
        Piece, st.sampled_from([None, 1, 2, 3]), st.booleans(), st.sampled_from(["waiting", "verified", "refused"])
    ),
    max_size=8,
)


@given(products=st.sets(st.sampled_from([1, 2, 3])), pieces=PIECES)
def test_proof_is_what_each_product_has_by_itself(products: set[int], pieces: list[Piece]) -> None:
    each = [proof({p}, pieces) for p in products]
    whole = proof(products, pieces)
    if not products:
        assert whole == Proof.NOTHING_PROMISED
    elif Proof.UNPROVED in each:
        assert whole == Proof.UNPROVED
    else:
        assert whole == (Proof.VERIFIED if set(each) == {Proof.VERIFIED} else Proof.PROVED)
    assert proof(products, [p for p in pieces if p.is_file and p.crosscheck != "refused"]) == whole
