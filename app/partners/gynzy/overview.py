"""What Gynzy shows its beheerder: groups, pupils with their progress, and results. Only reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from peewee import fn

from app import clock
from app.counted import counted
from app.exchange.names import folded
from app.partners import pupil_at_partners
from app.partners.gynzy import methods
from app.partners.pupil_at_partners import PupilAtPartner
from models.partners.gynzy import GynzyGroup, GynzyOutcome, GynzyProgress, GynzyPupil, GynzySchool

SYSTEM = "Gynzy"


@dataclass(frozen=True)
class PupilRow:
    """A pupil in a list; `group` is empty for somebody whose group is archived."""

    pupil: GynzyPupil
    group: str
    exercises: int
    outcomes: int

    @property
    def name(self) -> str:
        """First name, prefix and last name."""
        return " ".join(part for part in (self.pupil.first_name, self.pupil.prefix, self.pupil.last_name) if part)

    @property
    def state(self) -> str:
        """`uit ESIS`, `zelf gemaakt` or `niet actief`."""
        return "niet actief" if not self.pupil.active else "zelf gemaakt" if self.pupil.own else "uit ESIS"


@dataclass(frozen=True)
class GroupRow:
    """A group in a list."""

    group: GynzyGroup
    pupils: int
    outcomes: int


@dataclass(frozen=True)
class OutcomeRow:
    """A result in a list, with the name of its assessment."""

    outcome: GynzyOutcome
    assessment: str


def pupil_count(school: GynzySchool, asked: str = "") -> int:
    """How many accounts there are, with what was asked for in their name."""
    return int(_pupils(school, asked).count())


def pupils(school: GynzySchool, asked: str = "", offset: int = 0, limit: int = 100) -> list[PupilRow]:
    """Accounts by last name, so that the two of one pupil stand together; who is not active at the end."""
    order = (GynzyPupil.active.desc(), GynzyPupil.sort_name, GynzyPupil.id)
    return _rows(school, list(_pupils(school, asked).order_by(*order).offset(offset).limit(limit)))


def accounts(school: GynzySchool, own: bool) -> list[GynzyPupil]:
    """The active accounts that were made by hand, or those that ESIS delivered, by name."""
    query = GynzyPupil.select().where(GynzyPupil.school == school, GynzyPupil.active, GynzyPupil.own == own)
    return list(query.order_by(GynzyPupil.sort_name, GynzyPupil.id))


def groups(school: GynzySchool) -> list[GroupRow]:
    """The groups, the archived ones of earlier years at the end."""
    members: Counter[str] = Counter()
    active = GynzyPupil.select(GynzyPupil.group_key, GynzyPupil.composite_keys)
    for pupil in active.where(GynzyPupil.school == school, GynzyPupil.active):
        members.update({pupil.group_key, *pupil.composite_keys.split("\n")})
    results: Any = (
        GynzyOutcome.select(GynzyOutcome.group, fn.COUNT(GynzyOutcome.id))
        .where(GynzyOutcome.school == school)
        .group_by(GynzyOutcome.group)
        .tuples()
    )
    made = dict(results)
    order = (
        GynzyGroup.active.desc(),
        GynzyGroup.school_year.desc(),
        GynzyGroup.composite,
        GynzyGroup.year_group,
        GynzyGroup.sort_name,
    )
    rows = GynzyGroup.select().where(GynzyGroup.school == school).order_by(*order)
    return [GroupRow(row, members[row.key], made.get(row.id, 0)) for row in rows]


def outcomes(school: GynzySchool, group: GynzyGroup) -> list[OutcomeRow]:
    """The results made in a group, also an archived one; newest first, then by pupil."""
    names = {item.id: item.name for method in methods.methods() for item in method.assessments}
    rows = (
        GynzyOutcome.select(GynzyOutcome, GynzyPupil)
        .join(GynzyPupil)
        .where(GynzyOutcome.school == school, GynzyOutcome.group == group)
        .order_by(GynzyOutcome.date.desc(), GynzyOutcome.assessment, GynzyPupil.sort_name, GynzyOutcome.id)
    )
    return [OutcomeRow(row, names.get(row.assessment, row.assessment)) for row in rows]


def holding(location_id: int, key: str) -> PupilAtPartner:
    """What Gynzy has of a pupil, and how far the pupil is."""
    school = GynzySchool.get_or_none(GynzySchool.location == location_id)
    if school is None:
        return PupilAtPartner(SYSTEM, note="Deze vestiging heeft geen account.")
    pupil = GynzyPupil.get_or_none(GynzyPupil.school == school, GynzyPupil.key == key)
    if pupil is None:
        when = f"Opgehaald {clock.dutch_moment(school.pulled_at)}." if school.pulled_at else "Nog niets opgehaald."
        return pupil_at_partners.of(SYSTEM, None, {}, when)
    (row,) = _rows(school, [pupil])
    gone = "" if pupil.active else "Niet meer actief; "
    return pupil_at_partners.of(
        SYSTEM,
        pupil,
        {pupil.group_key: row.group},
        f"{gone}{counted(row.exercises, 'opgave', 'opgaven')} geoefend, "
        f"{counted(row.outcomes, 'toetsresultaat', 'toetsresultaten')}.",
    )


def _rows(school: GynzySchool, found: list[GynzyPupil]) -> list[PupilRow]:
    active = GynzyGroup.select().where(GynzyGroup.school == school, GynzyGroup.active)
    names = {group.key: group.name for group in active}
    done = _summed(GynzyProgress, fn.SUM(GynzyProgress.exercises), found)
    made = _summed(GynzyOutcome, fn.COUNT(GynzyOutcome.id), found)
    return [PupilRow(row, names.get(row.group_key, ""), done.get(row.id, 0), made.get(row.id, 0)) for row in found]


def _summed(model: Any, what: Any, found: list[GynzyPupil]) -> dict[int, int]:
    rows = model.select(model.pupil, what).where(model.pupil.in_([row.id for row in found])).group_by(model.pupil)
    return {pupil: int(number) for pupil, number in rows.tuples()}


def _pupils(school: GynzySchool, asked: str):  # type: ignore[no-untyped-def]  # peewee's queries have no useful type
    query = GynzyPupil.select().where(GynzyPupil.school == school)
    for word in folded(asked).split():
        query = query.where(GynzyPupil.sort_name.contains(word))
    return query
