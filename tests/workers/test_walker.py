"""The walker: every slot, in order, once, with school time set to the slot being processed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from app import access, clock
from app.runs import Counts, Holder, Job, Page, State, Unreachable, claim
from app.workers import school_time, walker
from app.workers.schedule import boards_with_work, runs_at
from app.workers.walker import Walked, walk
from models.board import Board
from models.run import Run
from tests.builders import location_of, make_actor, make_board
from tests.workers.jobs import fresh, make_job, nothing_to_do, set_target

TIMES = {"uitgevers": time(1), "basispoort": time(1, 30), "iep-lvs": time(4), "gynzy": time(4)}


class Diary:
    """Jobs that write down when they ran, and where school time stood."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.lines: list[tuple[str, datetime]] = []

    def page(self, run: Run, cursor: str) -> Page:
        assert fresh(self.board).now == run.not_before
        self.lines.append((run.job, run.slot.astimezone(clock.AMSTERDAM)))
        return nothing_to_do(run, cursor)

    def jobs(self) -> list[Job]:
        return [make_job(name, at, self.page) for name, at in TIMES.items()]


def in_order(days: list[date]) -> list[tuple[str, datetime]]:
    """What a diary must say: per night the jobs by time, then title."""
    names = sorted(TIMES, key=lambda name: (TIMES[name], name.title()))
    return [(name, clock.local(day, TIMES[name])) for day in days for name in names]


