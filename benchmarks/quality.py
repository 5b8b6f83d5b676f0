"""`python -m benchmarks.quality [--sizes 200,2000]`: the registers of the quality room against the floor view.

A size is a number of controlled documents; each has 10 versions and 25 acknowledgements, and there are 10
nonconformities to a document: 2,000 documents, 20,000 versions, 50,000 acknowledgements, 20,000 nonconformities. Asked
as `benchmarks.pages` asks.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from benchmarks.pages import ROUNDS, SECRETARY, compare

VERSIONS, READINGS, FAULTS = 10, 25, 10


def prepare(size: int) -> dict[str, Any]:
    """Run in a process of its own whose environment names the database: make the volume and say what to ask."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import NoReverseMatch, reverse
    from django.utils import timezone

    from sauro.demo.volume import NAME, Scale, make_volume
    from sauro.organization.models import Agency, Person

    call_command("migrate", verbosity=0)
    today = timezone.localdate()
    if not Agency.objects.filter(name=NAME).exists():
        make_volume(Scale(2000, duties=2000, reports=2000), today=today)
        fill(Agency.objects.get(name=NAME), size, today)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    secretary = Person.objects.get(username=SECRETARY)
    pages = {"floor": "/floor/"}
    for name, query in (
        ("controlled-list", ""), ("controlled-list", "?q=quy+trinh+12"), ("acknowledgement-list", ""),
        ("nonconformity-list", ""), ("nonconformity-list", "?q=bieu+mau+7"), ("risk-list", ""), ("record-list", ""),
        ("instrument-list", ""), ("document-change-list", ""), ("audit-list", ""), ("finding-list", ""),
        ("survey-list", ""), ("feedback-list", ""), ("review-list", ""),
    ):  # fmt: skip
        try:
            pages[f"{name}{', search' if query else ''}"] = reverse(name) + query
        except NoReverseMatch:
            continue
    client, nobody = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    client.force_login(secretary, backend="sauro.organization.backends.PersonBackend")
    queries = {}
    for name, path in pages.items():
        asker = nobody if name == "floor" else client
        asker.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert asker.get(path).status_code == 200, path
        queries[name] = len(captured)
    cookie = "; ".join(f"{k}={m.value}" for k, m in client.cookies.items())
    return {"pages": pages, "queries": queries, "cookies": {"": cookie, SECRETARY: cookie}}


def fill(agency: Any, size: int, today: dt.date) -> None:
    """Documents with their versions and readings, and nonconformities, spread over the units."""
    from django.db.models import F
    from django.utils import timezone

    from sauro.documents.models import Acknowledgement, DocumentClass, DocumentedInformation, DocumentVersion
    from sauro.files.models import StoredFile
    from sauro.organization.models import Person, Unit
    from sauro.quality.models import Nonconformity
    from sauro.quality.models.base import folded_of

    units = list(Unit.objects.filter(agency=agency, kind=Unit.Kind.UNIT).order_by("pk"))
    people = list(Person.objects.filter(unit__agency=agency).select_related("unit").order_by("pk"))
    pdf = StoredFile.objects.create(sha256="0" * 64, size=1, media_type="application/pdf")
    cls = DocumentClass.objects.create(agency=agency, code="QT", name="Quy trình", kind="procedure")
    now, day = timezone.now(), dt.timedelta(1)
    documents = DocumentedInformation.objects.bulk_create(
        (
            DocumentedInformation(
                agency=agency, cls=cls, code=f"QT.{n:04}", title=f"Quy trình {n} giải quyết công việc",
                folded=folded_of(f"QT.{n:04}", f"Quy trình {n} giải quyết công việc"), sort_key=f"qt.{n:04}",
                unit=units[n % len(units)], unit_path=units[n % len(units)].path, reviewed_on=today,
                review_on=today + day * (n % 400 - 20), clauses=["8.5.1"],
            )
            for n in range(size)
        ),
        batch_size=1000,
    )  # fmt: skip
    versions = DocumentVersion.objects.bulk_create(
        (
            DocumentVersion(
                document=document, issue_no=no, state="in_force" if no == VERSIONS else "superseded", pdf=pdf,
                sha256="0" * 64, content={"purpose": "Thống nhất cách làm"}, drafted_by=people[n % len(people)],
                approved_by=people[0], approved_at=now, effective_on=today - day * (30 * (VERSIONS - no) + 1),
                superseded_on=None if no == VERSIONS else today - day * 30 * (VERSIONS - no - 1),
            )
            for n, document in enumerate(documents)
            for no in range(1, VERSIONS + 1)
        ),
        batch_size=1000,
    )  # fmt: skip
    latest = {v.document_id: v for v in versions if v.state == "in_force"}
    for document in documents:
        document.current = latest[document.pk]
    DocumentedInformation.objects.bulk_update(documents, ["current"], batch_size=500)
    Acknowledgement.objects.bulk_create(
        (
            Acknowledgement(
                agency=agency, version=latest[document.pk], person=person, unit=person.unit,
                asked_on=today - day * (n % 200), due=today - day * (n % 200) + day * 7,
                read_at=now if (n + k) % 20 else None,
            )
            for n, document in enumerate(documents)
            for k, person in ((k, people[(n * READINGS + k) % len(people)]) for k in range(min(READINGS, len(people))))
        ),
        batch_size=2000,
    )  # fmt: skip
    states = ("open", "analysed", "done", "closed", "closed", "closed", "closed")
    Nonconformity.objects.bulk_create(
        (
            Nonconformity(
                agency=agency, code=f"KPH-{today.year - n % 5}-{n:05}", year=today.year - n % 5,
                source=("audit", "work", "complaint", "dossier")[n % 4], title=f"Biểu mẫu {n} không đúng",
                text="Hồ sơ thiếu biểu mẫu", folded=folded_of(f"KPH {n:05}", f"Biểu mẫu {n} không đúng"),
                unit=units[n % len(units)], unit_path=units[n % len(units)].path, clause="7.5.3",
                raised_on=today - day * (n % 1500), raised_by=people[n % len(people)], due=today + day * (n % 60 - 30),
                state=states[n % 7], correction="Thay biểu mẫu", cause="Chưa thu hồi",
                effective=True if n % 7 > 2 else None,
                effect_on=today if n % 7 > 2 else None, closed_on=today if n % 7 > 2 else None,
            )
            for n in range(size * FAULTS)
        ),
        batch_size=1000,
    )  # fmt: skip
    assert not DocumentedInformation.objects.exclude(current__document=F("pk")).exists()


def main() -> None:
    """Measure every size on SQLite, and on PostgreSQL where DATABASE_URL names a server; print a table each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="200,2000")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each page is asked")
    parser.add_argument("--kept", type=Path, help="folder where the installations stay")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    compare("benchmarks.quality", {size: f"prepare({size})" for size in sizes}, rounds=asked.rounds, kept_in=asked.kept)


if __name__ == "__main__":
    main()
