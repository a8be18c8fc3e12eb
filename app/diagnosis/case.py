"""What every question about a coupling or transfer at one location begins with: both halves, and how it last went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from app import clock
from app.access import Actor
from app.couplings import catalogue, exchanges, lifecycle
from app.couplings.catalogue import CouplingType
from app.partners.causes import Explanation, PartnerSide
from app.school import years
from models.board import Location
from models.coupling import Coupling
from models.run import Run


@dataclass(frozen=True)
class Case:
    """A coupling type or a transfer, at the actor's location."""

    actor: Actor
    explanation: Explanation
    half: PartnerSide | None
    now: datetime

    @property
    def location(self) -> Location:
        """Where."""
        return self.actor.location

    @property
    def system(self) -> str:
        """The other end, as sentences name it."""
        return self.explanation.system

    @property
    def today(self) -> date:
        """The date at school."""
        return self.now.date()

    @property
    def title(self) -> str:
        """As screens call the coupling or transfer."""
        return catalogue.title(self.explanation.job)

    @cached_property
    def kind(self) -> CouplingType | None:
        """The type of coupling; None for a transfer, which nobody activates in ESIS."""
        return next((kind for kind in catalogue.all_types() if kind.type == self.explanation.job), None)

    @cached_property
    def coupling(self) -> Coupling | None:
        """The live coupling."""
        return lifecycle.live(self.location, self.kind.type) if self.kind else None

    @property
    def on(self) -> bool:
        """Whether ESIS's half is there: a transfer needs none."""
        return self.kind is None or self.coupling is not None

    @property
    def works(self) -> bool:
        """Whether both halves take part in the coming night."""
        stopped = self.coupling is not None and self.coupling.code is None
        return self.on and not stopped and self.half is not None and self.half.ready

    @cached_property
    def last(self) -> Run | None:
        """The newest run since the coupling was activated, also one that will be tried again."""
        return exchanges.last_tried(
            self.location, self.explanation.job, self.coupling.consent_at if self.coupling else None
        )

    @property
    def next(self) -> datetime:
        """The next slot, or the next attempt of a run that failed."""
        slot = clock.next_at(self.now, self.explanation.at)
        waiting = self.last is not None and self.last.state == "queued" and self.last.not_before > self.now
        return min(slot, self.last.not_before.astimezone(clock.AMSTERDAM)) if waiting and self.last else slot

    @cached_property
    def school_year(self) -> str:
        """The year ESIS's groups are of."""
        return years.working_year(self.location, self.today)
