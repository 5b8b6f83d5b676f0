"""The tests' own ground: data of their own, and a database as an installation has it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_no_memory_that_threads_share() -> None:
    assert connection.vendor != "sqlite" or Path(connection.settings_dict["NAME"]).is_file()


def test_the_data_of_an_installation_is_elsewhere() -> None:
    assert Path(os.environ["SAURO_DATA"]).resolve() == settings.DATA_DIR
    assert settings.DATA_DIR != settings.BASE_DIR / "var"
