"""A run that asks another system: outside its transaction, and not taken over while it waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from threading import Event

import pytest

from app.clock import PRACTICE_START
from app.runs import Counts, Holder, LeaseLost, Page, State, claim
from app.workers import outside
from app.workers.execution import execute
from app.workers.walker import walk
from models.base import database
from models.run import Run
from tests.builders import location_of, make_board
from tests.workers.jobs import make_job, set_target


def test_it_says_that_it_is_alive_until_it_has_an_answer() -> None:
    answered, signs = Event(), []

    def stay() -> None:
        signs.append(len(signs))
        if len(signs) == 3:
            answered.set()

    outside.wait_for(lambda: answered.wait(10) and None, stay, 0.001)
    assert len(signs) >= 3


def test_what_went_wrong_there_is_raised_here() -> None:
    def fails() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        outside.wait_for(fails, lambda: None, 1)


def test_whoever_lost_the_run_does_not_wait_for_the_answer() -> None:
    never = Event()

    def lost() -> None:
        raise LeaseLost

    with pytest.raises(LeaseLost):
        outside.wait_for(lambda: never.wait(10) and None, lost, 0.001)
    assert not never.is_set()
    never.set()


class Errand:
    """Two pages, of which only the first asks something."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.in_transaction: list[bool] = []
        self._cursor = ""

    def asks(self, cursor: str) -> Callable[[], None] | None:
        self._cursor = cursor
        self.in_transaction.append(database.in_transaction())
        return (lambda: self.asked.append(cursor)) if not cursor else None

    def page(self) -> Page:
        self.in_transaction.append(database.in_transaction())
        return Page(None if self._cursor else "2", Counts(received=1, stored=1))


def test_each_page_asks_outside_the_transaction_in_which_it_is_done(db: str) -> None:
    board, errand = make_board(), Errand()
    set_target(board, "2020-04-15T08:00")
    job = make_job("iep-lvs", time(4), lambda _run, _cursor: pytest.fail("its own way"))
    walk(board.id, [replace(job, errands=lambda _run: errand)], Holder.here(5))
    run = Run.get(Run.board == board)
    assert (run.state, Counts.from_json(run.counts).stored) == (State.SUCCEEDED, 2)
    assert errand.asked == [""]
    assert errand.in_transaction == [False, True, False, True]


@pytest.mark.parametrize(("begun", "elsewhere"), [("@2", False), ("2", True)])
def test_a_run_that_was_begun_the_other_way_begins_and_counts_again(db: str, begun: str, elsewhere: bool) -> None:
    board = make_board()
    before = Counts(received=250, stored=250).as_json()
    made = {"slot": PRACTICE_START, "not_before": PRACTICE_START, "cursor": begun, "counts": before}
    run = Run.create(board=board, location=location_of(board), job="iep-lvs", **made)
    job = make_job("iep-lvs", time(4), lambda _run, cursor: Page(None if cursor else "2", Counts(received=1, stored=1)))
    holder = Holder.here(5)
    claimed = claim(run.id, holder)
    assert claimed is not None
    execute(claimed, replace(job, errands=lambda _run: Errand() if elsewhere else None), holder)
    assert Counts.from_json(Run.get_by_id(run.id).counts) == Counts(received=2, stored=2)
