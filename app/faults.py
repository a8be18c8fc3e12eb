"""Reads the disturbances (storingen) set by a trainer, and sets them for users who may."""

from __future__ import annotations

from app.access import Actor, writing
from app.permissions import Permission
from app.refusals import Refused
from models.run import Fault

KINDS = {"unreachable": "onbereikbaar", "slow": "antwoordt te traag", "half": "breekt na het eerste bericht af"}
"""Kind -> what it does, as Dutch text completing "ESIS is voor IEP LVS ..."."""


def active(board_id: int, partner: str) -> set[str]:
    """The kinds of fault switched on for this partner (by id) on this board."""
    return {row.kind for row in Fault.select(Fault.kind).where(Fault.board == board_id, Fault.partner == partner)}


def set_fault(actor: Actor, partner: str, kind: str, on: bool) -> None:
    """Switch a fault on or off. Raises `Refused` for an unknown kind, `NotAllowed` without the Trainer's role."""
    if kind not in KINDS:
        raise Refused(f"'{kind}' is geen storing. Er zijn: {', '.join(KINDS)}.")
    actor.require(Permission.SET_FAULTS)
    with writing(actor, Permission.SET_FAULTS):
        mark(actor.board.id, partner, kind, on)


def mark(board_id: int, partner: str, kind: str, on: bool) -> None:
    """Note that a disturbance of any kind is on or off, in the caller's transaction."""
    Fault.delete().where(Fault.board == board_id, Fault.partner == partner, Fault.kind == kind).execute()
    if on:
        Fault.create(board=board_id, partner=partner, kind=kind)
