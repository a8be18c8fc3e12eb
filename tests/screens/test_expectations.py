"""What has the focus and what a colour means, in words of the screen; and what is hidden in a picture."""

from __future__ import annotations

import pytest
from textual.widgets import Input, Label

from app.targets import MenuItem, Parts
from app.training.pictures import drawn, svg_of, text_of
from app.training.scripts.errors import CannotDo
from app.training.scripts.expecting import ExpectedColour, expected
from app.training.scripts.grammar import parse
from app.training.scripts.masking import SIGN, Mask
from app.training.scripts.meanings import MEANINGS
from models.board import Board
from screens.driving.colours import TOKENS, Meanings
from screens.driving.economy import economy
from screens.driving.expectations import wrong_colour, wrong_with
from screens.driving.masking import taken
from screens.driving.seeing import part, seen
from screens.shell.themes import TITLES
from tests.screens.driving import WIDE, Driver, driving
from tests.screens.test_seeing import Sample

COLOURS = (
    ("good", '"Actief"'),
    ("warning", '"Andere helft ontbreekt"'),
    ("error", '"Mislukt"'),
    ("error", '"Begin met 99QQ00."'),
    ("error", '"Gevaar"'),
    ("disabled", '"Uit" in "Knoppen"'),
    ("disabled", '"Zoals op school."'),
    ("link", '"morgenochtend"'),
    ("chosen", '"nu" in "Schooltijd"'),
    ("level-1", '"I" in "Niveau en groei"'),
    ("level-5", '"V" in "Niveau en groei"'),
    ("growth", '"▲ 9" in "Niveau en groei"'),
    ("decline", '"▼ 3" in "Niveau en groei"'),
)


def why_not(program: Driver, line: str) -> str:
    """Why it is not as this line expects; empty if it is."""
    wrong = wrong_with(program.app, expected(parse(f"expect {line}")))
    return wrong.sentence if wrong else ""


async def test_a_colour_means_the_same_in_each_theme(practice: Board) -> None:
    assert TOKENS.keys() == MEANINGS.keys() >= {meaning for meaning, _ in COLOURS}
    async with driving(practice, size=WIDE) as program:
        program.app.go(Parts())
        for theme in (*TITLES, "nord"):
            program.app.theme = theme
            await program.settle()
            lines, known = list(seen(program.app)), Meanings(program.app)
            for meaning, text in COLOURS:
                wanted = expected(parse(f"expect colour {meaning} on {text}"))
                assert isinstance(wanted, ExpectedColour)
                around = part(lines, wanted.within) if wanted.within else lines
                assert wrong_colour(around, known, wanted) is None, (theme, text)
        program.app.theme = "esis-licht"
        await program.settle()
        told = why_not(program, 'colour error on "Actief" in "Gegevens"')
        assert told == "'Actief' in 'Gegevens' heeft niet de kleur error, wel good."
        assert why_not(program, 'colour error on "Leeg"').endswith("en geen kleur die iets betekent.")
        assert (
            why_not(program, 'colour good on "Actieff"') == "'Actieff' staat niet op het scherm. Bedoelt u '● Actief'?"
        )


async def test_the_focus_is_told_in_words_of_the_screen(practice: Board) -> None:
    async with driving(practice, size=WIDE) as program:
        program.app.go(Parts())
        await program.settle()
        screen = program.app.screen
        screen.set_focus(screen.query_one("#field-name"))
        assert why_not(program, 'focus "Naam"') == ""
        assert why_not(program, 'not focus "Fout"') == ""
        assert why_not(program, 'focus "Gereed"') == "De focus staat op 'Naam', niet op 'Gereed'."
        assert why_not(program, 'not focus "naam"') == "De focus staat nog op 'naam'."
        assert "geen veld, knop of regel" in why_not(program, 'focus "Zoals op school."')
        assert "Bedoelt u 'Gereed'?" in why_not(program, 'focus "Gered"')
        screen.set_focus(screen.query_one("#danger"))
        assert why_not(program, 'focus "Gevaar" in "Knoppen"') == ""
        screen.set_focus(None)
        assert why_not(program, 'focus "Gevaar"') == "De focus staat nergens, niet op 'Gevaar'."
        program.app.go(MenuItem("leerlingenadministratie"))
        await program.settle()
        await program.press("down")
        assert why_not(program, 'focus "Altena, Senna"') == ""
        told = why_not(program, 'focus "Akkerman, Naomi"')
        assert told == "De focus staat op 'Altena, Senna', niet op 'Akkerman, Naomi'."


async def test_what_is_masked_is_in_neither_the_characters_nor_the_drawing() -> None:
    with economy():
        async with Sample().run_test(size=(60, 30)) as pilot:
            app = pilot.app
            await pilot.pause()
            plain = taken(app, [])
            assert (plain.text, plain.svg, plain.hid) == (text_of(app), svg_of(app), frozenset())
            masks = [
                Mask("IEP LVS"),
                Mask("resultaten elke nacht naar"),
                Mask("^Jorn", pattern=True),
                Mask("staat er niet"),
                Mask("lvs a"),
                Mask("kader"),
            ]
            found = taken(app, masks)  # type: ignore[arg-type]
            assert found.hid == {0, 1, 2, 5}
            hidden = found.text
            assert f"{SIGN * 7} Actief" in hidden
            assert f"{SIGN * 4}  " in hidden
            assert f"╭─ {SIGN * 5} ─" in hidden
            assert "elke" not in hidden, "of a wrapped text each part is hidden"
            assert [len(line) for line in hidden.splitlines()] == [len(line) for line in plain.text.splitlines()]
            drawing = found.svg.replace("&#160;", " ")
            assert all(word not in drawing for word in ("IEP", "elke", "Jorn", "Kader"))
            assert drawing.count(SIGN) == hidden.count(SIGN) > 7 + 4 + 5
            label = next(one for one in app.query(Label) if str(one.content) == "IEP LVS ")
            label.update("123 ABC ")
            await pilot.pause()
            other = taken(app, [Mask("123 ABC"), *masks[1:]])  # type: ignore[arg-type]
            assert (other.text, drawn(other.svg)) == (found.text, drawn(found.svg)), "nothing is left of what it was"
            assert text_of(app) != found.text, "only that picture"
            app.query_one(Input).password = False
            app.query_one(Input).value = "a" * 45 + "!"
            await pilot.pause()
            with pytest.raises(CannotDo, match="kost te veel tijd"):
                taken(app, [Mask("(a+)+$", pattern=True)])  # type: ignore[arg-type]
