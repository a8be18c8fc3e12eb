"""The lists of Mijnschoolinfo: pupils, guardians, staff and groups, and why each record is as it is.

Read-only. Lists are paged; records deleted here have a list of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from app import clock
from app.exchange import names
from app.exchange.email import is_email
from app.exchange.names import folded, search_words
from app.partners.mijnschoolinfo.matching import full_name
from models.partners.mijnschoolinfo import (
    ESIS,
    MsiGroup,
    MsiGuardian,
    MsiLink,
    MsiMembership,
    MsiPupil,
    MsiRecord,
    MsiSchool,
    MsiStaff,
    MsiTeaching,
)

CANNOT_SIGN_IN = "kan niet inloggen"


class Page(TypedDict, total=False):
    """A part of a list: records deleted here or not, first row, row limit, and sort field (`-` prefix: descending)."""

    deleted: bool
    offset: int
    limit: int | None
    order: str


@dataclass(frozen=True)
class Row:
    """A record in a list: its number, key, name, why it is as it is, and what it belongs to."""

    id: int
    key: str
    name: str
    origin: str
    since: str
    why: str
    email: str = ""
    belongs: tuple[str, ...] = ()
    """A pupil's groups, a guardian's pupils, a member of staff's groups, or a group's pupils."""
    guardians: tuple[str, ...] = ()
    """Of a pupil."""
    deleted: bool = False
    parts: tuple[str, str, str] | None = None
    """First name, prefix and last name, of who has them apart."""


def why(record: MsiRecord) -> str:
    """Why a record is as it is: `uit ESIS, 15-4-2020; gewijzigd door verzorger, 20-4-2020`."""
    came = "uit ESIS" if record.origin == ESIS else "zelf aangemaakt"
    told = [f"{came}, {clock.dutch_date(record.since)}"]
    if record.changed_at is not None:
        day = clock.dutch_date(record.changed_at.astimezone(clock.AMSTERDAM).date())
        told.append(f"gewijzigd door {record.changed_by}, {day}")
    if record.deleted_at is not None:
        day = clock.dutch_date(record.deleted_at.astimezone(clock.AMSTERDAM).date())
        told.append(f"hier verwijderd, {day}")
    return "; ".join(told)


def count(model: type[MsiRecord], school: MsiSchool, asked: str = "", deleted: bool = False) -> int:
    """The length of a list."""
    return int(_found(model, school, asked, deleted).count())


def pupils(school: MsiSchool, asked: str = "", **page: Unpack[Page]) -> list[Row]:
    """Pupils by last name with their groups and guardians."""
    by_name = (MsiPupil.sort_name, MsiPupil.id)
    rows: list[MsiPupil] = _rows(MsiPupil, school, by_name, asked, page)
    ids = [row.id for row in rows]
    groups = names_of(
        MsiMembership.select(MsiMembership.pupil, MsiGroup.name)
        .join(MsiGroup)
        .where(MsiMembership.pupil.in_(ids))
        .order_by(MsiGroup.basis.desc(), MsiGroup.sort_name)
    )
    guardians = names_of(
        MsiLink.select(MsiLink.pupil, MsiGuardian.name)
        .join(MsiGuardian)
        .where(MsiLink.pupil.in_(ids), MsiGuardian.deleted_at.is_null())
        .order_by(MsiGuardian.sort_name, MsiGuardian.id)
    )
    return [
        _row(
            row,
            row.key,
            full_name(row),
            belongs=groups.get(row.id, ()),
            guardians=guardians.get(row.id, ()),
            parts=_parts(row),
        )
        for row in rows
    ]


def guardians(school: MsiSchool, asked: str = "", **page: Unpack[Page]) -> list[Row]:
    """Guardians by name, with their pupils."""
    by_name = (MsiGuardian.sort_name, MsiGuardian.id)
    rows: list[MsiGuardian] = _rows(MsiGuardian, school, by_name, asked, page)
    links = (
        MsiLink.select(MsiLink.guardian, MsiPupil.first_name, MsiPupil.prefix, MsiPupil.last_name)
        .join(MsiPupil)
        .where(MsiLink.guardian.in_([row.id for row in rows]), MsiPupil.deleted_at.is_null())
        .order_by(MsiPupil.id)
    )
    children = names_of(links)
    return [
        _row(
            row,
            _number(row),
            row.name,
            email=row.email,
            belongs=children.get(row.id, ()),
            note="" if is_email(row.email) else CANNOT_SIGN_IN,
        )
        for row in rows
    ]


def staff(school: MsiSchool, asked: str = "", **page: Unpack[Page]) -> list[Row]:
    """Staff by last name, with their groups."""
    by_name = (MsiStaff.sort_name, MsiStaff.id)
    rows: list[MsiStaff] = _rows(MsiStaff, school, by_name, asked, page)
    groups = names_of(
        MsiTeaching.select(MsiTeaching.staff, MsiGroup.name)
        .join(MsiGroup)
        .where(MsiTeaching.staff.in_([row.id for row in rows]))
        .order_by(MsiGroup.sort_name)
    )
    return [
        _row(row, row.key, full_name(row), email=row.email, belongs=groups.get(row.id, ()), parts=_parts(row))
        for row in rows
    ]


def groups(school: MsiSchool, asked: str = "", **page: Unpack[Page]) -> list[Row]:
    """Groups with their pupils: those of ESIS first, then by name."""
    default = (MsiGroup.origin, MsiGroup.basis.desc(), MsiGroup.sort_name, MsiGroup.id)
    rows: list[MsiGroup] = _rows(MsiGroup, school, default, asked, page)
    members = names_of(
        MsiMembership.select(MsiMembership.group, MsiPupil.first_name, MsiPupil.prefix, MsiPupil.last_name)
        .join(MsiPupil)
        .where(MsiMembership.group.in_([row.id for row in rows]), MsiPupil.deleted_at.is_null())
        .order_by(MsiPupil.sort_name, MsiPupil.id)
    )
    return [_row(row, row.key, row.name, belongs=members.get(row.id, ())) for row in rows]


def as_json(kind: str, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The fields of sources.md#json for a list of `pupils`, `guardians`, `staff` or `groups`."""
    extra = {"pupils": ("groups", "guardians"), "guardians": ("pupils",), "staff": (), "groups": ("pupils",)}[kind]
    return [_as_record(kind, row, extra) for row in rows]


