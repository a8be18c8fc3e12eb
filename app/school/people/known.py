"""The pupils of a location, for comparison with an arriving one (rules in `app/exchange/identity.py`).

Reads only possible matches: those who have or had one of these numbers (also without its leading zeros), one of these
ECK iDs, or one of these birth dates or none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL

from app.exchange.identity import Person, bare
from app.exchange.recognising import Register
from models.base import is_sqlite
from models.board import Location
from models.bulk import among, light
from models.bulk import numbers as numbers_of
from models.history import DELETED, Change
from models.school import FormerKey, Pupil

LONGEST = 12
"""Numbers up to this length are also looked up with leading zeros; those of ESIS have at most nine digits."""


@dataclass(frozen=True)
class Known:
    """Pupils of a location by id, as rows (`bulk.light`), and as a register."""

    pupils: Mapping[int, Any]
    register: Register[int]


def those_with(
    location: Location,
    numbers: Collection[str],
    eckids: Collection[str] = (),
    ids: Collection[int] = (),
    born: Collection[date] = (),
) -> Known:
    """The pupils of a location who have any of these, in three queries; in order of id."""
    written = sorted({spelling for number in numbers if number for spelling in _spellings(number)})
    had = FormerKey.select(FormerKey.pupil).where(
        FormerKey.board == location.board_id, among(FormerKey.key, written), FormerKey.pupil.is_null(False)
    )
    wanted = [among(Pupil.key, written)]
    if eckids:
        wanted.append(among(Pupil.eckid, sorted(eckids)) & (Pupil.eckid != ""))
    if born:
        wanted += [Pupil.birth_date.in_(sorted(born)), Pupil.birth_date.is_null()]
    # One query each, because combining the conditions makes SQLite read the whole location.
    here = Pupil.location == location
    found = numbers_of(reduce(or_, (Pupil.select(Pupil.id).where(here, each) for each in wanted), had))
    rows = light(Pupil, "id", sorted({*found, *ids}), location=location.id)
    pupils = {pupil.id: pupil for pupil in sorted(rows, key=lambda row: row.id)}
    former = former_numbers(pupils)
    return Known(pupils, Register((row.id, Person.of(row, former=former.get(row.id, ()))) for row in pupils.values()))


def former_numbers(pupil_ids: Iterable[int]) -> dict[int, list[str]]:
    """The former numbers of these pupils, by pupil."""
    found: dict[int, list[str]] = {}
    rows = FormerKey.select(FormerKey.pupil, FormerKey.key).where(among(FormerKey.pupil, list(pupil_ids)))
    made: Any = rows.order_by(FormerKey.id).tuples()
    for pupil_id, key in made:
        found.setdefault(pupil_id, []).append(key)
    return found


def of_deleted(board_id: int, numbers: Collection[str]) -> set[str]:
    """Which of these numbers belonged to a deleted pupil of the board."""
    wanted = sorted(numbers)
    lost = FormerKey.select(FormerKey.key).where(
        FormerKey.board == board_id, among(FormerKey.key, wanted), FormerKey.pupil.is_null()
    )
    had: Any = SQL("json_extract(before, '$.key')" if is_sqlite() else "(before::jsonb ->> 'key')")
    gone = Change.select(had).where(
        Change.board == board_id, Change.kind == Pupil._meta.table_name, Change.action == DELETED, among(had, wanted)
    )
    return {key for rows in (lost.tuples(), gone.tuples()) for (key,) in rows}  # type: ignore[misc]


def _spellings(number: str) -> Iterable[str]:
    """The number as written, and with fewer or more leading zeros."""
    short = bare(number)
    yield number
    for zeros in range(LONGEST + 1 - len(short)):
        yield "0" * zeros + short
