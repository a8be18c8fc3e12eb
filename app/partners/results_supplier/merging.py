"""Merging two accounts of one pupil at a supplier: outcomes move from the source (Bron) to the target (Doel).

Which accounts may be merged, and what moves, is up to the supplier (`supplier.Merging`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.access import standing_still
from app.exchange.identity import Person, Sign, compare
from app.exchange.recognising import Register
from app.partners.results_supplier.supplier import Merged, Supplier
from models.shared import PupilValues, SupplierAccount

SAME_ECKID = "zelfde ECK iD"
SAME_PERSON = "zelfde naam en geboortedatum"


@dataclass(frozen=True)
class Pair:
    """Two accounts that are likely one pupil, and why."""

    source: Any
    target: Any
    why: str


def sources(supplier: Supplier, account: SupplierAccount) -> list[Any]:
    """The accounts that may be merged into another, by name."""
    model = supplier.pupil
    if supplier.merging is None:
        return []
    return list(
        model.select().where(model.school == account, supplier.merging.source).order_by(model.sort_name, model.id)
    )


def targets(supplier: Supplier, account: SupplierAccount) -> list[Any]:
    """The accounts that ESIS reports, by name."""
    there = supplier.pupils(account).where(*supplier.came(supplier.pupil))
    return list(there.order_by(supplier.pupil.sort_name, supplier.pupil.id))


def likely(supplier: Supplier, account: SupplierAccount) -> list[Pair]:
    """Accounts that may be merged into an active one (`docs/wie-is-wie.md`): by ECK iD first, then by name."""
    left = sources(supplier, account)
    if not left:
        return []
    there = {row.id: row for row in targets(supplier, account)}
    register = Register((row.id, _person(supplier, row)) for row in there.values())
    pairs = [
        Pair(row, there[one.here], _why(supplier, row, there[one.here]))
        for row in left
        for one in register.candidates(_person(supplier, row))
    ]
    return sorted(pairs, key=lambda pair: pair.why != SAME_ECKID)


def doubles(supplier: Supplier, account: SupplierAccount) -> int:
    """How many accounts are likely of a pupil who has another one that ESIS reports."""
    return len({pair.source.id for pair in likely(supplier, account)})


def may_merge(supplier: Supplier, account: SupplierAccount, source_key: str, target_key: str) -> tuple[Any, Any]:
    """Both accounts, by key, if the one may be merged into the other. Raises as `merge` does."""
    assert supplier.merging is not None
    source = supplier.find_pupil(account, source_key, "source")
    target = supplier.find_pupil(account, target_key, "target")
    supplier.merging.check(source, target)
    return source, target


def merge(supplier: Supplier, account: SupplierAccount, source_key: str, target_key: str) -> Merged:
    """Move everything from one account to the other, both by key; the source becomes inactive.

    Raises `NotFound` or `Refused` with field `source` or `target`, or while school time is being moved.
    """
    assert supplier.merging is not None
    with standing_still(account.location.board_id) as now:
        source, target = may_merge(supplier, account, source_key, target_key)
        moved = supplier.merging.move(source, target, now)
        supplier.pupil.update(active=False).where(supplier.pupil.id == source.id).execute()
    return moved


def _person(supplier: Supplier, row: PupilValues) -> Any:
    """What a pupil is compared by; the key of an account made by hand is not a leerlingnummer."""
    came = all(getattr(row, name) == value for name, value in supplier.delivered.items())
    return Person.of(row) if came else Person.of(row, "")


def _why(supplier: Supplier, source: PupilValues, target: PupilValues) -> str:
    signs = compare(_person(supplier, source), _person(supplier, target))
    if signs.eckid is Sign.EQUAL:
        return SAME_ECKID
    return SAME_PERSON if signs.name is signs.birth_date is Sign.EQUAL else signs.reason
