"""What the trainer's desk makes of the seats of a class, and what it writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app import clock
from app.access import NotAllowed, actor_for, find_user
from app.refusals import Refused
from app.serving.desk.messages import Here
from app.training import desk
from app.training.boards import NAME
from app.training.desk import Desk
from models.board import Board
from models.training import LessonEvent, LessonProgress

LESSON = Here("rovict", lesson="iep-lvs", title="IEP LVS", step=3, steps=9, since=1000.0)


@pytest.fixture
def board(practice_db: str) -> Board:
    return Board.get(Board.name == NAME)


def begin(board: Board, learner: str = "rovict", **more: object) -> LessonProgress:
    now = clock.wall_now()
    values = {"board": board, "learner": learner, "lesson": "iep-lvs", "started_at": now, "seen_at": now, "steps": 9}
    return LessonProgress.create(**{**values, **more})


def took(board: Board, seconds: float, step: int = 3) -> None:
    """Somebody did a step in so many seconds."""
    run, now = begin(board, finished_at=clock.wall_now()), clock.wall_now()
    for kind, at in (("given", now), ("done", now + timedelta(seconds=seconds))):
        LessonEvent.create(progress=run, at=at, step=step, kind=kind)


def test_raised_hands_come_first_in_order_then_names(board: Board) -> None:
    other = Board.create(name="Klas 09", now=board.now, basispoort_key="x", learner="Anna")
    seats = [(1, other.id, Here("ib")), (2, board.id, Here("rovict", hand=20.0)), (3, board.id, Here("ib", hand=10.0))]
    rows = Desk().rows([*seats, (4, board.id, Here()), (5, 99999, Here("weg"))], at=30.0)
    assert [(row.id, row.name, row.queue) for row in rows] == [
        (3, f"{NAME}, ib", 1),
        (2, f"{NAME}, rovict", 2),
        (1, "Anna", 0),
        (4, NAME, 0),
    ]


def test_stuck_is_three_times_the_median_of_the_step_once_there_is_one(board: Board) -> None:
    def stuck(after: float) -> bool:
        [row] = Desk().rows([(1, board.id, LESSON)], at=1000.0 + after)
        return row.stuck

    assert (stuck(desk.USUAL_SECONDS), stuck(desk.USUAL_SECONDS + 1)) == (False, True)
    for seconds in (10.0, 20.0):
        took(board, seconds)
    assert not stuck(desk.USUAL_SECONDS), "two are too few for a median"
    took(board, 1000.0)
    assert desk.medians("iep-lvs") == {3: pytest.approx(20.0)}
    assert (stuck(60.0), stuck(60.5)) == (False, True)
    done = Here("rovict", lesson="iep-lvs", step=0, steps=9, since=1.0)
    assert not Desk().rows([(1, board.id, done)], at=99999.0)[0].stuck


def test_the_time_that_a_lesson_was_closed_makes_no_step_usual_and_an_exam_has_steps_of_its_own(board: Board) -> None:
    for _ in range(3):
        run, now = begin(board), clock.wall_now()
        for kind, seconds in (("given", 0), ("left", 10), ("resumed", 80_000), ("done", 80_010)):
            LessonEvent.create(progress=run, at=now + timedelta(seconds=seconds), step=3, kind=kind)
        exam = begin(board, mode="exam")
        for kind, seconds in (("given", 0), ("done", 500)):
            LessonEvent.create(progress=exam, at=now + timedelta(seconds=seconds), step=3, kind=kind)
    assert desk.medians("iep-lvs") == {3: pytest.approx(20.0)}
    assert desk.medians("iep-lvs", exam=True) == {3: pytest.approx(500.0)}
    [row] = Desk().rows([(1, board.id, replace(LESSON, exam=True))], at=1000.0 + 1400.0)
    assert not row.stuck


def test_help_is_written_once_for_each_step_of_the_run_in_front(board: Board) -> None:
    trainer = actor_for(find_user(board, "trainer"))
    begin(board, finished_at=clock.wall_now())
    run = begin(board)
    begin(board, learner="iemand anders")
    for step in (3, 3, 4):
        assert desk.note_help(trainer, board.id, Here("rovict", lesson="iep-lvs", step=step, steps=9))
    assert LessonProgress.get_by_id(run.id).helped == 2
    assert [(one.step, one.kind) for one in run.events.order_by(LessonEvent.id)] == [(3, "helped"), (4, "helped")]
    assert not desk.note_help(trainer, board.id, Here("rovict", lesson="gynzy", step=1, steps=2))


def test_extra_time_is_for_the_run_that_the_program_names(board: Board) -> None:
    trainer = actor_for(find_user(board, "trainer"))
    candidate, other = begin(board, learner="ib", mode="exam"), begin(board, mode="exam")
    desk.give_time(trainer, board.id, Here("rovict", lesson="iep-lvs", run=candidate.id, exam=True, step=1, steps=9), 5)
    assert [LessonProgress.get_by_id(run.id).extra_seconds for run in (candidate, other)] == [300, 0]


def test_extra_time_adds_up_and_is_for_an_exam(board: Board) -> None:
    trainer = actor_for(find_user(board, "trainer"))
    exam = Here("rovict", lesson="iep-lvs", exam=True, step=1, steps=9)
    run = begin(board, mode="exam")
    desk.give_time(trainer, board.id, exam, 5)
    assert "10 minuten erbij; samen is dat 15 minuten" in desk.give_time(trainer, board.id, exam, 10)
    assert LessonProgress.get_by_id(run.id).extra_seconds == 900
    for here, minutes in ((LESSON, 5), (exam, 0), (exam, desk.MOST_MINUTES + 1)):
        with pytest.raises(Refused):
            desk.give_time(trainer, board.id, here, minutes)
    with pytest.raises(NotAllowed):
        desk.give_time(actor_for(find_user(board, "rovict")), board.id, exam, 5)
    with pytest.raises(NotAllowed):
        desk.note_help(actor_for(find_user(board, "rovict")), board.id, exam)


@pytest.mark.parametrize(("seconds", "told"), [(0, "nu"), (25, "25 s"), (61, "1 min"), (3599, "59 min"), (7300, "2 u")])
def test_how_long_ago_is_told_in_a_few_signs(seconds: float, told: str) -> None:
    assert desk.since(seconds) == told
