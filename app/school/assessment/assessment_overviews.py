"""Toetsoverzichten: results of a group, or of all groups, in a period: number, mean, spread and growth per assessment.

A school year has two periods: `midden` until 31 March, `eind` after it. The pupils are those in the group now, for
earlier periods too, so that the same pupils are compared. Of each pupil the latest counting result of a period is used
(`app/school/assessment/counting.py`); growth is the mean difference for the pupils with a score in both periods. All of
it is our choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import fmean

from peewee import ModelSelect, fn

from app import clock
from app.access import Actor
from app.permissions import Permission
from app.refusals import NotFound
from app.school import groups
from app.school.assessment import catalogue, counting
from app.school.assessment.catalogue import Assessment, Subject
from app.school.assessment.counting import Judged
from app.school.assessment.scales import ScoreKind
from app.school.people.status import Status, has_status
from app.school.years import first_day
from models.assessment import Result
from models.school import Group, Placement, Pupil

BANDS = 5
OTHER = "anders"
"""The heading for results that name no level of their assessment."""


@dataclass(frozen=True, order=True)
class Period:
    """Half a school year."""

    school_year: str
    ending: bool

    @property
    def name(self) -> str:
        """`midden 2019-2020`."""
        return f"{'eind' if self.ending else 'midden'} {self.school_year}"

    @property
    def begins(self) -> date:
        """Its first day."""
        return date(int(self.school_year[5:]), 4, 1) if self.ending else first_day(self.school_year)

    @property
    def previous(self) -> Period:
        """The previous period."""
        if self.ending:
            return Period(self.school_year, False)
        year = int(self.school_year[:4]) - 1
        return Period(f"{year}-{year + 1}", True)


@dataclass(frozen=True)
class Line:
    """An assessment in a period: scores and levels of the pupils, next to those of the previous period."""

    assessment: Assessment
    pupils: int
    mean: float | None
    """None when a score is a level, which has no mean."""
    spread: tuple[tuple[str, int], ...]
    """Level, or band of scores, and number of pupils; highest first."""
    pupils_before: int
    mean_before: float | None
    spread_before: tuple[tuple[str, int], ...]
    growth: float | None
    grown: int
    """How many pupils have a score in both periods."""


@dataclass(frozen=True)
class Overview:
    """The lines of a period by subject, the available subjects, and how many results were left out."""

    period: Period
    lines: tuple[Line, ...]
    subjects: tuple[Subject, ...]
    excluded: int
    not_counting: int


def period_of(day: date) -> Period:
    """The period a day lies in."""
    return Period(clock.school_year_of(day), 4 <= day.month <= 7)


def group_choices(actor: Actor) -> list[Group]:
    """The groups the actor may view. Raises `NotAllowed`."""
    actor.require(Permission.VIEW_RESULTS)
    return groups.visible(actor)


def may_see_all(actor: Actor) -> bool:
    """Whether the actor may view all groups together."""
    return actor.may(Permission.VIEW_RESULTS) and actor.may(Permission.VIEW_ALL_PUPILS)


def periods(actor: Actor, group_id: int | None) -> list[Period]:
    """The periods from the current one back to these pupils' first result, latest first."""
    first = Result.select(fn.MIN(Result.date)).where(Result.pupil.in_(_pupils(actor, group_id))).scalar()
    present = period_of(clock.school_today(actor.board))
    oldest = min(present, period_of(first)) if first else present
    found = [present]
    while found[-1] > oldest:
        found.append(found[-1].previous)
    return found


def overview(actor: Actor, group_id: int | None, period: Period, subject_id: str = "") -> Overview:
    """The assessments of a subject, or of all subjects, in a period; `group_id` None means all groups together.

    Raises `NotAllowed`, or `NotFound` for a group the actor may not open.
    """
    known = catalogue.known(actor.board.id)
    found = [
        one
        for one in counting.judged(
            Result.pupil.in_(_pupils(actor, group_id)), Result.part == "", since=period.previous.begins
        )
        if one.result.assessment in known and period_of(one.result.date) <= period
    ]
    now = _latest((one for one in found if period_of(one.result.date) == period), lambda item: item.id, known)
    before = _latest((one for one in found if period_of(one.result.date) < period), lambda item: item.line.id, known)
    shown = [item for item in known.values() if subject_id in ("", item.subject.id)]
    lines = (_line(item, now.get(item.id, {}), before.get(item.line.id, {})) for item in shown)
    left_out = [
        one
        for one in found
        if period_of(one.result.date) == period and not one.counts and known[one.result.assessment] in shown
    ]
    excluded = sum(one.excluded is not None for one in left_out)
    return Overview(
        period,
        tuple(line for line in lines if line.pupils),
        _subjects(found, period, known),
        excluded,
        len(left_out) - excluded,
    )


