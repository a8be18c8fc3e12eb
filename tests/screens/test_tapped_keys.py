"""The keys that a page shows to tap: those of the key bar, each typing what its key types."""

from __future__ import annotations

import pytest
from textual import constants
from textual._xterm_parser import XTermParser
from textual.events import Key

from models.board import Board
from screens.shared import keys
from screens.shared.key_bar import KeyBar
from screens.shell.tapped_keys import ALWAYS, tapped, typed_by
from tests.screens.driving import SMALL, driving
from tests.screens.presenting.hosted import begun, hosted
from tests.screens.presenting.test_hosting import SCRIPT, known


def test_every_key_that_a_page_may_show_types_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "ESCAPE_DELAY", -1.0)  # Alt is Esc with a letter at once
    shown = {keys.instead(key) for meaning in keys.MEANINGS.values() for key in meaning.each} - ALWAYS
    shown |= {keys.instead(key, typing=True) for meaning in keys.MEANINGS.values() for key in meaning.each} - ALWAYS
    for key in sorted(shown - keys.MOVING):
        parser = XTermParser()
        typed = [event for event in (*parser.feed(typed_by(key)), *parser.tick()) if isinstance(event, Key)]
        assert [event.key for event in typed] == [key]


async def test_a_page_gets_the_keys_of_the_screen_and_of_a_field_those_that_work_there(practice: Board) -> None:
    async with driving(practice) as program:
        await program.go_to("medewerkers")
        listed = dict(tapped(program.app.screen))
        assert {"n": "Nieuw", "?": "Help"}.items() <= listed.items()
        assert "\r" not in listed, "the page has it on every screen"
        await program.press("slash")
        assert {"\x1bn": "Nieuw", "\x1bh": "Help"}.items() <= dict(tapped(program.app.screen)).items()


async def test_what_does_not_fit_in_the_key_bar_can_be_tapped_nevertheless(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        await program.go_to("medewerkers")
        bar = program.app.screen.query_one(KeyBar)
        cut = {key.description for key in bar.every} - {key.description for key in (*bar.shown, *bar.fixed)}
        assert cut
        assert cut <= {name for _typed, name in tapped(program.app.screen)}


async def test_what_stands_elsewhere_on_the_screen_can_be_tapped_too(practice: Board) -> None:
    async with driving(practice) as program:
        told = tapped(program.app.screen)
        assert {"\x07": "Programma", "\x19": "Schooltijd", "\x0f": "Menu"}.items() <= dict(told).items()
        assert told[-1] == ("?", "Help")
        assert {"Hint", "Les verlaten"}.isdisjoint(dict(told).values())
        await program.press("f6", "down", "enter")
        told = tapped(program.app.screen)
        assert "Programma" in dict(told).values()


@pytest.mark.parametrize("exam", [False, True])
async def test_of_a_lesson_its_keys_can_be_tapped(practice: Board, exam: bool) -> None:
    async with hosted(known(begun(practice, SCRIPT, mode="exam" if exam else "practice"))) as program:
        told = dict(tapped(program.app.screen))
        assert told.get("\x0c") == (None if exam else "Hint")
        assert told["\x11"] == ("Examen verlaten" if exam else "Les verlaten")
