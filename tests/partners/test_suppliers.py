"""What IEP LVS and Gynzy share: the test message, the night, what stops it, and sending again."""

from __future__ import annotations

from datetime import date

import pytest

from app.clock import PRACTICE_START
from app.couplings import lifecycle
from app.partners.results_supplier import connecting, delivering, delivery_status
from app.partners.results_supplier.delivery_status import Deliveries
from app.permissions import Role
from app.refusals import Refused
from app.runs import Counts, Unreachable
from app.training import disturbances
from app.training.boards import open_partner_accounts
from app.webservice.faults import UnknownCode
from models.assessment import ActiveAssessment, Result
from models.base import database
from models.coupling import LogEntry
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil
from tests.partners.nights import JOBS
from tests.partners.suppliers import CODE, OTHER, SIDES, Side

each = pytest.mark.parametrize("side", SIDES, ids=lambda side: side.type)


@each
def test_the_test_message_says_what_is_wrong_and_then_switches_on(db: str, side: Side) -> None:
    actor = make_actor(make_board())
    open_partner_accounts(actor.location)
    school = side.school_of(actor.location)
    sentences = [side.connect(school, CODE).sentence]
    side.activate(actor)
    sentences.append(side.connect(school, OTHER).sentence)
    lifecycle.pause(actor, side.type)
    sentences.append(side.connect(school, CODE).sentence)
    lifecycle.change_code(actor, side.type, CODE)
    disturbances.switch(make_actor(actor.board, Role.TRAINER), side.type, "slow", True)
    sentences.append(side.connect(school, CODE).sentence)
    words = ("niet geactiveerd", "verificatiecode verschilt", "tijdelijk gestopt", "komt niet op tijd")
    assert [word in sentence for word, sentence in zip(words, sentences, strict=True)] == [True] * 4
    assert side.school_of(actor.location).connected_at is None
    disturbances.switch(make_actor(actor.board, Role.TRAINER), side.type, "slow", False)
    assert side.connect(school, f" {CODE} ").ok
    assert side.school_of(actor.location).code == CODE
    assert not any(CODE[6:] in line.message for line in LogEntry.select())


@each
def test_what_waits_goes_once_and_what_is_off_in_esis_waits_until_it_is_on(db: str, side: Side) -> None:
    actor, school = side.coupled()
    ActiveAssessment.delete().where(ActiveAssessment.assessment == side.assessments[1]).execute()
    assert (side.make_results(school), side.make_results(school, 1)) == (3, 3)
    first = side.night(actor)
    assert (first.counts.received, first.counts.stored, first.counts.refused) == (6, 3, 3)
    assert "staat niet aan in ESIS" in first.note
    assert delivery_status.deliveries(side.supplier, school).refused == 3
    ActiveAssessment.create(location=actor.location, assessment=side.assessments[1])
    assert side.night(actor, 2).counts == Counts(received=3, stored=3)
    assert side.night(actor, 3).counts == Counts()
    assert delivery_status.deliveries(side.supplier, school) == Deliveries(sent=6, waiting=0, refusals=())


@each
def test_whether_esis_takes_anything_is_told_as_it_is_now(sqlite: str, side: Side) -> None:
    actor, _school = side.coupled()
    lines = LogEntry.select().count()

    def told() -> tuple[str, str]:
        here = side.school_of(actor.location)
        return connecting.refused_now(side.supplier, here), connecting.then(side.supplier, here)

    assert told() == ("", connecting.GOES)
    lifecycle.change_code(actor, side.type, OTHER)
    assert "verificatiecode verschilt" in told()[0]
    lifecycle.pause(actor, side.type)
    assert "tijdelijk gestopt" in told()[0]
    lifecycle.end(actor, side.type)
    refused, then = told()
    assert "in ESIS niet geactiveerd" in refused
    assert then == f"De resultaten wachten, want ESIS neemt nu niets aan. {refused}"
    assert LogEntry.select().count() == lines + 3, "looking is not logged"


