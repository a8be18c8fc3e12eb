"""How much a lesson tells next time follows from how it went, whatever the order in which runs are read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.training.lessons import levels
from models.board import Board
from models.training import LessonEvent, LessonProgress
from tests.couplings.worlds import small_school

BEGAN = datetime(2020, 4, 14, 9, tzinfo=UTC)


@pytest.fixture
def board(db: str) -> Board:
    return small_school()[0].board


def run(
    board: Board, level: int, *, done: bool = True, shown: bool = False, day: int = 0, **more: object
) -> LessonProgress:
    """A run that is over."""
    at = BEGAN + timedelta(days=day)
    over = {"finished_at": at} if done else {"given_up_at": at}
    values = {"learner": "rovict", "lesson": "iep-lvs", "steps": 4, "level": level, **over, **more}
    row = LessonProgress.create(board=board, started_at=at, seen_at=at, **values)
    for stage in ("1", "2", "3") if shown else ("1",):
        LessonEvent.create(progress=row, at=at, step=1, kind="hint", detail=stage)
    return row


@pytest.mark.parametrize(
    ("level", "how", "following"),
    [
        (1, {}, 2),
        (2, {}, 3),
        (3, {}, 3),
        (3, {"shown": True}, 2),
        (1, {"shown": True}, 1),
        (3, {"done": False}, 2),
        (3, {"mode": "refresher", "done": False}, 1),
        (3, {"mode": "refresher", "passed": False}, 1),
        (3, {"mode": "refresher"}, 3),
        (1, {"mode": "exam"}, 1),
    ],
)
def test_the_last_run_says_how_much_help_comes_next(
    board: Board, level: int, how: dict[str, object], following: int
) -> None:
    run(board, level, **how)  # type: ignore[arg-type]
    assert levels.level_for(board, "rovict", "iep-lvs") == following


def test_who_never_did_it_begins_with_the_steps_and_a_run_in_progress_says_nothing(board: Board) -> None:
    run(board, 2, finished_at=None)
    assert levels.level_for(board, "rovict", "iep-lvs") == 1
    assert levels.level_for(board, "iemand anders", "iep-lvs") == 1


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations([(1, False), (2, False), (3, True), (2, False)]), st.randoms())
def test_only_the_newest_counts(board: Board, runs: list[tuple[int, bool]], random: object) -> None:
    LessonProgress.delete().execute()
    rows = [run(board, level, shown=shown, day=day) for day, (level, shown) in enumerate(runs)]
    level, shown = runs[-1]
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert levels.next_level(rows) == min(max(level + (-1 if shown else 1), 1), 3)


def test_every_way_can_be_chosen_and_the_fitting_one_comes_first() -> None:
    for level in levels.LEVELS:
        ways = levels.ways(level)
        assert ways[0][0] == str(level)
        assert "past nu bij u" in ways[0][1]
        assert {key for key, _ in ways} == {"1", "2", "3", "exam"}
