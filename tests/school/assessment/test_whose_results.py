"""The owner of a matched result: decided and remembered, corrected, rolled back and sent again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from app.access import Actor
from app.clock import PRACTICE_START
from app.couplings import unmatched
from app.exchange.uwlr import ResultData, ResultsReceipt
from app.school.assessment import deliveries, results, waiting
from app.school.people import enrolment
from models.assessment import Delivery, ReplacedResult, Result, UnmatchedResult
from models.board import Location
from models.school import Pupil
from tests.builders import make_actor, make_group, make_pupil
from tests.school.assessment.deliveries import LATER, SUPPLIER, receive, result, school_with_pupil

N1, N2, N3 = (PRACTICE_START + timedelta(days=n) for n in (1, 2, 3))
GONE = date(2020, 1, 10)


def two_pupils() -> tuple[Actor, Location, Pupil, Pupil]:
    board, location, anna = school_with_pupil()
    return make_actor(board), location, anna, make_pupil(make_group(location, "7"), "Bram", "Berg", key="2000")


def send(location: Location, *data: ResultData, at: datetime) -> ResultsReceipt:
    return results.receive(location, SUPPLIER, data, at, at)


def listed(key: str = "R1") -> UnmatchedResult:
    row: UnmatchedResult = UnmatchedResult.get(UnmatchedResult.supplier_key == key)
    return row


def whose() -> dict[str, str]:
    return {row.supplier_key: row.pupil.key for row in Result.select()}


def leave(pupil: Pupil, day: date | None) -> None:
    Pupil.update(unsubscribed_on=day).where(Pupil.id == pupil.id).execute()


def test_a_match_does_not_bring_in_what_is_of_another_child_by_its_eck_id(db: str) -> None:
    actor, location, anna, bram = two_pupils()
    receive(
        location,
        result("R1", "7000", pupil_eckid=anna.eckid),
        result("R2", "7000", pupil_eckid=bram.eckid),
        result("R3", "7000"),
    )
    assert unmatched.match(actor, listed(), anna) == 2
    assert whose() == {"R1": "1042", "R3": "1042"}
    assert "het ECK iD is van leerling 2000" in listed("R2").reason
    assert results.store_known(location, SUPPLIER, LATER) == []
    assert unmatched.match(actor, listed("R2"), bram) == 1


def test_a_match_does_not_bring_in_what_has_another_unknown_eck_id(db: str) -> None:
    actor, location, anna, _ = two_pupils()
    receive(location, result("R1", "7000", pupil_eckid="X"), result("R2", "7000", pupil_eckid="Y"))
    assert unmatched.match(actor, listed(), anna) == 1
    assert "komt nu met een ander ECK iD" in listed("R2").reason
    assert results.store_known(location, SUPPLIER, LATER) == []


def test_what_is_remembered_does_not_hold_for_the_eck_id_of_another(db: str) -> None:
    actor, location, anna, bram = two_pupils()
    receive(location, result("R1", "7000"))
    unmatched.match(actor, listed(), anna)
    for eckid, stored in (("", 1), ("unknown", 1), (anna.eckid, 1), (bram.eckid, 0)):
        again = receive(location, result(f"R-{eckid}", "7000", pupil_eckid=eckid), at=LATER)
        assert (again.stored, again.unmatched) == (stored, 1 - stored)


def test_what_is_remembered_holds_for_the_eck_id_with_which_it_was_matched(db: str) -> None:
    actor, location, anna, bram = two_pupils()
    receive(location, result("R1", "7000", pupil_eckid=bram.eckid))
    unmatched.match(actor, listed(), anna)
    assert receive(location, result("R2", "7000", pupil_eckid=bram.eckid), at=LATER).stored == 1


def test_a_correction_with_the_eck_id_of_another_is_nobodys_decision(db: str) -> None:
    actor, location, anna, bram = two_pupils()
    receive(location, result("R1", "7000"))
    unmatched.match(actor, listed(), anna)
    receive(location, result("R1", "7000", pupil_eckid=bram.eckid, score=20), at=LATER)
    assert receive(location, result("R2", "7000", pupil_eckid=bram.eckid), at=LATER).unmatched == 1


@pytest.mark.parametrize("day", [date(2009, 1, 1), date(2020, 3, 1)])
def test_a_correction_that_cannot_be_the_pupils_is_refused_with_the_reason(db: str, day: date) -> None:
    _, location, anna = school_with_pupil()
    receive(location, result())
    leave(anna, date(2020, 1, 25))
    receipt = receive(location, result(date=day), at=LATER)
    assert (receipt.refused, "Wat er stond, blijft staan." in receipt.reasons["R1"]) == (1, True)
    assert (Result.get().date, ReplacedResult.select().count()) == (date(2020, 1, 21), 0)


def test_what_is_sent_again_after_taking_back_comes_in_once_its_pupil_is_there(db: str) -> None:
    _, location, anna = school_with_pupil()
    leave(anna, GONE)
    send(location, result(), at=PRACTICE_START)
    leave(anna, None)
    assert results.store_known(location, SUPPLIER, N1, N1) == ["R1"]
    deliveries.take_back(Delivery.get(), "x", N1)
    leave(anna, GONE)
    assert send(location, result(), at=N2).unmatched == 1
    leave(anna, None)
    assert results.store_known(location, SUPPLIER, N3, N3) == ["R1"]


def test_what_returns_to_the_list_says_what_it_said_before_what_was_taken_back(db: str) -> None:
    actor, location, anna, _ = two_pupils()
    send(location, result(pupil="9999"), at=PRACTICE_START)
    unmatched.match(actor, listed(), anna)
    assert send(location, result(pupil="9999", score=20), at=N1).replaced == 1
    deliveries.take_back(Delivery.get(Delivery.sent_at == N1), "x", N2)
    enrolment.delete(actor, Pupil.get_by_id(anna.id), "Anna")
    assert [row.score for row in waiting.of_supplier(location, SUPPLIER)] == [57]
