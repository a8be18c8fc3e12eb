"""Two accounts of one pupil at a supplier become one: what was sat goes from the source (Bron) to the target (Doel).

Which account may go up in which, and what moves, is said by the supplier (`Merging`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.access import standing_still
from app.exchange.identity import Sign, compare
from app.exchange.recognising import Register
from app.partners import roster
from app.partners.results_supplier.supplier import Supplier
from models.shared import PupilValues, SupplierAccount

SAME_ECKID = "zelfde ECK iD"
SAME_PERSON = "zelfde naam en geboortedatum"


@dataclass(frozen=True)
class Merged:
    """What moved to the target: outcomes, and exercises where pupils practise."""

    outcomes: int
    exercises: int = 0


@dataclass(frozen=True, eq=False)
class Merging:
    """How the accounts of a supplier are merged."""

    supplier: Supplier
    source: Any
    """The condition for accounts that may go up in another: of who left, or made by hand."""
    check: Callable[[Any, Any], None]
    """Raises `Refused` with field `source` or `target` where these two can't be merged."""
    move: Callable[[Any, Any, datetime], Merged]
    """Move what there is from source to target, at a school time."""


@dataclass(frozen=True)
class Pair:
    """Two accounts that are likely one pupil, and by what."""

    source: Any
    target: Any
    why: str


def sources(merging: Merging, account: SupplierAccount) -> list[Any]:
    """The accounts that may go up in another, by name."""
    model = merging.supplier.pupil
    return list(model.select().where(model.school == account, merging.source).order_by(model.sort_name, model.id))


def targets(merging: Merging, account: SupplierAccount) -> list[Any]:
    """The accounts that ESIS tells of, by name."""
    supplier = merging.supplier
    there = supplier.pupils(account).where(*supplier.came(supplier.pupil))
    return list(there.order_by(supplier.pupil.sort_name, supplier.pupil.id))


def likely(merging: Merging, account: SupplierAccount) -> list[Pair]:
    """Accounts that may go up in one that is there (`docs/wie-is-wie.md`): by ECK iD first, then by name."""
    left = sources(merging, account)
    if not left:
        return []
    there = {row.id: row for row in targets(merging, account)}
    register = Register((row.id, _person(merging, row)) for row in there.values())
    pairs = [
        Pair(row, there[one.here], _why(merging, row, there[one.here]))
        for row in left
        for one in register.candidates(_person(merging, row))
    ]
    return sorted(pairs, key=lambda pair: pair.why != SAME_ECKID)


def merge(merging: Merging, account: SupplierAccount, source_key: str, target_key: str) -> Merged:
    """Move everything from one account to the other, both by their key; the source goes inactive.

    Raises `NotFound` or `Refused` with field `source` or `target`, or while school time is being moved.
    """
    supplier = merging.supplier
    with standing_still(account.location.board_id) as now:
        source = supplier.find_pupil(account, source_key, "source")
        target = supplier.find_pupil(account, target_key, "target")
        merging.check(source, target)
        moved = merging.move(source, target, now)
        supplier.pupil.update(active=False).where(supplier.pupil.id == source.id).execute()
    return moved


def _person(merging: Merging, row: PupilValues) -> Any:
    """The key of an account made by hand is no leerlingnummer."""
    came = all(getattr(row, name) == value for name, value in merging.supplier.delivered.items())
    return roster.person_of(row, row.key if came else "")


def _why(merging: Merging, source: PupilValues, target: PupilValues) -> str:
    signs = compare(_person(merging, source), _person(merging, target))
    if signs.eckid is Sign.EQUAL:
        return SAME_ECKID
    return SAME_PERSON if signs.name is signs.birth_date is Sign.EQUAL else signs.reason
