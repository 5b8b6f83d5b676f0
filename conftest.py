"""Fixtures that every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from sauro import testing

# A busy machine is no fault of the code: how long one example may take is measured by the benchmarks.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

PURE = ("sauro/reading/", "sauro/writing/", "sauro/vietnamese/")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The tools know no database: their tests need no second run on another one."""
    for item in items:
        if item.path.relative_to(config.rootpath).as_posix().startswith(PURE):
            item.add_marker(pytest.mark.pure)


@pytest.fixture(autouse=True)
def _plain_settings(settings: object, tmp_path: Path) -> None:
    """Fast password hashes, plain static files, files of the test in its own folder, jobs run at once."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.AXES_ENABLED = False


@pytest.fixture(autouse=True)
def _nothing_kept_for_being_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a count is kept depends on how long it took: on a busy machine a page would ask the less the slower it
    is. A test of the keeping itself says when."""
    monkeypatch.setattr("sauro.web.tasks.counting.SLOW", float("inf"))


@pytest.fixture
def agency_world(db: None) -> testing.World:
    """The agency of the tests with `an`, `binh`, `chi`, `dung`, `giang`, `hoa`."""
    return testing.make_world()


@pytest.fixture
def adopted_plan(agency_world: testing.World) -> object:
    """The small plan in force in that agency."""
    return testing.adopt_small_plan(agency_world)


@pytest.fixture
def sign_in(client: object, agency_world: testing.World) -> object:
    """`sign_in("an")` gives a client that is signed in as that person."""

    def as_person(username: str) -> object:
        client.force_login(agency_world.people[username], backend="sauro.organization.backends.PersonBackend")
        return client

    return as_person
