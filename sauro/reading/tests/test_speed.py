"""Reading is fast, and its time grows as its input does."""

import time

from sauro.reading import interpret
from sauro.reading.manuscript import Manuscript
from sauro.reading.open.text import blocks_of
from sauro.reading.tests.variation import generate, sheet_of, written


def _seconds(text: str, plan) -> float:  # type: ignore[no-untyped-def]
    """Of the processor, not of the wall: what others do on this machine is not counted."""
    begin = time.process_time()
    interpret(Manuscript(blocks_of(text), "txt"), plan.register)
    return time.process_time() - begin


def test_sixty_kilobytes_take_less_than_a_third_of_a_second() -> None:
    plan = generate(1, 220)
    text = written(plan, sheet_of(plan))
    assert len(text.encode()) > 60_000
    assert min(_seconds(text, plan) for _ in range(3)) < 0.6  # two processors that share a core are each slower


def test_ten_times_the_length_takes_about_ten_times_the_time() -> None:
    small, large = generate(1, 200), generate(1, 2000)
    texts = [written(plan, sheet_of(plan)) for plan in (small, large)]
    one = min(_seconds(texts[0], small) for _ in range(3))
    ten = min(_seconds(texts[1], large) for _ in range(2))
    assert ten < 25 * max(one, 0.02)
