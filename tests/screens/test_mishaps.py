"""Every error is shown in a window: the form stays, no input is shown or logged, the program continues."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from peewee import OperationalError
from textual.screen import Screen
from textual.widgets import Button, Input

from app.couplings import lifecycle
from app.targets import MenuItem
from app.workers import mishaps
from app.workers.mishaps import Saved
from models import waiting
from models.base import database, real_database
from models.board import Board
from models.coupling import Coupling
from screens.pupils.administration import PupilAdministration
from screens.shared.base import BaseScreen
from screens.shell.esis import EsisApp
from screens.shell.mishap import MOST, Mishap
from screens.staff.staff import StaffScreen
from tests.screens.couplings.walking import CODE
from tests.screens.driving import SMALL, Driver, driving

SECRET = "geheim-van-victor"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The program stands, as in a terminal; where its log is."""
    monkeypatch.setattr(EsisApp, "stands", True)
    monkeypatch.setattr(mishaps, "beside", lambda _settings, name: tmp_path / name)
    return tmp_path / mishaps.LOG


def _raising(error: Exception) -> Any:
    def fails(*_arguments: Any, **_named: Any) -> Any:
        raise error

    return fails


async def _window(program: Driver) -> Mishap:
    """The window, once it is in front."""
    await program.until(lambda: isinstance(program.app.screen, Mishap))
    assert isinstance(program.app.screen, Mishap)
    return program.app.screen


async def _filled(program: Driver) -> None:
    await program.open("Koppeling activeren: IEP LVS")
    await program.type("R. Victor")
    await program.press("tab", "space", "tab")
    await program.type(CODE)


