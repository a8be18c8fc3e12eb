"""The state of the partner's system, as far as ESIS can tell: judged by the code with which it last connected.

ESIS does not keep a removed code, only a digest of the one the partner last presented. So it recognises that code when
it is entered again, even in a new activation, and knows of any other code that the partner does not have it yet.
"""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256

from app.couplings.catalogue import CouplingType
from models.board import Location
from models.coupling import Coupling


class PartnerStatus(StrEnum):
    """Completes "IEP LVS ..." on screen."""

    READY = "is ingesteld"
    TO_SET_UP = "is nog niet ingesteld"
    TO_CHECK = "is nog niet getest met deze code"


def stand(coupling: Coupling | None) -> PartnerStatus:
    """Return the state of the partner of a live coupling; None where there is none."""
    if coupling is None or not coupling.shown:
        return PartnerStatus.TO_SET_UP
    if coupling.code is None or coupling.shown == _digest(coupling.code):
        return PartnerStatus.READY
    return PartnerStatus.TO_CHECK


def next_step(found: PartnerStatus, kind: CouplingType) -> str:
    """What is left to do at the partner, as sentences; empty when it is ready."""
    if found is PartnerStatus.TO_CHECK:
        return f"Controleer in {kind.partner} of daar dezelfde verificatiecode staat, en verstuur daar het testbericht."
    return "" if found is PartnerStatus.READY else kind.next_step


def note_shown(coupling: Coupling) -> None:
    """Remember that the partner connected with the coupling's current code."""
    digest = _digest(coupling.code or "")
    if coupling.shown != digest:
        Coupling.update(shown=digest).where(Coupling.id == coupling.id).execute()


def shown_before(location: Location, type_name: str) -> str:
    """The digest a new activation starts with: the partner keeps its code when a coupling is ended in ESIS."""
    rows = Coupling.select().where(Coupling.location == location, Coupling.type == type_name)
    last: Coupling | None = rows.order_by(Coupling.id.desc()).first()
    return "" if last is None else str(last.shown)


def _digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()
