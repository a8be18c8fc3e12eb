"""Why a supplier's results are not in ESIS, or not where the user looks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from peewee import fn

from app import clock
from app.counted import counted, plural
from app.diagnosis.coupling_status import CouplingStatus
from app.partners.causes import WAIT, Cause
from app.partners.registry import explanations
from app.school.assessment import catalogue, results, waiting
from app.school.assessment.waiting import Standing
from app.targets import Deliveries, MenuItem, Unmatched
from models.assessment import ActiveAssessment, Delivery, PupilMatch, Result, UnmatchedResult
from models.board import Location
from models.school import FormerKey, Pupil

NAMED = 3
RESULTS = ("resultaat", "resultaten")


@dataclass
class Offered:
    """What a supplier still has for ESIS, by what will happen to it; in numbers of results."""

    off: Counter[str] = field(default_factory=Counter)
    """Results of assessments that are off in ESIS, by name."""
    turned_down: Counter[str] = field(default_factory=Counter)
    """Results ESIS refused for another reason, by reason."""
    waiting: int = 0
    """What the coming night will deliver."""
    refused: int = 0
    """How many of `off` and `turned_down` ESIS has already refused."""


def offered(location: Location, job: str) -> Offered:
    """The present situation, even if an assessment was switched on after the last night."""
    known = {item.id: item for item in catalogue.supplied_by(job)}
    rows = ActiveAssessment.select(ActiveAssessment.assessment).where(ActiveAssessment.location == location)
    active = {row.assessment for row in rows}
    found = Offered()
    for name, refusal, number in _pending(location, job):
        item = known.get(name)
        off = item is not None and name not in active
        if item is not None and off:
            found.off[item.name] += number
        elif refusal and (item is None or refusal != results.switched_off(item)):
            found.turned_down[refusal] += number
        else:
            found.waiting += number
            continue
        found.refused += number if refusal else 0
    return found


def kept_back(case: CouplingStatus) -> Iterator[Cause]:
    """What is waiting at the supplier: for assessments that are off in ESIS (sources.md#known-problems n), refused for
    another reason, and the rest.
    """
    found = offered(case.location, case.job)
    if number := found.off.total():
        names = sorted(found.off)
        more = f" en {len(names) - NAMED} meer" if len(names) > NAMED else ""
        yield Cause(
            f"{counted(number, 'resultaat komt', 'resultaten komen')} niet, want de toets staat in ESIS niet aan: "
            f"{', '.join(names[:NAMED])}{more}.",
            "Zet de toets aan; dan komen zij de nacht daarna.",
            MenuItem("toetsen-activeren"),
        )
    for reason, number in sorted(found.turned_down.items()):
        yield Cause(
            f"{counted(number, *RESULTS)} weigert ESIS elke nacht: {reason}",
            f"Verbeter dat bij {case.system}; daarna gaat het vanzelf opnieuw.",
            case.explanation.on(case.explanation.page),
        )
    if case.takes_part and found.waiting:
        yield Cause(
            f"{counted(found.waiting, 'resultaat wacht', 'resultaten wachten')} bij {case.system} op de nacht.",
            f"De volgende is {clock.dutch_moment(case.next)}.",
            WAIT,
            wrong=False,
        )


def without_pupil(case: CouplingStatus) -> Iterator[Cause]:
    """Delivered results without a pupil."""
    if case.explanation.supplier is None:
        return
    number = waiting.of_supplier(case.location, case.job, Standing.OPEN).count()
    if number:
        finds, it = plural(number, ("vindt", "het"), ("vinden", "ze"))
        yield Cause(
            f"{counted(number, *RESULTS)} {finds} in ESIS geen leerling.",
            f"Koppel {it} aan een leerling, of verwijder {it}.",
            Unmatched(),
        )


def wrong_pupil(case: CouplingStatus) -> Iterator[Cause]:
    """Results corrected at the supplier but still at another pupil in ESIS, and what can be rolled back
    (sources.md#known-problems m).
    """
    if case.explanation.supplier is None:
        return
    target = Deliveries(case.job)
    if number := _misplaced(case):
        stands = plural(number, "staat", "staan")
        yield Cause(
            f"{counted(number, *RESULTS)} {stands} in ESIS bij een andere leerling dan bij {case.system}.",
            "Draai de levering terug; de komende nacht komt het goede.",
            target,
        )
    newest = _deliveries(case).order_by(Delivery.sent_at.desc()).first()
    if newest is not None and newest.rolled_back_at is None:
        at = clock.dutch_moment(newest.sent_at)
        future = (
            newest.sent_at > case.now
        )  # a supplier's own software says what its clock says, which is not the school's
        last = f"heeft volgens {case.system} als aanmaakdatum {at}" if future else f"is van {at}"
        yield Cause(
            f"De laatste levering {last}. Staat er iets bij de verkeerde leerling, "
            f"verbeter dat dan eerst bij {case.system}.",
            "Draai daarna de levering terug.",
            target,
            wrong=False,
        )


def taken_back(case: CouplingStatus) -> Iterator[Cause]:
    """Results rolled back in ESIS and not sent again: they do not return by themselves, even when on the list again."""
    if case.explanation.supplier is None:
        return
    moments = [row.sent_at for row in _deliveries(case).where(Delivery.rolled_back_at.is_null(False))]
    if not (number := _not_sent_again(case, moments)):
        return
    verb = plural(number, "is", "zijn")
    yield Cause(
        f"{counted(number, *RESULTS)} {verb} in ESIS teruggedraaid en door {case.system} niet opnieuw verzonden.",
        f"Kies in {case.system} Opnieuw verzenden; de nacht daarna {plural(number, 'komt het', 'komen zij')} terug."
        + _told_listed(case),
        case.explanation.on(case.explanation.page),
    )


def _told_listed(case: CouplingStatus) -> str:
    number = waiting.of_supplier(case.location, case.job, Standing.RETURNED).count()
    if not number:
        return ""
    verb = plural(number, "staat", "staan")
    return f" {number} {verb} ook op de lijst van resultaten zonder leerling; daar koppelt u zelf."


def _deliveries(case: CouplingStatus) -> Any:
    """The query for this supplier's deliveries here."""
    return Delivery.select().where(Delivery.location == case.location, Delivery.supplier == case.job)


def _pending(location: Location, job: str) -> Iterable[tuple[str, str, int]]:
    """Assessment, why ESIS refused it (empty if not), and how many results: everything ESIS has yet to accept."""
    explanation = explanations().get(job)
    supplier = explanation.supplier if explanation else None
    account = supplier and supplier.account.get_or_none(supplier.account.location == location)
    if supplier is None or account is None:
        return ()
    model = supplier.outcome
    rows: Any = (
        model.select(model.assessment, model.refusal, fn.COUNT(model.id))
        .join(supplier.pupil)
        .where(model.school == account, model.pending, supplier.offers(account))
        .group_by(model.assessment, model.refusal)
    )
    found: Iterable[tuple[str, str, int]] = rows.tuples()
    return found


def _misplaced(case: CouplingStatus) -> int:
    """How many waiting results belong to another pupil there than here: by number, ECK iD, former number or a match."""
    supplier = case.explanation.supplier
    assert supplier is not None
    model, theirs = supplier.outcome, supplier.pupil
    account = supplier.account.select().where(supplier.account.location == case.location)
    former = FormerKey.select().where(FormerKey.pupil == Pupil.id, FormerKey.key == theirs.key)
    matched = PupilMatch.select().where(
        PupilMatch.location == case.location,
        PupilMatch.supplier == supplier.id,
        PupilMatch.supplier_pupil == theirs.key,
        PupilMatch.pupil == Pupil.id,
    )
    same = (Result.supplier_key == model.key) & (Result.supplier == supplier.id) & (Result.location == case.location)
    query = (
        model.select()
        .join(theirs)
        .join_from(model, Result, on=same)
        .join(Pupil)
        .where(
            model.school.in_(account),
            model.pending,
            Pupil.key != theirs.key,
            (theirs.eckid == "") | (Pupil.eckid != theirs.eckid),
            ~fn.EXISTS(former),
            ~fn.EXISTS(matched),
        )
    )
    return int(query.count())


def _not_sent_again(case: CouplingStatus, moments: list[datetime]) -> int:
    """How many results of these deliveries are neither in ESIS nor on the list of those without a pupil, or back on
    it.
    """
    supplier = case.explanation.supplier
    assert supplier is not None
    model = supplier.outcome
    account = supplier.account.select().where(supplier.account.location == case.location)
    here = [
        kept.select().where(
            kept.supplier_key == model.key, kept.supplier == supplier.id, kept.location == case.location
        )
        for kept in (Result, UnmatchedResult)
    ]
    back = waiting.of_supplier(case.location, supplier.id, Standing.RETURNED).where(
        UnmatchedResult.supplier_key == model.key
    )
    nowhere = model.sent_at.in_(moments) & ~fn.EXISTS(here[0]) & ~fn.EXISTS(here[1])
    query = model.select().where(model.school.in_(account), ~model.pending, nowhere | fn.EXISTS(back))
    return int(query.count())
