"""Numbers as officials write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.vietnamese.numbers import parse_number, roman


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7.882", "7882"),
        ("8,5", "8.5"),
        ("83.372", "83372"),
        ("1.150", "1150"),
        ("1.234.567,89", "1234567.89"),
        ("7882", "7882"),
        ("03", "3"),
        ("7.5", "7.5"),
        ("12.75", "12.75"),
        ("0,05", "0.05"),
        (" 15 ", "15"),
    ],
)
def test_reads_a_number(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "1,2,3", "12a", "1.2345.6", "-5", "9001:2015", "57-NQ"])
def test_refuses_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_reads_back_what_is_written_the_vietnamese_way(value: Decimal) -> None:
    shown = f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
    assert parse_number(shown) == value


@given(st.text(max_size=20))
def test_never_fails_whatever_the_text(text: str) -> None:
    value = parse_number(text)
    assert value is None or value >= 0


@pytest.mark.parametrize(
    ("text", "value"), [("I", 1), ("iv", 4), ("IX", 9), ("XIV", 14), ("", None), ("IIII", None), ("A", None)]
)
def test_reads_roman_numerals(text: str, value: int | None) -> None:
    assert roman(text) == value
