"""Dashboard Mijn Groep: a group's results by subject, and one pupil's over the years (sources.md#dashboard).

Of several sittings of a subject the latest is shown; growth is the difference in score with the previous sitting of
that subject, in any school year. Only counting results are sittings (`app/school/assessment/counting.py`). A board's
own assessment without an ontwikkelscore has a column of its own. All of it is our choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app import clock
from app.access import Actor
from app.permissions import Permission
from app.refusals import NotFound
from app.school import groups
from app.school.assessment import catalogue, counting
from app.school.assessment.catalogue import Assessment, Subject, lvs_assessments
from app.school.assessment.counting import Judged
from app.school.assessment.scales import PERCENTAGE, Scale, ScoreKind
from app.school.groups import GroupKind
from app.school.people import pupils
from app.school.people.names import list_name
from app.school.people.status import Status, has_status
from models.assessment import Result
from models.school import Group, Placement, Pupil


@dataclass(frozen=True)
class Sitting:
    """A pupil's result on an assessment on a day."""

    assessment: Assessment
    date: date
    score: int
    """Ontwikkelscore; for an own assessment possibly another kind of score (`assessment.scale`)."""
    level: str
    reference_level: str
    by_hand: bool = False

    @property
    def number(self) -> str:
        """The score as text; empty when the score is a level."""
        scale = self.assessment.scale
        return "" if scale.kind is ScoreKind.LEVEL else scale.text(self.score, self.level)


@dataclass(frozen=True)
class Cell:
    """The latest sitting of a subject this school year, and the previous one, if any."""

    latest: Sitting
    previous: Sitting | None

    @property
    def growth(self) -> int | None:
        """The difference in score; none without a previous sitting."""
        return None if self.previous is None else self.latest.score - self.previous.score


@dataclass(frozen=True)
class OverviewRow:
    """A pupil with a cell for each subject of this school year, by subject id."""

    pupil_id: int
    key: str
    list_name: str
    year_group: str
    cells: dict[str, Cell]


@dataclass(frozen=True)
class GroupOverview:
    """A group's pupils by last name, with the subjects as columns."""

    group: Group
    school_year: str
    subjects: tuple[Subject, ...]
    rows: tuple[OverviewRow, ...]
    left_out: int = 0
    """How many results of this school year do not count."""

    @property
    def by_hand(self) -> bool:
        """Whether something shown was typed in by hand."""
        return any(cell.latest.by_hand for row in self.rows for cell in row.cells.values())

    @property
    def empty(self) -> bool:
        """Whether there is no result of this school year."""
        return not any(row.cells for row in self.rows)


@dataclass(frozen=True)
class PartScore:
    """The score on a part of an assessment, usually the percentage right."""

    name: str
    score: int
    level: str = ""
    scale: Scale = PERCENTAGE

    @property
    def text(self) -> str:
        """The score as text: `70%`, `70`, `1F`."""
        return self.scale.text(self.score, self.level)

    @property
    def share(self) -> float:
        """The share of the maximum, from 0 to 1."""
        return min(1.0, self.score / self.scale.maximum)


@dataclass(frozen=True)
class LeftOut:
    """A result that does not count, and why; `part` is the name of its part, if any."""

    assessment: Assessment
    part: str
    date: date
    text: str
    why: str


@dataclass(frozen=True)
class SubjectLine:
    """A pupil's sittings of a subject, oldest first, with the parts of the latest and what does not count."""

    subject: Subject
    sittings: tuple[Sitting, ...]
    parts: tuple[PartScore, ...]
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class PupilLine:
    """A pupil's results over the years, by subject."""

    pupil: Pupil
    subjects: tuple[SubjectLine, ...]


def choices(actor: Actor) -> list[Group]:
    """The groups of this school year that the actor may open, basisgroepen first. Raises `NotAllowed`."""
    actor.require(Permission.VIEW_RESULTS)
    return groups.visible(actor)


def group_overview(actor: Actor, group_id: int) -> GroupOverview:
    """The pupils enrolled in a group today and the subjects of this school year, in a handful of queries.

    Raises `NotAllowed` without the right to see results, `NotFound` for a group the actor may not open.
    """
    group = next((group for group in choices(actor) if group.id == group_id), None)
    if group is None:
        raise NotFound("Deze groep is er dit schooljaar niet of is niet uw groep.", field="group")
    seated = Placement.select(Placement.pupil).where(Placement.group == group)
    known = catalogue.known(actor.board.id)
    judged = [
        one for one in counting.judged(Result.pupil.in_(seated), Result.part == "") if one.result.assessment in known
    ]
    sittings = _sittings_by_pupil(judged, known)
    enrolled = Pupil.select().where(Pupil.id.in_(seated), has_status(Status.ENROLLED, clock.school_today(actor.board)))
    rows = tuple(
        OverviewRow(
            pupil.id,
            pupil.key,
            list_name(pupil.first_name, pupil.prefix, pupil.last_name),
            pupil.year_group,
            _cells(sittings.get(pupil.id, {}), group.school_year),
        )
        for pupil in enrolled.order_by(Pupil.sort_name, Pupil.id)
    )
    here = {row.pupil_id for row in rows}
    left_out = sum(
        not one.counts and one.result.pupil_id in here and _is_in(one.result.date, group.school_year) for one in judged
    )
    return GroupOverview(group, group.school_year, _subjects(group, rows), rows, left_out)


