"""The states of ESIS's half of a coupling (sources.md#times), and what they are called on screen."""

from __future__ import annotations

from enum import StrEnum

from app.couplings import logbook
from app.couplings.logbook import LogKind
from models.coupling import Coupling

WITHOUT_CODE_YET = "Nog geen code"


class CouplingState(StrEnum):
    """How a type of coupling stands at a location, as ESIS keeps it."""

    AVAILABLE = "available"
    """Not activated; no row of the table says so."""
    ACTIVE = "active"
    PAUSED = "paused"
    """Without a verification code."""
    ENDED = "ended"

    @property
    def label(self) -> str:
        """As on screen: `Actief`."""
        return _LABELS[self]


_LABELS = {
    CouplingState.AVAILABLE: "Beschikbaar",
    CouplingState.ACTIVE: "Actief",
    CouplingState.PAUSED: "Tijdelijk gestopt",
    CouplingState.ENDED: "Beëindigd",
}
LIVE = Coupling.state != CouplingState.ENDED
"""The condition for a coupling that was activated and not ended."""


def had_code(coupling: Coupling) -> bool:
    """Whether a live coupling has, or had since its activation, a verification code."""
    if coupling.code is not None:
        return True
    newest = logbook.newest_of(coupling.location, coupling.type, LogKind.ACTIVATED, LogKind.PAUSED)
    return newest is not None and newest.kind == LogKind.PAUSED


def state_title(coupling: Coupling) -> str:
    """The state as people read it: what never had a code has not been stopped."""
    return CouplingState(coupling.state).label if had_code(coupling) else WITHOUT_CODE_YET