def _as_record(kind: str, row: Row, extra: tuple[str, ...]) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": str(row.id),
        "key": row.key,
        "name": row.name,
        "origin": row.origin,
        "since": row.since,
    }
    if kind == "groups":
        del record["id"], record["key"]
    if kind == "guardians":
        record["email"] = row.email
    if extra:
        record[extra[0]] = list(row.belongs)
    if "guardians" in extra:
        record["guardians"] = list(row.guardians)
    return record


def _row(record: Any, key: str, name: str, note: str = "", **more: Any) -> Row:
    reason = why(record)
    return Row(
        record.id,
        key,
        name,
        record.origin,
        record.since.isoformat(),
        f"{note}; {reason}" if note else reason,
        deleted=record.deleted_at is not None,
        **more,
    )


def _parts(record: MsiPupil | MsiStaff) -> tuple[str, str, str]:
    return record.first_name, record.prefix, record.last_name


def _number(record: MsiRecord) -> str:
    return str(record.esis_id) if record.esis_id else ""


def _rows(model: Any, school: MsiSchool, default: Sequence[Any], asked: str, page: Page) -> list[Any]:
    query = _in_order(_found(model, school, asked, page.get("deleted", False)), model, default, page.get("order", ""))
    limit = page.get("limit")
    return list(query.offset(page.get("offset", 0)).limit(limit) if limit is not None else query)


def _found(model: Any, school: MsiSchool, asked: str, deleted: bool) -> Any:
    query = model.select().where(model.school == school, model.deleted_at.is_null(not deleted))
    others = [getattr(model, name) for name in ("email", "key") if hasattr(model, name)]
    for word in search_words(asked):
        found = model.sort_name.contains(folded(word))
        for item in others:
            found |= item.contains(word)
        query = query.where(found)
    return query


def _in_order(query: Any, model: Any, default: Sequence[Any], order: str) -> Any:
    """Sort by a field (`-` prefix: descending), then by the default, whose first field is `name`."""
    if not order:
        return query.order_by(*default)
    field = default[0] if order.lstrip("-") == "name" else getattr(model, order.lstrip("-"))
    return query.order_by(field.desc() if order.startswith("-") else field, *default)


def names_of(query: Any) -> dict[int, tuple[str, ...]]:
    """Number -> names, from a query that yields a number and the parts of a name."""
    found: dict[int, list[str]] = {}
    for number, *parts in query.tuples():
        found.setdefault(number, []).append(names.full_name(*parts))
    return {number: tuple(called) for number, called in found.items()}
