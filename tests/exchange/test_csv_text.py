"""CSV that opens correctly in a spreadsheet, runs nothing there, and is read back unchanged."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.csv_text import as_meant, csv_bytes, number, safe_cell

letters = st.characters(exclude_categories=("Cs",))
texts = st.one_of(st.text(letters), st.text("'=+-@\t\r\n＝1a "))


@given(st.lists(st.lists(texts, min_size=1, max_size=3), min_size=1, max_size=3))
def test_every_text_comes_back_and_none_is_a_formula(rows: list[list[str]]) -> None:
    text = csv_bytes(rows).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert [[as_meant(cell) for cell in row] for row in found] == rows
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "＝") for row in found for cell in row if cell)


@pytest.mark.parametrize(
    ("cell", "stands"),
    [
        (-3, "-3"),
        (2.5, "2,5"),
        (number("-1,50"), "-1,50"),
        (number("00012"), "00012"),
        (number("-1+cmd"), "'-1+cmd"),
        ("-3", "'-3"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("'=1", "''=1"),
        ("", ""),
    ],
)
def test_a_number_stays_one_and_a_text_that_looks_like_a_formula_does_not(cell: str | int, stands: str) -> None:
    assert safe_cell(cell) == stands


def test_a_file_opens_right_in_dutch_excel() -> None:
    assert csv_bytes([["Naam", "Score"], ["Zoë; Bo", 3]]) == '\ufeffNaam;Score\r\n"Zoë; Bo";3\r\n'.encode()
