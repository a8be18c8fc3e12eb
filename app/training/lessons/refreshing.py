"""Opfris: when somebody who did lessons is to do a few of them again, and which.

What was learned is half gone after months. So about three weeks and about four months after a course, and two weeks before
the jaarovergang, three lessons of different causes are done again, ten minutes in all: another variant, only the story.
Who cannot do one without help gets its steps again the next time. The rules are pure functions of what was done.

A course is a series of days on which lessons were finished, without a longer gap than `GAP`. At a moment the lessons are
chosen by what was done before it, so the choice stands while they are done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app import clock
from app.counted import counted
from app.training.lessons import catalogue
from app.training.scripts.document import Script
from models.board import Board
from models.training import LessonProgress

WEEKS, MONTHS = timedelta(weeks=3), timedelta(days=120)
"""After the first day of a course."""
BEFORE, TRANSITION = timedelta(weeks=2), (8, 1)
"""Before the month and day on which a school year begins."""
GAP = timedelta(days=14)
"""Days without a lesson after which another course begins."""
LESSONS, LEVEL, MODE = 3, 3, "refresher"
"""How many lessons, how much they tell (the story), and how they are kept."""
SHARED = frozenset({"begin", "supplier", "after-first-night"})
"""Starting states in which nothing is wrong: several lessons begin there, each with a cause of its own."""
LONGEST = 8
"""Steps of a lesson that is short enough."""


@dataclass(frozen=True)
class Done:
    """One run of a lesson, as the rules need it."""

    lesson: str
    mode: str
    """`practice`, `exam` or `refresher`."""
    seed: int
    begun: date
    ended: date | None = None
    """When it was finished or given up; None while it is open."""
    failed: bool = False
    """Given up, not passed, or not without help."""


@dataclass(frozen=True)
class Planned:
    """A lesson to do again."""

    lesson: str
    seed: int
    """Another one than each that was done."""
    level: int = LEVEL


@dataclass(frozen=True)
class Refresher:
    """What is to be done again."""

    since: date
    """The day from which it is due."""
    why: str
    """`weeks`, `months` or `transition`."""
    lessons: tuple[Planned, ...]
    left: tuple[Planned, ...]
    """Those that are still to do, in order."""


def due(rows: Sequence[Done], causes: Mapping[str, str], today: date) -> Refresher | None:
    """What somebody is to refresh on a day; None if nothing. `causes`: the cause of each lesson that is fit for it."""
    passed = [one for one in moments(rows, today) if one[0] <= today]
    if not passed:
        return None
    since, why = max(passed)
    chosen = chosen_at(rows, causes, since)
    again = {row.lesson for row in rows if row.mode == MODE and row.begun >= since and row.ended is not None}
    left = tuple(one for one in chosen if one.lesson not in again)
    return Refresher(since, why, chosen, left) if left else None


def next_after(rows: Sequence[Done], today: date) -> date | None:
    """The first day after this one on which something will be due; None for who finished no lesson."""
    return min((day for day, _why in moments(rows, today) if day > today), default=None)


def moments(rows: Sequence[Done], today: date) -> list[tuple[date, str]]:
    """The days at which a refresher is due, each with why, up to those of the coming year. That of a jaarovergang is no
    longer there once the year has begun, nor where what was learned is too fresh.
    """
    courses = _courses(rows)
    found = [(first + after, why) for first in courses for after, why in ((WEEKS, "weeks"), (MONTHS, "months"))]
    for year in (today.year, today.year + 1):
        begins = date(year, *TRANSITION)
        before = begins - BEFORE
        if today < begins and any(first + WEEKS <= before for first in courses):
            found.append((before, "transition"))
    return sorted(found)


def _courses(rows: Sequence[Done]) -> list[date]:
    """The first day of each course."""
    days = sorted({row.ended for row in rows if row.mode != MODE and row.ended and not _gave_up(row)})
    return [day for place, day in enumerate(days) if not place or day - days[place - 1] > GAP]


def _gave_up(row: Done) -> bool:
    """Whether a lesson was not learned: an exam that failed was done all the same."""
    return row.failed and row.mode == "practice"


def chosen_at(rows: Sequence[Done], causes: Mapping[str, str], since: date) -> tuple[Planned, ...]:
    """The lessons of a refresher, each of another cause; none if fewer causes were done before that day.

    Each in turn: what was never refreshed first, then what was refreshed longest ago; of those what was learned first.
    """
    before = [row for row in rows if row.ended is not None and row.ended < since]
    learned: dict[str, date] = {}
    refreshed: dict[str, date] = {}
    for row in before:
        if row.ended and row.mode == MODE:
            refreshed[row.lesson] = max(row.ended, refreshed.get(row.lesson, date.min))
        elif row.ended and not _gave_up(row):
            learned[row.lesson] = min(row.ended, learned.get(row.lesson, date.max))
    order = sorted(
        learned.keys() & causes.keys(), key=lambda name: (refreshed.get(name, date.min), learned[name], name)
    )
    by_cause: dict[str, str] = {}
    for name in order:
        by_cause.setdefault(causes[name], name)
    names = list(by_cause.values())[:LESSONS]
    return tuple(Planned(name, _another(rows, name, since)) for name in names) if len(names) == LESSONS else ()


def _another(rows: Sequence[Done], lesson: str, since: date) -> int:
    """A seed that was not used before that day."""
    return 1 + max((row.seed for row in rows if row.lesson == lesson and row.begun < since), default=0)


def falls_back(rows: Sequence[Done], lesson: str) -> bool:
    """Whether the next time of a lesson begins at level 1: the last refresher of it failed, and it was not done since.
    The rows are oldest first.
    """
    ended = [row for row in rows if row.lesson == lesson and row.ended is not None]
    return bool(ended) and ended[-1].mode == MODE and ended[-1].failed


# ---- in words

WHY = {
    "weeks": "Uw oefeningen zijn drie weken of langer geleden",
    "months": "Uw oefeningen zijn vier maanden of langer geleden",
    "transition": "De jaarovergang komt eraan",
}
"""Why it is due: true for as long as it is, which may be weeks."""


def sentence(refresher: Refresher) -> str:
    """What is to be done, and why: the first sentence fits a line of the Startpagina."""
    left, all_of_them = len(refresher.left), len(refresher.lessons)
    what = (
        f"nog {left} van de {all_of_them}"
        if left < all_of_them
        else f"{counted(all_of_them, 'oefening', 'oefeningen')}, 10 minuten"
    )
    return f"Tijd om op te frissen: {what}. {WHY[refresher.why]}."


def not_yet(rows: Sequence[Done], causes: Mapping[str, str], today: date) -> str:
    """Why nothing is due, and when something will be."""
    upcoming = next_after(rows, today)
    if upcoming is None:
        return "Er is niets op te frissen: u heeft nog geen oefening afgemaakt."
    known = {causes[row.lesson] for row in rows if row.ended and not _gave_up(row) and row.lesson in causes}
    if len(known) < LESSONS:
        needed = counted(LESSONS, "korte oefening", "korte oefeningen")
        return f"Er is niets op te frissen: daarvoor doet u eerst {needed}, en u deed er {len(known)}."
    return f"Er is nu niets op te frissen. De volgende keer is op {clock.dutch_date(upcoming)}."


def as_json(refresher: Refresher | None, upcoming: date | None) -> dict[str, Any]:
    """`due` (null, or why, since and its lessons) and `next`, the day (ISO) on which something will be due, or null."""
    found = refresher and {
        "why": refresher.why,
        "since": refresher.since.isoformat(),
        "lessons": [
            {"name": one.lesson, "seed": one.seed, "level": one.level, "done": one not in refresher.left}
            for one in refresher.lessons
        ],
    }
    return {"due": found, "next": upcoming.isoformat() if upcoming else None}


# ---- what is kept


def done_by(board: Board, learner: str) -> list[Done]:
    """What a learner did on a board, oldest first."""
    rows = LessonProgress.select().where(LessonProgress.board == board, LessonProgress.learner == learner)
    return [_done(row) for row in rows.order_by(LessonProgress.started_at, LessonProgress.id)]


def _done(row: LessonProgress) -> Done:
    ended: datetime | None = row.finished_at or row.given_up_at
    return Done(
        row.lesson,
        row.mode,
        row.seed,
        _day(row.started_at),
        _day(ended) if ended else None,
        failed=failed(row),
    )


def failed(row: LessonProgress) -> bool:
    """Whether a run that is over was given up, not passed, or as a refresher not without help."""
    return row.given_up_at is not None or row.passed is False or (row.mode == MODE and row.hints + row.helped > 0)


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.AMSTERDAM).date()


def today() -> date:
    """The day by the wall clock, where the school is."""
    return _day(clock.wall_now())


def causes() -> dict[str, str]:
    """The lessons that are short enough, each with its cause."""
    return {script.name: _cause(script) for script in catalogue.lessons() if len(script.steps) - 1 <= LONGEST}


def _cause(script: Script) -> str:
    return script.name if script.board in SHARED else script.board


def due_for(board: Board, learner: str) -> Refresher | None:
    """What a learner is to refresh now."""
    return due(done_by(board, learner), causes(), today())


def due_or_why(board: Board, learner: str) -> Refresher | str:
    """What a learner is to refresh now, or the sentence why nothing is."""
    rows, fit = done_by(board, learner), causes()
    return due(rows, fit, today()) or not_yet(rows, fit, today())
