"""The status of a coupling or transfer at a location: the single source for screens, commands and checks.

ESIS's side is what ESIS stores. Of the other side there is what ESIS can tell by itself (`partner`), which its own
screens show, and what the partner's program has (`side`), which only Waarom compares and draaiboeken check.
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
from app.diagnosis import advice
from app.partners import elsewhere
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
    """Whether both sides have the same verification code, as on screen."""

    SAME = "gelijk"
    DIFFERENT = "verschillend"
    UNKNOWN = "niet te vergelijken"
    """There are no two codes to compare."""


class Badge(StrEnum):
    """How a coupling stands in one word, as on screen."""

    ACTIVE = "Actief"
    HALF = "Andere helft ontbreekt"
    PAUSED = "Tijdelijk gestopt"
    NO_CODE = WITHOUT_CODE_YET
    FAILED = "Mislukt"
    AVAILABLE = "Niet geactiveerd"
    ENDED = "Beëindigd"


@dataclass(frozen=True)
class CouplingStatus:
    """The status of a coupling type or transfer at the actor's location."""

    actor: Actor
    job: str
    """The type of the coupling, or the name of the transfer."""
    now: datetime
    coupling: Coupling | None
    """The live coupling; always None for a transfer, which is never activated in ESIS."""
    last: Run | None
    """The newest run since the coupling was activated, including one that was skipped or awaits a retry."""
    last_exchange: Run | None
    """The newest run that exchanged or failed, also from an earlier activation; None without a coupling."""
    advises: bool = True
    """Whether may be told what ESIS works out of the other side, and what is to be done (`advice`)."""

    @property
    def location(self) -> Location:
        """The location."""
        return self.actor.location

    @property
    def today(self) -> date:
        """The date at school."""
        return self.now.date()

    @property
    def title(self) -> str:
        """The on-screen name of the coupling or transfer."""
        return catalogue.title(self.job)

    @property
    def is_transfer(self) -> bool:
        """Whether it works without a coupling."""
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
        """The state as shown to users."""
        return self.state.label if self.coupling is None else state_title(self.coupling)

    @property
    def without_code_yet(self) -> bool:
        """Whether it was activated without a verification code and has not had one since."""
        return self.state_title == WITHOUT_CODE_YET

    @cached_property
    def was_ended(self) -> bool:
        """Whether it was active here before and no longer is."""
        here = (Coupling.location == self.location) & (Coupling.type == self.job)
        return self.coupling is None and bool(Coupling.select().where(here).exists())

    @property
    def start_date(self) -> date | None:
        """When it was activated."""
        return None if self.coupling is None else self.coupling.start_date

    @property
    def code_masked(self) -> str:
        """The code with its secret part masked; empty without one."""
        return masked(None if self.coupling is None else self.coupling.code)

    @property
    def partner(self) -> PartnerStatus:
        """The state of the other side, as far as ESIS can tell."""
        return partner_status.stand(self.coupling)

    @property
    def next_step(self) -> str:
        """What is left to do, as sentences; empty if nothing, or in an exam. ESIS's side comes first."""
        if not self.advises:
            return ""
        if self.state is CouplingState.PAUSED:
            return "Vul de verificatiecode in." if self.without_code_yet else "Hervatten: vul dezelfde code weer in."
        return partner_status.next_step(self.partner, self.kind)

    @property
    def badge(self) -> Badge:
        """How it stands in one word: what hinders it most, as far as ESIS can tell; in an exam only ESIS's own side."""
        if self.coupling is None:
            return Badge.ENDED if self.was_ended else Badge.AVAILABLE
        if self.state is CouplingState.PAUSED:
            return Badge.NO_CODE if self.without_code_yet else Badge.PAUSED
        if self.advises and self.partner is not PartnerStatus.READY:
            return Badge.HALF
        return Badge.FAILED if self.failed else Badge.ACTIVE

    @property
    def failed(self) -> Run | None:
        """The last run, if it failed."""
        return self.last if self.last is not None and self.last.state == State.FAILED else None

    @cached_property
    def explanation(self) -> Explanation:
        """What the partner says about it."""
        return explanations()[self.job]

    @cached_property
    def side(self) -> PartnerSide | None:
        """The partner's side; None where it has no account."""
        return self.explanation.side(self.location.id)

    @cached_property
    def elsewhere(self) -> str:
        """`een andere ESIS: http://...` where the partner talks to that one, in the place of this."""
        return elsewhere.told(self.location.board_id, self.job) if self.job == self.explanation.program else ""

    @property
    def system(self) -> str:
        """The name of the other side, as used in sentences."""
        return self.explanation.system

    @property
    def codes(self) -> Codes:
        """How the codes of both sides compare."""
        if self.elsewhere:
            return Codes.UNKNOWN
        if self.coupling is None or self.coupling.code is None or self.side is None or not self.side.code:
            return Codes.UNKNOWN
        return Codes.SAME if opens(self.coupling, self.side.code) else Codes.DIFFERENT

    @property
    def other_brin6(self) -> str:
        """The partner's BRIN6 for this location if it differs; otherwise empty."""
        if self.elsewhere:
            return ""
        there = self.side.brin6 if self.side is not None else ""
        return "" if there == self.location.brin6 else there

    @property
    def on(self) -> bool:
        """Whether ESIS's side is in place: a transfer needs nothing."""
        return self.is_transfer or self.coupling is not None

    @property
    def takes_part(self) -> bool:
        """Whether both sides take part in the coming night; of another ESIS its side is not known here."""
        if self.elsewhere:
            return self.side is not None and self.side.ready
        return self.on and self.state is not CouplingState.PAUSED and self.side is not None and self.side.ready

    @property
    def works(self) -> bool:
        """Whether the coming night delivers anything: both sides take part, and match."""
        return self.takes_part and self.codes is not Codes.DIFFERENT and not self.other_brin6

    @property
    def next(self) -> datetime:
        """The next slot, or the next attempt of a run that is retried."""
        moments = [clock.next_at(self.now, self.explanation.at)]
        if self.last is not None and self.last.state == State.QUEUED and self.last.not_before > self.now:
            moments.append(self.last.not_before.astimezone(clock.AMSTERDAM))
        return min(moments)

    @cached_property
    def school_year(self) -> str:
        """The school year of ESIS's groups."""
        return years.working_year(self.location, self.today)


