"""What can be typed in for a group, and the lines to type in (menu: Toetsresultaten invoeren).

Offers the assessments that are on at the location and fit the group's year groups, with each of their parts. A line
shows the value typed in for the day, and any other result of the same sitting (`app/school/assessment/counting.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from peewee import fn

from app import clock
from app.access import Actor
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school import groups
from app.school.assessment import assessments, counting
from app.school.assessment.catalogue import Assessment, of_board
from app.school.assessment.counting import ONE_SITTING, Judged
from app.school.assessment.norms import norm_of
from app.school.assessment.scales import ScoreKind
from app.school.people.names import list_name
from app.school.people.status import Status, has_status
from app.school.years import first_day
from models.assessment import Result
from models.history import Change
from models.school import Group, Placement, Pupil


@dataclass(frozen=True)
class Subtest:
    """What is typed in together: an assessment, or one of its parts."""

    assessment: Assessment
    part: str = ""

    @property
    def name(self) -> str:
        """`Rekenen groep 6`, or `Rekenen groep 6: Getallen`."""
        part = self.assessment.part_name(self.part)
        return f"{self.assessment.name}: {part}" if self.part else self.assessment.name

    def read(self, text: str, day: date) -> Values | None:
        """Parse typed text to the values to store; None for an empty line. Raises `Refused` with what is expected."""
        if not text.strip():
            return None
        score, level = self.assessment.scale_of(self.part).read(text)
        if self.part or not self.assessment.normed:
            return Values(score, level)
        norm = norm_of(self.assessment.id)
        return Values(score, norm.level(score, day), norm.reference_level(score))

    def typed(self, result: Result) -> str:
        """A result as it would be typed."""
        kind = self.assessment.scale_of(self.part).kind
        return str(result.level) if kind is ScoreKind.LEVEL else str(result.score)


@dataclass(frozen=True)
class Values:
    """The values of a typed result."""

    score: int
    level: str
    reference_level: str = ""

    @property
    def text(self) -> str:
        """What ESIS adds to a score: `III, 1F`."""
        return ", ".join(part for part in (self.level, self.reference_level) if part)


@dataclass(frozen=True)
class Choice:
    """Something to type in for a group, with how many are typed in for the day or delivered for the sitting."""

    subtest: Subtest
    pupils: int
    typed: int
    delivered: int


@dataclass(frozen=True)
class EntryRow:
    """A pupil's line: the value typed in for the day, and any other result of the same sitting."""

    pupil_id: int
    key: str
    name: str
    text: str
    note: str

    @property
    def field(self) -> str:
        """The name of the line in a form and in refusals."""
        return f"pupil-{self.pupil_id}"


@dataclass(frozen=True)
class EntrySheet:
    """The lines of a group, by last name; `seen` detects whether somebody else typed in the meantime."""

    group: Group
    subtest: Subtest
    day: date
    rows: tuple[EntryRow, ...]
    seen: int


def group_choices(actor: Actor) -> list[Group]:
    """The groups the actor may type results in for. Raises `NotAllowed`."""
    actor.require(Permission.ENTER_RESULTS)
    return groups.visible(actor)


def read_day(actor: Actor, group: Group, text: str) -> date:
    """Parse the day of the sitting: within the group's school year and not in the future. Raises `Refused`."""
    try:
        day = clock.parse_date(text)
    except Refused as refusal:
        raise Refused(refusal.sentence, field="day") from None
    check_day(actor, group, day)
    return day


def check_day(actor: Actor, group: Group, day: date) -> None:
    """Raise `Refused` for a day on which this group cannot have sat anything."""
    today, first = clock.school_today(actor.board), first_day(group.school_year)
    if not first <= day <= today:
        raise Refused(
            f"{clock.dutch_date(day)} kan niet. Typ een dag van dit schooljaar die geweest is: van "
            f"{clock.dutch_date(first)} tot en met {clock.dutch_date(today)}.",
            field="day",
        )


def choices(actor: Actor, group_id: int, day: date) -> list[Choice]:
    """The assessments that are on and fit the group, each with its parts. Raises `NotAllowed` or `NotFound`."""
    group = _group(actor, group_id)
    seated, fitting = _seated(group, day), _fitting(actor, group)
    near = _near(seated, fitting, day)
    found = []
    for assessment in fitting:
        pupils = len(_sitting(group, seated, assessment))
        for part in ("", *(part.id for part in assessment.parts)):
            here = near.get((assessment.id, part), [])
            typed = sum(one.by_hand and one.result.date == day for one in here)
            found.append(Choice(Subtest(assessment, part), pupils, typed, sum(not one.by_hand for one in here)))
    return found


