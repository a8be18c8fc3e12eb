"""The review says per step what was the goal, whether it was reached, the points and what was remarked: of a lesson that
was just done, and the same from what was kept.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app import clock
from app.refusals import NotFound, Refused
from app.training.lessons import review
from app.training.lessons.counting import Mistake
from app.training.lessons.course import Course
from app.training.scripts.document import parse_script
from models.board import Board
from models.training import LessonEvent, LessonProgress
from tests.couplings.worlds import small_school
from tests.training.lessons.test_exam import TEXT

PAUSED = "coupling iep-lvs paused"


@pytest.fixture
def board(db: str) -> Board:
    return small_school()[0].board


def kept(board: Board, events: list[tuple[int, str, str]], **values: object) -> LessonProgress:
    now = clock.wall_now()
    row = LessonProgress.create(
        **{"board": board, "learner": "Noor", "lesson": "proef", "text": TEXT, "mode": "exam", "steps": 3, **values},
        started_at=now,
        seen_at=now,
    )
    for step, kind, detail in events:
        LessonEvent.create(progress=row, at=now, step=step, kind=kind, detail=detail)
    return row


def test_from_what_was_kept(board: Board) -> None:
    first = [(1, "remark", PAUSED), (1, "mended", PAUSED), (1, "done", "")]
    row = kept(
        board,
        [*first, (2, "remark", PAUSED), (3, "done", ""), (2, "helped", "")],
        step=1,
        points=5,
        points_of=7,
    )
    found = review.of_run(row)
    assert [(one.done, one.points, one.of, one.helped) for one in found.steps] == [
        (True, 3, 3, False),
        (False, 0, 2, True),
        (True, 2, 2, False),
    ]
    assert [one.remarks for one in found.steps] == [
        (("Zonder code staat het stil. Er komt niets.", True),),
        (("Zonder code staat het stil. Er komt niets.", False),),
        (),
    ]
    assert found.outcome == "5 van 7 punten: geslaagd."
    assert found.steps[1].goal == "De koppeling Mijnschoolinfo is actief."
    made = found.as_json()
    assert (made["points"], made["points_of"], made["passed"], made["pass_percent"]) == (5, 7, True, 60)
    assert made["steps"][0]["remarks"] == [{"text": "Zonder code staat het stil. Er komt niets.", "mended": True}]


def test_it_is_the_same_at_once_as_from_what_was_kept(board: Board) -> None:
    course = Course(parse_script(TEXT, Path("proef.draaiboek.md")), exam=True)
    course.won, course.made, course.closed = frozenset({0, 2}), (Mistake(1, PAUSED, mended=True),), True
    events = [(1, "remark", PAUSED), (1, "mended", PAUSED), (1, "done", ""), (3, "done", "")]
    stored = review.of_run(kept(board, events, step=1, points=5, points_of=7))
    at_once = review.of_course(course, "Noor", "exam")
    assert at_once.steps == stored.steps
    assert at_once.outcome == stored.outcome


def test_an_exam_that_is_not_over_is_not_judged(board: Board) -> None:
    found = review.of_run(kept(board, [(1, "done", "")], step=1))
    assert found.outcome == "Nog niet af: 1 van 3 opdrachten gedaan."
    assert found.as_json()["passed"] is None


def test_an_exam_that_can_be_gone_on_with_is_not_reviewed(board: Board) -> None:
    own = Board.create(name="Les proef", now=clock.PRACTICE_START, owner=board)
    row = kept(board, [(1, "remark", PAUSED)], own_board=own)
    with pytest.raises(Refused, match="na afloop"):
        review.of_run(row)
    row.given_up_at = clock.wall_now()
    assert review.of_run(row).steps[0].remarks


def test_the_newest_is_found_by_learner_lesson_and_mode(board: Board) -> None:
    kept(board, [], mode="practice")
    exam = kept(board, [])
    assert review.newest(board) == exam
    assert review.newest(board, "Noor", "proef", "practice").mode == "practice"
    with pytest.raises(NotFound, match="'iets' is hier nog niet gedaan door Noor"):
        review.newest(board, "Noor", "iets")
