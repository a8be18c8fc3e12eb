"""What the Koppelingenoverzicht shows: the live couplings of a location, and those still available."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from peewee import fn

from app.access import Actor, Permission
from app.couplings import exchanges, lifecycle
from app.couplings.catalogue import CouplingType, all_types
from app.couplings.codes import masked
from models.coupling import Coupling
from models.run import Run

PAUSED_FROM_THE_START = "Nog geen code"
STATE_TITLES = {"available": "Beschikbaar", "active": "Actief", "paused": "Tijdelijk gestopt", "ended": "Beëindigd"}


@dataclass(frozen=True)
class CouplingRow:
    """One coupling as lists show it; `coupling` is None while it is only available."""

    kind: CouplingType
    coupling: Coupling | None
    last_run: datetime | None

    @property
    def state(self) -> str:
        """`available`, `active` or `paused`."""
        return "available" if self.coupling is None else str(self.coupling.state)

    @property
    def title(self) -> str:
        """The same as people read it."""
        return STATE_TITLES[self.state] if self.coupling is None else state_title(self.coupling)

    @property
    def start_date(self) -> date | None:
        """When it was activated."""
        return None if self.coupling is None else self.coupling.start_date

    @property
    def code_masked(self) -> str:
        """The code without its secret part; empty without one."""
        return masked(None if self.coupling is None else self.coupling.code)


def rows(actor: Actor) -> list[CouplingRow]:
    """Every type of coupling, with its live coupling at the actor's location. Raises `NotAllowed`."""
    actor.require(Permission.VIEW_COUPLINGS)
    live = {
        coupling.type: coupling
        for coupling in Coupling.select().where(Coupling.location == actor.location, Coupling.state != "ended")
    }
    ended = (
        Run.select(Run.job, fn.MAX(Run.slot))
        .where(Run.location == actor.location, Run.state.in_(exchanges.HAPPENED))
        .group_by(Run.job)
    )
    last: dict[str, datetime] = dict(ended.tuples())  # type: ignore[arg-type]
    return [
        CouplingRow(kind, live.get(kind.type), last.get(kind.type) if kind.type in live else None)
        for kind in all_types()
    ]


def state_title(coupling: Coupling) -> str:
    """The state as people read it: what never had a code has not been stopped."""
    if coupling.state == "paused" and not lifecycle.had_code(coupling):
        return PAUSED_FROM_THE_START
    return STATE_TITLES[coupling.state]


def headings(available: list[CouplingRow]) -> list[tuple[str, list[CouplingRow]]]:
    """The available couplings under their headings, in order of the catalogue."""
    found: dict[str, list[CouplingRow]] = {}
    for row in available:
        found.setdefault(row.kind.heading, []).append(row)
    return list(found.items())
