"""Likely duplicates when editing by hand (`docs/wie-is-wie.md`): reported, not refused, as in ESIS."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from app.exchange.identity import Carer, Person
from app.exchange.recognising import Register
from app.partners.mijnschoolinfo import editing, matching
from app.partners.mijnschoolinfo.editing import PupilForm
from models.partners.mijnschoolinfo import MsiGuardian, MsiPupil, MsiSchool, MsiStaff

_WHO = {"pupil": "dezelfde leerling", "guardian": "dezelfde verzorger", "staff": "dezelfde medewerker"}


def of_pupil(school: MsiSchool, form: PupilForm) -> tuple[str, ...]:
    """Likely duplicates of a new pupil as typed."""
    return _told(school, "pupil", matching.person(form))


def of_guardian(school: MsiSchool, name: str, email: str, pupil_ids: Collection[int]) -> tuple[str, ...]:
    """Likely duplicates of a new guardian of these pupils."""
    return _told(school, "guardian", Carer(name, email, frozenset(pupil_ids)))


def of_changed(school: MsiSchool, kind: str, number: int, values: Mapping[str, Any]) -> tuple[str, ...]:
    """New duplicates when a name, birth date or address changes; those it already resembled are not reported."""
    row = editing.get(school, kind, number)
    if kind == "staff":
        return ()
    before = set(_of(school, kind, row))
    for name, value in values.items():
        setattr(row, name, value)
    return tuple(sentence for sentence in _of(school, kind, row) if sentence not in before)


def of_deleted(school: MsiSchool, kind: str, number: int) -> tuple[str, ...]:
    """Likely duplicates of a deleted person about to be restored. Raises `NotFound`."""
    row = editing.get(school, kind, number, deleted=True)
    if kind == "staff":
        there = MsiStaff.select().where(MsiStaff.school == school, MsiStaff.deleted_at.is_null())
        return tuple(_sentence(kind, here, "") for here in matching.same_staff({0: row}, there).values())
    return _of(school, kind, row)


def _of(school: MsiSchool, kind: str, row: Any) -> tuple[str, ...]:
    if kind == "pupil":
        return _told(school, kind, matching.person(row), row.id)
    (_, carer), *_ = matching.guardians(school, MsiGuardian.id == row.id)
    return _told(school, kind, replace(carer, name=row.name, email=row.email), row.id)


def _told(school: MsiSchool, kind: str, who: Person | Carer, but_not: int = 0) -> tuple[str, ...]:
    here: Any = (
        matching.pupils(school, MsiPupil.deleted_at.is_null(), MsiPupil.id != but_not)
        if kind == "pupil"
        else matching.guardians(school, MsiGuardian.deleted_at.is_null(), MsiGuardian.id != but_not)
    )
    return tuple(_sentence(kind, one.here, one.reason) for one in Register(here).candidates(who))


def _sentence(kind: str, number: int, reason: str) -> str:
    name = editing.name_of(editing.KINDS[kind].get_by_id(number))
    why = f": {reason}" if reason else ""
    return f"Hier staat al {name} (id {number}){why}. Controleer of dit {_WHO[kind]} is."
