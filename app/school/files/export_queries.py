"""The queries behind user-defined exports: the rows per subject, and the texts for the values read."""

from __future__ import annotations

from datetime import date
from typing import Any

from peewee import JOIN, Case

from app.access import Actor, group_ids
from app.school.assessment import catalogue
from app.school.groups import GroupKind, in_order, listed
from app.school.people.status import Status, has_status
from app.school.teaching import groups_before
from models.assessment import ExcludedResult, Result
from models.school import Group, Guardian, Placement, Pupil, PupilGuardian, StaffMember

Names = dict[Any, Any]


def _sitting(actor: Actor, year: str, query: Any) -> Any:
    """Add the basisgroep to the query about pupils, and limit it to those the actor may see."""
    sits = (Placement.pupil == Pupil.id) & (Placement.school_year == year) & (Placement.kind == GroupKind.BASIS)
    query = (
        query.switch(Pupil)
        .join(Placement, JOIN.LEFT_OUTER, on=sits)
        .join(Group, JOIN.LEFT_OUTER, on=Placement.group == Group.id)
        .where(Pupil.location == actor.location)
    )
    allowed = group_ids(actor, year)
    if allowed is None:
        return query
    return query.where(Pupil.id.in_(Placement.select(Placement.pupil).where(Placement.group.in_(allowed))))


def pupils(actor: Actor, year: str, columns: list[Any]) -> Any:
    """One row per pupil."""
    return _sitting(actor, year, Pupil.select(*columns))


def guardians(actor: Actor, year: str, columns: list[Any]) -> Any:
    """One row per guardian of a pupil."""
    query = Pupil.select(*columns).join(PupilGuardian, on=PupilGuardian.pupil == Pupil.id)
    return _sitting(actor, year, query.join(Guardian, on=PupilGuardian.guardian == Guardian.id))


def results(actor: Actor, year: str, columns: list[Any]) -> Any:
    """One row per result of a pupil, with whether it is excluded."""
    query = Pupil.select(*columns).join(Result, on=Result.pupil == Pupil.id)
    return _sitting(actor, year, query.join(ExcludedResult, JOIN.LEFT_OUTER, on=ExcludedResult.result == Result.id))


def staff(actor: Actor, year: str, columns: list[Any]) -> Any:  # noqa: ARG001
    """One row per staff member."""
    return StaffMember.select(*columns).where(StaffMember.location == actor.location)


def groups(actor: Actor, year: str, columns: list[Any]) -> Any:
    """One row per group of the school year."""
    return Group.select(*columns).where(Group.location == actor.location, Group.school_year == year)


def status(today: date) -> Any:
    """The column with the status of a pupil on a day."""
    return Case(None, [(has_status(status, today), str(status)) for status in Status], "")


def groups_of_staff(actor: Actor, year: str) -> Names:
    """The names of the groups that staff teach, by staff id."""
    staff = [row.id for row in StaffMember.select(StaffMember.id).where(StaffMember.location == actor.location)]
    return {id: ", ".join(group.name for group in in_order(some)) for id, some in groups_before(staff, year).items()}


def teachers(actor: Actor, year: str) -> Names:
    """The names of the teachers, by group id."""
    return {row.id: ", ".join(row.teachers) for row in listed(actor, year)}


def sizes(actor: Actor, year: str) -> Names:
    """The number of pupils, by group id."""
    return {row.id: row.pupils for row in listed(actor, year)}


def assessments(actor: Actor, year: str) -> Names:  # noqa: ARG001
    """The names of the assessments."""
    return {id: assessment.name for id, assessment in catalogue.known(actor.board.id).items()}


def parts(actor: Actor, year: str) -> Names:  # noqa: ARG001
    """The names of the parts of assessments."""
    return {part.id: part.name for item in catalogue.known(actor.board.id).values() for part in item.parts}