def status_of(actor: Actor, job: str) -> CouplingStatus:
    """The current status of this coupling or transfer. Checks no permission: the caller must."""
    coupling = None if job in catalogue.transfers() else lifecycle.live(actor.location, job)
    return _status(actor, job, coupling, clock.school_now(actor.board), advice.is_given(actor.board))


def _status(actor: Actor, job: str, coupling: Coupling | None, now: datetime, advises: bool) -> CouplingStatus:
    location = actor.location
    return CouplingStatus(
        actor,
        job,
        now,
        coupling,
        runs.last_tried(location, job, coupling.consent_at if coupling else None),
        runs.last_exchange(location, job) if coupling else None,
        advises,
    )


def all_couplings(actor: Actor) -> list[CouplingStatus]:
    """Return every type of coupling, in catalogue order. Raises `NotAllowed`."""
    actor.require(Permission.VIEW_COUPLINGS)
    live = {coupling.type: coupling for coupling in lifecycle.all_live(actor.location)}
    now, advises = clock.school_now(actor.board), advice.is_given(actor.board)
    return [_status(actor, kind.type, live.get(kind.type), now, advises) for kind in catalogue.all_types()]


def headings(available: list[CouplingStatus]) -> dict[str, list[CouplingStatus]]:
    """Group couplings under their headings, in catalogue order."""
    found: dict[str, list[CouplingStatus]] = {}
    for status in available:
        found.setdefault(status.kind.heading, []).append(status)
    return found


def told(run: Run | None) -> str:
    """When a run was, how it went, and its counts or why it delivered nothing; empty without a run."""
    if run is None:
        return ""
    return f"{clock.dutch_moment(run.slot)} {State(run.state).label.lower()}: {catalogue.run_told(run)}"
