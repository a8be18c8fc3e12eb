"""Killing or stopping a worker at any point loses nothing and doubles nothing (architecture.md, Workers)."""

from __future__ import annotations

import signal

import pytest

from app.runs import Holder
from app.workers.walker import Walked, walk
from models.board import Board
from tests.builders import make_actor, make_board
from tests.workers.checks import assert_every_effect_once
from tests.workers.jobs import countable_jobs, fresh, set_target
from tests.workers.processes import program

NIGHT = "2020-04-15T08:00"
RUNS_A_NIGHT = 3
LEASE = 0.4


@pytest.fixture
def board(db: str) -> Board:
    board = make_board()
    set_target(board, NIGHT)
    return board


@pytest.mark.parametrize(
    "point",
    ["before the claim", "claimed", "in page 1", "in page 3", "between pages", "logged, not committed", "done"],
)
def test_a_walker_killed_anywhere_is_followed_by_another_that_finishes_the_night_once(
    db: str, board: Board, point: str
) -> None:
    with program("walk", db, board.id, LEASE, point) as worker:
        worker.wait_for(point)
        worker.kill()
        assert walk(board.id, countable_jobs(), Holder.here(LEASE)) == Walked.ARRIVED
    assert_every_effect_once(board, RUNS_A_NIGHT)


def test_a_killed_page_leaves_nothing_behind(db: str, board: Board) -> None:
    from models.school import Message

    with program("walk", db, board.id, LEASE, "in page 1") as worker:
        worker.wait_for("in page 1")
        worker.kill()
    assert Message.select().count() == 0


def test_a_worker_stopped_past_its_lease_and_continued_changes_nothing_any_more(db: str, board: Board) -> None:
    with program("walk", db, board.id, LEASE, "between pages") as worker:
        worker.wait_for("between pages")
        worker.send_signal(signal.SIGSTOP)
        assert walk(board.id, countable_jobs(), Holder.here(LEASE)) == Walked.ARRIVED
        worker.go_on()
        worker.send_signal(signal.SIGCONT)
        assert worker.finish()[0] == 0
    assert_every_effect_once(board, RUNS_A_NIGHT)


def test_a_worker_stopped_while_another_goes_on_finds_its_place_taken(db: str, board: Board) -> None:
    with program("walk", db, board.id, LEASE, "between pages") as first:
        first.wait_for("between pages")
        first.send_signal(signal.SIGSTOP)
        with program("walk", db, board.id, 30, "in page 2") as second:
            second.wait_for("in page 2")
            first.go_on()
            first.send_signal(signal.SIGCONT)
            second.go_on()
            assert first.finish()[0] == 0
            assert second.finish()[0] == 0
        walk(board.id, countable_jobs(), Holder.here(LEASE))
    assert_every_effect_once(board, RUNS_A_NIGHT)


def test_postgresql_gives_up_the_page_of_a_worker_that_stands_still_in_it(
    request: pytest.FixtureRequest, db: str, board: Board
) -> None:
    if db.startswith("sqlite"):
        pytest.skip("in SQLite a stopped process keeps the one write lock; nobody can take it away")
    with program("walk", db, board.id, LEASE, "in page 2") as worker:
        worker.wait_for("in page 2")
        worker.send_signal(signal.SIGSTOP)
        assert walk(board.id, countable_jobs(), Holder.here(LEASE)) == Walked.ARRIVED
        worker.go_on()
        worker.send_signal(signal.SIGCONT)
        worker.finish()
    assert_every_effect_once(board, RUNS_A_NIGHT)


def test_two_processes_walking_one_board_do_everything_once(db: str, board: Board) -> None:
    set_target(board, "2020-04-25T08:00")
    with program("walk", db, board.id, 10) as first, program("walk", db, board.id, 10) as second:
        assert first.finish()[0] == 0
        assert second.finish()[0] == 0
    assert_every_effect_once(board, RUNS_A_NIGHT * 11)


def test_a_move_that_was_never_sent_is_picked_up_by_the_next_worker(db: str) -> None:
    board = make_board()
    make_actor(board)
    with program("advance", db, board.id, NIGHT) as command:
        command.wait_for("committed")
        command.kill()
    assert fresh(board).target is not None
    with program("worker", db, 0.3, LEASE) as worker:
        assert worker.finish()[0] == 0
    assert_every_effect_once(board, RUNS_A_NIGHT)
