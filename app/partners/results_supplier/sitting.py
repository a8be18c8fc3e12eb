"""Letting a group of a supplier sit something now. Deterministic; the outcomes wait until ESIS has accepted them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.access import standing_still
from app.exchange.names import is_group
from app.partners.results_supplier import outcomes
from app.partners.results_supplier.assessing import Sittable
from app.partners.results_supplier.supplier import Supplier
from app.partners.talents import Talents
from app.refusals import NotFound, Refused
from models.board import Board
from models.shared import SupplierAccount


def sit(supplier: Supplier, account: SupplierAccount, name: str, group_name: str) -> int:
    """Let the pupils of a group sit the assessment with this name (or id) now, each at their own year group.

    Returns how many did who had not today. Raises `NotFound` for an unknown name or group, and `Refused` if it cannot
    be sat, if nobody in the group can sit it (again) today, or while school time is being moved.
    """
    with standing_still(account.location.board_id) as now:
        what = supplier.sittable(account, name)
        group, pupils = at_work(supplier, account, group_name)
        rows = _rows(supplier, account, what, group, pupils, now)
        if not rows:
            raise what.fits_nobody(group.name)
        sat = outcomes.keep(supplier.outcome, [row for row in rows if not row["part"]])
        if not sat:
            raise what.sat_today(group.name)
        outcomes.keep(supplier.outcome, [row for row in rows if row["part"]])
    return sat


def at_work(supplier: Supplier, account: SupplierAccount, name: str) -> tuple[Any, list[Any]]:
    """The group with this name and its pupils. Raises `NotFound`, or `Refused` if it is empty."""
    group = find_group(supplier, account, name)
    pupils = members(supplier, account, group)
    if not pupils:
        raise Refused(f"In {group.name} zit niemand.", field="group")
    return group, pupils


def find_group(supplier: Supplier, account: SupplierAccount, name: str) -> Any:
    """The active group with this name. Raises `NotFound` naming the existing ones."""
    model = supplier.group
    groups = list(model.select().where(model.school == account, model.active).order_by(model.id))
    for group in groups:
        if is_group(name, group.name):
            return group
    known = ", ".join(group.name for group in groups) or f"geen; {supplier.no_groups}"
    raise NotFound(f"Groep '{name}' is bij {supplier.name} niet bekend. Er zijn: {known}.", field="group")


def members(supplier: Supplier, account: SupplierAccount, group: Any) -> list[Any]:
    """The active pupils of a group; for an instruction group, those who list its key."""
    active = supplier.pupils(account).order_by(supplier.pupil.id)
    if not group.composite:
        return list(active.where(supplier.pupil.group_key == group.key))
    return [pupil for pupil in active if group.key in pupil.composite_keys.split("\n")]


def talents_of(account: SupplierAccount) -> Talents:
    """The talents of the pupils of its board."""
    return Talents(int(Board.select(Board.seed).where(Board.id == account.location.board_id).get().seed))


def _rows(
    supplier: Supplier, account: SupplierAccount, what: Sittable, group: Any, pupils: list[Any], at: datetime
) -> list[dict[str, Any]]:
    talents, rows = talents_of(account), []
    for pupil in pupils:
        if assessment := what.for_year_group(pupil.year_group):
            rows += outcomes.made(supplier, account, pupil, assessment, at, talents)
    return [{**row, "group": group.id} for row in rows] if supplier.archives else rows
