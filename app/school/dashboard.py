"""Dashboard Mijn Groep: a group's results by subject, and one pupil's over the years (domain.md 8.5, 8.6, 9.1).

Of several sittings of a subject the latest date counts, of two on one day the one stored last; growth is the
difference in ontwikkelscore with the sitting of that subject before it, in whichever school year. Both are our choice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from peewee import ModelSelect

from app import clock
from app.access import Actor, Permission
from app.refusals import NotFound
from app.school import groups, pupils
from app.school.catalogue import Assessment, Subject, all_assessments, lvs_assessments
from app.school.groups import GroupKind
from app.school.names import list_name
from app.school.status import Status, has_status
from models.assessment import Result
from models.school import Group, Placement, Pupil


@dataclass(frozen=True)
class Sitting:
    """What a pupil reached on an assessment on a day."""

    assessment: Assessment
    date: date
    score: int
    """Ontwikkelscore."""
    level: str
    reference_level: str


@dataclass(frozen=True)
class Cell:
    """The latest sitting of a subject this school year, and the one before it if there is one."""

    latest: Sitting
    previous: Sitting | None

    @property
    def growth(self) -> int | None:
        """The difference in ontwikkelscore; none without a previous sitting."""
        return None if self.previous is None else self.latest.score - self.previous.score


@dataclass(frozen=True)
class OverviewRow:
    """A pupil with a cell for each subject sat this school year, by the subject's id."""

    pupil_id: int
    key: str
    list_name: str
    year_group: str
    cells: dict[str, Cell]


@dataclass(frozen=True)
class GroupOverview:
    """A group's pupils by last name, and the subjects that are its columns."""

    group: Group
    school_year: str
    subjects: tuple[Subject, ...]
    rows: tuple[OverviewRow, ...]

    @property
    def empty(self) -> bool:
        """Whether there is no result of this school year at all."""
        return not any(row.cells for row in self.rows)


@dataclass(frozen=True)
class PartScore:
    """The percentage right of a part of an assessment."""

    name: str
    percentage: int


@dataclass(frozen=True)
class SubjectLine:
    """A pupil's sittings of a subject, oldest first, with the parts of the latest."""

    subject: Subject
    sittings: tuple[Sitting, ...]
    parts: tuple[PartScore, ...]


@dataclass(frozen=True)
class PupilLine:
    """A pupil's results over the years, by subject."""

    pupil: Pupil
    subjects: tuple[SubjectLine, ...]


def choices(actor: Actor) -> list[Group]:
    """The groups of this school year the actor may open, basisgroepen first. Raises `NotAllowed`."""
    actor.require(Permission.VIEW_RESULTS)
    return groups.visible(actor)


def group_overview(actor: Actor, group_id: int) -> GroupOverview:
    """The pupils of a group that are enrolled today x the subjects of this school year, in a handful of queries.

    Raises `NotAllowed` without the right to see results, `NotFound` for a group the actor may not open.
    """
    group = next((group for group in choices(actor) if group.id == group_id), None)
    if group is None:
        raise NotFound("Deze groep is er dit schooljaar niet of is niet uw groep.", field="group")
    seated = Placement.select(Placement.pupil).where(Placement.group == group)
    sittings = _sittings_by_pupil(seated)
    today = clock.school_today(actor.board)
    enrolled = Pupil.select().where(Pupil.id.in_(seated), has_status(Status.ENROLLED, today))
    rows = tuple(
        OverviewRow(pupil.id, pupil.key, list_name(pupil.first_name, pupil.prefix, pupil.last_name), pupil.year_group,
                    _cells(sittings.get(pupil.id, {}), group.school_year))
        for pupil in enrolled.order_by(Pupil.sort_name, Pupil.id)
    )  # fmt: skip
    return GroupOverview(group, group.school_year, _subjects(group, rows), rows)


def pupil_line(actor: Actor, pupil_id: int) -> PupilLine:
    """A pupil's sittings by subject, over the years. Raises `NotAllowed` or `NotFound` as `pupils.get_by_id` does."""
    actor.require(Permission.VIEW_RESULTS)
    pupil = pupils.get_by_id(actor, pupil_id)
    results = list(_in_order(Result.pupil == pupil))
    sittings = _by_subject(result for result in results if not result.part)
    lines = (SubjectLine(subject, tuple(found), _parts(found[-1], results)) for subject, found in sittings.items())
    return PupilLine(pupil, tuple(sorted(lines, key=lambda line: line.subject.order)))


def _in_order(*where: object) -> ModelSelect[Result]:
    return Result.select().where(*where).order_by(Result.date, Result.id)


def _sittings_by_pupil(seated: ModelSelect[Placement]) -> dict[int, dict[Subject, list[Sitting]]]:
    results: dict[int, list[Result]] = {}
    for result in _in_order(Result.pupil.in_(seated), Result.part == ""):
        results.setdefault(result.pupil_id, []).append(result)
    return {pupil_id: _by_subject(found) for pupil_id, found in results.items()}


def _by_subject(results: Iterable[Result]) -> dict[Subject, list[Sitting]]:
    """The sittings of each subject in the order of the results; an assessment that left the catalogue is not shown."""
    known = {assessment.id: assessment for assessment in all_assessments()}
    sittings: dict[Subject, list[Sitting]] = {}
    for result in results:
        if assessment := known.get(result.assessment):
            sitting = Sitting(assessment, result.date, result.score, result.level, result.reference_level)
            sittings.setdefault(assessment.subject, []).append(sitting)
    return sittings


def _cells(sittings: dict[Subject, list[Sitting]], school_year: str) -> dict[str, Cell]:
    cells = {}
    for subject, found in sittings.items():
        latest = found[-1]
        # Not `==`: a group stays this year's until there are new ones, also after 1 August.
        if clock.school_year_of(latest.date) >= school_year:
            cells[subject.id] = Cell(latest, found[-2] if len(found) > 1 else None)
    return cells


def _subjects(group: Group, rows: tuple[OverviewRow, ...]) -> tuple[Subject, ...]:
    """What the year groups in the group sit, and whatever else somebody in it has sat."""
    here = set(groups.year_groups_of(group)) or {row.year_group for row in rows}
    if group.kind != GroupKind.BASIS:
        here |= {row.year_group for row in rows}
    subjects = {item.subject for item in lvs_assessments() if here.intersection(item.year_groups)}
    subjects |= {item.latest.assessment.subject for row in rows for item in row.cells.values()}
    return tuple(sorted(subjects, key=lambda subject: subject.order))


def _parts(latest: Sitting, results: list[Result]) -> tuple[PartScore, ...]:
    """The parts of a sitting, in the catalogue's order."""
    assessment = latest.assessment
    scores = {
        result.part: result.score
        for result in results
        if result.part and (result.assessment, result.date) == (assessment.id, latest.date)
    }
    order = [part.id for part in assessment.parts]
    known = sorted(scores, key=lambda part: (order.index(part) if part in order else len(order), part))
    return tuple(PartScore(assessment.part_name(part), scores[part]) for part in known)
