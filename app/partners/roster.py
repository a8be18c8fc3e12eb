"""How a partner system applies groups and pupils: what is new, what changed and who has left, a page at a time.

The first page lists all pupils, so it is known then who has left, and the pages may arrive in any order. Every page is
idempotent and independent of the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import chunked

from app.counted import counted
from app.exchange.uwlr import GroupData, PupilData
from app.partners import other_numbers
from app.runs import Counts
from models import bulk
from models.shared import GroupValues, PupilValues


@dataclass(frozen=True)
class Changes:
    """What a page did to a roster."""

    added: int
    changed: int
    unchanged: int

    @property
    def counts(self) -> Counts:
        """The counts as the run ledger records a transfer of pupils."""
        received = self.added + self.changed + self.unchanged
        return Counts(received=received, stored=self.added, replaced=self.changed, unchanged=self.unchanged)


def group_row(group: GroupData) -> dict[str, Any]:
    """The columns of a group."""
    return {"key": group.key, "name": group.name, "year_group": group.year_group, "composite": group.composite}


def pupil_row(pupil: PupilData) -> dict[str, Any]:
    """The columns of a pupil."""
    return {
        "key": pupil.key,
        "eckid": pupil.eckid,
        "first_name": pupil.first_name,
        "prefix": pupil.prefix,
        "last_name": pupil.last_name,
        "birth_date": pupil.birth_date,
        "year_group": pupil.year_group,
        "group_key": pupil.group_key,
        "composite_keys": "\n".join(pupil.composite_keys),
    }


def group_of(row: GroupValues) -> GroupData:
    """A group from a message."""
    return GroupData(row.key, row.name, row.year_group, row.composite)


def pupil_of(row: PupilValues) -> PupilData:
    """A pupil from a message."""
    return PupilData(
        key=row.key,
        eckid=row.eckid,
        first_name=row.first_name,
        prefix=row.prefix,
        last_name=row.last_name,
        birth_date=row.birth_date,
        year_group=row.year_group,
        group_key=row.group_key,
        composite_keys=tuple(row.composite_keys.split("\n")) if row.composite_keys else (),
    )


def who_left(number: int) -> str:
    """How many pupils left, as a sentence; empty if none."""
    if not number:
        return ""
    return counted(number, "leerling is vertrokken.", "leerlingen zijn vertrokken.")


def merge(model: Any, school_id: int, rows: Sequence[Mapping[str, Any]], **equal: Any) -> Changes:
    """Insert or update rows in a table of groups or pupils.

    `equal`: restricts the existing rows to those that came this way before.
    """
    rows = other_numbers.translated(model, school_id, rows)
    told = bulk.light(model, "key", [row["key"] for row in rows], school=school_id, **equal)
    here: dict[str, dict[str, Any]] = {row.key: row._asdict() for row in told}
    added = [row for row in rows if row["key"] not in here]
    changed = [row for row in rows if row["key"] in here and not row.items() <= here[row["key"]].items()]
    bulk.upsert(model, ({"school": school_id, **row} for row in (*added, *changed)), key=("school", "key"))
    return Changes(added=len(added), changed=len(changed), unchanged=len(rows) - len(added) - len(changed))


def gone(model: Any, school_id: int, told: Collection[str], *where: Any) -> Iterable[list[int]]:
    """The ids of existing rows whose key is not reported; `where` as with `merge`.

    In chunks small enough for one statement: a school that closes has more than SQLite's parameter limit.
    """
    there = other_numbers.keys(model, school_id, told)
    rows: Any = model.select(model.id, model.key).where(model.school == school_id, *where).order_by(model.id).tuples()
    parts: Iterable[list[int]] = chunked([number for number, key in rows if key not in there], bulk.CHUNK)
    return parts