async def test_a_use_case_that_fails_leaves_the_form_and_can_be_tried_again(
    practice: Board, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = lifecycle.activate
    monkeypatch.setattr(lifecycle, "activate", _raising(OperationalError("database is locked")))
    async with driving(practice, size=SMALL) as program:
        await _filled(program)
        await program.press("f2")
        await _window(program)
        assert "Een ander programma houdt de database bezet." in program.words
        assert "Er is niets opgeslagen. Wat u invulde, staat er nog." in program.words
        assert mishaps.LOG in program.words
        await program.press("escape")
        assert program.app.screen.query_one("#field-code", Input).value == CODE
        await program.press("f2")
        await _window(program)
        monkeypatch.setattr(lifecycle, "activate", usual)
        await program.press("enter")
        await program.until(lambda: Coupling.select().exists(), "activated at the second try")
    told = log.read_text(encoding="utf-8")
    assert "peewee.OperationalError" in told
    assert CODE not in told


async def test_a_program_that_ends_waits_for_nothing_any_more_and_does_nothing(practice_sqlite: str) -> None:
    """A use case that waits for a lock would be done later, when nobody sees it, and keep the terminal till then."""
    path, ended = str(real_database().database), list[str]()

    def waits() -> None:
        with database.connection_context():
            try:
                Board.update(name="Later").execute()
            except OperationalError as error:
                ended.append(str(error))

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        async with driving(Board.get(), size=SMALL) as program:
            with waiting.telling(program.app):
                other.execute("BEGIN IMMEDIATE")
                working = Thread(target=waits)
                working.start()
                program.app.exit()
                await asyncio.to_thread(working.join, waiting.LONGEST / 2)
        other.execute("ROLLBACK")
    assert ended == ["database is locked"]
    assert not Board.select().where(Board.name == "Later").exists()


async def test_what_was_done_is_not_said_to_be_lost(practice: Board, log: Path) -> None:
    """The use case was done, and showing what came of it fails."""
    async with driving(practice) as program:
        screen = program.app.screen
        assert isinstance(screen, BaseScreen)
        screen.perform(lambda: None, _raising(ValueError(SECRET)))
        await _window(program)
        await program.settle()
        assert "is gedaan en opgeslagen" in program.words
        assert "Opnieuw proberen" not in program.words
        assert SECRET not in program.text


async def test_what_a_key_begins_may_fail_without_a_thread(
    practice: Board, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a kind that nobody thought of: neither the window nor the log has what the error says."""
    async with driving(practice, size=SMALL) as program:
        with monkeypatch.context() as broken:
            broken.setattr(EsisApp, "action_school_time", _raising(KeyError(SECRET)))
            await program.press("f9")
            await _window(program)
            assert "Er ging iets mis in het programma zelf (KeyError)." in program.words
            assert SECRET not in program.text + log.read_text(encoding="utf-8")
        await program.press("enter")
        await program.until(lambda: "Schooltijd" in program.words, "tried again")


async def test_a_screen_that_cannot_be_made_is_left(
    practice: Board, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(practice) as program:
        start = program.app.screen
        monkeypatch.setattr("screens.couplings.unmatched.UnmatchedScreen.compose", _raising(ValueError(SECRET)))
        await program.press("ctrl+p")
        await program.type("resultaten zonder")
        await program.press("enter")
        await _window(program)
        await program.press("enter")
        await program.until(lambda: program.app.screen is start)
        await program.open("Relaties")
        assert "Relaties" in program.words


async def test_what_fails_on_a_screen_that_was_left_leaves_the_one_that_opens(
    practice: Board, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(practice) as program:
        await program.go_to("medewerkers")
        left, goes = program.app.screen, Event()

        def fails(_screen: StaffScreen) -> None:
            goes.wait(10)
            raise ValueError

        def waits(screen: PupilAdministration) -> Any:
            goes.wait(10)
            return usual(screen)

        usual = PupilAdministration.read
        monkeypatch.setattr(StaffScreen, "read", fails)
        monkeypatch.setattr(PupilAdministration, "read", waits)
        assert isinstance(left, StaffScreen)
        left.refresh_data()
        program.app.go(MenuItem("leerlingenadministratie"))
        await program.until(lambda: isinstance(program.app.screen, PupilAdministration))
        opening = program.app.screen
        goes.set()
        window = await _window(program)
        assert "(ValueError)" in window.sentence
        assert program.app.screen_stack[-2] is opening


async def test_a_screen_that_cannot_be_shown_any_more_is_left_and_not_told_for_ever(
    practice: Board, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(practice) as program:
        start = program.app.screen
        await program.open("Koppelingenlogboek")
        monkeypatch.setattr("screens.couplings.logbook.LogbookScreen.refresh_data", _raising(ValueError(SECRET)))
        await program.press("f9", "f9")
        for _ in range(2):
            await _window(program)
            await program.press("escape")
        await program.until(lambda: program.app.screen is start)
        assert program.app.ended_by is None


async def test_behind_an_open_window_nothing_is_lost_and_nothing_counts(practice: Board, log: Path) -> None:
    """A timer goes wrong all the time, and a use case fails meanwhile: the one window tells what came of that."""
    async with driving(practice) as program:
        screen = program.app.screen
        assert isinstance(screen, BaseScreen)
        timer = screen.set_interval(0.001, _raising(ZeroDivisionError()))
        window = await _window(program)
        program.app.busy = True  # some other use case is at work
        program.app.stood(OperationalError("disk is full"), None, Saved.NOTHING)
        assert "schijf is vol" in window.sentence
        assert str(Saved.NOTHING) in window.sentence
        await program.until(lambda: log.read_text(encoding="utf-8").count("ZeroDivisionError") == 2)
        assert (program.app.ended_by, program.app.busy) == (None, True)
        timer.stop()
        program.app.busy = False


async def test_a_form_stands_while_the_database_is_away(
    practice: Board, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where coming into view after the window needs the database."""
    async with driving(practice, size=SMALL) as program:
        await _filled(program)
        form = program.app.screen
        broken = _raising(OperationalError("disk I/O error"))
        with monkeypatch.context() as away:
            away.setattr(lifecycle, "activate", broken)
            away.setattr("app.access.roles_now", broken)
            away.setattr(type(form), "refresh_data", broken)
            await program.press("f2")
            await _window(program)
            for _ in range(2):
                if isinstance(program.app.screen, Mishap):
                    await program.press("escape")
        await program.until(lambda: program.app.screen is form)
        assert form.query_one("#field-code", Input).value == CODE


@pytest.mark.parametrize("begin", ["timer", "callback", "after refresh"])
async def test_a_timer_and_a_callback_may_fail_too(practice: Board, log: Path, begin: str) -> None:
    async with driving(practice) as program:
        screen = program.app.screen
        fails = _raising(ValueError())
        {
            "timer": lambda: screen.set_timer(0.01, fails),
            "callback": lambda: screen.call_later(fails),
            "after refresh": lambda: screen.call_after_refresh(fails),
        }[begin]()
        await _window(program)
        await program.press("escape")
        await program.until(lambda: program.app.screen is screen)
        assert program.app.ended_by is None


def _asks(screen: Screen[Any]) -> bool:
    """Whether it is the window, with its answers there."""
    return isinstance(screen, Mishap) and bool(screen.query(Button))


async def test_a_window_that_is_closed_before_it_is_whole_is_no_mishap_itself(practice: Board, log: Path) -> None:
    async with driving(practice) as program:
        start = program.app.screen
        program.app.stood(ZeroDivisionError())
        program.app.screen.dismiss(False)
        await program.settle()
        assert program.app.screen is start
    assert log.read_text(encoding="utf-8").count("Error") == 1


async def test_what_fails_for_ever_ends_the_program_with_3(practice: Board, log: Path) -> None:
    async with driving(practice) as program:
        timer = program.app.set_interval(0.001, _raising(OperationalError("no space left on device")))
        for _ in range(MOST):
            await program.until(lambda: _asks(program.app.screen) or program.app.ended_by)
            if isinstance(program.app.screen, Mishap):
                program.app.screen.dismiss(False)
                await program.until(lambda: not isinstance(program.app.screen, Mishap) or program.app.ended_by)
        await program.until(lambda: program.app.ended_by is not None)
        timer.stop()
        assert program.app.return_code == 3
    assert mishaps.told(program.app.ended_by).startswith("De schijf is vol. Wat er al stond, is gebleven.")
    assert log.read_text(encoding="utf-8").count("peewee.OperationalError") <= 2 * MOST
