"""One record of Mijnschoolinfo with its related records, such as a pupil's groups and guardians."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.exchange.email import is_email
from app.partners.mijnschoolinfo import editing, lists
from app.partners.mijnschoolinfo.matching import full_name
from app.refusals import NotFound
from models.partners.mijnschoolinfo import (
    MsiGroup,
    MsiGuardian,
    MsiLink,
    MsiMembership,
    MsiPupil,
    MsiSchool,
    MsiStaff,
    MsiTeaching,
)


@dataclass(frozen=True)
class Tie:
    """A related record; `kind` is `pupil`, `guardian`, `staff` or `group`."""

    kind: str
    id: int
    name: str
    note: str


@dataclass(frozen=True)
class Card:
    """A record, its name, why it is as it is, and its related records."""

    record: Any
    name: str
    why: str
    ties: tuple[Tie, ...]


def card(school: MsiSchool, kind: str, number: int) -> Card:
    """The card of a record not deleted here. Raises `NotFound`."""
    record = _group(school, number) if kind == "group" else editing.get(school, kind, number)
    return Card(record, editing.name_of(record), lists.why(record), tuple(_TIES[kind](record)))


def own_groups(school: MsiSchool) -> list[MsiGroup]:
    """The groups created here, by name."""
    return [
        row
        for row in MsiGroup.select().where(MsiGroup.school == school).order_by(MsiGroup.sort_name)
        if not row.esis_id
    ]


def _group(school: MsiSchool, number: int) -> MsiGroup:
    group: MsiGroup | None = MsiGroup.get_or_none(MsiGroup.id == number, MsiGroup.school == school)
    if group is None:
        raise NotFound(f"Groep {number} staat niet in Mijnschoolinfo.")
    return group


def _of_pupil(pupil: MsiPupil) -> list[Tie]:
    groups = MsiGroup.select().join(MsiMembership).where(MsiMembership.pupil == pupil)
    guardians = MsiGuardian.select().join(MsiLink).where(MsiLink.pupil == pupil, MsiGuardian.deleted_at.is_null())
    return [
        *_groups(groups.order_by(MsiGroup.basis.desc(), MsiGroup.sort_name)),
        *(
            Tie("guardian", row.id, row.name, row.email if is_email(row.email) else lists.CANNOT_SIGN_IN)
            for row in guardians.order_by(MsiGuardian.sort_name, MsiGuardian.id)
        ),
    ]


def _of_guardian(guardian: MsiGuardian) -> list[Tie]:
    return _pupils(MsiPupil.select().join(MsiLink).where(MsiLink.guardian == guardian))


def _of_staff(member: MsiStaff) -> list[Tie]:
    return _groups(MsiGroup.select().join(MsiTeaching).where(MsiTeaching.staff == member).order_by(MsiGroup.sort_name))


def _of_group(group: MsiGroup) -> list[Tie]:
    staff = MsiStaff.select().join(MsiTeaching).where(MsiTeaching.group == group, MsiStaff.deleted_at.is_null())
    return [
        *(
            Tie("staff", row.id, full_name(row), lists.why(row))
            for row in staff.order_by(MsiStaff.sort_name, MsiStaff.id)
        ),
        *_pupils(MsiPupil.select().join(MsiMembership).where(MsiMembership.group == group)),
    ]


def _pupils(query: Any) -> list[Tie]:
    here = query.where(MsiPupil.deleted_at.is_null()).order_by(MsiPupil.sort_name, MsiPupil.id)
    return [Tie("pupil", row.id, full_name(row), lists.why(row)) for row in here]


def _groups(query: Any) -> list[Tie]:
    return [Tie("group", row.id, row.name, lists.why(row)) for row in query]


_TIES: dict[str, Any] = {"pupil": _of_pupil, "guardian": _of_guardian, "staff": _of_staff, "group": _of_group}