def _pupils(actor: Actor, group_id: int | None) -> ModelSelect[Pupil]:
    """The pupils enrolled today in the group, or in any basisgroep of this year."""
    if group_id is None:
        actor.require(Permission.VIEW_RESULTS)
        actor.require(Permission.VIEW_ALL_PUPILS)
        chosen = [group.id for group in groups.visible(actor) if group.kind == groups.GroupKind.BASIS]
    else:
        chosen = [group.id for group in group_choices(actor) if group.id == group_id]
        if not chosen:
            raise NotFound("Deze groep is er dit schooljaar niet of is niet uw groep.", field="group")
    seated = Placement.select(Placement.pupil).where(Placement.group.in_(chosen))
    enrolled = has_status(Status.ENROLLED, clock.school_today(actor.board))
    return Pupil.select(Pupil.id).where(Pupil.id.in_(seated), enrolled)


def _latest(
    judged: Iterable[Judged], by: Callable[[Assessment], str], known: dict[str, Assessment]
) -> dict[str, dict[int, Result]]:
    """Each pupil's latest counting result, by assessment or by what it is compared with; the input is in order of
    date.
    """
    latest: dict[str, dict[int, Result]] = {}
    for one in judged:
        if one.counts:
            latest.setdefault(by(known[one.result.assessment]), {})[one.result.pupil_id] = one.result
    return latest


def _line(assessment: Assessment, here: dict[int, Result], before: dict[int, Result]) -> Line:
    """Build a line: `here` holds the results of the assessment, `before` those it is compared with."""
    past = {pupil_id: before[pupil_id] for pupil_id in here if pupil_id in before}
    differences = [here[pupil_id].score - past[pupil_id].score for pupil_id in past]
    return Line(
        assessment,
        len(here),
        _mean(assessment, here),
        _spread(assessment, here),
        len(past),
        _mean(assessment, past),
        _spread(assessment, past),
        fmean(differences) if differences else None,
        len(past),
    )


def _mean(assessment: Assessment, results: dict[int, Result]) -> float | None:
    if not results or assessment.scale.kind is ScoreKind.LEVEL:
        return None
    return fmean(result.score for result in results.values())


def _spread(assessment: Assessment, results: dict[int, Result]) -> tuple[tuple[str, int], ...]:
    labels = assessment.levels or tuple(label for label, _ in _bands(assessment))
    counts = Counter(_label(assessment, result) for result in results.values())
    other = ((OTHER, counts[OTHER]),) if counts[OTHER] else ()
    return (*((label, counts[label]) for label in labels), *other)


def _label(assessment: Assessment, result: Result) -> str:
    if assessment.levels:
        return str(result.level) if result.level in assessment.levels else OTHER
    return next((label for label, least in _bands(assessment) if result.score >= least), OTHER)


def _bands(assessment: Assessment) -> list[tuple[str, int]]:
    """Five bands of scores with the lowest score in each, highest first; one per score when there are few points."""
    maximum = assessment.scale.maximum
    edges = sorted({0, *(round(maximum * number / BANDS) + 1 for number in range(1, BANDS)), maximum + 1})
    bands = [(low, high - 1) for low, high in pairwise(edges)]
    return [(f"{low}-{high}" if low < high else f"{low}", low) for low, high in reversed(bands)]


def _subjects(judged: Iterable[Judged], period: Period, known: dict[str, Assessment]) -> tuple[Subject, ...]:
    found = {known[one.result.assessment].subject for one in judged if period_of(one.result.date) == period}
    return tuple(sorted(found, key=lambda subject: subject.place))
