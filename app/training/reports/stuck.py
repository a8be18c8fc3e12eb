"""Where people get stuck: figures of each step of each lesson, as pure functions of what happened.

For every step, over the runs in which it was given (exams too):

- the minutes are those from when it was given until it was done, while the lesson was open, of the runs that did it: their
  median, and the 90th percentile by nearest rank (the shortest time within which at least nine of ten did it);
- a share is of the runs that got it: at hint 3, with a remark, helped by the trainer, left: the last thing in
  the run is that it was left at this step, without coming back. A run that the trainer's reset of the board ended was not
  left by that;
- **stuck** is a run with any of those four. Steps are ranked by the number of runs that got stuck there, then by their share,
  then by the median, longest first.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.exchange.csv_text import csv_text
from app.training.reports.happened import LEFT, Event, Run, open_time

LAST_HINT = "3"
TITLES = (
    "les",
    "stap",
    "wat",
    "kregen",
    "deden",
    "liepen vast",
    "deel vast",
    "minuten (mediaan)",
    "minuten (p90)",
    "deel hint 3",
    "deel opmerking",
    "deel gestopt",
    "deel geholpen",
)


@dataclass(frozen=True)
class Visit:
    """One step in one run."""

    step: int
    minutes: float | None
    """Until it was done; None if it is not."""
    last_hint: bool = False
    remarks: tuple[str, ...] = ()
    """The checks of what was said, each time it was."""
    left: bool = False
    helped: bool = False

    @property
    def stuck(self) -> bool:
        """Whether this run got stuck here."""
        return self.last_hint or bool(self.remarks) or self.left or self.helped


@dataclass(frozen=True)
class StepFigures:
    """One step of a lesson over all runs that got it."""

    lesson: str
    step: int
    given: int
    done: int
    stuck: int
    median: float | None
    """Minutes, of those who did it; None if nobody did."""
    p90: float | None
    last_hint: int
    remarked: int
    left: int
    helped: int
    remarks: tuple[tuple[str, int], ...] = field(default=())
    """The checks of the remarks made here, and how often each, most often first."""
    title: str = ""

    def share(self, number: int) -> float:
        """A number of runs as a share of those that got it, 0 to 1."""
        return number / self.given if self.given else 0.0

    def as_json(self) -> dict[str, Any]:
        """Its fields by name, and each share."""
        shares = {f"share_{name}": round(self.share(getattr(self, name)), 4) for name in SHARES}
        return {
            **asdict(self),
            "remarks": [{"check": check, "times": times} for check, times in self.remarks],
            **shares,
        }


SHARES = ("stuck", "last_hint", "remarked", "left", "helped")


@dataclass(frozen=True)
class LessonFigures:
    """A lesson over all its runs."""

    lesson: str
    runs: int
    finished: int
    given_up: int
    steps: tuple[StepFigures, ...]
    """Where most get stuck first."""
    title: str = ""

    @property
    def stuck(self) -> int:
        """The most runs that got stuck at one step."""
        return max((step.stuck for step in self.steps), default=0)


def lessons(runs: Sequence[Run]) -> list[LessonFigures]:
    """The figures of each lesson in these runs; first the one with the step where most get stuck."""
    of_lesson: dict[str, list[Run]] = defaultdict(list)
    for run in runs:
        of_lesson[run.progress.lesson].append(run)
    found = [_lesson(name, these) for name, these in of_lesson.items()]
    return sorted(found, key=lambda one: (rank(one.steps[0]) if one.steps else (0, 0.0, 0.0), one.lesson))


def steps(runs: Sequence[Run]) -> list[StepFigures]:
    """The figures of every step of every lesson in these runs, where most get stuck first."""
    found = (step for lesson in lessons(runs) for step in lesson.steps)
    return sorted(found, key=lambda step: (rank(step), step.lesson, step.step))


def rank(step: StepFigures) -> tuple[int, float, float]:
    """What steps are ordered by: least first."""
    return -step.stuck, -step.share(step.stuck), -(step.median or 0.0)


def _lesson(name: str, runs: Sequence[Run]) -> LessonFigures:
    visits: dict[int, list[Visit]] = defaultdict(list)
    for run in runs:
        for visit in visited(run.events, gone=run.given_up_at):
            visits[visit.step].append(visit)
    found = [figures(name, step, these) for step, these in visits.items()]
    finished = sum(run.progress.finished_at is not None for run in runs)
    given_up = sum(run.given_up_at is not None for run in runs)
    return LessonFigures(
        name, len(runs), finished, given_up, tuple(sorted(found, key=lambda step: (rank(step), step.step)))
    )


def figures(lesson: str, step: int, visits: Sequence[Visit]) -> StepFigures:
    """The figures of a step over these visits of it."""
    minutes = sorted(visit.minutes for visit in visits if visit.minutes is not None)
    remarks = Counter(check for visit in visits for check in visit.remarks)
    return StepFigures(
        lesson,
        step,
        given=len(visits),
        done=len(minutes),
        stuck=sum(visit.stuck for visit in visits),
        median=statistics.median(minutes) if minutes else None,
        p90=percentile(minutes, 90) if minutes else None,
        last_hint=sum(visit.last_hint for visit in visits),
        remarked=sum(bool(visit.remarks) for visit in visits),
        left=sum(visit.left for visit in visits),
        helped=sum(visit.helped for visit in visits),
        remarks=tuple(sorted(remarks.items(), key=lambda one: (-one[1], one[0]))),
    )


def percentile(ordered: Sequence[float], percent: int) -> float:
    """The nearest rank: the least of these, in order, that at least so many percent do not exceed."""
    return ordered[max(math.ceil(percent * len(ordered) / 100), 1) - 1]


def visited(events: Sequence[Event], gone: datetime | None = None) -> Iterator[Visit]:
    """Each step that was given in a run, once, by number; `gone` is when the run was given up."""
    given: dict[int, datetime] = {}
    done: dict[int, datetime] = {}
    more: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.kind == "given":
            given.setdefault(event.step, event.at)
        elif event.kind == "done":
            done.setdefault(event.step, event.at)
        else:
            more[event.step].append(event)
    ended_at = _left_at(events, gone, done)
    for step in sorted(given):
        taken = open_time(events, given[step], done[step]) if step in done else None
        yield Visit(
            step,
            None if taken is None else minutes(taken),
            last_hint=any(one.kind == "hint" and one.detail == LAST_HINT for one in more[step]),
            remarks=tuple(one.detail for one in more[step] if one.kind == "remark"),
            left=step == ended_at,
            helped=any(one.kind == "helped" for one in more[step]),
        )


def minutes(taken: timedelta) -> float:
    """A time in minutes."""
    return taken.total_seconds() / 60


def _left_at(events: Sequence[Event], gone: datetime | None, done: Iterable[int]) -> int:
    """The step at which a run was left for good; 0: it was not, or it was done."""
    if not events or not (gone is not None or events[-1].kind == LEFT):
        return 0
    at = next((event.step for event in reversed(events) if event.kind == "given"), 0)
    return 0 if at in done else at


def as_csv(rows: Sequence[StepFigures]) -> str:
    """The figures as CSV (`app.exchange.csv_text`), shares as a number from 0 to 1, minutes with one decimal."""
    return csv_text([TITLES, *(_cells(row) for row in rows)])


def _cells(row: StepFigures) -> tuple[str | int | float, ...]:
    shares = {name: round(row.share(getattr(row, name)), 3) for name in SHARES}
    times = ("" if value is None else round(value, 1) for value in (row.median, row.p90))
    return (
        row.lesson,
        row.step,
        row.title,
        row.given,
        row.done,
        row.stuck,
        shares["stuck"],
        *times,
        shares["last_hint"],
        shares["remarked"],
        shares["left"],
        shares["helped"],
    )
