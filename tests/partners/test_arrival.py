"""When a change arrives at Basispoort and IEP LVS."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.clock import PRACTICE_START
from app.couplings import lifecycle
from app.partners.arrival import Change
from app.partners.basispoort import transfer as basispoort
from app.partners.basispoort.arriving import Arrival, arrival, in_words
from app.partners.mijnschoolinfo import esis_notes
from app.partners.registry import news
from app.training.boards import open_partner_accounts
from models.board import Location
from models.partners.basispoort import BasispoortPublisher, BasispoortSchool
from tests.builders import location_of, make_board
from tests.partners.mijnschoolinfo.worlds import coupled
from tests.partners.suppliers import GYNZY

TODAY = PRACTICE_START.date()
LONG_AGO = PRACTICE_START - timedelta(days=100)


def make_location(ticked_at: datetime = LONG_AGO) -> Location:
    location = location_of(make_board())
    open_partner_accounts(location, ticked_at)
    return location


def test_today_is_tomorrow_at_basispoort_and_the_day_after_at_iep_lvs(db: str) -> None:
    found = arrival(make_location(), TODAY, PRACTICE_START)
    assert found == Arrival(date(2020, 4, 15), date(2020, 4, 16))
    assert in_words(found, TODAY) == "Morgen in Basispoort, overmorgen in IEP LVS."
    assert in_words(found, TODAY, leaving=True) == "Morgen niet meer in Basispoort, overmorgen niet meer in IEP LVS."


def test_before_the_slot_of_the_night_it_is_still_this_morning(sqlite: str) -> None:
    after_midnight = PRACTICE_START.replace(hour=0, minute=30)
    found = arrival(make_location(), TODAY, after_midnight)
    assert in_words(found, TODAY) == "Vandaag in Basispoort, morgen in IEP LVS."


def test_a_later_date_arrives_in_the_night_before_it(sqlite: str) -> None:
    found = arrival(make_location(), date(2020, 5, 4), PRACTICE_START)
    assert in_words(found, TODAY) == "Op 4-5-2020 in Basispoort, op 5-5-2020 in IEP LVS."


def test_nothing_is_promised_for_what_is_not_arranged(sqlite: str) -> None:
    location = location_of(make_board())
    assert arrival(location, TODAY, PRACTICE_START) is None
    assert in_words(None, TODAY) == ""
    ticked_later = make_location(ticked_at=PRACTICE_START + timedelta(days=1, hours=16))
    assert arrival(ticked_later, TODAY, PRACTICE_START) == Arrival(date(2020, 4, 15), None)
    BasispoortPublisher.delete().execute()
    assert arrival(ticked_later, TODAY, PRACTICE_START) == Arrival(date(2020, 4, 15), None)
    BasispoortSchool.update(automatic=False).execute()
    assert arrival(ticked_later, TODAY, PRACTICE_START) is None


def test_the_promise_is_kept_by_the_transfers(sqlite: str) -> None:
    location = make_location()
    found = arrival(location, TODAY, PRACTICE_START)
    assert found is not None
    assert basispoort.pulling_locations(location.board_id, found.basispoort) == [location.id]
    basispoort.pull(BasispoortSchool.get(), PRACTICE_START)
    assert found.iep_lvs is not None
    assert basispoort.publishing_locations(location.board_id, found.iep_lvs) == [location.id]


def test_every_partner_that_gets_pupils_says_what_it_does_with_a_change(db: str) -> None:
    actor, _ = GYNZY.coupled()
    location = actor.location
    tick = BasispoortPublisher.select().exists()
    both = "Morgen in Basispoort, overmorgen in IEP LVS. Morgen in Gynzy."
    assert tick, "the accounts begin with IEP ticked"
    assert news(location, Change.GROUP, TODAY, PRACTICE_START) == both
    world = coupled()
    at = world.school.location
    moved = {change: news(at, change, TODAY, PRACTICE_START) for change in Change}
    assert moved[Change.GROUP].endswith("Komt morgen in Mijnschoolinfo.")
    assert moved[Change.NEW].endswith("Komt morgen in Mijnschoolinfo.")
    assert moved[Change.SEVERAL].endswith("Wie nieuw is, komt morgen in Mijnschoolinfo.")
    assert moved[Change.PERSON].endswith(esis_notes.NOT_TAKEN_OVER)
    assert moved[Change.LEAVING].endswith(esis_notes.STAYS)
    lifecycle.pause(actor, "gynzy")
    assert "Gynzy" not in news(location, Change.GROUP, TODAY, PRACTICE_START)
