"""A text of the screen as a line to be read aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.plain.spoken import spoken
from screens.shared.signs import BADGES, MARKS, RUNS, WORDS


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        (" ● Actief ", "Actief"),
        ("ESIS ●━━━● IEP LVS   ● Actief", "ESIS, IEP LVS, Actief"),
        ("✓✓×✓", "gelukt, gelukt, mislukt, gelukt"),
        ("│ Naam             Bureau ICE │", "Naam, Bureau ICE"),
        ("09:00 ● nu", "09:00 nu"),
        ("17:00 · Peilmoment", "17:00, niet actief: Peilmoment"),
        ("ESIS → Basispoort", "ESIS naar Basispoort"),
        ("▶ Gereed ◀", "Gereed"),
        ("▼ Resultatenkoppeling (2 koppelingen)", "Resultatenkoppeling (2 koppelingen)"),
        ("! Volgende stap", "let op: Volgende stap"),
        ("× De code klopt niet.", "fout: De code klopt niet."),
        ("–", "geen"),
        ("Wat?  Dit.", "Wat? Dit."),
    ],
)
def test_marks_and_drawing_become_words_or_nothing(drawn: str, told: str) -> None:
    assert spoken(drawn) == told


@given(st.text())
def test_whatever_stands_on_the_screen_is_one_line_without_control_characters(text: str) -> None:
    told = spoken(text)
    assert told.isprintable() or not told
    assert not any("\u2500" <= sign <= "\u259f" for sign in told)


def test_every_sign_with_a_colour_has_a_word() -> None:
    """Shape first, colour second, and a word for who sees neither."""
    signs = {sign for sign, _ in BADGES.values()} | {sign for sign, _ in RUNS.values()} | {mark.value for mark in MARKS}
    assert signs <= WORDS.keys()
