"""The nightly delivery: everything once, refused results wait, and what stops it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.access import Actor
from app.clock import PRACTICE_START
from app.couplings import lifecycle, unmatched
from app.exchange.uwlr import PAGE
from app.partners.iep_lvs import account, connection
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import delivering, delivery_status, sitting
from app.permissions import Role
from app.runs import Counts, Unreachable
from app.training import disturbances
from app.training.boards import open_partner_accounts
from app.webservice.faults import UnknownCode, WrongLocation
from fixtures.assessments import lvs_assessments
from models.assessment import ActiveAssessment, Delivery, Result, UnmatchedResult
from models.base import database
from models.coupling import Coupling, LogEntry
from models.partners.iep_lvs import IepGroup, IepPupil, IepSchool, IepSitting
from models.run import Run
from models.school import Pupil
from models.webservice import Supplier
from tests.builders import make_actor, make_board, make_group, make_pupil
from tests.partners.nights import Ended, run_job

CODE = "99QQ001234567890abcd"


def coupled(pupils: int = 3) -> tuple[Actor, IepSchool]:
    """Both halves on, and a group 6 with pupils that both sides know."""
    actor = make_actor(make_board())
    open_partner_accounts(actor.location)
    school = account.school_of(actor.location)
    for assessment in lvs_assessments():
        ActiveAssessment.create(location=actor.location, assessment=assessment.id)
    group = make_group(actor.location)
    IepGroup.create(school=school, key="g6", name="6", year_group="6")
    for number in range(pupils):
        make_pupil(group, key=str(number))
        IepPupil.create(school=school, key=str(number), first_name="x", year_group="6", group_key="g6")
    lifecycle.activate(actor, "iep-lvs", "A. de Vries", True, CODE)
    connection.connect(school, CODE)
    return actor, IepSchool.get_by_id(school.id)


def night(actor: Actor, day: int = 1) -> Ended:
    slot = PRACTICE_START.replace(hour=4) + timedelta(days=day)
    assert delivering.delivering_locations(SUPPLIER, actor.board.id, slot.date()) == [actor.location.id]
    run = Run.create(board=actor.board, location=actor.location, job="iep-lvs", slot=slot, not_before=slot)
    return run_job(Run.get_by_id(run.id), "iep-lvs")


def sums(counts: Counts) -> bool:
    parts = (counts.stored, counts.replaced, counts.unchanged, counts.unmatched, counts.refused)
    return counts.received == sum(parts)


def test_everything_waiting_is_delivered_once(db: str) -> None:
    actor, school = coupled()
    sitting.sit(SUPPLIER, school, "rekenen-6", "6")
    first = night(actor)
    assert (first.counts.received, first.counts.stored) == (15, 15)
    assert Result.select().count() == 15
    assert IepSitting.select().where(IepSitting.pending).count() == 0
    assert night(actor, 2).counts == Counts()


def test_more_than_a_page_goes_in_pages(db: str) -> None:
    actor, school = coupled(pupils=55)
    sitting.sit(SUPPLIER, school, "rekenen-6", "6")
    ended = night(actor)
    assert ended.counts.stored == 275
    assert Result.select().count() == 275


def test_exactly_a_page_ends_too(db: str) -> None:
    actor, school = coupled(pupils=2 * PAGE // 5)
    sitting.sit(SUPPLIER, school, "rekenen-6", "6")
    assert night(actor).counts.stored == 2 * PAGE


def test_the_eindtoets_never_goes_to_esis(db: str) -> None:
    actor, school = coupled()
    IepPupil.update(year_group="8").execute()
    sitting.sit(SUPPLIER, school, "eindtoets-8", "6")
    sitting.sit(SUPPLIER, school, "lezen-8", "6")
    ended = night(actor)
    assert (ended.counts, ended.note) == (Counts(received=3, stored=3), "")
    assert {row.assessment for row in Result.select()} == {"lezen-8"}
    told = delivery_status.deliveries(connection.SUPPLIER, school)
    assert (told.sent, told.waiting, told.refused) == (3, 0, 0)
    assert night(actor, 2).counts == Counts()


def test_an_assessment_that_is_switched_on_later_comes_in_the_night_after(db: str) -> None:
    actor, school = coupled()
    ActiveAssessment.delete().where(ActiveAssessment.assessment == "lezen-6").execute()
    sitting.sit(SUPPLIER, school, "lezen-6", "6")
    assert night(actor).counts.refused == 3
    assert "staat niet aan" in IepSitting.get().refusal
    ActiveAssessment.create(location=actor.location, assessment="lezen-6")
    ended = night(actor, 2)
    assert (ended.counts.stored, ended.note) == (3, "")
    assert IepSitting.select().where(IepSitting.pending | (IepSitting.refusal != "")).count() == 0


def test_results_of_an_unknown_pupil_wait_in_esis_and_come_in_once_the_pupil_is_known(db: str) -> None:
    actor, school = coupled()
    Pupil.update(key="renamed").where(Pupil.key == "0").execute()
    Pupil.update(key="gone").where(Pupil.key == "1").execute()
    sitting.sit(SUPPLIER, school, "lezen-6", "6")
    ended = night(actor)
    assert (ended.counts.stored, ended.counts.unmatched) == (1, 2)
    assert sums(ended.counts)
    Pupil.update(key="0").where(Pupil.key == "renamed").execute()
    late = night(actor, 2)
    assert (late.counts, late.note) == (Counts(received=1, stored=1), "1 eerder niet gekoppeld, nu alsnog opgeslagen.")
    (row,) = unmatched.open_unmatched(actor)
    unmatched.match(actor, row, Pupil.get(Pupil.key == "gone"))
    assert Result.select().count() == 3
    sitting.sit(SUPPLIER, school, "taalverzorging-6", "6")
    assert night(actor, 3).counts.stored == 3


def test_before_iep_lvs_is_set_up_the_night_is_skipped(db: str) -> None:
    actor, school = coupled()
    IepSchool.update(connected_at=None).execute()
    sitting.sit(SUPPLIER, school, "lezen-6", "6")
    assert "nog niet ingesteld" in night(actor).skipped
    assert Result.select().count() == 0


def test_a_stop_in_esis_skips_each_night_and_nothing_is_lost(db: str) -> None:
    actor, school = coupled()
    lifecycle.pause(actor, "iep-lvs")
    assert "tijdelijk gestopt" in night(actor).skipped
    sitting.sit(SUPPLIER, school, "lezen-6", "6")
    assert "tijdelijk gestopt" in night(actor, 2).skipped
    lifecycle.change_code(actor, "iep-lvs", CODE)
    assert night(actor, 3).counts.stored == 3


@pytest.mark.parametrize("waiting", [True, False])
def test_resuming_with_another_code_fails_the_night(db: str, waiting: bool) -> None:
    actor, school = coupled()
    if waiting:
        sitting.sit(SUPPLIER, school, "lezen-6", "6")
    lifecycle.change_code(actor, "iep-lvs", "99QQ00eenheelandere1")
    with pytest.raises(UnknownCode, match="verificatiecode verschilt"):
        night(actor)
    connection.connect(school, "99QQ00eenheelandere1")
    assert night(actor, 2).counts.stored == (3 if waiting else 0)


def test_a_wrong_brin_fails_the_night(db: str) -> None:
    actor, school = coupled()
    account.change_details(school, "De Proef", "99QQ01")
    with pytest.raises(WrongLocation):
        night(actor)


@pytest.mark.parametrize("besides", ["unreachable", "wrong brin", "not set up"])
def test_a_stop_skips_the_night_whatever_else_is_wrong(db: str, besides: str) -> None:
    actor, school = coupled()
    lifecycle.pause(actor, "iep-lvs")
    if besides == "unreachable":
        disturbances.switch(make_actor(actor.board, Role.TRAINER), "iep-lvs", "unreachable", True)
    elif besides == "wrong brin":
        account.change_details(school, "De Proef", "99QQ01")
    else:
        IepSchool.update(connected_at=None).execute()
    assert night(actor).skipped == (
        "De koppeling IEP LVS van vestiging 99QQ00 is in ESIS tijdelijk gestopt: er staat geen verificatiecode."
    )


def test_after_the_end_there_is_no_night(db: str) -> None:
    actor, _ = coupled()
    tomorrow = PRACTICE_START.date() + timedelta(days=1)
    assert delivering.delivering_locations(SUPPLIER, actor.board.id, tomorrow) == [actor.location.id]
    lifecycle.end(actor, "iep-lvs")
    assert delivering.delivering_locations(SUPPLIER, actor.board.id, tomorrow) == []


def test_a_night_from_before_the_consent_is_not_caught_up(db: str) -> None:
    actor, _ = coupled()
    slot = PRACTICE_START.replace(hour=4)
    assert delivering.delivering_locations(SUPPLIER, actor.board.id, slot.date()) == []
    Coupling.update(consent_at=slot).execute()
    assert delivering.delivering_locations(SUPPLIER, actor.board.id, slot.date()) == []
    Coupling.update(consent_at=slot - timedelta(seconds=1)).execute()
    assert delivering.delivering_locations(SUPPLIER, actor.board.id, slot.date()) == [actor.location.id]


def test_unreachable_halfway_loses_and_doubles_nothing(db: str) -> None:
    actor, school = coupled(pupils=(PAGE + 50) // 5)
    trainer = make_actor(actor.board, Role.TRAINER)
    sitting.sit(SUPPLIER, school, "rekenen-6", "6")
    slot = PRACTICE_START.replace(hour=4) + timedelta(days=1)
    run = Run.create(board=actor.board, location=actor.location, job="iep-lvs", slot=slot, not_before=slot)
    run = Run.get_by_id(run.id)
    with database.atomic():
        first = delivering.deliver(SUPPLIER, school, run, "")
    disturbances.switch(trainer, "iep-lvs", "unreachable", True)
    with pytest.raises(Unreachable), database.atomic():
        delivering.deliver(SUPPLIER, school, run, str(first.cursor))
    disturbances.switch(trainer, "iep-lvs", "unreachable", False)
    with database.atomic():
        last = delivering.deliver(SUPPLIER, school, run, str(first.cursor))
    assert (first.counts.stored, last.counts.stored, last.cursor) == (PAGE, 50, None)
    assert Result.select().count() == PAGE + 50


def test_a_page_that_was_taken_but_not_noted_is_unchanged_the_next_time(db: str) -> None:
    actor, school = coupled()
    sitting.sit(SUPPLIER, school, "lezen-6", "6")
    night(actor)
    IepSitting.update(pending=True).execute()
    assert night(actor, 2).counts.unchanged == 3


def test_a_night_writes_no_lines_of_its_own(db: str) -> None:
    actor, school = coupled()
    sitting.sit(SUPPLIER, school, "lezen-6", "6")
    before = LogEntry.select().count()
    night(actor)
    assert LogEntry.select().count() == before
    assert UnmatchedResult.select().count() == 0


def test_where_own_software_brings_results_the_night_says_nothing_of_an_account_that_was_never_set_up(db: str) -> None:
    actor, school = coupled()
    IepSchool.update(connected_at=None).where(IepSchool.id == school.id).execute()
    day = PRACTICE_START.date()

    def wanted() -> list[int]:
        return delivering.delivering_locations(SUPPLIER, actor.board.id, day + timedelta(days=1))

    Supplier.create(board=actor.board, code="eigen", name="Eigen", coupling="iep-lvs")
    assert wanted() == [actor.location.id], "it brought nothing yet"
    Delivery.create(location=actor.location, supplier="iep-lvs", sent_at=PRACTICE_START, stored=1)
    assert wanted() == []
    IepSchool.update(connected_at=PRACTICE_START).where(IepSchool.id == school.id).execute()
    assert wanted() == [actor.location.id]
