"""The run that carries out a confirmed transition: a final check in pages, then everything in one transaction.

Cursor: empty (the groups), `look:KEY` (pupils up to this leerlingnummer were checked), `apply`. Checking changes only
the lines. Changes made in the meantime are detected before applying: then checking starts again. So it applies to the
pupils of that moment, and reports what differed from what had been confirmed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

from app import clock
from app.runs import Counts, Job, Page, Skip
from app.school import keys
from app.school.transition import applying, facts, groups_draft
from app.school.transition.obstacles import JOB, first_change
from app.school.transition.pupils_draft import PAGE, Tally, check_page
from app.school.transition.report import Report, totals, with_since
from app.school.transition.rules import What
from models.base import is_sqlite
from models.board import Board
from models.history import Signature, writing_as
from models.run import Run
from models.school import Group
from models.transition import TransitionGroup, YearTransition

LOOK, APPLY = "look:", "apply"


def page(run: Run, cursor: str) -> Page:
    """Do the next piece of the run. Raises `Skip` when the transition was withdrawn."""
    transition = YearTransition.get_or_none(YearTransition.run == run)
    if transition is None:
        raise Skip("De jaarovergang is ingetrokken.")
    board = Board.get_by_id(run.board_id)
    if cursor.startswith(LOOK):
        return _look(transition, board, cursor.removeprefix(LOOK))
    if not _alone(board):
        return Page(cursor)
    if cursor == APPLY and first_change(run.location, transition.seen_change) is None:
        return _apply(transition, board)
    return _begin(transition, board)


def _alone(board: Board) -> bool:
    """Lock out the board's use cases until the end of the transaction; False when one is in progress.

    Does not wait for it: it may be waiting for this run. SQLite has only one writer anyway.
    """
    query: Any = Board.select(Board.id).where(Board.id == board.id)
    return is_sqlite() or query.for_update("FOR NO KEY UPDATE SKIP LOCKED").first() is not None


def _begin(transition: YearTransition, board: Board) -> Page:
    groups_draft.prepare(transition, facts.effective_day(transition, clock.school_today(board)))
    location = transition.location
    unnamed = TransitionGroup.select().where(
        TransitionGroup.transition == transition, TransitionGroup.wanted, TransitionGroup.key == ""
    )
    series = keys.next_keys(Group, location, f"{location.brin6}-{transition.to_year[:4]}-", digits=2)
    for line, key in zip(unnamed.order_by(TransitionGroup.id), series):  # noqa: B905  # the series has no end
        line.key = key
        line.save(only=(TransitionGroup.key,))
    return Page(LOOK)


def _look(transition: YearTransition, board: Board, after: str) -> Page:
    day = facts.effective_day(transition, clock.school_today(board))
    last, found = check_page(transition, facts.rules_of(transition), day, after, PAGE)
    transition.report = with_since(transition, found)
    transition.save(only=(YearTransition.report,))
    return Page(APPLY if last is None else f"{LOOK}{last}")


def _apply(transition: YearTransition, board: Board) -> Page:
    now = clock.school_now(board)
    with writing_as(Signature(board.id, now, transition.confirmed_by, JOB)):
        transition.first_change = facts.last_change()
        applying.apply(transition, facts.effective_day(transition, now.date()))
        transition.last_change = facts.last_change()
        report = _report(transition)
        transition.state, transition.applied_at, transition.report = "done", now, report.as_json()
        transition.save()
    return Page(None, _counts(report), report.sentence())


def _report(transition: YearTransition) -> Report:
    """The present totals; pupils deleted after confirming have no line left, and are missing from them."""
    made = TransitionGroup.select().where(TransitionGroup.transition == transition, TransitionGroup.made).count()
    told, now = Report.from_json(transition.report), totals(transition)
    deleted = told.planned + told.since.joined - told.since.gone - now.total
    return replace(now, groups_made=made, planned=told.planned, since=told.since + Tally(gone=deleted))


def _counts(report: Report) -> Counts:
    """The counts for the ledger: newcomers are new, the others replaced; those gone by then are refused."""
    new, gone = report.count(What.NEW), report.since.gone
    return Counts(received=report.total + gone, stored=new, replaced=report.total - new, refused=gone)


JOBS = [
    Job(
        name=JOB,
        title="Jaarovergang",
        at=time(),
        wanted=lambda _board, _day: [],
        page=page,
        logged=False,
        daily=False,
    )
]
