"""What needs attention (Berichten overzicht), and why a dashboard is still empty: each with the screen that solves it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app import clock
from app.access import Actor, Permission
from app.couplings import lifecycle, other_end
from app.couplings.catalogue import CouplingType, all_types, title, transfers
from app.couplings.other_end import OtherEnd
from app.runs import Counts
from app.school import years
from app.school.assessment import waiting
from app.school.assessment.waiting import Standing
from models.assessment import Result, UnmatchedResult
from models.run import Run


@dataclass(frozen=True)
class Notice:
    """One line of attention.

    `target` is a menu item's id, `partner:` and a coupling type, `log:` and a type or transfer, or `unmatched`.
    """

    text: str
    target: str
    urgent: bool = False
    about: str = ""
    """The coupling or transfer of which one can ask why; empty where it is about something else."""


def notices(actor: Actor) -> list[Notice]:
    """What this user can do something about, most urgent first."""
    if not actor.may(Permission.VIEW_COUPLINGS):
        return []
    found = _not_activated(actor)
    for kind in all_types():
        found += [replace(notice, about=kind.type) for notice in _of_coupling(actor, kind)]
    for job in transfers():
        found += [replace(notice, about=job) for notice in _of_transfer(actor, job)]
    found += _unmatched(actor) + _school_year(actor)
    return sorted(found, key=lambda notice: not notice.urgent)


def why_no_results(actor: Actor) -> str:
    """Why this location holds no results of IEP LVS yet, and what to do: sentences for an empty dashboard."""
    kind = all_types()[0]
    coupling = lifecycle.live(actor.location, kind.type)
    manager = "" if actor.may(Permission.MANAGE_COUPLINGS) else " Vraag dat aan de directie of de applicatiebeheerder."
    if coupling is None:
        return (f"De koppeling {kind.row} is nog niet geactiveerd. Dat kan via Beheer > Import-Export-Koppelingen > "
                f"Koppelingen.{manager}")  # fmt: skip
    if coupling.state == "paused":
        return f"De koppeling {kind.row} is tijdelijk gestopt: er is geen verificatiecode. Vul hem weer in.{manager}"
    last = last_run(actor, kind.type, coupling.consent_at)
    if last is not None and last.state == "failed":
        return f"De laatste uitwisseling met {kind.row} is mislukt: {last.error}"
    end = other_end.stand(actor.location, kind)
    if end is OtherEnd.TO_SET_UP:
        return (
            f"De koppeling {kind.row} is in ESIS geactiveerd, maar in {kind.partner} nog niet ingeschakeld. "
            f"{kind.next_step}{manager}"
        )
    if end is OtherEnd.TO_CHECK:
        return (f"De verificatiecode van de koppeling {kind.row} is gewijzigd of weer ingevuld. "
                f"{other_end.next_step(end, kind)}{manager}")  # fmt: skip
    if has_results(actor):
        return "Er zijn resultaten ontvangen, maar niet voor deze groep. In groep 1 en 2 worden geen toetsen afgenomen."
    return (f"De koppeling {kind.row} staat aan. De resultaten komen vannacht om {clock.RESULTS:%H:%M} uur; "
            "morgenochtend staan ze hier. Zet in deze oefenomgeving de schooltijd vooruit met F9.")  # fmt: skip


def has_results(actor: Actor) -> bool:
    """Whether the location holds any result."""
    return bool(Result.select().where(Result.location == actor.location).exists())


def last_run(actor: Actor, job: str, after: datetime | None = None) -> Run | None:
    """The newest run of this job at the actor's location that has ended; with `after`, of a slot later than that.

    What happened before a coupling was activated again says nothing about it any more.
    """
    return _newest(actor, job, after, Run.state.in_(["succeeded", "failed", "skipped"]))


def last_tried(actor: Actor, job: str, after: datetime | None = None) -> Run | None:
    """The same, or a newer run that was tried and will be tried again."""
    return _newest(actor, job, after, (Run.attempt > 0) | Run.state.in_(["failed", "skipped"]))


def _newest(actor: Actor, job: str, after: datetime | None, which: Any) -> Run | None:
    runs = Run.select().where(Run.location == actor.location, Run.job == job, which)
    if after is not None:
        runs = runs.where(Run.slot > after)
    found: Run | None = runs.order_by(Run.slot.desc()).first()
    return found


def _not_activated(actor: Actor) -> list[Notice]:
    """Which couplings there are, as long as the location has none: afterwards what it does not use is its own choice."""
    kinds = all_types()
    if any(lifecycle.live(actor.location, kind.type) for kind in kinds):
        return []
    rows = [kind.row for kind in kinds]
    names = rows[0] if len(rows) == 1 else f"{', '.join(rows[:-1])} of {rows[-1]}"
    return [Notice(f"Er is nog geen koppeling geactiveerd: {names}.", "koppelingen")]


def _of_coupling(actor: Actor, kind: CouplingType) -> list[Notice]:
    coupling = lifecycle.live(actor.location, kind.type)
    if coupling is None:
        return []
    if coupling.state == "paused":
        return [Notice(f"{kind.row}: tijdelijk gestopt, want er is geen verificatiecode.", "koppelingen", urgent=True)]
    found = []
    last = last_run(actor, kind.type, coupling.consent_at)
    if last is not None and last.state == "failed":
        found.append(Notice(f"{kind.row}: de uitwisseling van {clock.dutch_moment(last.slot)} is mislukt. {last.error}",
                            "log:" + kind.type, urgent=True))  # fmt: skip
    end = other_end.stand(actor.location, kind)
    if end is OtherEnd.TO_SET_UP:
        found.append(Notice(f"{kind.row}: geactiveerd in ESIS; stel nu de koppeling in bij {kind.partner}.",
                            "partner:" + kind.type, urgent=True))  # fmt: skip
    elif end is OtherEnd.TO_CHECK:
        found.append(Notice(f"{kind.row}: de verificatiecode is gewijzigd of weer ingevuld. "
                            f"{other_end.next_step(end, kind)}", "partner:" + kind.type, urgent=True))  # fmt: skip
    if last is not None and Counts.from_json(last.counts).refused:
        refused = Counts.from_json(last.counts).refused
        word = "resultaat is" if refused == 1 else "resultaten zijn"
        found.append(Notice(f"{kind.row}: {refused} {word} geweigerd. Het logboek zegt waarom.", "log:" + kind.type))
    return found


def _of_transfer(actor: Actor, job: str) -> list[Notice]:
    last = last_run(actor, job)
    if last is None or last.state != "failed":
        return []
    moment = clock.dutch_moment(last.slot)
    return [Notice(f"{title(job)}: de overdracht van {moment} is mislukt. {last.error}", "log:" + job, urgent=True)]


def _unmatched(actor: Actor) -> list[Notice]:
    count = (
        UnmatchedResult.select()
        .where(UnmatchedResult.location == actor.location, waiting.on_list(Standing.OPEN))
        .count()
    )
    if not count or not actor.may(Permission.MATCH_RESULTS):
        return []
    first = UnmatchedResult.get(UnmatchedResult.location == actor.location, waiting.on_list(Standing.OPEN))
    word, it = ("resultaat vindt", "het") if count == 1 else ("resultaten vinden", "ze")
    return [Notice(f"{title(first.supplier)}: {count} {word} geen leerling. Koppel of verwijder {it}.", "unmatched",
                   urgent=True)]  # fmt: skip


def _school_year(actor: Actor) -> list[Notice]:
    """That the calendar's school year has begun while the location still works with last year's groups."""
    today = clock.school_today(actor.board)
    begun, working = clock.school_year_of(today), years.working_year(actor.location, today)
    if begun == working:
        return []
    return [Notice(f"Het schooljaar {begun} is begonnen, maar de groepen zijn nog van {working}. Voer de jaarovergang uit.",
                   "jaarovergang")]  # fmt: skip
