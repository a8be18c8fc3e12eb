"""The disturbances (storingen) that a trainer switches on and off for a partner, or lets happen once.

Those of `app/faults.py` disturb the answer of ESIS. The others change something at the partner: they remember what was
there, and switching off brings it back. What somebody mended meanwhile stays as it was mended.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app import faults
from app.access import Actor, Permission, writing
from app.counted import counted
from app.couplings import catalogue
from app.partners import causes, other_numbers
from app.partners.causes import Explanation
from app.partners.results_supplier import delivery_status
from app.refusals import NotFound, Refused
from app.webservice.authorisation import BASISPOORT
from models.board import Location
from models.disturbance import KeptCode

WRONG_CODE, UNMATCHED, AGAIN = "wrong-code", "unmatched", "again"
KINDS = {
    **faults.KINDS,
    WRONG_CODE: "een andere verificatiecode",
    UNMATCHED: "een ander nummer van enkele leerlingen",
    AGAIN: "alles nog een keer verzenden",
}
"""Every kind, and what it is; the first three as in `app.faults`."""
_ANSWERS = {
    "unreachable": "ESIS is onbereikbaar",
    "slow": "ESIS antwoordt te traag",
    "half": "ESIS breekt na het eerste bericht af",
}


@dataclass(frozen=True)
class Disturbance:
    """Something that can go wrong with a partner, and whether it does now."""

    partner: str
    kind: str
    system: str
    """The partner by its name."""
    on: bool
    once: bool
    """It happens once and is never on."""

    @property
    def id(self) -> str:
        """What tells it apart in a list."""
        return f"{self.partner}/{self.kind}"

    @property
    def text(self) -> str:
        """What goes wrong: `ESIS is onbereikbaar`, `een andere verificatiecode`."""
        return _ANSWERS.get(self.kind, KINDS[self.kind])

    @property
    def standing(self) -> str:
        """`aan`, `uit` or `eenmalig`."""
        return "eenmalig" if self.once else "aan" if self.on else "uit"


def offered(board_id: int) -> list[Disturbance]:
    """Every disturbance of every partner, as it stands on a board."""
    found = []
    for partner, told in _partners().items():
        on = faults.active(board_id, partner)
        found += [Disturbance(partner, kind, told.system, kind in on, kind == AGAIN) for kind in _kinds_of(told)]
    return found


def switch(actor: Actor, partner: str, kind: str, on: bool) -> str:
    """Switch one on or off, or let it happen; what was done, as a sentence.

    Raises `NotFound` for another partner, `Refused` for a kind that it cannot have or that has nothing to act on, and
    `NotAllowed` without the role Trainer.
    """
    told = check(partner, kind)
    with writing(actor, Permission.SET_FAULTS):
        if kind == AGAIN:
            return _again(actor.board.id, told, on)
        if on != (kind in faults.active(actor.board.id, told.job)):
            _ACTS.get(kind, _nothing)(actor.board.id, told, on)
            faults.mark(actor.board.id, told.job, kind, on)
    about = "voor" if kind in faults.KINDS else "bij"
    return f"Storing '{KINDS[kind]}' {about} {catalogue.title(told.job)} staat {'aan' if on else 'uit'}."


def check(partner: str, kind: str) -> Explanation:
    """Who it is about. Raises `NotFound` for another partner, or `Refused` for a kind that it cannot have: on no board."""
    told = _find(partner)
    if kind not in KINDS:
        raise Refused(f"'{kind}' is geen storing. Er zijn: {', '.join(KINDS)}.")
    if kind not in _kinds_of(told):
        raise Refused(f"De storing '{kind}' kan niet bij {told.system}. Daar kan: {', '.join(_kinds_of(told))}.")
    return told


def _partners() -> dict[str, Explanation]:
    """Those that exchange with ESIS, in the order of the catalogue, and Basispoort."""
    known = causes.explanations()
    names = [*(row.type for row in catalogue.all_types()), BASISPOORT.client_code]
    return {name: known[name] for name in names if name in known}


def _find(partner: str) -> Explanation:
    found = _partners()
    name = partner.strip().lower()
    if name not in found:
        raise NotFound(f"Koppeling '{partner}' bestaat niet. Er zijn: {', '.join(found)}.")
    return found[name]


def _kinds_of(told: Explanation) -> list[str]:
    return [
        *faults.KINDS,
        *([WRONG_CODE] if told.account is not None else []),
        *([UNMATCHED, AGAIN] if told.supplier is not None else []),
    ]


def _nothing(_board_id: int, _told: Explanation, _on: bool) -> None:
    """The mark itself is the disturbance."""


def _wrong_code(board_id: int, told: Explanation, on: bool) -> None:
    accounts = told.account
    if not on:
        mine = (KeptCode.board == board_id) & (KeptCode.partner == told.job)
        for kept in KeptCode.select().where(mine):
            same = (accounts.location == kept.location_id) & (accounts.code == kept.other)
            accounts.update(code=kept.code).where(same).execute()
        KeptCode.delete().where(mine).execute()
        return
    here = Location.select(Location.id).where(Location.board == board_id)
    found = list(accounts.select().where(accounts.location.in_(here), accounts.code != ""))
    if not found:
        raise Refused(f"Bij {told.system} staat nog geen verificatiecode. Koppel eerst aan beide kanten.")
    for account in found:
        _put_aside(board_id, told, account)


def _put_aside(board_id: int, told: Explanation, account: Any) -> None:
    other = f"{account.code[:6]}eenheelanderecode1"
    if other == account.code:
        other = f"{other[:-1]}2"
    KeptCode.create(board=board_id, location=account.location_id, partner=told.job, code=account.code, other=other)
    told.account.update(code=other).where(told.account.id == account.id).execute()


def _unmatched(board_id: int, told: Explanation, on: bool) -> None:
    assert told.supplier is not None
    if not on:
        other_numbers.take_back(board_id, told.supplier)
    elif not other_numbers.give(board_id, told.supplier):
        raise Refused(f"{told.system} heeft nog geen leerlingen uit ESIS. Koppel eerst, en wacht een nacht.")


def _again(board_id: int, told: Explanation, on: bool) -> str:
    assert told.supplier is not None
    if not on:
        raise Refused("Opnieuw verzenden gebeurt eenmalig en staat dus niet aan.")
    accounts = told.supplier.account.select().join(Location).where(Location.board == board_id)
    number = sum(_sent_again(told, account) for account in accounts)
    if not number:
        raise Refused(f"{told.system} heeft nog niets naar ESIS verzonden, dus er is niets om opnieuw te verzenden.")
    return f"{told.system} verzendt vannacht {counted(number, 'resultaat', 'resultaten')} nog een keer."


def _sent_again(told: Explanation, account: Any) -> int:
    assert told.supplier is not None
    has_sent = delivery_status.sent(told.supplier, account, limit=1)
    return delivery_status.send_again(told.supplier, account) if has_sent else 0


_ACTS: dict[str, Callable[[int, Explanation, bool], None]] = {WRONG_CODE: _wrong_code, UNMATCHED: _unmatched}
