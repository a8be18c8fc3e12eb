"""The worker process: one per embedded database, woken by whoever schedules work, gone when there is none."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import nullcontext, suppress

import psycopg
import pytest
from peewee import OperationalError

from app.clock import ClockRunning, parse_moment
from app.settings import Settings
from app.workers import process
from app.workers.engine import Engine
from app.workers.process import WorkerRunning, ensure_worker, run_here_until_done, run_worker, worker_lock
from models import waiting
from models.base import database
from models.board import Board
from models.run import Run
from tests.builders import make_board
from tests.workers.checks import assert_every_effect_once
from tests.workers.jobs import countable_jobs, fresh, set_target
from tests.workers.processes import PATIENCE, program, wait_until

NIGHT = "2020-04-15T08:00"
LEASE = 0.4


def arrived(board: Board) -> bool:
    return fresh(board).target is None


def test_a_worker_finds_what_was_left_does_what_is_sent_and_leaves_when_there_is_nothing_more(db: str) -> None:
    left, sent = make_board(), make_board()
    set_target(left, NIGHT)
    with program("worker", db, 2, LEASE) as worker:
        wait_until(lambda: arrived(left))
        set_target(sent, NIGHT)
        Engine(Settings(db)).send(sent.id)
        wait_until(lambda: arrived(sent))
        assert worker.finish() == (0, "")
    assert Run.select().count() == 6


def test_an_embedded_database_has_one_worker(sqlite: str) -> None:
    with program("worker", sqlite, 0, LEASE, "ready") as worker:
        worker.wait_for("ready")
        with pytest.raises(WorkerRunning, match="draait al een worker"):
            run_worker(Settings(sqlite))
        with worker_lock(Settings(sqlite)) as free:
            assert not free


def test_several_workers_share_a_database_server(request: pytest.FixtureRequest, db: str) -> None:
    if db.startswith("sqlite"):
        pytest.skip("an embedded database has one worker")
    boards = [make_board() for _ in range(2)]
    with program("worker", db, 0, LEASE) as first, program("worker", db, 0, LEASE) as second:
        for board in boards:
            set_target(board, NIGHT)
            Engine(Settings(db)).send(board.id)
        wait_until(lambda: all(arrived(board) for board in boards))
        for worker in (first, second):
            worker.send_signal(signal.SIGTERM)
            assert worker.finish() == (0, "")
    assert Run.select().count() == 6


@pytest.mark.parametrize("signalled", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_worker_that_is_told_to_stop_ends_its_run_and_leaves_the_rest(sqlite: str, signalled: signal.Signals) -> None:
    board = make_board()
    set_target(board, NIGHT)
    with program("worker", sqlite, 0, 5, "in page 2") as worker:
        worker.wait_for("in page 2")
        worker.send_signal(signalled)
        worker.go_on()
        assert worker.finish() == (0, "")
    run_here_until_done(Settings(sqlite), board.id, countable_jobs())
    assert_every_effect_once(board, 3)


def test_the_next_worker_takes_a_killed_ones_run_without_waiting_for_its_lease(sqlite: str) -> None:
    board = make_board()
    set_target(board, NIGHT)
    with program("worker", sqlite, 0, 1000, "between pages") as worker:
        worker.wait_for("between pages")
        worker.kill()
    with program("worker", sqlite, 0.3, 1000) as worker:
        assert worker.finish() == (0, "")
    assert_every_effect_once(board, 3)


def test_a_command_works_itself_where_no_worker_runs(db: str) -> None:
    board = make_board()
    set_target(board, NIGHT)
    run_here_until_done(Settings(db), board.id, countable_jobs())
    assert_every_effect_once(board, 3)


def test_a_command_asks_the_worker_that_runs_and_waits_for_it(sqlite: str) -> None:
    board = make_board()
    with program("worker", sqlite, 1, LEASE, "ready") as worker:
        worker.wait_for("ready")
        set_target(board, NIGHT)
        with program("here", sqlite, board.id, LEASE) as command:
            worker.go_on()
            assert command.finish() == (0, "")
            assert arrived(board)
        assert worker.finish() == (0, "")
    assert_every_effect_once(board, 3)


def test_a_command_takes_over_from_a_worker_that_dies(db: str) -> None:
    board = make_board()
    set_target(board, NIGHT)
    with program("worker", db, 0, LEASE, "in page 3") as worker:
        worker.wait_for("in page 3")
        with program("here", db, board.id, LEASE) as command:
            worker.kill()
            assert command.finish() == (0, "")
    assert_every_effect_once(board, 3)


def test_a_command_goes_on_itself_where_the_worker_gives_no_sign_of_life(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when it was stopped (`kill -STOP`) with the lock."""
    board, settings, told = make_board(), Settings(sqlite, lease_seconds=0.2), list[str]()
    set_target(board, NIGHT)
    monkeypatch.setattr(waiting, "TELL_AFTER", 0.05)
    with worker_lock(settings):
        run_here_until_done(settings, board.id, countable_jobs(), told.append)
    assert_every_effect_once(board, 3)
    assert told == [
        f"Dit wacht op de worker (proces {os.getpid()}), die geen teken geeft. "
        "Na 0 seconden gaat het hier vanzelf verder."
    ]


