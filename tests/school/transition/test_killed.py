"""A kill -9 anywhere in the transition of 10,000 pupils leaves the old year or the new one, nothing in between."""

from __future__ import annotations

import hashlib

import pytest

from app.access import Actor, actor_for, find_user
from app.runs import Holder, State
from app.school import groups
from app.school.transition import planning
from app.school.transition.situations import Stage, situation
from app.workers.walker import Walked, walk
from fixtures.large import build_large_location
from fixtures.practice import build_practice_board
from models.base import is_sqlite
from models.run import Run
from models.school import Placement, Pupil
from tests.school.transition import program as halting
from tests.school.transition.worlds import AUGUST, NEXT, move_to, state_of
from tests.workers.processes import program

PUPILS, FEW = 10_000, 300
SEVERAL_PAGES = 1_500
"""On PostgreSQL, where the moments are what matters; the number is in the test on SQLite."""
LEASE = 0.4


def digest(actor: Actor) -> str:
    """Of everything a transition may touch."""
    return hashlib.sha256(repr(state_of(actor)).encode()).hexdigest()


@pytest.fixture
def large(request: pytest.FixtureRequest, db: str) -> Actor:
    """A location with ten thousand pupils (or as many as asked) on 3 August, its transition confirmed."""
    board = build_practice_board()
    usual = PUPILS if is_sqlite() else SEVERAL_PAGES
    actor = actor_for(find_user(board, "rovict"), build_large_location(board, getattr(request, "param", usual)))
    move_to(actor, AUGUST)
    planning.confirm(actor)
    return actor


def test_killed_anywhere_it_is_the_old_year_or_the_new_one_and_the_next_worker_finishes(db: str, large: Actor) -> None:
    before, pupils = digest(large), Pupil.select().where(Pupil.location == large.location).count()
    for point in halting.POINTS:
        with program(db, large.board.id, LEASE, point, module=halting.__name__) as worker:
            worker.wait_for(point)
            worker.kill()
        assert digest(large) == before, f"killed at {point!r} it is neither the old year nor the new one"
        assert situation(large).stage == Stage.RUNNING
    assert walk(large.board.id, holder=Holder.here(LEASE)) == Walked.ARRIVED
    after = digest(large)
    assert after != before
    assert groups.this_year(large) == NEXT
    seated = Placement.select().join(Pupil).where(Pupil.location == large.location, Placement.school_year == NEXT)
    gone = Pupil.select().where(Pupil.location == large.location, Pupil.unsubscribed_on.is_null(False)).count()
    assert seated.count() + gone == pupils
    assert (Run.get().state, situation(large).report.total) == (State.SUCCEEDED, pupils)
    planning.undo(large)
    assert digest(large) == before


@pytest.mark.parametrize("large", [FEW], indirect=True)
def test_killed_after_committing_it_is_the_new_year_once(db: str, large: Actor) -> None:
    with program(db, large.board.id, LEASE, halting.LAST, module=halting.__name__) as worker:
        worker.wait_for(halting.LAST)
        worker.kill()
    after = digest(large)
    assert groups.this_year(large) == NEXT
    assert walk(large.board.id, holder=Holder.here(LEASE)) == Walked.ARRIVED
    assert digest(large) == after