def pupil_line(actor: Actor, pupil_id: int) -> PupilLine:
    """A pupil's sittings by subject, over the years. Raises `NotAllowed` or `NotFound` as `pupils.get_by_id` does."""
    actor.require(Permission.VIEW_RESULTS)
    pupil = pupils.get_by_id(actor, pupil_id)
    known = catalogue.known(actor.board.id)
    judged = [one for one in counting.judged(Result.pupil == pupil) if one.result.assessment in known]
    sittings = _by_subject((one for one in judged if not one.result.part), known)
    left_out = _left_out(judged, known)
    lines = (
        SubjectLine(subject, tuple(found), _parts(found[-1], judged) if found else (), tuple(left_out.get(subject, ())))
        for subject in sittings.keys() | left_out.keys()
        for found in [sittings.get(subject, [])]
    )
    return PupilLine(pupil, tuple(sorted(lines, key=lambda line: line.subject.place)))


def _sittings_by_pupil(
    judged: Iterable[Judged], known: Mapping[str, Assessment]
) -> dict[int, dict[Subject, list[Sitting]]]:
    results: dict[int, list[Judged]] = {}
    for one in judged:
        results.setdefault(one.result.pupil_id, []).append(one)
    return {pupil_id: _by_subject(found, known) for pupil_id, found in results.items()}


def _by_subject(judged: Iterable[Judged], known: Mapping[str, Assessment]) -> dict[Subject, list[Sitting]]:
    """The counting results as sittings, by what they are compared with, in the order of the results."""
    sittings: dict[Subject, list[Sitting]] = {}
    for one in judged:
        result, assessment = one.result, known[one.result.assessment]
        if one.counts:
            sitting = Sitting(assessment, result.date, result.score, result.level, result.reference_level, one.by_hand)
            sittings.setdefault(assessment.line, []).append(sitting)
    return sittings


def _left_out(judged: Iterable[Judged], known: Mapping[str, Assessment]) -> dict[Subject, list[LeftOut]]:
    found: dict[Subject, list[LeftOut]] = {}
    for one in judged:
        result, assessment = one.result, known[one.result.assessment]
        if not one.counts:
            text = assessment.scale_of(result.part).text(result.score, result.level)
            part = assessment.part_name(result.part) if result.part else ""
            found.setdefault(assessment.line, []).append(LeftOut(assessment, part, result.date, text, one.why))
    return found


def _cells(sittings: dict[Subject, list[Sitting]], school_year: str) -> dict[str, Cell]:
    cells = {}
    for subject, found in sittings.items():
        latest = found[-1]
        if _is_in(latest.date, school_year):
            cells[subject.id] = Cell(latest, found[-2] if len(found) > 1 else None)
    return cells


def _is_in(day: date, school_year: str) -> bool:
    """Whether a day belongs to the school year. Not `==`: a group stays this year's until there are new ones, also
    after 1 August.
    """
    return clock.school_year_of(day) >= school_year


def _subjects(group: Group, rows: tuple[OverviewRow, ...]) -> tuple[Subject, ...]:
    """The subjects for the year groups in the group, and any other subject one of its pupils has a result for."""
    here = set(groups.year_groups_of(group)) or {row.year_group for row in rows}
    if group.kind != GroupKind.BASIS:
        here |= {row.year_group for row in rows}
    subjects = {item.subject for item in lvs_assessments() if here.intersection(item.year_groups)}
    subjects |= {item.latest.assessment.line for row in rows for item in row.cells.values()}
    return tuple(sorted(subjects, key=lambda subject: subject.place))


def _parts(latest: Sitting, judged: list[Judged]) -> tuple[PartScore, ...]:
    """The counting parts of a sitting, in catalogue order."""
    assessment = latest.assessment
    scores = {
        one.result.part: one.result
        for one in judged
        if one.counts and one.result.part and (one.result.assessment, one.result.date) == (assessment.id, latest.date)
    }
    order = [part.id for part in assessment.parts]
    known = sorted(scores, key=lambda part: (order.index(part) if part in order else len(order), part))
    return tuple(_part_score(assessment, scores[part]) for part in known)


def _part_score(assessment: Assessment, result: Result) -> PartScore:
    scale = assessment.scale_of(result.part)
    level = result.level if scale.kind is ScoreKind.LEVEL else ""
    return PartScore(assessment.part_name(result.part), result.score, level, scale)