def test_who_moves_school_time_is_waited_for_only_until_a_sign_of_life(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, settings = make_board(), Settings(sqlite, lease_seconds=0.2)
    process.await_mover(settings, board.id)
    set_target(board, NIGHT)
    process.await_mover(settings, board.id)
    with worker_lock(settings):
        process.await_mover(settings, board.id)
        monkeypatch.setattr(process.time, "sleep", lambda _seconds: Board.update(now=parse_moment(NIGHT)).execute())
        with pytest.raises(ClockRunning):
            process.await_mover(settings, board.id)


def test_two_commands_on_one_board_do_everything_once(db: str) -> None:
    board = make_board()
    set_target(board, "2020-04-20T08:00")
    with program("here", db, board.id, LEASE) as one, program("here", db, board.id, LEASE) as other:
        assert one.finish() == (0, "")
        assert other.finish() == (0, "")
    assert_every_effect_once(board, 18)


def test_a_program_starts_one_worker_however_often_it_asks_and_the_worker_leaves_by_itself(sqlite: str) -> None:
    settings = Settings(sqlite, idle_seconds=1)
    ensure_worker(settings)
    [worker] = process._started
    wait_until(lambda: _locked(settings))
    ensure_worker(settings)
    assert process._started == [worker]
    assert worker.wait(PATIENCE) == 0
    assert not _locked(settings)


def test_a_worker_that_was_started_outlives_the_terminal_of_its_program(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {}

    def note(arguments: list[str], **options: object) -> subprocess.Popen[bytes]:
        asked.update(options, arguments=arguments)
        return popen([arguments[0], "-c", ""])

    popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", note)
    ensure_worker(Settings(sqlite))
    assert asked["start_new_session"] is True
    assert not any("sqlite" in argument for argument in asked["arguments"])
    assert asked["env"]["ESIS_DATABASE_URL"] == sqlite
    process._started[-1].wait(PATIENCE)


@pytest.mark.parametrize("inside", [False, True])
def test_a_connection_that_broke_is_made_anew_by_itself(request: pytest.FixtureRequest, db: str, inside: bool) -> None:
    if db.startswith("sqlite"):
        pytest.skip("a file does not hang up")
    board = make_board()
    set_target(board, NIGHT)
    engine = Engine(Settings(db), countable_jobs(), immediate=True)
    with suppress(OperationalError), database.atomic() if inside else nullcontext():
        [(backend,)] = database.execute_sql("SELECT pg_backend_pid()").fetchall()
        with psycopg.connect(db, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [backend])
        if inside:
            database.execute_sql("SELECT 1")
    engine.sweep()
    assert_every_effect_once(board, 3)


def _locked(settings: Settings) -> bool:
    with worker_lock(settings) as free:
        return not free
