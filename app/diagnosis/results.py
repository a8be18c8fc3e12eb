"""Why results of a supplier are not in ESIS, or not where one looks for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from peewee import fn

from app import clock
from app.diagnosis.case import Case
from app.partners.causes import WAIT, Cause, counted
from app.school.assessment import catalogue, waiting
from app.school.assessment.waiting import Standing
from models.assessment import ActiveAssessment, Delivery, PupilMatch, Result, UnmatchedResult
from models.school import FormerKey, Pupil

NAMED = 3
RESULTS = ("resultaat", "resultaten")


def not_active(case: Case) -> Iterator[Cause]:
    """What waits at the supplier: of assessments that are off in ESIS (domain.md 11n), and of others."""
    waiting = _waiting(case)
    known = {item.id: item for item in catalogue.supplied_by(case.explanation.job)}
    rows = ActiveAssessment.select(ActiveAssessment.assessment).where(ActiveAssessment.location == case.location)
    active = {row.assessment for row in rows}
    coupled = {name: number for name, number in waiting.items() if name in known and known[name].coupled}
    off = {name: number for name, number in coupled.items() if name not in active}
    if off:
        names = [known[name].name for name in sorted(off)]
        more = f" en {len(names) - NAMED} meer" if len(names) > NAMED else ""
        verb = "komt" if sum(off.values()) == 1 else "komen"
        yield Cause(
            f"{counted(sum(off.values()), *RESULTS)} {verb} niet, want de toets staat in ESIS niet aan: "
            f"{', '.join(names[:NAMED])}{more}.",
            "Zet de toets aan; dan komen zij de nacht daarna.",
            "toetsen-activeren",
        )
    if case.works and (number := sum(coupled.values()) - sum(off.values())):
        verb = "wacht" if number == 1 else "wachten"
        yield Cause(f"{counted(number, *RESULTS)} {verb} bij {case.system} op de nacht.",
                    f"De volgende is {clock.dutch_moment(case.next)}.", WAIT, wrong=False)  # fmt: skip


def without_pupil(case: Case) -> Iterator[Cause]:
    """What came, and found no pupil."""
    if case.explanation.supplier is None:
        return
    number = waiting.of_supplier(case.location, case.explanation.job, Standing.OPEN).count()
    if number:
        finds, it = ("vindt", "het") if number == 1 else ("vinden", "ze")
        yield Cause(f"{counted(number, *RESULTS)} {finds} in ESIS geen leerling.",
                    f"Koppel {it} aan een leerling, of verwijder {it}.", "unmatched")  # fmt: skip


def wrong_pupil(case: Case) -> Iterator[Cause]:
    """What was mended at the supplier and is still at another pupil in ESIS; and what can be taken back (domain.md 11m)."""
    if case.explanation.supplier is None:
        return
    target = f"deliveries:{case.explanation.job}"
    if number := _misplaced(case):
        stands = "staat" if number == 1 else "staan"
        yield Cause(
            f"{counted(number, *RESULTS)} {stands} in ESIS bij een andere leerling dan bij {case.system}.",
            "Draai de levering terug; de komende nacht komt het goede.",
            target,
        )
    newest = _deliveries(case).order_by(Delivery.sent_at.desc()).first()
    if newest is not None and newest.rolled_back_at is None:
        yield Cause(
            f"De laatste levering is van {clock.dutch_moment(newest.sent_at)}. Staat er iets bij de verkeerde leerling, "
            f"verbeter dat dan eerst bij {case.system}.",
            "Draai daarna de levering terug.",
            target,
            wrong=False,
        )


def taken_back(case: Case) -> Iterator[Cause]:
    """What was rolled back in ESIS and nobody sent again: it does not come by itself, also where it is on the list again."""
    if case.explanation.supplier is None:
        return
    moments = [row.sent_at for row in _deliveries(case).where(Delivery.rolled_back_at.is_null(False))]
    if not (number := _not_sent_again(case, moments)):
        return
    verb = "is" if number == 1 else "zijn"
    yield Cause(
        f"{counted(number, *RESULTS)} {verb} in ESIS teruggedraaid en door {case.system} niet opnieuw verzonden.",
        f"Kies in {case.system} Opnieuw verzenden; de nacht daarna {'komt het' if number == 1 else 'komen zij'} terug."
        + _told_listed(case),
        case.explanation.on(case.explanation.page),
    )


def _told_listed(case: Case) -> str:
    number = waiting.of_supplier(case.location, case.explanation.job, Standing.RETURNED).count()
    if not number:
        return ""
    verb = "staat" if number == 1 else "staan"
    return f" {number} {verb} ook op de lijst van resultaten zonder leerling; daar koppelt u zelf."


def _deliveries(case: Case) -> Any:
    """The query for what this supplier brought here."""
    return Delivery.select().where(Delivery.location == case.location, Delivery.supplier == case.explanation.job)


def _waiting(case: Case) -> dict[str, int]:
    """Assessment -> how many of its results are still to be taken by ESIS."""
    supplier = case.explanation.supplier
    account = supplier and supplier.account.get_or_none(supplier.account.location == case.location)
    if supplier is None or account is None:
        return {}
    model = supplier.outcome
    rows: Any = (
        model.select(model.assessment, fn.COUNT(model.id)).join(supplier.pupil)
        .where(model.school == account, model.pending, supplier.offers(account))
        .group_by(model.assessment)
    )  # fmt: skip
    return dict(rows.tuples())


def _misplaced(case: Case) -> int:
    """How many waiting results are of another pupil there than here: by number, ECK iD, former number or a match."""
    supplier = case.explanation.supplier
    assert supplier is not None
    model, theirs = supplier.outcome, supplier.pupil
    account = supplier.account.select().where(supplier.account.location == case.location)
    former = FormerKey.select().where(FormerKey.pupil == Pupil.id, FormerKey.key == theirs.key)
    matched = PupilMatch.select().where(
        PupilMatch.location == case.location, PupilMatch.supplier == supplier.client,
        PupilMatch.supplier_pupil == theirs.key, PupilMatch.pupil == Pupil.id,
    )  # fmt: skip
    same = (
        (Result.supplier_key == model.key) & (Result.supplier == supplier.client) & (Result.location == case.location)
    )
    query = (
        model.select().join(theirs)
        .join_from(model, Result, on=same).join(Pupil)
        .where(model.school.in_(account), model.pending, Pupil.key != theirs.key,
               (theirs.eckid == "") | (Pupil.eckid != theirs.eckid), ~fn.EXISTS(former), ~fn.EXISTS(matched))
    )  # fmt: skip
    return int(query.count())


def _not_sent_again(case: Case, moments: list[datetime]) -> int:
    """How many results of these deliveries are not in ESIS, nor on the list of those without a pupil; or on it again."""
    supplier = case.explanation.supplier
    assert supplier is not None
    model = supplier.outcome
    account = supplier.account.select().where(supplier.account.location == case.location)
    here = [
        kept.select().where(
            kept.supplier_key == model.key, kept.supplier == supplier.client, kept.location == case.location
        )
        for kept in (Result, UnmatchedResult)
    ]
    back = waiting.of_supplier(case.location, supplier.client, Standing.RETURNED).where(
        UnmatchedResult.supplier_key == model.key
    )
    nowhere = model.sent_at.in_(moments) & ~fn.EXISTS(here[0]) & ~fn.EXISTS(here[1])
    query = model.select().where(model.school.in_(account), ~model.pending, nowhere | fn.EXISTS(back))
    return int(query.count())
