"""In a page of a browser: no action needs an F-key or a key that the browser keeps, and the screen names those that work."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.binding import Binding
from textual.events import Key

from app.targets import MenuItem
from models.board import Board
from screens.presenting import captions
from screens.shared import keys
from screens.shell import actions
from screens.shell.esis import EsisApp
from tests.screens.driving import SMALL, WIDE, driving
from tests.screens.presenting.hosted import begun, hosted
from tests.screens.presenting.test_hosting import SCRIPT, known
from tests.screens.presenting.watching import panel, until
from tests.screens.test_key_table import bindings

F_KEY = re.compile(r"\bF\d+\b")


@pytest.fixture
def in_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EsisApp, "browser", True)


def test_every_action_of_every_screen_has_a_key_that_a_page_gets() -> None:
    own = [one for one in (*actions.RECORDING, *actions.GLOBAL) if isinstance(one, Binding)]
    without = [
        one.id
        for one in (*bindings(), *own)
        if not one.key.startswith(keys.WITHOUT) and not any(map(keys.reaches_page, one.key.split(",")))
    ]
    assert without == []


def test_what_is_shown_in_place_of_a_key_reaches_the_page_and_means_the_same() -> None:
    for meaning in keys.MEANINGS.values():
        for key in meaning.each:
            shown = keys.instead(key)
            assert shown in meaning.each
            assert keys.reaches_page(shown)
            typed = keys.instead(key, typing=True)
            assert keys.reaches_page(typed)
            assert typed in meaning.each or keys.outside_field(typed) in meaning.each


def test_in_a_field_no_key_is_hidden_behind_another() -> None:
    """Every meaning has a key that types nothing, or Alt with its letter; what the browser keeps of those, A names."""
    hidden = [
        name
        for name, meaning in keys.MEANINGS.items()
        if all(len(key) == 1 and keys.outside_field(f"alt+{key}") != key for key in meaning.each)
    ]
    assert hidden == []
    kept = {key for key in keys.KEPT if keys.outside_field(key)}
    assert f"alt+{keys.ACTIONS.keys}" not in kept


def test_whoever_presents_takes_over_with_a_key_that_a_page_gets() -> None:
    assert any(map(keys.reaches_page, keys.TRAINER.each))
    shown = captions.playing("Titel", "", on=True, asks=False, by_step=False, all_keys=False).keys
    assert [keys.told_in_browser(key) for key, does in shown if does == "Overnemen"] == ["Alt+R"]


@given(st.text(), st.text(st.sampled_from("F24 ab."), max_size=9))
def test_a_sentence_names_no_f_key_in_a_browser_and_what_it_quotes_stays(before: str, quoted: str) -> None:
    before = before.replace("'", "")
    told = keys.told_in_browser(f"{before} Er is geen '{quoted}'. Druk op F2.")
    assert told.endswith(f" Er is geen '{quoted}'. Druk op Ctrl+S.")


@pytest.mark.usefixtures("in_browser")
@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_screens_name_no_f_key_and_their_titles_fit(practice: Board, size: tuple[int, int]) -> None:
    async with driving(practice, size=size) as program:
        for item in ("startpagina", "koppelingen", "medewerkers", "jaarovergang"):
            await program.go_to(item)
            assert not F_KEY.search(program.text)
            assert "Ctrl+Y" in program.text
            assert re.search(r"Overzichten\b", program.text)
        await program.press("question_mark")
        assert "Help bij dit scherm" in program.text
        assert not F_KEY.search(program.text)


@pytest.mark.usefixtures("in_browser")
async def test_the_key_bar_of_a_form_and_of_the_sign_in_screen_names_keys_that_work_there(practice: Board) -> None:
    async with driving(practice, None) as program:
        bar = program.text.splitlines()[-1]
        assert "Ctrl+S Aanmelden" in bar
        assert "Alt+H Help" in bar
        await program.press("alt+h")
        assert "Help bij dit scherm" in program.text


async def test_in_a_field_alt_with_a_letter_does_what_the_letter_does_outside_it(practice: Board) -> None:
    async with driving(practice) as program:
        program.app.go(MenuItem("medewerkers"))
        await program.settle()
        await program.press("slash", "n")
        assert program.app.focused.value == "n"  # type: ignore[union-attr]
        program.app.post_message(Key("alt+n", "n"))  # as a terminal has it: with its letter
        await program.settle()
        assert "Nieuwe medewerker" in program.text


@pytest.mark.usefixtures("in_browser")
async def test_the_panel_of_a_lesson_names_the_key_that_works_where_one_types(practice: Board) -> None:
    async with hosted(known(begun(practice, SCRIPT))) as program:
        await program.driver.press("escape")
        assert "? Verhaal en help" in panel(program.app)
        await program.driver.open("Medewerkers")
        await program.driver.press("slash")
        await until(lambda: "Alt+H Verhaal en help" in panel(program.app))
        await program.driver.press("escape")
        await until(lambda: "Alt+H" not in panel(program.app))
