"""What happened in lessons, read from the log (`LessonEvent`): the runs of one board, of a class or of all, with their events.

Two queries, whatever the number of runs. Everything else about them is a pure function of these rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.serving.addresses import slug_of
from models.board import Board
from models.training import RESET, LessonEvent, LessonProgress

LEFT, RESUMED = "left", "resumed"
EXAM = "exam"
"""The mode of a run that is an exam, which has tasks of its own."""


@dataclass(frozen=True)
class Event:
    """Something that happened in a run, as `LessonEvent`."""

    id: int
    at: datetime
    step: int
    kind: str
    detail: str = ""


@dataclass(frozen=True)
class Run:
    """Somebody's run of a lesson, with its events in the order in which they were written."""

    progress: LessonProgress
    events: tuple[Event, ...]
    board: str
    """The name of the learner's board, and below it its part of a web address, which no other board ever gets."""
    slug: str
    learner: str
    """The name of who sits at that board; empty: nobody said."""
    own: bool
    """Whether the board is of one learner, of a class, and not shared as the practice board is."""
    reset: bool = False
    """Whether it ended because the trainer reset the board, which is no act of the learner and no event here."""

    @property
    def given_up_at(self) -> datetime | None:
        """When the learner gave it up."""
        return None if self.reset else self.progress.given_up_at

    @property
    def called(self) -> str:
        """Who did it, as lists say: the learner's name, or the user of ESIS with the board."""
        return who(self.learner, self.board, self.progress.learner, self.own)


def who(learner: str, board: str, user: str, own: bool) -> str:
    """How somebody is called in lists: by name, else a board of one learner by its own name, else by the user."""
    return learner or (board if own else user)


def runs(board: Board | None = None, *, only_class: bool = False, lesson: str = "") -> list[Run]:
    """The runs on a board, on those of a class, or all, of one lesson or all, oldest first."""
    wanted = [
        *([LessonProgress.board == board] if board is not None else []),
        *([Board.password_hash != ""] if only_class else []),
        *([LessonProgress.lesson == lesson] if lesson else []),
    ]
    query = LessonProgress.select(LessonProgress, Board).join(Board, on=LessonProgress.board == Board.id)
    found = list((query.where(*wanted) if wanted else query).order_by(LessonProgress.id))
    events = _events(wanted)
    return [
        Run(
            row,
            tuple(event for event in events[row.id] if not _is_reset(event)),
            row.board.name,
            slug_of(row.board),
            row.board.learner,
            bool(row.board.password_hash),
            any(map(_is_reset, events[row.id])),
        )
        for row in found
    ]


def _is_reset(event: Event) -> bool:
    return event.kind == LEFT and event.detail == RESET


def _events(wanted: Sequence[Any]) -> dict[int, list[Event]]:
    """The events of the runs for which these conditions hold, by run."""
    query = (
        LessonEvent.select(
            LessonEvent.progress,
            LessonEvent.id,
            LessonEvent.at,
            LessonEvent.step,
            LessonEvent.kind,
            LessonEvent.detail,
        )
        .join(LessonProgress)
        .join(Board, on=LessonProgress.board == Board.id)
    )
    rows: Any = (query.where(*wanted) if wanted else query).order_by(LessonEvent.progress, LessonEvent.id).tuples()
    found: dict[int, list[Event]] = defaultdict(list)
    for run, *values in rows.iterator():
        found[run].append(Event(*values))
    return found


def open_time(events: Sequence[Event], begin: datetime, end: datetime) -> timedelta:
    """How much of the time from `begin` to `end` the lesson was open.

    It is closed from `left` to the next `resumed`; of two windows, from the `left` of the last. A program that was killed
    says no `left`: then it was closed from the last thing that happened before the `resumed`. Never below zero, also where
    the computer's clock was put back.
    """
    shut = sum((_shared(pause, begin, end) for pause in _closed(events)), timedelta())
    return max(end - begin - shut, timedelta())


def _closed(events: Iterable[Event]) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    last: datetime | None = None
    for event in events:
        if event.kind == RESUMED:
            if (begin := since or last) is not None:
                found.append((begin, event.at))
            since = None
        else:  # what happens after `left` without `resumed` happens in another window, which was open all the time
            since = event.at if event.kind == LEFT else None
        last = event.at
    if since is not None:
        found.append((since, datetime.max.replace(tzinfo=since.tzinfo)))
    return found


def _shared(pause: tuple[datetime, datetime], begin: datetime, end: datetime) -> timedelta:
    return max(min(pause[1], end) - max(pause[0], begin), timedelta())
