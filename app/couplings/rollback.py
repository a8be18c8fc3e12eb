"""<Terugdraaien> of one delivery of results by a supplier: preview it, carry it out, and log it.

Afterwards the supplier can correct the mistake and deliver again (sources.md#rollback).
"""

from __future__ import annotations

from app.access import Actor, writing
from app.clock import dutch_moment
from app.counted import counted
from app.couplings import logbook
from app.couplings.catalogue import CouplingType, by_type
from app.couplings.logbook import LogKind
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.runs import State
from app.school.assessment import deliveries
from app.school.assessment.deliveries import TakeBack
from models.assessment import Delivery
from models.base import locked
from models.coupling import LogEntry
from models.run import Run


def listed(actor: Actor, type_name: str) -> list[Delivery]:
    """Return a supplier's deliveries at the actor's location, newest first. Raises `NotAllowed`."""
    actor.require(Permission.VIEW_COUPLINGS)
    return deliveries.of_supplier(actor.location, type_name)


def last(actor: Actor, type_name: str) -> Delivery:
    """Return the newest delivery that was not rolled back. Raises `NotAllowed` or `NotFound`."""
    kind = by_type(type_name)
    for delivery in listed(actor, kind.type):
        if delivery.rolled_back_at is None:
            return delivery
    raise NotFound(
        f"{kind.row} heeft op vestiging {actor.location.brin6} geen resultaten geleverd om terug te draaien."
    )


def of_run(actor: Actor, run_id: int, type_name: str = "") -> Delivery:
    """Return the delivery of a run. Raises `NotAllowed`, or `NotFound` for a run of something else or without
    results.
    """
    actor.require(Permission.VIEW_COUPLINGS)
    run: Run | None = Run.get_or_none(Run.id == run_id, Run.location == actor.location)
    if run is None or (type_name and run.job != by_type(type_name).type):
        raise NotFound(f"Uitwisseling {run_id} hoort niet bij deze koppeling en vestiging.")
    found = deliveries.sent_at(actor.location, run.job, run.slot)
    if found is None:
        raise NotFound("Deze uitwisseling bracht geen nieuwe of gewijzigde resultaten; er valt niets terug te draaien.")
    return found


def of_line(actor: Actor, line: LogEntry) -> Delivery:
    """Return the delivery of the run behind a logbook line. Raises `NotAllowed`, or `NotFound` for another kind of
    line.
    """
    if line.run_id is None:
        raise NotFound("Terugdraaien kan alleen bij een regel van een uitwisseling die resultaten bracht.")
    return of_run(actor, line.run_id)


def preview(actor: Actor, delivery: Delivery) -> TakeBack:
    """Show what a rollback would do now. Raises `NotAllowed`, or `Refused` when it is impossible or nothing is left."""
    actor.require(Permission.MANAGE_COUPLINGS)
    return _something(deliveries.preview(_open(actor, delivery)))


def roll_back(actor: Actor, delivery: Delivery) -> TakeBack:
    """Roll back a delivery. Raises `NotAllowed`, or `Refused` when it is impossible or nothing is left."""
    with writing(actor, Permission.MANAGE_COUPLINGS) as now:
        row = _open(actor, delivery)
        done = _something(deliveries.take_back(row, actor.name, now))
        told = f"Levering van {dutch_moment(row.sent_at)} teruggedraaid: {done.sentence}"
        logbook.write_for(actor, row.supplier, now, LogKind.ROLLED_BACK, told)
    return done


def question(kind: CouplingType, delivery: Delivery, found: TakeBack) -> str:
    """What the user agrees to before the rollback, as sentences."""
    goes = counted(found.gone, "resultaat gaat", "resultaten gaan")
    returns = counted(found.restored, "resultaat krijgt", "resultaten krijgen")
    does = [f"{goes} weg uit ESIS"] if found.gone else []
    does += [f"{returns} de vorige waarde terug"] if found.restored else []
    first = f"De levering van {kind.partner} van {dutch_moment(delivery.sent_at)}: {' en '.join(does)}."
    return " ".join((first, *found.on_list, *found.why, f"{kind.partner} kan daarna opnieuw verzenden."))


def _something(found: TakeBack) -> TakeBack:
    if not found.gone + found.restored:
        raise Refused(" ".join(("Van deze levering is niets meer terug te draaien.", *found.why)))
    return found


def _open(actor: Actor, delivery: Delivery) -> Delivery:
    row: Delivery | None = locked(
        Delivery.select().where(Delivery.id == delivery.id, Delivery.location == actor.location)
    ).first()
    if row is None:
        raise NotFound("Deze levering hoort niet bij deze vestiging.")
    if row.rolled_back_at is not None:
        raise Refused(
            f"Deze levering is al teruggedraaid door {row.rolled_back_by}, {dutch_moment(row.rolled_back_at)}."
        )
    busy = Run.select().where(
        Run.location == row.location_id,
        Run.job == row.supplier,
        Run.slot == row.sent_at,
        Run.state.in_([State.QUEUED, State.RUNNING]),
    )
    if busy.exists():
        raise Refused(
            "Deze uitwisseling is nog niet klaar: er komen nog resultaten. Draai haar terug als zij klaar is."
        )
    return row
