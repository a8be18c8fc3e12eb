"""The window of school time while it reads: waiting, failing, what stays in view, and closing it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from peewee import OperationalError

from app import clock
from app.access import Actor
from app.settings import Settings
from app.workers import mishaps, process, school_time
from app.workers.nights import Mark, Moment
from app.workers.school_time import Progress
from models import waiting
from models.board import Board
from screens.school_time.clock import SchoolTime
from screens.school_time.moved import Waiting
from screens.shared.timeline import Timeline
from screens.shell.esis import EsisApp
from screens.shell.mishap import Mishap
from tests.screens.couplings.walking import activated
from tests.screens.driving import SMALL, driving
from tests.screens.school_time.clocks import is_open, now


async def test_a_worker_without_a_sign_of_life_is_told_and_not_waited_for_for_ever(
    practice: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "TELL_AFTER", 0.05)
    told: list[str] = []
    monkeypatch.setattr(SchoolTime, "show_error", lambda _window, sentence: told.append(sentence))
    async with driving(practice) as program:
        program.app.settings = Settings(lease_seconds=0.3)
        await program.press("f9", "enter")
        await program.until(lambda: now(practice) == "wo 15-4-2020 08:00", "the morning")
        await program.until(lambda: told[-1:] == [""], "the end of the waiting")
    assert any("geeft geen teken" in sentence for sentence in told)


def test_what_is_said_of_the_waiting_is_taken_back_when_things_go_on(
    practice: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "TELL_AFTER", -1)
    here = clock.school_now(practice)
    moving, still = Progress(here, here + timedelta(days=1), "rovict", 0, 0), Progress(here, None, "", 0, 0)
    waits = Waiting()
    assert waits.look(Settings(), practice, moving)
    assert "Na 10 seconden gaat het hier vanzelf verder." in waits.sentence
    assert waits.look(Settings(), practice, still)
    assert not waits.sentence


async def test_while_nothing_can_be_read_one_window_says_so_and_the_drawer_can_be_left(
    practice: Board, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(EsisApp, "stands", True)
    monkeypatch.setattr(mishaps, "beside", lambda _settings, name: tmp_path / name)
    real = school_time.progress

    def fails(_board: Board) -> Progress:
        raise OperationalError("server closed the connection")

    async with driving(practice) as program:
        await program.press("f9")
        monkeypatch.setattr(school_time, "progress", fails)
        await program.until(lambda: isinstance(program.app.screen, Mishap), "the window")
        program.app.screen.dismiss(False)
        await program.until(lambda: is_open(program) and "nu niet te lezen" in program.words, "the line")
        monkeypatch.setattr(school_time, "progress", real)
        await program.until(lambda: "nu niet te lezen" not in program.words, "the end of it")
        monkeypatch.setattr(school_time, "progress", fails)
        await program.until(lambda: isinstance(program.app.screen, Mishap), "the window")
        program.app.screen.dismiss(False)
        await program.step("escape", lambda: not is_open(program) and not isinstance(program.app.screen, Mishap))
        assert program.app.return_code is None


async def test_all_that_comes_is_in_view_after_some_nights(practice: Board, worker: None) -> None:
    activated(practice)
    async with driving(practice, size=SMALL) as program:
        await program.press("f9", "enter", "enter", "enter")
        assert "nu" in program.line("08:00 ●")
        assert "morgenochtend" in program.line("08:00 ◇")


async def test_the_name_of_an_exchange_stays_and_what_came_of_it_goes_below(practice: Board, worker: None) -> None:
    at = clock.parse_moment("2020-04-15T01:30")
    told = "221 ontvangen: 1 gewijzigd, 220 ongewijzigd"
    async with driving(practice) as program:
        await program.press("f9")
        line = program.app.screen.query_one(Timeline)
        line.show([Moment(at, Mark.DONE, "Basispoort → IEP LVS", told, "99QQ00"), Moment(at, Mark.NOW, "nu")])
        drawn = [text.plain for text in line.lines(56)]
        assert drawn[1].rstrip() == "  01:30 ✓   99QQ00 Basispoort → IEP LVS"
        assert drawn[2] == f"            {told}"
        assert len(drawn) == 4
        assert "99QQ00 Basispoort → IEP LVS" in list(line.lines(90))[1].plain
        for width in (*range(15, 100, 7), 43):
            assert all(text.cell_length <= width for text in line.lines(width))


async def test_a_move_waits_beside_the_screen(practice: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, free, real = Event(), Event(), school_time.advance

    def waits(actor: Actor, to: datetime) -> None:
        begun.set()
        assert free.wait(30)
        real(actor, to)

    monkeypatch.setattr(school_time, "advance", waits)
    async with driving(practice) as program:
        await program.press("f9")
        await program.step("enter", begun.is_set)
        await program.step("f9", lambda: not is_open(program))
        free.set()
        await program.until(lambda: Board.get().target is not None, "the move")


async def test_the_window_may_be_closed_while_the_program_does_the_work_of_the_worker(
    practice: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, closed = Event(), Event()

    def works(*_arguments: object, **_named: object) -> None:
        begun.set()
        assert closed.wait(30)

    monkeypatch.setattr(process, "run_here_until_done", works)
    async with driving(practice) as program:
        program.app.settings = Settings(lease_seconds=0.05)
        await program.press("f9")
        await program.step("enter", begun.is_set)  # settling would wait for the work
        await program.step("f9", lambda: not is_open(program))
        closed.set()
        await program.until(lambda: not program.app.work_here, "the end of the work")
        await program.settle()
        assert program.app._exception is None
