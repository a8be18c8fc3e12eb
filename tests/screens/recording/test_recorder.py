"""What a person does in the program becomes the lines that a person would write: with keys and with the mouse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.access import find_user
from app.settings import Settings
from app.training.pictures import settle
from app.training.scripts.document import read
from app.training.scripts.recorded import Kind, Recording
from models.board import Board
from screens.recording.bar import RecordingBar
from screens.recording.program import RecordingApp
from screens.shared.files import staying_in
from screens.shared.link import Link
from screens.shared.records import RecordList
from tests.screens.driving import SMALL, WIDE, Driver
from tests.screens.economy import economy

KOPPELINGEN = "open Beheer > Import-Export-Koppelingen > Koppelingen"


@asynccontextmanager
async def recording(
    board: Board, user: str | None = "rovict", size: tuple[int, int] = WIDE, *, bar: bool = False
) -> AsyncIterator[tuple[Driver, Recording]]:
    """The program with a recorder on it."""
    app = RecordingApp(Settings(), board, find_user(board, user) if user else None, None, watch=False)
    with economy():
        async with app.run_test(size=size, notifications=True) as pilot:
            await settle(app, pilot)
            made = Recording()
            app.begin_recording(made, bar=bar)
            yield Driver(app, pilot), made
            app.end_recording()


async def click(program: Driver, link: Link) -> None:
    """Where it stands on the screen."""
    await program.pilot.click(offset=(link.region.x + 1, link.region.y))
    await program.settle()


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_however_one_comes_somewhere_it_is_one_line(practice: Board, size: tuple[int, int]) -> None:
    async with recording(practice, size=size) as (program, made):
        await program.find("Koppelingen")  # Ctrl+P
        assert made.lines == [KOPPELINGEN]
        await program.press("f10")
        await program.press("escape")
        await program.press("f1")
        await program.press("escape")
        await program.press("f9")
        await program.press("f9")
        await program.press("down", "up", "tab")
        assert made.lines == [KOPPELINGEN], "moving, and what was closed again, leaves nothing"
        tab = next(link for link in program.app.screen.query(Link) if link.key == "Onderwijs")
        await click(program, tab)
        assert made.lines == [KOPPELINGEN, 'choose "Onderwijs"']
        await program.press("m", *["enter"] * (2 if size == SMALL else 1))
        assert len(made.lines) == 2, made.lines
        assert made.lines[-1].startswith("open "), "the tab was the way there"


async def test_a_form_becomes_a_line_a_field_and_who_signs_in_no_password(practice: Board) -> None:
    async with recording(practice, None) as (program, made):
        await program.type("rovix")
        await program.press("backspace")
        await program.type("ct")
        await program.press("tab")
        await program.type("welkom")
        await program.press("enter")
        assert made.lines == ["sign in as rovict"] or made.lines == []
        assert not any("welkom" in line for line in made.lines)


async def test_what_is_typed_and_ticked_is_the_value_in_the_end(practice: Board) -> None:
    async with recording(practice) as (program, made):
        await program.find("Koppeling activeren: IEP LVS")
        await program.type("R. de Vriez")
        await program.press("backspace")
        await program.type("s")
        await program.press("tab", "space", "tab")
        await program.type("99QQ001234567890abcd")
        await program.press("f2")
        assert made.lines == [
            "open Koppeling activeren > IEP LVS",
            'fill "Uw naam" "R. de Vries"',
            'tick "Voor akkoord"',
            'fill "Verificatiecode" "99QQ001234567890abcd"',
            "press f2",
        ]
        await program.press("f6", "i", "enter")
        assert made.lines[-1] == "go to IEP LVS"
        done = list(made.lines)
        await program.press("f9")
        app = program.app
        assert isinstance(app, RecordingApp)
        app.end_recording()
        assert made.lines == done, "a window that was only opened is no line"


async def test_how_the_program_is_left_is_no_part_of_it(practice: Board) -> None:
    async with recording(practice) as (program, made):
        await program.find("Koppeling activeren: IEP LVS")
        await program.type("R. de Vries")
        done = list(made.lines)
        await program.press("ctrl+q", "enter")
        assert made.lines == done


async def test_a_key_that_is_about_a_line_brings_the_way_to_it(practice: Board) -> None:
    async with recording(practice) as (program, made):
        await program.find("Medewerkers")
        await program.press("down", "down")
        listed = program.app.screen.query_one(RecordList)
        await program.press("delete")
        assert made.lines[-2:] == ["press down down", "press delete"], (made.lines, listed.cursor)
        await program.press("escape")
        assert made.lines[-1] != "press delete", "the question was closed, so nothing was asked"


async def test_the_bar_is_part_of_no_text_and_the_window_of_the_recording_is_not_recorded(
    practice: Board, tmp_path: Path
) -> None:
    async with recording(practice, bar=True) as (program, made):
        app = program.app
        assert isinstance(app, RecordingApp)
        assert app.adding is not None
        app.adding.show_bar()
        await program.settle()
        assert app.screen.query(RecordingBar)
        assert not any("Opname" in text for text in app.adding._recorder.to_expect())
        await choose(program, "down", "down", "down")
        await program.type("Openen")
        await program.press("enter")
        await choose(program)
        await program.type("Welkom")
        await program.press("enter")
        assert [part.kind for part in made.parts] == [Kind.HEADING, Kind.LINE]
        assert made.lines[0].startswith('expect "Welkom, rovict.')
        await choose(program, "end", "up")
        assert made.lines == []
        await program.find("Mijn groep")
        with staying_in(tmp_path):
            (tmp_path / "mijn-proef.draaiboek.md").touch()
            await choose(program, "end")
            await program.type("Mijn proef")
            await program.press("enter")
        assert app.recorder is None
        script = read(tmp_path / "mijn-proef-2.draaiboek.md")
        assert (script.title, script.role, script.location) == ("Mijn proef", "rovict", "99QQ00")
        assert [step.title for step in script.steps] == ["", "Openen"]


async def choose(program: Driver, *moves: Sequence[str] | str) -> None:
    """A way of the window that adds something."""
    await program.press("ctrl+b", *map(str, moves), "enter")
