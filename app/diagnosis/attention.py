"""What needs attention (Berichten overzicht) and why a dashboard is still empty, each with the screen that solves
it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time

from app import clock
from app.access import Actor, group_ids
from app.counted import counted, plural
from app.couplings.catalogue import CouplingType, all_types, title, transfers
from app.couplings.partner_status import PartnerStatus
from app.couplings.state import CouplingState
from app.diagnosis import advice, results
from app.diagnosis.coupling_status import CouplingStatus, all_couplings, status_of
from app.partners.registry import explanations
from app.permissions import Permission
from app.school import groups, years
from app.school.assessment import waiting
from app.school.assessment.waiting import Standing
from app.targets import Log, MenuItem, PartnerPage, Target, Unmatched
from models.assessment import Result
from models.school import Placement


@dataclass(frozen=True)
class Notice:
    """One line of attention, and the screen that solves it."""

    text: str
    target: Target
    urgent: bool = False
    about: str = ""
    """The coupling or transfer that Waarom can explain; empty if the item is about something else."""
    solves: bool = True
    """Whether the screen is told to be where it is solved."""

    @property
    def short(self) -> str:
        """Its first sentence, which says what is the matter and fits a block of the Startpagina."""
        first, end, _rest = self.text.partition(". ")
        return first + end.strip()


@dataclass(frozen=True)
class Obstacle:
    """Something that keeps a coupling from working: the item for the list, and the sentence for a dashboard left empty
    by it.
    """

    notice: Notice
    why: str
    for_manager: bool = True
    """Whether the user who manages couplings has to act."""


def notices(actor: Actor, couplings: Sequence[CouplingStatus] | None = None) -> list[Notice]:
    """The items this user can act on, most urgent first; `couplings` if it is known already how they stand.

    In an exam only what was noted in the logbook, without what to do.
    """
    if not actor.may(Permission.VIEW_COUPLINGS):
        return _came_in(actor)
    couplings = all_couplings(actor) if couplings is None else couplings
    found, known = _not_activated(couplings), explanations()
    for status in couplings:
        found += [replace(notice, about=status.job) for notice in _of_coupling(actor, status)]
    for job in transfers():
        found += [replace(notice, about=job if job in known else "") for notice in _of_transfer(actor, job)]
    found += _school_year(actor)
    if not advice.is_given(actor.board):
        found = [
            replace(notice, text=notice.short, about="", solves=False)
            for notice in found
            if isinstance(notice.target, Log)
        ]
    return sorted(found, key=lambda notice: not notice.urgent)


def why_no_results(actor: Actor) -> str:
    """Why this location has no coupled results yet and what to do, in sentences for an empty dashboard; in an exam
    nothing.
    """
    if not advice.is_given(actor.board):
        return ""
    kinds = [kind for kind in all_types() if kind.brings_results]
    live = [status for kind in kinds if (status := status_of(actor, kind.type)).coupling]
    manager = "" if actor.may(Permission.MANAGE_COUPLINGS) else " Vraag dat aan de directie of de applicatiebeheerder."
    if not live:
        rows = " of ".join(kind.row for kind in kinds)
        return (
            f"Er is nog geen resultatenkoppeling geactiveerd ({rows}). Dat kan via Beheer > Import-Export-Koppelingen > "
            f"Koppelingen.{manager}"
        )
    reasons = [_first_reason(status, manager) for status in live]
    if has_results(actor) and not any(reasons):
        return "Er zijn resultaten ontvangen, maar niet voor deze groep. In groep 1 en 2 worden geen toetsen afgenomen."
    return " ".join(reason or _on(status.kind) for status, reason in zip(live, reasons, strict=True))


def _first_reason(status: CouplingStatus, manager: str) -> str:
    """Why a live coupling delivers nothing; empty when it works."""
    first = next(_obstacles(status), None)
    return "" if first is None else first.why + (manager if first.for_manager else "")


def _on(kind: CouplingType) -> str:
    return (
        f"De koppeling {kind.row} staat aan. De resultaten komen vannacht om {clock.RESULTS:%H:%M} uur; "
        "morgenochtend staan ze hier. Zet in deze oefenomgeving de schooltijd vooruit met F9."
    )


def has_results(actor: Actor) -> bool:
    """Whether the location holds any result."""
    return bool(Result.select().where(Result.location == actor.location).exists())


def _came_in(actor: Actor) -> list[Notice]:
    """Tell group teachers that results for their group arrived today."""
    if not actor.may(Permission.VIEW_RESULTS):
        return []
    since = clock.local(clock.school_today(actor.board), time())
    new = Result.select().where(Result.location == actor.location, Result.received_at >= since, Result.part == "")
    mine = group_ids(actor, groups.this_year(actor))
    if mine is not None:
        new = new.where(Result.pupil.in_(Placement.select(Placement.pupil).where(Placement.group.in_(mine))))
    if not (number := new.count()):
        return []
    told = counted(number, "nieuw toetsresultaat", "nieuwe toetsresultaten")
    return [Notice(f"Vandaag binnengekomen: {told}. Bekijk Mijn groep.", MenuItem("mijn-groep"))]


def _not_activated(couplings: Sequence[CouplingStatus]) -> list[Notice]:
    """List the available couplings while the location has none; once it has one, leaving the rest unused is its own
    choice.
    """
    if any(status.coupling is not None for status in couplings):
        return []
    rows = [status.kind.row for status in couplings]
    names = rows[0] if len(rows) == 1 else f"{', '.join(rows[:-1])} of {rows[-1]}"
    return [Notice(f"Er is nog geen koppeling geactiveerd. Dat kan met {names}.", MenuItem("koppelingen"))]


def _of_coupling(actor: Actor, status: CouplingStatus) -> list[Notice]:
    """The items for one coupling. Each has a cause in `findings.diagnose`, from the same facts, so Waarom never knows
    less.
    """
    kind = status.kind
    found = [*_without_pupil(actor, kind), *(obstacle.notice for obstacle in _obstacles(status))]
    if status.state is not CouplingState.ACTIVE:
        return found
    if refused := results.offered(actor.location, kind.type).refused:
        told = counted(refused, "resultaat is", "resultaten zijn")
        found.append(Notice(f"{kind.row}: {told} geweigerd. Het logboek zegt waarom.", Log(kind.type)))
    return found


def _obstacles(status: CouplingStatus) -> Iterator[Obstacle]:
    """What keeps a live coupling from working, as far as ESIS can tell; for a paused one, only that it is paused."""
    kind = status.kind
    if status.state is CouplingState.PAUSED:
        yield Obstacle(
            Notice(
                f"{kind.row}: {status.state_title.lower()}. {status.next_step}",
                MenuItem("koppelingen"),
                urgent=True,
            ),
            f"De koppeling {kind.row} heeft nog geen verificatiecode. Vul hem in."
            if status.without_code_yet
            else f"De koppeling {kind.row} is tijdelijk gestopt: er is geen verificatiecode. Vul hem weer in.",
        )
    if status.state is not CouplingState.ACTIVE:
        return
    if last := status.failed:
        yield Obstacle(
            Notice(
                f"{kind.row}: de uitwisseling is mislukt. Op {clock.dutch_moment(last.slot)}: {last.error}",
                Log(kind.type),
                urgent=True,
            ),
            f"De laatste uitwisseling met {kind.row} is mislukt: {last.error}",
            for_manager=False,
        )
    if status.partner is PartnerStatus.TO_SET_UP:
        yield Obstacle(
            Notice(
                f"{kind.row}: de andere helft ontbreekt. Stel nu de koppeling in bij {kind.partner}.",
                PartnerPage(kind.type),
                urgent=True,
            ),
            f"De koppeling {kind.row} is in ESIS geactiveerd, maar in {kind.partner} nog niet ingeschakeld. "
            f"{status.next_step}",
        )
    elif status.partner is PartnerStatus.TO_CHECK:
        yield Obstacle(
            Notice(
                f"{kind.row}: onbekend of {kind.partner} deze code heeft. {status.next_step}",
                PartnerPage(kind.type),
                urgent=True,
            ),
            f"ESIS weet niet of {kind.partner} de verificatiecode van de koppeling {kind.row} heeft. {status.next_step}",
        )


def _of_transfer(actor: Actor, job: str) -> list[Notice]:
    if (last := status_of(actor, job).failed) is None:
        return []
    moment = clock.dutch_moment(last.slot)
    return [Notice(f"{title(job)}: de overdracht is mislukt. Op {moment}: {last.error}", Log(job), urgent=True)]


def _without_pupil(actor: Actor, kind: CouplingType) -> list[Notice]:
    count = waiting.of_supplier(actor.location, kind.type, Standing.OPEN).count() if kind.brings_results else 0
    if not count or not actor.may(Permission.MATCH_RESULTS):
        return []
    it = plural(count, "het", "ze")
    return [
        Notice(
            f"{kind.row}: {counted(count, 'resultaat vindt', 'resultaten vinden')} geen leerling. "
            f"Koppel of verwijder {it}.",
            Unmatched(),
            urgent=True,
        )
    ]


def _school_year(actor: Actor) -> list[Notice]:
    """Tell that the calendar's school year has begun while the location still works with last year's groups."""
    today = clock.school_today(actor.board)
    begun, working = clock.school_year_of(today), years.working_year(actor.location, today)
    if begun == working:
        return []
    return [
        Notice(
            f"{begun} is begonnen, maar de groepen zijn nog van {working}. Voer de jaarovergang uit.",
            MenuItem("jaarovergang"),
        )
    ]
