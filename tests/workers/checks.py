"""Invariants after any night, however its workers died: every effect once, and counts that add up."""

from __future__ import annotations

from collections import Counter

from app.runs import Counts, State
from models.board import Board
from models.coupling import LogEntry
from models.run import Run
from models.school import Message
from tests.workers.jobs import PAGES, ROWS, fresh, title_of


def assert_every_effect_once(board: Board, runs: int) -> None:
    """So many runs are done, each with all its messages, right counts and one logbook line; time has arrived."""
    done = list(Run.select().where(Run.board == board))
    assert [run.state for run in done] == [State.SUCCEEDED] * runs
    wanted = [title_of(run, page + 1, row) for run in done for page in range(PAGES) for row in range(ROWS)]
    assert Counter(row.title for row in Message.select()) == Counter(wanted)
    assert {run.counts for run in done} == {Counts(received=PAGES * ROWS, stored=PAGES * ROWS).as_json()}
    assert Counter(line.run_id for line in LogEntry.select()) == Counter(run.id for run in done)
    assert all(run.owner == "" and run.lease_until is None and run.attempt == 1 for run in done)
    assert fresh(board).target is None
