"""The server and the worker as real processes."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sauro.cli.tests.conftest import Run
from sauro.cli.tests.installation import RANGE, Installation, alive, free_port, page, wait_for

pytestmark = pytest.mark.pure
Start = Callable[..., Installation]


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    """`start("one")`: an installation in the folder of that name; stopped at the end."""
    made: list[Installation] = []

    def begin(name: str = "data", **more: str) -> Installation:
        made.append(Installation(environment | more, tmp_path / name))
        return made[-1]

    yield begin
    for one in made:
        one.stop()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_stops_server_and_worker(start: Start, number: signal.Signals) -> None:
    site = start()
    below = site.started()
    assert len(below) == 2
    site.process.send_signal(number)
    assert site.ended() == 0 and f"http://127.0.0.1:{site.port}" in site.said()
    assert page(site.port) == 0 and not any(map(alive, below))


def test_when_one_dies_the_other_is_stopped(start: Start) -> None:
    for which in (0, 1):
        site = start(f"data{which}")
        below = site.started()
        os.kill(below[which], signal.SIGKILL)
        assert site.ended() == 1 and "đã dừng cả hai" in site.said()
        assert not any(map(alive, below))


def test_nothing_outlives_a_supervisor_that_is_killed(start: Start) -> None:
    site = start()
    below = site.started()
    site.process.kill()
    wait_for(lambda: not any(map(alive, below)))
    assert page(site.port) == 0


def test_two_installations_run_side_by_side(start: Start) -> None:
    one, two = start("one"), start("two")
    assert len(one.started()) == len(two.started()) == 2
    assert one.port != two.port and page(one.port) == page(two.port) == 200


def test_a_port_that_is_taken_ends_with_a_sentence(sauro: Run) -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        done = sauro("run", PORT=str(sock.getsockname()[1]))
    assert done.returncode == 4 and done.stderr.startswith("Không mở được cổng")


def test_an_installation_that_ends_before_its_first_page_is_told_at_once(start: Start) -> None:
    site = start(DATABASE_URL="mysql://nobody@127.0.0.1/none")
    with pytest.raises(AssertionError, match="before its first page") as told:
        site.started()
    assert site.said() and site.said() in str(told.value)


def test_ports_of_tests_are_apart_and_none_that_the_kernel_gives_away() -> None:
    low, high = map(int, RANGE.read_text().split())
    ports = [free_port() for _ in range(50)]
    assert len(set(ports)) == 50 and not [p for p in ports if low <= p <= high and (low > 10_000 or high < 65_535)]
