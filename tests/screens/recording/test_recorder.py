"""What a person does in the program becomes the lines that a person would write: with keys and with the mouse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Paste

from app.access import find_user
from app.settings import Settings
from app.training.pictures import settle
from app.training.scripts.document import SUFFIX, read
from app.training.scripts.expecting import Expected
from app.training.scripts.recorded import Kind, Recording
from models.board import Board
from screens.driving import mouse
from screens.driving.economy import economy
from screens.driving.seeing import sees
from screens.recording import adding
from screens.recording.bar import RecordingBar
from screens.recording.draft import ENDING
from screens.recording.moments import MARKS
from screens.recording.program import RecordingApp
from screens.shared.files import staying_in
from screens.shared.link import Link
from screens.shared.records import RecordList
from tests.screens.driving import SMALL, WIDE, Driver

KOPPELINGEN = "open Beheer > Import-Export-Koppelingen > Koppelingen"


@asynccontextmanager
async def recording(
    board: Board, user: str | None = "rovict", size: tuple[int, int] = WIDE, *, bar: bool = False, begun: bool = True
) -> AsyncIterator[tuple[Driver, Recording]]:
    """The program with a recorder on it."""
    app = RecordingApp(Settings(), board, find_user(board, user) if user else None, None, watch=False)
    with economy():
        async with app.run_test(size=size, notifications=True) as pilot:
            await settle(app, pilot)
            made = Recording()
            if begun:
                app.begin_recording(made, bar=bar)
            yield Driver(app, pilot), made
            if begun:
                app.end_recording()


async def click(program: Driver, link: Link) -> None:
    """Where it stands on the screen, as a terminal tells it: the pilot's own click passes the program by."""
    await mouse.click(program.app, program.settle, link.region.x + 1, link.region.y)


@pytest.fixture(autouse=True)
def no_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What can be checked of the board takes seconds to read, and is tried in `test_facts.py`."""
    monkeypatch.setattr(adding, "facts_of", lambda _actor: {})


async def test_who_signs_in_leaves_no_password(practice: Board) -> None:
    async with recording(practice, None) as (program, made):
        await program.type("rovix")
        await program.press("backspace")
        await program.type("ct")
        await program.press("tab")
        await program.type("welkom")
        await program.press("enter")
        assert made.lines == ["sign in as rovict"] or made.lines == []
        assert not any("welkom" in line for line in made.lines)


async def test_on_a_small_screen_a_place_is_one_line_and_nothing_is_offered_that_is_cut_off(practice: Board) -> None:
    async with recording(practice, size=SMALL) as (program, made):
        await program.find("Koppelingen")  # Ctrl+P
        assert made.lines == [KOPPELINGEN]
        await program.press("f10", "escape", "f1", "escape", "f9", "f9", "down", "up", "tab")
        assert made.lines == [KOPPELINGEN], "moving, and what was closed again, leaves nothing"
        await places(program, made, ["m", "enter", "enter"])
        await program.find("Medewerkers")
        await program.press("down")
        listed = program.app.screen.query_one(RecordList)
        object.__setattr__(listed.row_at(listed.cursor), "first_name", "Wilhelmina-Alexandra-Margaretha-Theodora")
        listed.refresh()
        await program.settle()
        app = program.app
        assert isinstance(app, RecordingApp)
        assert app.recorder is not None
        offered = app.recorder.to_expect()
        assert not any("Theodora" in text for text in offered)
        assert all(sees(app, Expected(text)) for text in offered)
        assert not any(text.startswith(tuple(MARKS)) for text in offered)

        await program.find("Exportdefinities")
        await program.press("f4", "enter")
        del made.parts[:]
        await program.press("tab", "space", "tab", "enter")
        await program.type("A")
        assert made.lines == ['tick "Leerlingnummer"', *made.lines[1:]], "the number came with the tick"
        assert made.lines[1].startswith('fill "Voorwaarden" "')
        assert made.lines[2:] == ["press enter", "press enter", 'type "A"'], "it ended with an empty line"


async def places(program: Driver, made: Recording, keys: list[str]) -> None:
    """Going somewhere by the menu is one line; `keys` go there from the tab Onderwijs."""
    tab = next(link for link in program.app.screen.query(Link) if link.key == "Onderwijs")
    await click(program, tab)
    before = made.lines[:-1]
    assert made.lines[-1] == 'choose "Onderwijs"'
    await program.press(*keys)
    assert made.lines[:-1] == before, made.lines
    assert made.lines[-1].startswith("open "), "the tab was the way there"


async def test_what_is_done_becomes_the_lines_that_a_person_would_write(practice: Board) -> None:
    async with recording(practice) as (program, made):
        await places(program, made, ["m", "enter"])

        await program.find("Medewerkers")
        await program.press("down", "down", "delete")
        assert made.lines[-2:] == ["press down down", "press delete"], "a key that is about a line brings the way to it"
        await program.press("escape")
        assert made.lines[-1] != "press delete", "the question was closed, so nothing was asked"

        await program.find("Koppeling activeren: IEP LVS")
        del made.parts[:-1]
        await program.type("R. de Vriez")
        await program.press("backspace", "s", "tab", "space", "tab")
        program.app.post_message(Paste("99QQ001234567890abcd"))
        await program.settle()
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
        await program.press("ctrl+q", "escape", "f9")
        assert made.lines[: len(done)] == done
        app = program.app
        assert isinstance(app, RecordingApp)
        app.end_recording()
        assert made.lines == done, "a window that was only opened, and how the program is left, is no line"


async def test_the_bar_is_part_of_no_text_and_the_window_of_the_recording_is_not_recorded(
    practice: Board, tmp_path: Path
) -> None:
    with staying_in(tmp_path):
        async with recording(practice, bar=True, begun=False) as (program, _):
            app = program.app
            assert isinstance(app, RecordingApp)
            await program.press("ctrl+b")
            assert app.adding is not None
            assert app.recorder is not None
            made = app.recorder.recording
            app.adding.show_bar()
            await program.settle()
            assert app.screen.query(RecordingBar)
            assert not any("Opname" in text for text in app.recorder.to_expect())
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
            app._keep()
            assert [step.title for step in read(tmp_path / f"opname{SUFFIX}{ENDING}").steps] == ["", "Openen"]
            (tmp_path / "mijn-proef.draaiboek.md").touch()
            await choose(program, "end")
            await program.press("escape")
            assert app.recorder is not None, "without a name it goes on"
            await choose(program, "end")
            await program.type("Mijn proef")
            await program.press("enter")
            assert app.recorder is None
            script = read(tmp_path / "mijn-proef-2.draaiboek.md")
            assert (script.title, script.role, script.location) == ("Mijn proef", "rovict", "99QQ00")
            assert [step.title for step in script.steps] == ["", "Openen"]
            assert not list(tmp_path.glob(f"*{ENDING}"))
            await program.press("ctrl+b")
            await program.find("Medewerkers")
    assert read(tmp_path / f"opname{SUFFIX}").title == "Opname", "closing the program loses no recording"
    assert not list(tmp_path.glob(f"*{ENDING}"))


async def choose(program: Driver, *moves: Sequence[str] | str) -> None:
    """A way of the window that adds something."""
    await program.press("ctrl+b", *map(str, moves), "enter")
