"""A text of the screen as a line to be read aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from screens.plain.spoken import spoken, with_keys
from screens.plain.words import typed_instead
from screens.presenting.lesson_words import AGAIN, AGAIN_EXAM
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
        ("Open Koppelingen, druk op !, en kies.", "Open Koppelingen, druk op uitroepteken, en kies."),
        ("Met ! zoekt u uit waarom.", "Met uitroepteken zoekt u uit waarom."),
        ("Een regel met ! is een oorzaak.", "Een regel met 'let op' is een oorzaak."),
    ],
)
def test_marks_and_drawing_become_words_or_nothing(drawn: str, told: str) -> None:
    assert spoken(drawn) == told


def test_a_key_that_is_a_sign_has_its_name_where_it_is_drawn() -> None:
    """A mark in another colour is the word that it stands for."""
    key = Content.assemble(("!", "bold $key"), " Waarom?")
    assert spoken(with_keys(key)) == "uitroepteken Waarom?"
    assert spoken(with_keys(Content.assemble(("! geen", "$warn")))) == "let op: geen"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Druk op F1 en drukt u op Esc.", "Typ `uitleg` en typt u `terug`."),
        ("Ctrl+Q sluit de les; nog eens F1 niet.", "`stop` sluit de les; nog eens `uitleg` niet."),
        ("F10, Alt+F1 en Escalatie.", "F10, Alt+F1 en Escalatie."),
    ],
)
def test_where_a_word_does_the_same_as_a_key_the_word_is_told(line: str, told: str) -> None:
    assert typed_instead(line) == told


@pytest.mark.parametrize("told", [AGAIN, AGAIN_EXAM])
def test_how_a_lesson_goes_is_told_without_where_it_stands_on_a_screen(told: str) -> None:
    said = typed_instead(told)
    assert "`opdracht`" in said
    assert "aan het scherm" not in said
    assert "F1" not in said


@given(st.text())
def test_whatever_stands_on_the_screen_is_one_line_without_control_characters(text: str) -> None:
    told = spoken(text)
    assert told.isprintable() or not told
    assert not any("\u2500" <= sign <= "\u259f" for sign in told)


def test_every_sign_with_a_colour_has_a_word() -> None:
    """Shape first, colour second, and a word for who sees neither."""
    signs = {sign for sign, _ in BADGES.values()} | {sign for sign, _ in RUNS.values()} | {mark.value for mark in MARKS}
    assert signs <= WORDS.keys()
