"""How a coupling or transfer stands at a location: the one answer, which screens, commands and checks show.

ESIS's half is what ESIS keeps. Of the other half there is what ESIS can tell by itself (`partner`), which its own screens
say, and what the partner's program has (`half`), which only Waarom compares and draaiboeken check.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from app import clock, runs
from app.access import Actor
from app.couplings import catalogue, lifecycle, partner_status
from app.couplings.catalogue import CouplingType
from app.couplings.codes import masked
from app.couplings.partner_status import PartnerStatus
from app.couplings.state import WITHOUT_CODE_YET, CouplingState, state_title
from app.partners.causes import Explanation, PartnerSide
from app.partners.registry import explanations
from app.permissions import Permission
from app.runs import State
from app.school import years
from app.webservice.authorisation import opens
from models.board import Location
from models.coupling import Coupling
from models.run import Run


class Codes(StrEnum):
    """Whether both halves have the same verification code, as on screen."""

    SAME = "gelijk"
    DIFFERENT = "verschillend"
    UNKNOWN = "niet te vergelijken"
    """There are no two to compare."""


@dataclass(frozen=True)
class CouplingStatus:
    """A coupling type or a transfer, at the actor's location."""

    actor: Actor
    job: str
    """The type of the coupling, or the name of the transfer."""
    now: datetime
    coupling: Coupling | None
    """The live coupling; always None for a transfer, which nobody activates in ESIS."""
    last: Run | None
    """The newest run since the coupling was activated, also one that was skipped or will be tried again."""
    last_exchange: Run | None
    """The newest one that exchanged or failed, also of an earlier activation; None where there is no coupling now."""

    @property
    def location(self) -> Location:
        """Where."""
        return self.actor.location

    @property
    def today(self) -> date:
        """The date at school."""
        return self.now.date()

    @property
    def title(self) -> str:
        """As screens call the coupling or transfer."""
        return catalogue.title(self.job)

    @property
    def is_transfer(self) -> bool:
        """Whether it goes without a coupling."""
        return self.job in catalogue.transfers()

    @property
    def kind(self) -> CouplingType:
        """The type of coupling. Raises `NotFound` for a transfer."""
        return catalogue.by_type(self.job)

    @property
    def state(self) -> CouplingState:
        """`available`, `active` or `paused`."""
        return CouplingState.AVAILABLE if self.coupling is None else CouplingState(self.coupling.state)

    @cached_property
    def state_title(self) -> str:
        """The same as people read it."""
        return self.state.label if self.coupling is None else state_title(self.coupling)

    @property
    def without_code_yet(self) -> bool:
        """Whether it was activated without a verification code, and never had one since."""
        return self.state_title == WITHOUT_CODE_YET

    @cached_property
    def was_ended(self) -> bool:
        """Whether it was activated here before and is not any more."""
        here = (Coupling.location == self.location) & (Coupling.type == self.job)
        return self.coupling is None and bool(Coupling.select().where(here).exists())

    @property
    def start_date(self) -> date | None:
        """When it was activated."""
        return None if self.coupling is None else self.coupling.start_date

    @property
    def code_masked(self) -> str:
        """The code without its secret part; empty without one."""
        return masked(None if self.coupling is None else self.coupling.code)

    @property
    def partner(self) -> PartnerStatus:
        """How the other end stands, as far as ESIS can tell."""
        return partner_status.stand(self.coupling)

    @property
    def next_step(self) -> str:
        """What is left to do, as sentences; empty where nothing is. ESIS's half comes first."""
        if self.state is CouplingState.PAUSED:
            return "Vul de verificatiecode in."
        return partner_status.next_step(self.partner, self.kind)

    @property
    def failed(self) -> Run | None:
        """The last run, where it failed."""
        return self.last if self.last is not None and self.last.state == State.FAILED else None

    @cached_property
    def explanation(self) -> Explanation:
        """What the partner tells of it."""
        return explanations()[self.job]

    @cached_property
    def half(self) -> PartnerSide | None:
        """The partner's half; None where it has no account."""
        return self.explanation.half(self.location.id)

    @property
    def system(self) -> str:
        """The other end, as sentences name it."""
        return self.explanation.system

    @property
    def codes(self) -> Codes:
        """The code of the one half beside that of the other."""
        if self.coupling is None or self.coupling.code is None or self.half is None or not self.half.code:
            return Codes.UNKNOWN
        return Codes.SAME if opens(self.coupling, self.half.code) else Codes.DIFFERENT

    @property
    def other_brin6(self) -> str:
        """The BRIN6 that the partner has for this location, where that is another one; else empty."""
        there = self.half.brin6 if self.half is not None else ""
        return "" if there == self.location.brin6 else there

    @property
    def on(self) -> bool:
        """Whether ESIS's half is there: a transfer needs none."""
        return self.is_transfer or self.coupling is not None

    @property
    def takes_part(self) -> bool:
        """Whether both halves take part in the coming night."""
        return self.on and self.state is not CouplingState.PAUSED and self.half is not None and self.half.ready

    @property
    def works(self) -> bool:
        """Whether the coming night brings anything: both halves take part, and belong together."""
        return self.takes_part and self.codes is not Codes.DIFFERENT and not self.other_brin6

    @property
    def next(self) -> datetime:
        """The next slot, or the next attempt of a run that is tried again."""
        moments = [clock.next_at(self.now, self.explanation.at)]
        if self.last is not None and self.last.state == State.QUEUED and self.last.not_before > self.now:
            moments.append(self.last.not_before.astimezone(clock.AMSTERDAM))
        return min(moments)

    @cached_property
    def school_year(self) -> str:
        """The year ESIS's groups are of."""
        return years.working_year(self.location, self.today)


def status_of(actor: Actor, job: str) -> CouplingStatus:
    """How this coupling or transfer stands now. Asks no permission: whoever shows it does."""
    location, coupling = actor.location, lifecycle.live(actor.location, job)
    return CouplingStatus(
        actor,
        job,
        clock.school_now(actor.board),
        coupling,
        runs.last_tried(location, job, coupling.consent_at if coupling else None),
        runs.last_exchange(location, job) if coupling else None,
    )


def all_couplings(actor: Actor) -> list[CouplingStatus]:
    """Every type of coupling, in the order of the catalogue. Raises `NotAllowed`."""
    actor.require(Permission.VIEW_COUPLINGS)
    return [status_of(actor, kind.type) for kind in catalogue.all_types()]


def headings(available: list[CouplingStatus]) -> dict[str, list[CouplingStatus]]:
    """Couplings under their headings, in the order of the catalogue."""
    found: dict[str, list[CouplingStatus]] = {}
    for status in available:
        found.setdefault(status.kind.heading, []).append(status)
    return found


def told(run: Run | None) -> str:
    """When a run was, how it went, and its counts or why it brought nothing; empty where there was none."""
    if run is None:
        return ""
    return f"{clock.dutch_moment(run.slot)} {State(run.state).label.lower()}: {catalogue.run_told(run)}"
