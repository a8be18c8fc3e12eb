"""How a partner system takes over groups and pupils: what is new, what changed and who is gone, a page at a time.

A page covers the keys after the previous page's last one up to its own, so a key in between that it does not hold has
left. Every page can be done again without effect, and no page needs to know what another one saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import chunked

from app.exchange.identity import Person
from app.exchange.uwlr import GroupData, PupilData
from app.partners import other_numbers
from app.runs import Counts
from models import bulk
from models.partners.basispoort import BasispoortGroup, BasispoortPupil
from models.partners.gynzy import GynzyGroup, GynzyPupil
from models.partners.iep_lvs import IepGroup, IepPupil
from models.shared import PupilValues

Roster = (
    type[BasispoortGroup]
    | type[BasispoortPupil]
    | type[GynzyGroup]
    | type[GynzyPupil]
    | type[IepGroup]
    | type[IepPupil]
)


@dataclass(frozen=True)
class Changes:
    """What a page did to a roster; `gone` are the ids of the rows it no longer holds."""

    added: int
    changed: int
    unchanged: int
    gone: tuple[int, ...]

    def gone_in_parts(self) -> Iterable[list[int]]:
        """`gone`, in parts small enough for one statement: a school that closes has more than SQLite takes."""
        parts: Iterable[list[int]] = chunked(self.gone, bulk.CHUNK)
        return parts

    @property
    def counts(self) -> Counts:
        """As the run ledger counts a transfer of pupils."""
        received = self.added + self.changed + self.unchanged
        return Counts(received=received, stored=self.added, replaced=self.changed, unchanged=self.unchanged)


def group_row(group: GroupData) -> dict[str, Any]:
    """The columns of a group."""
    return {"key": group.key, "name": group.name, "year_group": group.year_group, "composite": group.composite}


def pupil_row(pupil: PupilData) -> dict[str, Any]:
    """The columns of a pupil."""
    return {
        "key": pupil.key, "eckid": pupil.eckid, "first_name": pupil.first_name, "prefix": pupil.prefix,
        "last_name": pupil.last_name, "birth_date": pupil.birth_date, "year_group": pupil.year_group,
        "group_key": pupil.group_key, "composite_keys": "\n".join(pupil.composite_keys),
    }  # fmt: skip


def group_of(row: BasispoortGroup) -> GroupData:
    """A group as a message tells of it."""
    return GroupData(row.key, row.name, row.year_group, row.composite)


def pupil_of(row: BasispoortPupil) -> PupilData:
    """A pupil as a message tells of it."""
    return PupilData(
        key=row.key, eckid=row.eckid, first_name=row.first_name, prefix=row.prefix, last_name=row.last_name,
        birth_date=row.birth_date, year_group=row.year_group, group_key=row.group_key,
        composite_keys=tuple(row.composite_keys.split("\n")) if row.composite_keys else (),
    )  # fmt: skip


def person_of(row: PupilValues, number: str) -> Person:
    """An account as it is compared with another, with its leerlingnummer; empty for one that ESIS knows nothing of."""
    return Person(number, row.eckid, row.first_name, row.prefix, row.last_name, row.birth_date)


def who_left(number: int) -> str:
    """How many pupils left, as a sentence; empty for none."""
    if not number:
        return ""
    return "1 leerling is vertrokken." if number == 1 else f"{number} leerlingen zijn vertrokken."


def merge(
    model: Roster,
    school_id: int,
    rows: Sequence[Mapping[str, Any]],
    after: str = "",
    until: str | None = None,
    *where: Any,
) -> Changes:
    """Take rows over for the keys after `after` up to `until` (None: the end). Removing who is gone is the caller's.

    `where`: which of the rows here came this way before; the others are left alone.
    """
    rows, after, until = other_numbers.translated(model, school_id, rows, after, until)
    query: Any = model.select().where(model.school == school_id, model.key > after, *where)
    if until is not None:
        query = query.where(model.key <= until)
    here: dict[str, dict[str, Any]] = {row["key"]: row for row in query.dicts()}
    added = [row for row in rows if row["key"] not in here]
    changed = [row for row in rows if row["key"] in here and not row.items() <= here[row["key"]].items()]
    bulk.upsert(model, ({"school": school_id, **row} for row in (*added, *changed)), key=("school", "key"))
    gone = here.keys() - {row["key"] for row in rows}
    return Changes(
        added=len(added),
        changed=len(changed),
        unchanged=len(rows) - len(added) - len(changed),
        gone=tuple(sorted(here[key]["id"] for key in gone)),
    )