def sheet(actor: Actor, group_id: int, assessment_id: str, part: str, day: date) -> EntrySheet:
    """The lines to type in. Raises `NotAllowed`, or `NotFound` for what cannot be typed in for this group."""
    group = _group(actor, group_id)
    subtest = _subtest(actor, group, assessment_id, part)
    pupils = _sitting(group, _seated(group, day), subtest.assessment)
    near: dict[int, list[Judged]] = {}
    for one in _near(pupils, [subtest.assessment], day).get((assessment_id, part), []):
        near.setdefault(one.result.pupil_id, []).append(one)
    rows = tuple(_row(pupil, subtest, day, near.get(pupil.id, [])) for pupil in pupils)
    last = Change.select(fn.MAX(Change.id)).where(Change.pupil_id.in_([pupil.id for pupil in pupils])).scalar()
    return EntrySheet(group, subtest, day, rows, int(last or 0))


def _group(actor: Actor, group_id: int) -> Group:
    group = next((group for group in group_choices(actor) if group.id == group_id), None)
    if group is None:
        raise NotFound("Deze groep is er dit schooljaar niet of is niet uw groep.", field="group")
    return group


def _fitting(actor: Actor, group: Group) -> list[Assessment]:
    active, year_groups = assessments.active_ids(actor.location.id), set(groups.year_groups_of(group))
    return [
        item
        for item in of_board(actor.board.id)
        if item.id in active and item.in_use and (not year_groups or year_groups.intersection(item.year_groups))
    ]


def _subtest(actor: Actor, group: Group, assessment_id: str, part: str) -> Subtest:
    for assessment in _fitting(actor, group):
        if assessment.id == assessment_id and part in ("", *(one.id for one in assessment.parts)):
            return Subtest(assessment, part)
    raise NotFound("Deze toets staat niet aan of past niet bij deze groep (Beheer > Toetsen > Toetsen activeren).")


def _seated(group: Group, day: date) -> list[Pupil]:
    seated = Placement.select(Placement.pupil).where(Placement.group == group)
    query = Pupil.select().where(Pupil.id.in_(seated), has_status(Status.ENROLLED, day))
    return list(query.order_by(Pupil.sort_name, Pupil.id))


def _sitting(group: Group, pupils: list[Pupil], assessment: Assessment) -> list[Pupil]:
    """In a group with several year groups, only the pupils the assessment is for."""
    one_year = len(groups.year_groups_of(group)) == 1
    return [pupil for pupil in pupils if one_year or pupil.year_group in assessment.year_groups]


def _near(pupils: Collection[Pupil], wanted: Collection[Assessment], day: date) -> dict[tuple[str, str], list[Judged]]:
    """The results of the same sitting, by assessment and part."""
    near: dict[tuple[str, str], list[Judged]] = {}
    ids, assessment_ids = [pupil.id for pupil in pupils], [item.id for item in wanted]
    for one in counting.judged(Result.pupil.in_(ids), Result.assessment.in_(assessment_ids)):
        if abs(one.result.date - day) < ONE_SITTING:
            near.setdefault((one.result.assessment, one.result.part), []).append(one)
    return near


def _row(pupil: Pupil, subtest: Subtest, day: date, near: Iterable[Judged]) -> EntryRow:
    text, notes = "", []
    for one in near:
        if one.by_hand and one.result.date == day:
            text = subtest.typed(one.result)
            notes += [one.why] if one.why else []
        else:
            notes.append(_note(subtest, one))
    name = list_name(pupil.first_name, pupil.prefix, pupil.last_name)
    return EntryRow(pupil.id, pupil.key, name, text, "; ".join(notes))


def _note(subtest: Subtest, one: Judged) -> str:
    how = "ingevoerd" if one.by_hand else "geleverd"
    text = subtest.assessment.scale_of(subtest.part).text(one.result.score, one.result.level)
    return f"{how} {clock.dutch_date(one.result.date)}: {text} ({one.standing})"
