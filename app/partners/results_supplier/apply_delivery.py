"""Applying groups and pupils at a supplier: they are added, changed, or made inactive when no longer reported.

An inactive pupil's outcomes stay. What was made by hand at the supplier is not touched.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from app.exchange.uwlr import GroupData, PupilData
from app.partners import roster
from app.partners.results_supplier.supplier import Supplier
from app.partners.roster import Changes
from models.shared import SupplierAccount


def take_groups(supplier: Supplier, account: SupplierAccount, groups: Sequence[GroupData], **columns: Any) -> bool:
    """Apply the complete list of groups, each with these extra columns; returns whether anything changed."""
    rows = [roster.group_row(group) | columns for group in groups]
    changes = _take(supplier, supplier.group, account, rows)
    ended = _let_go(supplier, supplier.group, account, {group.key for group in groups})
    return bool(changes.added or changes.changed or ended)


def take_pupils(supplier: Supplier, account: SupplierAccount, pupils: Sequence[PupilData], **columns: Any) -> Changes:
    """Apply a page of pupils, each with these extra columns."""
    return _take(supplier, supplier.pupil, account, [roster.pupil_row(pupil) | columns for pupil in pupils])


def let_go(supplier: Supplier, account: SupplierAccount, keys: Collection[str]) -> int:
    """Make pupils inactive whose key is not among those reported; returns how many."""
    return _let_go(supplier, supplier.pupil, account, keys)


def _take(supplier: Supplier, model: Any, account: SupplierAccount, rows: Sequence[dict[str, Any]]) -> Changes:
    here = {**supplier.delivered, "active": True}
    return roster.merge(model, account.id, [row | here for row in rows], **supplier.delivered)


def _let_go(supplier: Supplier, model: Any, account: SupplierAccount, keys: Collection[str]) -> int:
    return sum(
        model.update(active=False).where(model.id.in_(ids), model.active).execute()
        for ids in roster.gone(model, account.id, keys, *supplier.came(model))
    )
