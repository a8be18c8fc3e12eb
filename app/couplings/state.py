"""The states of ESIS's side of a coupling (sources.md#states), and their names on screen."""

from __future__ import annotations

from enum import StrEnum

from app.couplings import logbook
from app.couplings.logbook import LogKind
from models.coupling import Coupling

WITHOUT_CODE_YET = "Nog geen code"


class CouplingState(StrEnum):
    """The state of a type of coupling at a location, as ESIS stores it."""

    AVAILABLE = "available"
    """Not activated; never stored in the table."""
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
    """Whether a live coupling has a verification code, or had one since its activation."""
    if coupling.code is not None:
        return True
    newest = logbook.newest_of(coupling.location, coupling.type, LogKind.ACTIVATED, LogKind.PAUSED)
    return newest is not None and newest.kind == LogKind.PAUSED


def state_title(coupling: Coupling) -> str:
    """The state as shown to users: a coupling that never had a code is not called stopped."""
    return CouplingState(coupling.state).label if had_code(coupling) else WITHOUT_CODE_YET
