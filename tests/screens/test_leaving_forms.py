"""A form that was changed is left after a question only, and what was typed is kept meanwhile."""

from __future__ import annotations

import pytest

from models.board import Board
from screens.shared.dialogs import Confirm
from tests.screens.driving import Driver, driving
from tests.screens.test_forms import open_form


async def leave_by_esc(program: Driver) -> None:
    await program.press("escape")


async def leave_by_annuleren(program: Driver) -> None:
    program.app.screen.query_one("#cancel").focus()
    await program.press("enter")


async def leave_by_the_tab(program: Driver) -> None:
    await program.press("f10", *["left"] * 4, "enter")


async def leave_by_the_palette(program: Driver) -> None:
    await program.open("Startpagina")


async def leave_by_signing_out(program: Driver) -> None:
    await program.open("Afmelden")


async def leave_by_stopping(program: Driver) -> None:
    await program.press("ctrl+q")


WAYS = [
    [leave_by_esc, leave_by_annuleren, leave_by_the_tab, leave_by_the_palette, leave_by_signing_out],
    [leave_by_stopping],
]


@pytest.mark.parametrize("ways", WAYS)
async def test_leaving_a_changed_form_asks_first(practice: Board, ways) -> None:  # type: ignore[no-untyped-def]
    async with driving(practice) as program:
        for leave in ways:
            form = await open_form(program)
            await program.type("R. Victor")
            await leave(program)
            assert "Wijzigingen weggooien?" in program.text
            await program.press("escape")
            assert form.values["name"] == "R. Victor"
            await leave(program)
            await program.press("left", "enter")
            await program.until(lambda left=form: not left.is_attached or program.app._exit, "leaving the form")


@pytest.mark.parametrize("ways", WAYS)
async def test_leaving_an_unchanged_form_does_not_ask(practice: Board, ways) -> None:  # type: ignore[no-untyped-def]
    async with driving(practice) as program:
        for leave in ways:
            form = await open_form(program)
            await program.type("R")
            await program.press("backspace")
            await leave(program)
            assert "Wijzigingen weggooien?" not in program.text
            assert not form.is_attached or program.app._exit


async def test_the_palette_over_the_question_asks_it_again_and_leaves_nothing_behind(practice: Board) -> None:
    async with driving(practice) as program:
        form = await open_form(program)
        await program.type("x")
        await program.press("escape")
        assert "Wijzigingen weggooien?" in program.text
        await program.open("Berichten overzicht")
        assert program.app.screen_stack[-2] is form.screen
        assert "Wijzigingen weggooien?" in program.text
        await program.press("left", "enter")
        assert "Berichten overzicht" in program.line("overzicht")
        assert not any(isinstance(screen, Confirm) for screen in program.app.screen_stack)


async def test_looking_elsewhere_and_coming_back_keeps_what_was_typed(practice: Board) -> None:
    async with driving(practice) as program:
        form = await open_form(program)
        await program.type("R. Victor")
        await program.press("f6", "enter", "f6", "enter")
        assert form.values["name"] == "R. Victor"
        await program.press("f10", "right", "enter", "escape")
        assert form.screen is program.app.screen
        assert form.values["name"] == "R. Victor"


async def test_what_is_lost_when_the_page_closes_is_known(practice: Board) -> None:
    async with driving(practice) as program:
        await open_form(program)
        assert program.app.at_stake == ""
        await program.type("R")
        assert program.app.at_stake == "form"
