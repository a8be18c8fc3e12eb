"""The disturbances (storingen) that a trainer has set; who may set them: `app/training/disturbances.py`."""

from __future__ import annotations

from models.run import Fault

KINDS = {"unreachable": "onbereikbaar", "slow": "antwoordt te traag", "half": "breekt na het eerste bericht af"}
"""Kind -> what it does, as Dutch text completing "ESIS is voor IEP LVS ..."."""


def active(board_id: int, partner: str) -> set[str]:
    """The kinds of fault switched on for this partner (by id) on this board."""
    return {row.kind for row in Fault.select(Fault.kind).where(Fault.board == board_id, Fault.partner == partner)}


def mark(board_id: int, partner: str, kind: str, on: bool) -> None:
    """Note that a disturbance of any kind is on or off, in the caller's transaction."""
    Fault.delete().where(Fault.board == board_id, Fault.partner == partner, Fault.kind == kind).execute()
    if on:
        Fault.create(board=board_id, partner=partner, kind=kind)