@each
def test_of_a_group_that_sat_only_who_did_not_sits_and_is_counted(sqlite: str, side: Side) -> None:
    _, school = side.coupled()
    assert side.make_results(school) == 3
    model = side.supplier.outcome
    model.delete().where(model.pupil == side.supplier.find_pupil(school, "001", "pupil")).execute()
    assert side.make_results(school) == 1
    with pytest.raises(Refused, match="vandaag al gemaakt"):
        side.make_results(school)
    side.supplier.pupil.update(active=False).execute()
    with pytest.raises(Refused, match="In 6 zit niemand"):
        side.make_results(school)


@each
def test_a_stop_another_code_and_the_end(db: str, side: Side) -> None:
    actor, school = side.coupled()
    side.make_results(school)
    lifecycle.pause(actor, side.type)
    assert "tijdelijk gestopt" in side.night(actor).skipped
    lifecycle.change_code(actor, side.type, OTHER)
    with pytest.raises(UnknownCode, match="verificatiecode verschilt"):
        side.night(actor, 2)
    assert side.connect(school, OTHER).ok
    assert side.night(actor, 3).counts.stored == 3
    tomorrow = PRACTICE_START.date().replace(day=20)
    wanted = next(job for job in JOBS if job.name == side.type).wanted
    assert wanted(actor.board.id, tomorrow) == [actor.location.id]
    lifecycle.end(actor, side.type)
    assert wanted(actor.board.id, tomorrow) == []


@each
def test_before_its_half_is_set_up_the_night_is_skipped(db: str, side: Side) -> None:
    actor, _ = side.coupled()
    side.supplier.account.update(connected_at=None).execute()
    assert side.night(actor).skipped == side.supplier.not_set_up


@each
def test_esis_gone_halfway_loses_and_doubles_nothing(db: str, side: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "PAGE", 2)
    actor, school = side.coupled(pupils=5)
    trainer = make_actor(actor.board, Role.TRAINER)
    side.make_results(school)
    job, run = next(job for job in JOBS if job.name == side.type), side.run(actor)
    cursor: str | None = ""
    counts = Counts()
    while cursor is not None:
        disturbances.switch(trainer, side.type, "unreachable", True)
        with pytest.raises(Unreachable), database.atomic():
            job.page(run, cursor)
        disturbances.switch(trainer, side.type, "unreachable", False)
        with database.atomic():
            page = job.page(run, cursor)
        counts, cursor = counts + page.counts, page.cursor
    assert (counts.stored, counts.received, Result.select().count()) == (5, 5, 5)


@each
def test_each_location_has_its_own_coupling(db: str, side: Side) -> None:
    actor = make_actor(make_board(locations=("00", "01")))
    other = make_actor(actor.board, number="01")
    for one, code in ((actor, CODE), (other, CODE.replace("99QQ00", "99QQ01"))):
        open_partner_accounts(one.location)
        make_pupil(make_group(one.location), key=f"p{one.location.number}")
        ActiveAssessment.create(location=one.location, assessment=side.assessments[0])
        side.activate(one, code)
    assert "is van vestiging 99QQ00" in side.connect(side.school_of(other.location), CODE).sentence
    assert side.connect(side.school_of(other.location), CODE.replace("99QQ00", "99QQ01")).ok
    side.know_pupils(side.school_of(other.location))
    side.make_results(side.school_of(other.location))
    assert side.night(other).counts.stored == 1
    assert Result.get().location_id == location_of(actor.board, "01").id
    assert side.school_of(actor.location).connected_at is None


@each
def test_sending_again_marks_a_period_and_esis_calls_it_unchanged(db: str, side: Side) -> None:
    actor, school = side.coupled()
    side.make_results(school)
    with pytest.raises(Refused, match="geen verstuurde resultaten"):
        delivery_status.send_again(side.supplier, school)
    side.night(actor)
    assert [sent.results for sent in delivery_status.sent(side.supplier, school)] == [3]
    with pytest.raises(Refused):
        delivery_status.send_again(side.supplier, school, since=date(2020, 4, 15))
    assert delivery_status.send_again(side.supplier, school, since=date(2020, 4, 14), until=date(2020, 4, 14)) == 3
    assert side.night(actor, 2).counts == Counts(received=3, unchanged=3)
