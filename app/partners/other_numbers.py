"""Pupils whose number at a partner differs from ESIS, for as long as a trainer wants (`app/training/disturbances.py`).

What the partner sends to ESIS then carries the other number and no ECK iD, so ESIS cannot match it. What arrives for
these pupils still reaches them: every transfer translates the numbers first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.partners.results_supplier.supplier import Supplier
from models import bulk
from models.board import Location
from models.disturbance import OtherNumber

EACH = 10
"""One in this many pupils gets another number."""
LONGEST = 256


def give(board_id: int, supplier: Supplier) -> int:
    """Give some pupils of every account on the board another number. Returns how many."""
    rows = [row for account in _accounts(board_id, supplier) for row in _some(board_id, supplier, account.id)]
    bulk.insert(OtherNumber, rows)
    for row in rows:
        _rename(supplier, row["school_id"], row["key"], {"key": row["other"], "eckid": ""})
    return len(rows)


def take_back(board_id: int, supplier: Supplier) -> None:
    """Restore the numbers of ESIS."""
    mine = (OtherNumber.board == board_id) & (OtherNumber.partner == supplier.id)
    for row in OtherNumber.select().where(mine):
        _rename(supplier, row.school_id, row.other, {"key": row.key, "eckid": row.eckid})
    OtherNumber.delete().where(mine).execute()


def translated(model: Any, school_id: int, rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """A page of a transfer with the numbers this account uses."""
    others = _others(model, school_id)
    return [{**row, "key": others[row["key"]], "eckid": ""} if row["key"] in others else row for row in rows]


def keys(model: Any, school_id: int, told: Collection[str]) -> set[str]:
    """Pupil numbers as this account has them."""
    others = _others(model, school_id)
    return {others.get(key, key) for key in told}


def _others(model: Any, school_id: int) -> dict[str, str]:
    mine = (OtherNumber.roster == model._meta.table_name) & (OtherNumber.school_id == school_id)
    return {row.key: row.other for row in OtherNumber.select().where(mine)}


def _accounts(board_id: int, supplier: Supplier) -> list[Any]:
    mine = Location.select(Location.id).where(Location.board == board_id)
    return list(supplier.account.select().where(supplier.account.location.in_(mine)).order_by(supplier.account.id))


def _some(board_id: int, supplier: Supplier, school_id: int) -> list[dict[str, Any]]:
    model = supplier.pupil
    pupils = model.select().where(model.school == school_id, model.active, model.eckid != "").order_by(model.key)
    return [
        {
            "board": board_id,
            "partner": supplier.id,
            "roster": model._meta.table_name,
            "school_id": school_id,
            "key": pupil.key,
            "eckid": pupil.eckid,
            "other": f"{pupil.key[: LONGEST - 2]}-2",
        }
        for pupil in list(pupils)[::EACH]
    ]


def _rename(supplier: Supplier, school_id: int, key: str, values: dict[str, str]) -> None:
    model = supplier.pupil
    model.update(values).where(model.school == school_id, model.key == key).execute()
    if "merged_into" in model._meta.fields:  # identifies an account by its number
        model.update(merged_into=values["key"]).where(model.school == school_id, model.merged_into == key).execute()
