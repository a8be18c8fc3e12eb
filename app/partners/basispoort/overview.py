"""Read-only queries for Basispoort's screens: its pupils and groups, and how the last pull from ESIS went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from app import clock
from app.exchange.names import folded, search_words
from app.partners import pupil_at_partners
from app.partners.basispoort.account import ID, NAME
from app.partners.pupil_at_partners import PupilAtPartner
from app.runs import State, last_tried
from models.partners.basispoort import BasispoortGroup, BasispoortPupil, BasispoortSchool


@dataclass(frozen=True)
class GroupRow:
    """A group with the number of its pupils."""

    group: BasispoortGroup
    pupils: int


@dataclass(frozen=True)
class PupilInGroup:
    """A pupil with the name of its group."""

    pupil: BasispoortPupil
    group: str


@dataclass(frozen=True)
class Source:
    """Where the current data came from, and what has gone wrong since."""

    at: datetime | None
    by_hand: bool
    failed_at: datetime | None = None
    failure: str = ""
    """Why the last pull brought nothing, as a sentence; empty if it succeeded."""


def source(school: BasispoortSchool) -> Source:
    """The most recent pull or upload, with the failure of any later pull."""
    pulled, uploaded = school.pulled_at, school.uploaded_at
    by_hand = uploaded is not None and (pulled is None or uploaded > pulled)
    at = uploaded if by_hand else pulled
    last = last_tried(school.location_id, ID)
    if last is None or last.state != State.FAILED or (pulled is not None and last.slot <= pulled):
        return Source(at, by_hand)
    return Source(at, by_hand, last.slot, str(last.error))


def pupil_count(school: BasispoortSchool, asked: str = "") -> int:
    """The number of pupils whose name or number matches the search."""
    return int(_pupils(school, asked).count())


def pupils(school: BasispoortSchool, asked: str = "", offset: int = 0, limit: int = 100) -> Sequence[PupilInGroup]:
    """Pupils by last name; two queries per page."""
    order = (BasispoortPupil.sort_name, BasispoortPupil.id)
    names = _group_names(school.id)
    found = _pupils(school, asked).order_by(*order).offset(offset).limit(limit)
    return [PupilInGroup(row, names.get(row.group_key, "")) for row in found]


def groups(school: BasispoortSchool) -> list[GroupRow]:
    """Groups by year group and name, in two queries; pupils of an instruction group are counted by its key."""
    counted: Any = (
        BasispoortPupil.select(BasispoortPupil.group_key, BasispoortPupil.composite_keys, fn.COUNT(BasispoortPupil.id))
        .where(BasispoortPupil.school == school)
        .group_by(BasispoortPupil.group_key, BasispoortPupil.composite_keys)
        .tuples()
    )
    numbers: dict[str, int] = {}
    for key, more, number in counted:
        for one in {key, *more.split("\n")}:
            numbers[one] = numbers.get(one, 0) + number
    held = BasispoortGroup.select().where(BasispoortGroup.school == school)
    ordered = held.order_by(BasispoortGroup.composite, BasispoortGroup.year_group, BasispoortGroup.sort_name)
    return [GroupRow(row, numbers.get(row.key, 0)) for row in ordered]


def holding(location_id: int, key: str) -> PupilAtPartner:
    """What Basispoort holds for a pupil."""
    school = BasispoortSchool.get_or_none(BasispoortSchool.location == location_id)
    if school is None:
        return PupilAtPartner(NAME, note="Deze vestiging heeft geen account.")
    pupil = BasispoortPupil.get_or_none(BasispoortPupil.school == school, BasispoortPupil.key == key)
    found = source(school)
    how = "Met een bestand ingelezen" if found.by_hand else "Opgehaald"
    note = f"{how} {clock.dutch_moment(found.at)}." if found.at else "Nog niets opgehaald."
    return pupil_at_partners.of(NAME, pupil, _group_names(school.id), note, found.at)


def _group_names(school_id: int) -> dict[str, str]:
    return {row.key: row.name for row in BasispoortGroup.select().where(BasispoortGroup.school == school_id)}


def _pupils(school: BasispoortSchool, asked: str):  # type: ignore[no-untyped-def]  # peewee's queries have no useful type
    query = BasispoortPupil.select().where(BasispoortPupil.school == school)
    for word in search_words(asked):
        query = query.where(BasispoortPupil.sort_name.contains(folded(word)) | (BasispoortPupil.key == word))
    return query
