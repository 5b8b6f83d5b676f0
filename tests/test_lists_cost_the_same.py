"""Every page of the quality room that needs no number asks the database as often for ten times the rows."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sauro.organization.models import Person
from sauro.testing import TODAY
from tests.place import make_place
from tests.quality import PARTS

pytestmark = pytest.mark.django_db
TIMES = 10
NAMES = sorted(
    {
        name
        for part in PARTS
        for name, thing, method, *_statuses in map(str.split, filter(str.strip, part.TABLE.splitlines()))
        if (thing, method) == ("-", "GET") and name not in part.NO_PAGE
    }
)
# One of these at a time: they are made many in `sauro/web/reviews/tests/test_lists.py`.
ONCE = {"declaration-list", "unit-objective-list"}


@dataclass(slots=True)
class Asked:
    """What a page asked: its queries, and how many rows its register holds (None where it has none)."""

    queries: list[str]
    rows: int | None


def asked(client: Client, name: str) -> Asked:
    """Look at a page, once what it keeps has been kept."""
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(reverse(name))
    register = answer.context.get("register") if answer.context else None
    return Asked([q["sql"] for q in caught], register.total if register else None)


def tables() -> list[type[models.Model]]:
    """People, and the tables of the quality room and of controlled documents, each after those it cannot be without."""
    left = [Person, *apps.get_app_config("quality").get_models(), *apps.get_app_config("documents").get_models()]
    order: list[type[models.Model]] = []
    while left:
        needs = {m: {f.related_model for f in keys(m) if not f.null and f.related_model is not m} for m in left}
        ready = [m for m in left if not needs[m] & set(left)]
        order += ready
        left = [m for m in left if m not in ready]
    return order


def keys(model: type[models.Model]) -> list[Any]:
    """The foreign keys of a table."""
    return [f for f in model._meta.concrete_fields if f.is_relation]


def another(row: Any, n: int) -> Any:
    """A copy of the row to stand beside it: what may be there once is given another value."""
    made = copy.copy(row)
    made._state, made.pk = models.base.ModelState(), None
    constraints = [c for c in row._meta.constraints if isinstance(c, models.UniqueConstraint)]
    once = {name for c in constraints for name in c.fields} | {f.name for f in row._meta.concrete_fields if f.unique}
    for f in row._meta.concrete_fields:
        if f.name in once and not f.primary_key and not f.is_relation:
            value = getattr(row, f.attname)
            if isinstance(f, models.IntegerField):
                setattr(made, f.attname, value + 20 * n)
            elif isinstance(value, str) and not f.choices:
                setattr(made, f.attname, f"{value}~{n}"[-(f.max_length or 999) :])
    return made


def make_many() -> None:
    """Copy everything that may be there more than once, with what hangs on it, until there is ten times as much."""
    rows = [(model, list(model._default_manager.all())) for model in tables()]
    for n in range(1, TIMES):
        copies: dict[tuple[type[models.Model], Any], Any] = {}
        for model, found in rows:
            for row in found:
                made = another(row, n)
                for key in keys(model):
                    held = getattr(row, key.attname)
                    setattr(made, key.attname, getattr(copies.get((key.related_model, held)), "pk", held))
                try:
                    with transaction.atomic():
                        made.save_base(raw=True, force_insert=True)
                except IntegrityError:
                    continue
                copies[model, row.pk] = made
                for many in model._meta.many_to_many:
                    held = getattr(row, many.name).all()
                    getattr(made, many.name).set([copies.get((many.related_model, h.pk), h) for h in held])
        for (model, pk), made in copies.items():
            later = {
                key.attname: copies[key.related_model, held].pk
                for key in keys(model)
                if (held := getattr(made, key.attname)) and (key.related_model, held) in copies
            }
            if later and pk != made.pk:
                model._default_manager.filter(pk=made.pk).update(**later)


@pytest.fixture(scope="module")
def looked(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, tuple[Asked, Asked]]]:
    """Every page as it is, and again with ten times as much behind it."""
    as_ever = pytest.MonkeyPatch()
    as_ever.setattr("sauro.web.today.timezone", SimpleNamespace(localdate=lambda: TODAY))
    # Whether a count is kept would depend on how slow this machine is just now.
    as_ever.setattr("sauro.web.tasks.counting.SLOW", float("inf"))
    fast = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"), PASSWORD_HASHERS=fast):
            client, place = Client(), make_place()
            client.force_login(place.person("chi"), backend=settings.AUTHENTICATION_BACKENDS[-1])
            before = {name: asked(client, name) for name in NAMES}
            make_many()
            yield {name: (before[name], asked(client, name)) for name in NAMES}
        transaction.set_rollback(True)
    as_ever.undo()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_as_often_for_ten_times_the_rows(looked: dict[str, tuple[Asked, Asked]], name: str) -> None:
    few, many = looked[name]
    if few.rows and name not in ONCE:
        assert (many.rows or 0) >= 3 * few.rows, "there is not more to show, so nothing was tried"
    bare = lambda sql: re.sub(r"\d+(, \d+)*", "N", sql)  # noqa: E731
    more = Counter(map(bare, many.queries)) - Counter(map(bare, few.queries))
    assert len(many.queries) <= len(few.queries), more
