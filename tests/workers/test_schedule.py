"""The schedule: its moments, and the runs of each."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock
from app.runs import State
from app.workers.schedule import all_jobs, boards_with_work, job_of, next_moment, runs_at
from models.board import Board
from models.run import Run
from tests.builders import location_of, make_board
from tests.workers.jobs import make_job, set_target

TIMES = [time(1), time(1, 30), time(3, 30), time(4), time(17)]
JOBS = [make_job(f"job{at:%H%M}", at) for at in TIMES]
BEGIN = datetime(2019, 8, 1, tzinfo=UTC)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(minutes=st.integers(0, 3 * 366 * 24 * 60), days=st.integers(1, 3))
def test_every_job_comes_once_a_school_day_at_its_time_from_any_moment(sqlite: str, minutes: int, days: int) -> None:
    board = make_board()
    moment = start = BEGIN + timedelta(minutes=minutes)
    seen = []
    for _ in range(len(TIMES) * days):
        following = next_moment(board.id, moment, JOBS)
        assert following is not None
        assert following > moment
        moment = following
        seen.append(moment.astimezone(clock.AMSTERDAM))
    dates = [start.astimezone(clock.AMSTERDAM).date() + timedelta(days=day) for day in range(days + 1)]
    expected = [clock.local(day, at) for day in dates for at in TIMES]
    assert seen == [at for at in expected if at.astimezone(UTC) > start][: len(seen)]


def test_a_waiting_retry_is_a_moment_too(db: str) -> None:
    board = make_board()
    retry = clock.parse_moment("2020-04-14T09:15")
    Run.create(board=board, location=location_of(board), job="job0400", slot=board.now, not_before=retry)
    assert next_moment(board.id, board.now, JOBS) == retry


def test_without_jobs_and_runs_there_is_no_next_moment(sqlite: str) -> None:
    board = make_board()
    assert next_moment(board.id, board.now, []) is None


def test_a_slot_has_a_run_for_every_job_that_is_due_in_order_of_title_and_every_location(sqlite: str) -> None:
    board = make_board(locations=("00", "01"))
    jobs = [
        make_job("zz", time(4), title="Aap"),
        make_job("aa", time(4), title="Noot"),
        make_job("ander", time(1)),
        make_job("niemand", time(4), wanted=lambda _board, _day: []),
    ]
    rows = runs_at(board.id, clock.parse_moment("2020-04-15T04:00"), jobs)
    first, second = location_of(board, "00").id, location_of(board, "01").id
    assert [(row["job"], row["location"]) for row in rows] == [
        ("zz", first),
        ("zz", second),
        ("aa", first),
        ("aa", second),
    ]


def test_a_job_is_asked_about_the_school_day_of_its_slot(sqlite: str) -> None:
    asked = []

    def wanted(_board: int, day: date) -> list[int]:
        asked.append(day)
        return []

    runs_at(make_board().id, datetime(2020, 4, 14, 23, 0, tzinfo=UTC), [make_job("a", time(1), wanted=wanted)])
    assert asked == [date(2020, 4, 15)]


def test_partners_jobs_are_in_the_order_of_the_day() -> None:
    jobs = all_jobs()
    assert [job.at for job in jobs] == sorted(job.at for job in jobs)


def test_a_runs_job_is_found_by_name() -> None:
    assert job_of(Run(job="job0130"), JOBS) is JOBS[1]


def test_boards_with_work_are_those_that_move_or_have_runs_due_or_lag_behind_the_wall(db: str) -> None:
    still, moving, due, later, real = (make_board() for _ in range(5))
    set_target(moving, "2020-04-15T08:00")
    for board, wait in ((due, 0), (later, 1)):
        not_before = board.now + timedelta(hours=wait)
        Run.create(board=board, location=location_of(board), job="a", slot=board.now, not_before=not_before)
    yesterday = clock.wall_now() - timedelta(days=1)
    Board.update(clock="real", now=yesterday).where(Board.id == real.id).execute()
    assert boards_with_work(JOBS) == [moving.id, due.id, real.id]
    assert boards_with_work(JOBS, Board.id == still.id) == []
    Run.update(state=State.SUCCEEDED).execute()
    assert due.id not in boards_with_work(JOBS)


def test_a_real_board_that_is_up_to_date_has_no_work(sqlite: str) -> None:
    board = make_board(now=clock.wall_now())
    Board.update(clock="real").where(Board.id == board.id).execute()
    in_an_hour = (clock.wall_now() + timedelta(hours=1)).astimezone(clock.AMSTERDAM).time()
    assert boards_with_work([make_job("a", in_an_hour)]) == []
