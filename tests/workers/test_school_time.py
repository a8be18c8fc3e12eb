"""Moving school time: one at a time, forward only, and stoppable."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from app import clock
from app.access import writing
from app.clock import ClockRunning
from app.permissions import Permission
from app.refusals import Refused
from app.settings import Settings
from app.workers import engine, school_time
from app.workers.engine import Engine
from app.workers.walker import walk
from models.base import database
from models.board import Board
from models.run import Run
from tests.builders import location_of, make_actor, make_board
from tests.workers.jobs import fresh, make_job, nothing_to_do, set_target

MORNING = clock.parse_moment("2020-04-15T08:00")


def test_whoever_moves_it_is_remembered_and_the_second_asker_is_told(db: str) -> None:
    board = make_board()
    school_time.advance(make_actor(board, name="rovict"), MORNING)
    assert (fresh(board).target, fresh(board).mover) == (MORNING, "rovict")
    with pytest.raises(ClockRunning, match="verzet door rovict"):
        school_time.advance(make_actor(board), MORNING + timedelta(days=1))
    assert fresh(board).target == MORNING


def test_everyone_who_is_signed_in_may_move_a_practice_boards_time(sqlite: str) -> None:
    school_time.advance(make_actor(make_board(), role=None), MORNING)


def test_while_time_moves_other_use_cases_refuse_and_afterwards_they_do_not(sqlite: str) -> None:
    board = make_board()
    actor = make_actor(board)
    school_time.advance(actor, MORNING)
    with pytest.raises(ClockRunning), writing(actor, Permission.EDIT_PUPILS):
        pass
    walk(board.id, [])
    with writing(actor, Permission.EDIT_PUPILS) as now:
        assert now == MORNING


@pytest.mark.parametrize("text", ["2020-04-14T09:00", "2020-04-14T08:59", "2019-01-01"])
def test_standing_still_and_going_back_are_refused_with_the_way_back(db: str, text: str) -> None:
    board = make_board()
    with pytest.raises(Refused, match=r"gaat alleen vooruit.*Terug kan alleen door"):
        school_time.advance(make_actor(board), clock.parse_moment(text))
    assert fresh(board).target is None


def test_more_than_three_years_ahead_is_refused(sqlite: str) -> None:
    with pytest.raises(Refused, match="meer dan drie jaar"):
        school_time.advance(make_actor(make_board()), clock.parse_moment("2202-04-15"))


def test_a_board_on_the_real_clock_is_not_moved(sqlite: str) -> None:
    board = make_board()
    Board.update(clock="real").where(Board.id == board.id).execute()
    with pytest.raises(Refused, match="echte tijd"):
        school_time.advance(make_actor(board), MORNING)


def test_stopping_sets_the_target_to_now_and_is_harmless_when_time_stands_still(db: str) -> None:
    board = make_board()
    school_time.stop(board)
    assert fresh(board).target is None
    set_target(board, "2020-05-01T08:00")
    school_time.stop(board)
    assert fresh(board).target == fresh(board).now


def test_the_ways_to_go_are_the_next_morning_and_the_next_cut_off(sqlite: str) -> None:
    now = clock.PRACTICE_START
    assert clock.iso(school_time.morning_after(now)) == "2020-04-15T08:00:00+02:00"
    assert clock.iso(school_time.cut_off_after(now)) == "2020-04-14T17:00:00+02:00"
    assert clock.iso(school_time.cut_off_after(school_time.cut_off_after(now))) == "2020-04-15T17:00:00+02:00"


def test_what_comes_next_is_each_wanted_job_and_each_retry_in_order(sqlite: str) -> None:
    board = make_board()
    jobs = [
        make_job("iep-lvs", time(4)),
        make_job("basispoort", time(1, 30)),
        make_job("niemand", time(1), wanted=lambda _board, _day: []),
    ]
    retry = clock.parse_moment("2020-04-14T09:15")
    Run.create(board=board, location=location_of(board), job="iep-lvs", slot=board.now, not_before=retry)
    upcoming = school_time.upcoming(board, jobs)
    assert [(slot.job.name, clock.iso(slot.at)[8:16]) for slot in upcoming] == [
        ("iep-lvs", "14T09:15"),
        ("basispoort", "15T01:30"),
        ("iep-lvs", "15T04:00"),
    ]
    assert len(school_time.upcoming(board, jobs, limit=1)) == 1


def test_progress_says_how_far_and_what_still_waits(db: str) -> None:
    board = make_board()
    still = school_time.progress(board)
    assert (still.target, still.queued, still.running, still.fraction(still.now)) == (None, 0, 0, 1.0)
    Run.create(board=board, location=location_of(board), job="a", slot=board.now, not_before=board.now)
    set_target(board, "2020-04-14T19:00")
    Board.update(now=clock.parse_moment("2020-04-14T14:00")).where(Board.id == board.id).execute()
    moving = school_time.progress(board)
    assert (moving.queued, moving.running, moving.mover) == (1, 0, "proef")
    assert moving.fraction(clock.PRACTICE_START) == 0.5


class TestSending:
    @pytest.fixture(autouse=True)
    def no_engine_afterwards(self) -> object:
        yield
        engine.plan_with(None)

    def test_a_move_is_sent_when_it_is_committed_and_the_worker_woken(self, db: str) -> None:
        board = make_board()
        woken: list[bool] = []
        jobs = [make_job("a", time(4), nothing_to_do)]
        engine.plan_with(lambda: Engine(Settings(db), jobs, immediate=True), wake=lambda: woken.append(True))
        school_time.advance(make_actor(board), MORNING)
        assert woken == [True]
        assert (fresh(board).now, fresh(board).target) == (MORNING, None)
        assert Run.select().count() == 1

    def test_a_move_that_is_rolled_back_is_not_sent(self, db: str) -> None:
        board = make_board()
        woken: list[bool] = []
        engine.plan_with(lambda: Engine(Settings(db), [], immediate=True), wake=lambda: woken.append(True))
        with database.atomic() as transaction:
            school_time.advance(make_actor(board), MORNING)
            transaction.rollback()
        assert woken == []
        assert fresh(board).target is None

    @pytest.mark.usefixtures("sqlite")
    def test_a_queue_that_cannot_be_reached_is_logged_and_the_move_stands(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        board = make_board()
        engine.plan_with(lambda: Engine(Settings("sqlite:////does/not/exist/test.db"), []))
        school_time.advance(make_actor(board), MORNING)
        assert fresh(board).target == MORNING
        assert f"board {board.id} could not be sent" in caplog.text
