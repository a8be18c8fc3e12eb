"""A real-clock board whose worker was away: each missed slot brings what it would have brought on time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from app import clock
from app.access import Actor
from app.clock import PRACTICE_START
from app.couplings import lifecycle
from app.partners.basispoort import account as basispoort
from app.partners.basispoort import transfer
from app.partners.gynzy import methods
from app.partners.iep_lvs import connection, moving
from app.partners.iep_lvs.account import school_of
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import delivery_status, sitting
from app.school.people import enrolment, renumbering
from app.school.people.pupil_form import PupilForm
from app.school.transition import planning
from app.training.boards import open_partner_accounts
from app.workers.walker import Walked, walk
from models.assessment import ActiveAssessment, Delivery, Result
from models.board import Board
from models.partners.basispoort import BasispoortPupil, BasispoortSchool
from models.partners.gynzy import GynzyMethod
from models.partners.iep_lvs import IepPupil, IepSitting
from models.run import Run
from models.school import Group, Pupil
from models.transition import YearTransition
from tests.builders import make_actor, make_board, make_group, make_pupil
from tests.partners.suppliers import GYNZY, SIDES, Side

CODE = "99QQ001234567890abcd"
BORN = date(2010, 2, 2)
EVENING = PRACTICE_START.replace(hour=20)
MORNING = EVENING + timedelta(hours=12, minutes=30)
"""Half past eight, when somebody makes changes before the worker runs."""


@dataclass
class Wall:
    """The clock on the wall, in the hands of the test."""

    monkeypatch: pytest.MonkeyPatch

    def show(self, moment: datetime) -> None:
        """Let it show this moment."""
        self.monkeypatch.setattr(clock, "wall_now", lambda: moment)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    return Wall(monkeypatch)


def school(wall: Wall, evening: datetime = EVENING) -> tuple[Actor, Group]:
    """A group of two on the real clock at eight in the evening, of whom Basispoort and IEP LVS know everything."""
    board = make_board(evening - timedelta(days=2))
    actor = make_actor(board)
    open_partner_accounts(actor.location, since=PRACTICE_START - timedelta(days=365))
    group = make_group(actor.location)
    make_pupil(group, "Anna", key="1001")
    make_pupil(group, "Bram", key="1002")
    ActiveAssessment.create(location=actor.location, assessment="lezen-6")
    lifecycle.activate(actor, "iep-lvs", "A. de Vries", True, CODE)
    assert connection.connect(school_of(actor.location), CODE).ok
    Board.update(clock="real").where(Board.id == board.id).execute()
    wall.show(evening)
    assert walk(board.id) == Walked.ARRIVED
    assert names() == iep_names() == {"1001": "Anna", "1002": "Bram"}
    return actor, group


def names() -> dict[str, str]:
    return {row.key: row.first_name for row in BasispoortPupil.select()}


def iep_names() -> dict[str, str]:
    return {row.key: row.first_name for row in IepPupil.select().where(IepPupil.active)}


def of_last_night(job: str) -> Run:
    return Run.select().where(Run.job == job).order_by(Run.slot.desc()).first()


def test_what_was_entered_this_morning_is_at_basispoort_tomorrow(db: str, wall: Wall) -> None:
    actor, group = school(wall)
    wall.show(MORNING)
    enrolment.enrol(actor, PupilForm("Chloe", "Nieuw", BORN), group)
    anna, bram = (Pupil.get(Pupil.key == key) for key in ("1001", "1002"))
    enrolment.change(actor, anna, PupilForm("Anne", "Voorbeeld", birth_date=anna.birth_date))
    renumbering.renumber(actor, anna, "900")
    enrolment.delete(actor, bram, "Bram")
    assert walk(actor.board.id) == Walked.ARRIVED
    assert names() == iep_names() == {"1001": "Anna", "1002": "Bram"}
    assert clock.iso(BasispoortSchool.get().pulled_at) == "2020-04-15T01:30:00+02:00"
    wall.show(MORNING + timedelta(days=1))
    assert walk(actor.board.id) == Walked.ARRIVED
    assert sorted(names().values()) == ["Anne", "Chloe"]
    assert iep_names() == {"1001": "Anna", "1002": "Bram"}
    wall.show(MORNING + timedelta(days=2))
    assert walk(actor.board.id) == Walked.ARRIVED
    assert iep_names() == names()


def test_three_nights_at_once_are_three_nights(db: str, wall: Wall) -> None:
    actor, group = school(wall)
    for day, name in enumerate(("Een", "Twee", "Drie")):
        wall.show(MORNING + timedelta(days=day))
        enrolment.enrol(actor, PupilForm(name, "Nieuw", BORN), group)
    assert walk(actor.board.id) == Walked.ARRIVED
    assert set(names().values()) == {"Anna", "Bram", "Een", "Twee"}
    assert set(iep_names().values()) == {"Anna", "Bram", "Een"}


def test_a_sitting_of_this_morning_does_not_come_in_last_night(db: str, wall: Wall) -> None:
    actor, _ = school(wall)
    iep = school_of(actor.location)
    sitting.sit(SUPPLIER, iep, "lezen-6", "6")
    IepSitting.update(pending=False).where(IepSitting.pupil == IepPupil.get(IepPupil.key == "1002")).execute()
    wall.show(MORNING)
    sitting.sit(SUPPLIER, iep, "lezen-6", "6")
    assert walk(actor.board.id) == Walked.ARRIVED
    assert of_last_night("iep-lvs").counts.startswith('{"received": 1, "stored": 1')
    (result,) = Result.select()
    assert (clock.iso(result.received_at), clock.iso(Delivery.get().sent_at)) == ("2020-04-15T04:00:00+02:00",) * 2
    wall.show(MORNING + timedelta(days=1))
    assert walk(actor.board.id) == Walked.ARRIVED
    assert Result.select().count() == 3


def test_what_is_sent_again_or_moved_this_morning_goes_tonight(db: str, wall: Wall) -> None:
    actor, _ = school(wall)
    iep = school_of(actor.location)
    sitting.sit(SUPPLIER, iep, "lezen-6", "6")
    IepSitting.update(pending=False).execute()
    wall.show(MORNING)
    delivery_status.send_again(SUPPLIER, iep)
    IepSitting.update(pending=False).where(IepSitting.pupil == IepPupil.get(IepPupil.key == "1002")).execute()
    IepSitting.delete().where(IepSitting.pupil == IepPupil.get(IepPupil.key == "1001")).execute()
    moving.move(iep, "lezen-6", EVENING.date(), "1002", "1001")
    assert walk(actor.board.id) == Walked.ARRIVED
    assert Result.select().count() == 0
    wall.show(MORNING + timedelta(days=1))
    assert walk(actor.board.id) == Walked.ARRIVED
    assert Result.select().count() == 1


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.type)
def test_what_is_made_at_the_slot_or_later_waits_for_the_next(db: str, side: Side) -> None:
    actor, account = side.coupled()
    Board.update(now=PRACTICE_START.replace(hour=4) + timedelta(days=1)).where(Board.id == actor.board.id).execute()
    made = side.make_results(account)
    assert (side.night(actor).counts.received, side.night(actor, 2).counts.stored) == (0, made)


def test_a_method_switched_on_after_the_slot_counts_from_the_next(db: str) -> None:
    actor, account = GYNZY.coupled()
    GYNZY.make_results(account)
    slot = PRACTICE_START.replace(hour=4) + timedelta(days=1)
    GynzyMethod.update(since=slot).execute()
    assert methods.assessments_on(account)
    assert (GYNZY.night(actor).counts.received, GYNZY.night(actor, 2).counts.stored) == (0, 3)


def test_a_file_of_this_morning_is_not_passed_on_last_night(db: str, wall: Wall) -> None:
    actor, _ = school(wall)
    today = MORNING.date()
    assert transfer.publishing_locations(actor.board.id, today) == [actor.location.id]
    basispoort.set_automatic(BasispoortSchool.get(), False)
    BasispoortSchool.update(uploaded_at=MORNING).execute()
    assert transfer.publishing_locations(actor.board.id, today) == []
    assert transfer.publishing_locations(actor.board.id, today + timedelta(days=1)) == [actor.location.id]


def test_a_transition_that_is_caught_up_is_of_its_day_so_the_nights_after_it_are_of_the_new_year(
    db: str, wall: Wall
) -> None:
    actor, _ = school(wall, EVENING.replace(month=7, day=31))
    make_group(actor.location, "7", "7")
    planning.propose(actor)
    planning.confirm(actor)
    wall.show(MORNING.replace(month=8, day=1))
    assert walk(actor.board.id) == Walked.ARRIVED
    assert clock.iso(YearTransition.get().applied_at) == "2020-08-01T00:00:00+02:00"
    assert {row.year_group for row in BasispoortPupil.select()} == {"7"}
