"""The disturbances (storingen) that a trainer switches on and off for a partner, or triggers once.

Those of `app/faults.py` disturb the answer of ESIS. The others change something at the partner: they store the
original, and switching off restores it. What somebody fixed in the meantime stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app import faults
from app.access import Actor, writing
from app.counted import counted
from app.couplings import catalogue
from app.partners import other_numbers, registry
from app.partners.partner import Partner
from app.partners.results_supplier import delivery_status
from app.permissions import Permission
from app.refusals import NotFound, Refused
from models.board import Location
from models.disturbance import KeptCode

WRONG_CODE, UNMATCHED, AGAIN = "wrong-code", "unmatched", "again"
KINDS = {
    **faults.KINDS,
    WRONG_CODE: "een andere verificatiecode",
    UNMATCHED: "een ander nummer van enkele leerlingen",
    AGAIN: "alles nog een keer verzenden",
}
"""Every kind with its description; the first three as in `app.faults`."""
_ANSWERS = {
    "unreachable": "ESIS is onbereikbaar",
    "slow": "ESIS antwoordt te traag",
    "half": "ESIS breekt na het eerste bericht af",
}


@dataclass(frozen=True)
class Disturbance:
    """Something that can go wrong with a partner, and whether it currently does."""

    partner: str
    kind: str
    system: str
    """The partner's name."""
    on: bool
    once: bool
    """Whether it happens once and is never on."""

    @property
    def id(self) -> str:
        """Its identifier in a list."""
        return f"{self.partner}/{self.kind}"

    @property
    def text(self) -> str:
        """The description: `ESIS is onbereikbaar`, `een andere verificatiecode`."""
        return _ANSWERS.get(self.kind, KINDS[self.kind])

    @property
    def standing(self) -> str:
        """`aan`, `uit` or `eenmalig`."""
        return "eenmalig" if self.once else "aan" if self.on else "uit"


def offered(board_id: int) -> list[Disturbance]:
    """Every disturbance of every partner, with its state on a board."""
    found = []
    for one in _partners():
        on = faults.active(board_id, one.id)
        found += [Disturbance(one.id, kind, one.name, kind in on, kind == AGAIN) for kind in _kinds_of(one)]
    return found


def switch(actor: Actor, partner: str, kind: str, on: bool) -> str:
    """Switch a disturbance on or off, or trigger it once; returns what was done, as a sentence.

    Raises `NotFound` for an unknown partner, `Refused` for a kind that it does not support or that has nothing to act
    on, and `NotAllowed` without the role Trainer.
    """
    one = check(partner, kind)
    with writing(actor, Permission.SET_FAULTS):
        if kind == AGAIN:
            return _again(actor.board.id, one, on)
        if on != (kind in faults.active(actor.board.id, one.id)):
            _ACTS.get(kind, _nothing)(actor.board.id, one, on)
            faults.mark(actor.board.id, one.id, kind, on)
    about = "voor" if kind in faults.KINDS else "bij"
    return f"Storing '{KINDS[kind]}' {about} {catalogue.title(one.id)} staat {'aan' if on else 'uit'}."


def check(partner: str, kind: str) -> Partner:
    """The partner. Raises `NotFound` for an unknown one, or `Refused` for a kind it never supports, on any board."""
    one = _find(partner)
    if kind not in KINDS:
        raise Refused(f"'{kind}' is geen storing. Er zijn: {', '.join(KINDS)}.")
    if kind not in _kinds_of(one):
        raise Refused(f"De storing '{kind}' kan niet bij {one.name}. Daar kan: {', '.join(_kinds_of(one))}.")
    return one


def _partners() -> list[Partner]:
    """All partners, in the order in which ESIS offers to couple with them."""
    return sorted(registry.partners(), key=lambda one: catalogue.place(one.id))


def _find(partner: str) -> Partner:
    found = {one.id: one for one in _partners()}
    name = partner.strip().lower()
    if name not in found:
        raise NotFound(f"Koppeling '{partner}' bestaat niet. Er zijn: {', '.join(found)}.")
    return found[name]


def _kinds_of(partner: Partner) -> list[str]:
    return [
        *faults.KINDS,
        *([WRONG_CODE] if partner.account is not None else []),
        *([UNMATCHED, AGAIN] if partner.supplier is not None else []),
    ]


def _nothing(_board_id: int, _partner: Partner, _on: bool) -> None:
    """Do nothing: the mark itself is the disturbance."""


def _wrong_code(board_id: int, partner: Partner, on: bool) -> None:
    accounts = partner.account
    if not on:
        mine = (KeptCode.board == board_id) & (KeptCode.partner == partner.id)
        for kept in KeptCode.select().where(mine):
            same = (accounts.location == kept.location_id) & (accounts.code == kept.other)
            accounts.update(code=kept.code).where(same).execute()
        KeptCode.delete().where(mine).execute()
        return
    here = Location.select(Location.id).where(Location.board == board_id)
    found = list(accounts.select().where(accounts.location.in_(here), accounts.code != ""))
    if not found:
        raise Refused(f"Bij {partner.name} staat nog geen verificatiecode. Koppel eerst aan beide kanten.")
    for account in found:
        _put_aside(board_id, partner, account)


def _put_aside(board_id: int, partner: Partner, account: Any) -> None:
    other = f"{account.code[:6]}eenheelanderecode1"
    if other == account.code:
        other = f"{other[:-1]}2"
    KeptCode.create(board=board_id, location=account.location_id, partner=partner.id, code=account.code, other=other)
    partner.account.update(code=other).where(partner.account.id == account.id).execute()


def _unmatched(board_id: int, partner: Partner, on: bool) -> None:
    assert partner.supplier is not None
    if not on:
        other_numbers.take_back(board_id, partner.supplier)
    elif not other_numbers.give(board_id, partner.supplier):
        raise Refused(f"{partner.name} heeft nog geen leerlingen uit ESIS. Koppel eerst, en wacht een nacht.")


def _again(board_id: int, partner: Partner, on: bool) -> str:
    assert partner.supplier is not None
    if not on:
        raise Refused("Opnieuw verzenden gebeurt eenmalig en staat dus niet aan.")
    accounts = partner.supplier.account.select().join(Location).where(Location.board == board_id)
    number = sum(_sent_again(partner, account) for account in accounts)
    if not number:
        raise Refused(f"{partner.name} heeft nog niets naar ESIS verzonden, dus er is niets om opnieuw te verzenden.")
    return f"{partner.name} verzendt vannacht {counted(number, 'resultaat', 'resultaten')} nog een keer."


def _sent_again(partner: Partner, account: Any) -> int:
    assert partner.supplier is not None
    has_sent = delivery_status.sent(partner.supplier, account, limit=1)
    return delivery_status.send_again(partner.supplier, account) if has_sent else 0


_ACTS: dict[str, Callable[[int, Partner, bool], None]] = {WRONG_CODE: _wrong_code, UNMATCHED: _unmatched}
