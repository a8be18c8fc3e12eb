"""A delivery of results is taken back in ESIS, and comes again."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import NotAllowed
from app.clock import PRACTICE_START
from app.couplings import logbook, rollback, unmatched
from app.couplings.logbook import LogKind
from app.diagnosis.findings import findings
from app.partners.results_supplier import delivery_status
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.runs import Counts
from models.assessment import Delivery, ExcludedResult, ReplacedResult, Result
from models.base import database
from models.run import Run
from models.school import Pupil
from tests.builders import make_actor
from tests.partners.nights import JOBS
from tests.partners.suppliers import IEP, SIDES, Side

each = pytest.mark.parametrize("side", SIDES, ids=lambda side: side.type)


@each
def test_a_delivery_is_taken_back_and_comes_again(db: str, side: Side) -> None:
    actor, school = side.coupled()
    side.make_results(school)
    side.night(actor)
    first = {row.supplier_key: row.score for row in Result.select()}
    changed = side.supplier.outcome.select().order_by(side.supplier.outcome.id).first()
    side.supplier.outcome.update(score=changed.score + 1, pending=True).where(
        side.supplier.outcome.id == changed.id
    ).execute()
    side.make_results(school, 1)
    assert side.night(actor, 2).counts == Counts(received=4, stored=3, replaced=1)
    delivery = rollback.last(actor, side.type)
    assert (delivery.stored, delivery.replaced) == (3, 1)
    done = rollback.roll_back(actor, delivery)
    assert (done.gone, done.restored, done.staying) == (3, 1, 0)
    assert {row.supplier_key: row.score for row in Result.select()} == first
    assert ReplacedResult.select().count() == 0
    line = logbook.newest_of(actor.location, side.type, LogKind.ROLLED_BACK)
    assert line is not None
    assert "3 resultaten weggehaald, 1 teruggezet zoals het was." in line.message
    with pytest.raises(Refused, match="al teruggedraaid door"):
        rollback.roll_back(actor, delivery)
    assert delivery_status.send_again(side.supplier, school, sent_on=date(2020, 4, 16)) == 4
    assert side.night(actor, 3).counts == Counts(received=4, stored=3, replaced=1)


@each
def test_what_came_off_the_list_is_on_it_again_when_its_delivery_is_taken_back(db: str, side: Side) -> None:
    actor, school = side.coupled(pupils=1)
    side.supplier.pupil.update(key="900", eckid="").execute()
    side.make_results(school)
    side.night(actor)
    Pupil.update(key="900").execute()
    assert "1 eerder niet gekoppeld" in side.night(actor, 2).note
    assert unmatched.open_unmatched(actor) == []
    done = rollback.roll_back(actor, rollback.last(actor, side.type))
    assert (done.gone, done.listed) == (1, 1)
    assert "Daarvan staat er 1 weer op de lijst van resultaten zonder leerling." in done.sentence
    (row,) = unmatched.open_unmatched(actor)
    assert row.reason.startswith("Teruggedraaid op")
    assert any("1 resultaat is in ESIS teruggedraaid" in cause.problem for cause in findings(actor, side.type))
    side.night(actor, 3)  # by itself it does not come back
    assert (Result.select().count(), unmatched.open_unmatched(actor)) == (0, [row])
    assert delivery_status.send_again(side.supplier, school, sent_on=date(2020, 4, 16)) == 1
    assert side.night(actor, 4).counts == Counts(received=1, stored=1)
    assert unmatched.open_unmatched(actor) == []
    assert not any("teruggedraaid" in cause.problem for cause in findings(actor, side.type))


def test_what_something_newer_stands_on_stays_and_is_named(db: str) -> None:
    actor, school = IEP.coupled()
    IEP.make_results(school)
    IEP.night(actor)
    first = rollback.last(actor, "iep-lvs")
    model = IEP.supplier.outcome
    one, two, three = model.select().order_by(model.id)
    model.update(score=one.score + 1, pending=True).where(model.id == one.id).execute()
    IEP.night(actor, 2)
    excluded = Result.get(Result.supplier_key == two.key)
    ExcludedResult.create(
        result=excluded, pupil=excluded.pupil, reason="ziek", excluded_by="ib", excluded_at=PRACTICE_START
    )
    found = rollback.preview(actor, first)
    assert (found.gone, found.restored, found.staying) == (1, 0, 2)
    assert "daarna vervangen door de levering van do 16-4-2020 04:00" in found.why[0]
    assert f"leerling {Pupil.get(Pupil.key == two.pupil.key).key} blijft staan: daarna uitgesloten" in found.why[1]
    rollback.roll_back(actor, first)
    assert {row.supplier_key for row in Result.select()} == {one.key, two.key}
    assert three.key not in {row.supplier_key for row in Result.select()}


def test_taking_back_a_later_delivery_does_not_bring_back_one_that_was_taken_back_before(db: str) -> None:
    actor, school = IEP.coupled()
    model = IEP.supplier.outcome
    IEP.make_results(school)
    IEP.night(actor)
    one = model.select().order_by(model.id).first()
    key, first = one.key, one.score

    def corrected(score: int, day: int, more: int = 0) -> Delivery:
        model.update(score=score, pending=True).where(model.id == one.id).execute()
        IEP.make_results(school, more) if more else None
        IEP.night(actor, day)
        return rollback.last(actor, "iep-lvs")

    wrong = corrected(first + 1, 2, more=1)
    later = corrected(first + 2, 3)
    rollback.roll_back(actor, wrong)
    assert rollback.roll_back(actor, later).restored == 1
    assert Result.get(Result.supplier_key == key).score == first
    assert ReplacedResult.select().count() == 0


def test_a_message_sent_once_more_after_it_was_taken_back_can_be_taken_back_again(db: str) -> None:
    actor, school = IEP.coupled()
    IEP.make_results(school)
    IEP.night(actor)
    delivery = rollback.last(actor, "iep-lvs")
    rollback.roll_back(actor, delivery)
    delivery_status.send_again(IEP.supplier, school)
    with database.atomic():
        next(job for job in JOBS if job.name == "iep-lvs").page(Run.get(Run.slot == delivery.sent_at), "")
    assert (rollback.last(actor, "iep-lvs").id, rollback.last(actor, "iep-lvs").stored) == (delivery.id, 3)
    assert rollback.roll_back(actor, delivery).gone == 3


def test_taking_back_is_for_who_manages_couplings_and_for_a_run_that_is_done(db: str) -> None:
    actor, school = IEP.coupled()
    with pytest.raises(NotFound, match="geen resultaten geleverd"):
        rollback.last(actor, "iep-lvs")
    IEP.make_results(school)
    IEP.night(actor)
    delivery = rollback.last(actor, "iep-lvs")
    with pytest.raises(NotAllowed):
        rollback.roll_back(make_actor(actor.board, Role.ADMINISTRATIE), delivery)
    run = IEP.run(actor, 2)
    with pytest.raises(NotFound, match="bracht geen nieuwe"):
        rollback.of_run(actor, run.id)
    IEP.make_results(school, 1)
    with database.atomic():
        next(job for job in JOBS if job.name == "iep-lvs").page(run, "")
    with pytest.raises(Refused, match="nog niet klaar"):
        rollback.roll_back(actor, rollback.of_run(actor, run.id, "iep-lvs"))