def nights(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def test_over_weeks_every_slot_is_worked_in_order_nothing_missing_or_double(db: str) -> None:
    board = make_board()
    diary = Diary(board)
    set_target(board, "2020-05-05T08:00")
    assert walk(board.id, diary.jobs()) == Walked.ARRIVED
    assert diary.lines == in_order(nights(date(2020, 4, 15), date(2020, 5, 5)))
    assert Run.select().where(Run.state == State.SUCCEEDED).count() == 21 * 4 == Run.select().count()
    assert clock.iso(fresh(board).now) == "2020-05-05T08:00:00+02:00"
    assert (fresh(board).target, fresh(board).mover) == (None, "")


@pytest.mark.parametrize(
    ("day", "before", "after"), [("2020-10-25", 2, 1), ("2020-03-29", 1, 2)], ids=["winter time", "summer time"]
)
def test_the_night_the_clock_changes_has_every_slot_once_at_its_own_time(
    db: str, day: str, before: int, after: int
) -> None:
    board = make_board(now=clock.parse_moment(day) - timedelta(hours=12))
    diary = Diary(board)
    set_target(board, f"{day}T08:00")
    walk(board.id, diary.jobs())
    assert diary.lines == in_order([date.fromisoformat(day)])
    moments = {name: slot.astimezone(UTC) for name, slot in diary.lines}
    assert moments["basispoort"].hour == (1 - before) % 24
    assert moments["iep-lvs"].hour == 4 - after


def test_moving_in_two_goes_gives_the_same_runs_as_in_one(sqlite: str) -> None:
    board = make_board()
    diary = Diary(board)
    for stop in ("2020-04-15T01:00", "2020-04-15T03:59", "2020-04-17T08:00"):
        set_target(board, stop)
        walk(board.id, diary.jobs())
        assert fresh(board).now == clock.parse_moment(stop)
    assert diary.lines == in_order(nights(date(2020, 4, 15), date(2020, 4, 17)))


def test_a_failing_job_does_not_keep_the_next_one_of_the_slot_from_running(sqlite: str) -> None:
    board = make_board()

    def fail(run: Run, cursor: str) -> Page:
        raise RuntimeError

    set_target(board, "2020-04-15T08:00")
    walk(board.id, [make_job("a", time(4), fail), make_job("b", time(4), nothing_to_do)])
    assert [run.state for run in Run.select().order_by(Run.id)] == [State.FAILED, State.SUCCEEDED]


def test_a_retry_comes_before_later_slots(sqlite: str) -> None:
    board = make_board()
    order = []

    def page(run: Run, cursor: str) -> Page:
        order.append((run.job, run.attempt))
        if run.job == "a" and run.attempt < 3:
            raise Unreachable("Stil.")
        return nothing_to_do(run, cursor)

    set_target(board, "2020-04-15T08:00")
    walk(board.id, [make_job("a", time(1), page), make_job("b", time(1, 30), page), make_job("c", time(4), page)])
    assert order == [("a", 1), ("a", 2), ("b", 1), ("a", 3), ("c", 1)]


def test_a_job_that_no_location_wants_makes_no_run(sqlite: str) -> None:
    board = make_board()
    set_target(board, "2020-04-20T08:00")
    walk(board.id, [make_job("a", time(4), nothing_to_do, wanted=lambda _board, _day: [])])
    assert Run.select().count() == 0
    assert fresh(board).target is None


def test_a_change_of_target_under_way_counts_from_the_next_slot(sqlite: str) -> None:
    board = make_board()

    def stop(run: Run, cursor: str) -> Page:
        Board.update(target=Board.now).where(Board.id == board.id).execute()
        return nothing_to_do(run, cursor)

    set_target(board, "2020-04-20T08:00")
    walk(board.id, [make_job("a", time(4), stop), make_job("b", time(4), nothing_to_do)])
    assert [run.state for run in Run.select()] == [State.SUCCEEDED, State.SUCCEEDED]
    assert clock.iso(fresh(board).now) == "2020-04-15T04:00:00+02:00"
    assert fresh(board).target is None


def test_a_process_that_has_to_end_leaves_the_rest_for_the_next(sqlite: str) -> None:
    board = make_board()
    diary = Diary(board)
    set_target(board, "2020-04-17T08:00")
    assert walk(board.id, diary.jobs(), go_on=lambda: len(diary.lines) < 3) == Walked.STOPPED
    assert len(diary.lines) == 3
    walk(board.id, diary.jobs())
    assert diary.lines == in_order(nights(date(2020, 4, 15), date(2020, 4, 17)))


def test_what_was_left_at_an_earlier_moment_is_done_before_time_goes_on(db: str) -> None:
    board = make_board(now=clock.parse_moment("2020-04-15T01:00"))
    diary = Diary(board)
    for row in runs_at(board.id, board.now, diary.jobs()):
        claim(Run.create(**row).id, Holder.here(lease_seconds=0))
    set_target(board, "2020-04-15T08:00")
    walk(board.id, diary.jobs())
    assert diary.lines == in_order([date(2020, 4, 15)])


def test_a_moment_that_was_opened_by_another_is_not_opened_again(db: str) -> None:
    board = make_board()
    set_target(board, "2020-04-15T08:00")
    stale = fresh(board)
    jobs = [make_job("a", time(1), nothing_to_do)]
    first = walker._Walk(board.id, jobs, Holder.here(), lambda: True)
    moment = clock.parse_moment("2020-04-15T01:00")
    first._open(stale, moment)
    Run.update(counts=Counts(1, 1).as_json()).execute()
    first._open(stale, moment)
    assert Run.select().count() == 1
    assert Counts.from_json(Run.get().counts) == Counts(1, 1)


def test_a_walker_leaves_the_board_to_another_that_is_alive(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    board = make_board(now=clock.parse_moment("2020-04-15T01:00"))
    other = Holder.here(lease_seconds=60)
    row = runs_at(board.id, board.now, [make_job("uitgevers", time(1))])[0]
    run = claim(Run.create(**row).id, other)
    assert run is not None

    def other_works(_seconds: float) -> None:
        Run.update(lease_until=clock.wall_now() + timedelta(seconds=61)).where(Run.id == run.id).execute()

    monkeypatch.setattr(walker.time, "sleep", other_works)
    assert walk(board.id, Diary(board).jobs()) == Walked.ELSEWHERE


def test_a_board_on_the_real_clock_catches_up_missed_nights_and_stays_free_for_use(db: str) -> None:
    here = clock.wall_now().astimezone(clock.AMSTERDAM)
    board = make_board(now=clock.local(here.date() - timedelta(days=3), time(12)))
    Board.update(clock="real").where(Board.id == board.id).execute()
    diary = Diary(board)
    assert walk(board.id, diary.jobs()) == Walked.ARRIVED
    expected = in_order(nights(here.date() - timedelta(days=2), here.date()))
    assert diary.lines == [line for line in expected if line[1] <= here]
    assert fresh(board).target is None
    assert walk(board.id, diary.jobs()) == Walked.ARRIVED
    assert Run.select().count() == len(diary.lines)


def test_a_clock_that_jumped_is_followed_only_once_that_was_said(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Days ahead on the computer; then they are caught up, the clock is corrected, and the board put level with it."""
    wall = clock.local(date(2020, 4, 15), time(12))
    board = make_board(now=wall)
    Board.update(clock="real").where(Board.id == board.id).execute()
    diary, actor, far = Diary(board), make_actor(board), timedelta(days=5)
    monkeypatch.setattr(clock, "BY_ITSELF", timedelta(days=2))
    monkeypatch.setattr(clock, "wall_now", lambda: wall + far)
    assert walk(board.id, diary.jobs()) == Walked.ARRIVED
    assert not diary.lines
    assert not boards_with_work(diary.jobs())
    with pytest.raises(clock.ClockJumped, match="5 dagen verder"), access.writing(actor):
        pass
    school_time.catch_up(actor)
    walk(board.id, diary.jobs())
    assert diary.lines == in_order(nights(date(2020, 4, 16), date(2020, 4, 20)))
    with access.writing(actor):
        pass
    monkeypatch.setattr(clock, "wall_now", lambda: wall)
    with pytest.raises(clock.ClockJumped, match="verder dan de klok"), access.writing(actor):
        pass
    school_time.set_right(actor)
    assert fresh(board).now == wall
    assert not Run.select().where(Run.slot > wall).exists()
    assert Run.select().count() == len(diary.lines), "the logbook tells of them"
    monkeypatch.setattr(clock, "wall_now", lambda: wall + timedelta(days=1))
    walk(board.id, diary.jobs())
    assert diary.lines[-4:] == in_order([date(2020, 4, 16)])


def test_a_board_that_does_not_exist_any_more_needs_no_walk(sqlite: str) -> None:
    assert walk(4711, []) == Walked.ARRIVED


def test_each_location_that_wants_it_gets_its_own_run(sqlite: str) -> None:
    board = make_board(locations=("00", "01"))
    set_target(board, "2020-04-15T08:00")
    walk(board.id, [make_job("a", time(4), nothing_to_do)])
    wanted = [location_of(board, "00").id, location_of(board, "01").id]
    assert [run.location_id for run in Run.select().order_by(Run.id)] == wanted
