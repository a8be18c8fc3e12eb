"""Receiving results: each once, corrected, refused or put on the list, with counts that add up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import PRACTICE_START
from app.couplings import unmatched
from app.school.assessment import matching, results, waiting
from app.school.people import enrolment, renumbering
from models.assessment import ActiveAssessment, ReplacedResult, Result, UnmatchedResult
from models.board import Location
from models.school import Pupil
from tests.builders import location_of, make_actor, make_group, make_pupil
from tests.school.assessment.deliveries import LATER, SUPPLIER, receive, result, school_with_pupil


def on_the_list(location: Location) -> set[str]:
    return {row.supplier_key for row in waiting.of_supplier(location, SUPPLIER)}


def test_a_result_is_stored_with_its_pupil(db: str) -> None:
    _, location, pupil = school_with_pupil()
    receipt = receive(location, result())
    assert receipt.stored == 1
    row = Result.get()
    assert (row.pupil_id, row.score, row.level, row.reference_level, row.date) == (
        pupil.id,
        57,
        "III",
        "<1F",
        date(2020, 1, 21),
    )


def test_the_same_result_again_is_unchanged(db: str) -> None:
    _, location, _ = school_with_pupil()
    receive(location, result())
    assert receive(location, result(), at=LATER).unchanged == 1
    assert Result.get().received_at == PRACTICE_START
    assert ReplacedResult.select().count() == 0


def test_a_corrected_result_replaces_and_keeps_what_it_replaced(db: str) -> None:
    _, location, _ = school_with_pupil()
    receive(location, result())
    assert receive(location, result(score=61, level="II"), at=LATER).replaced == 1
    row, earlier = Result.get(), ReplacedResult.get()
    assert (row.score, row.level, row.received_at) == (61, "II", LATER)
    assert (earlier.result_id, earlier.score, earlier.level) == (row.id, 57, "III")
    assert (earlier.received_at, earlier.replaced_at) == (PRACTICE_START, LATER)


def test_a_supplier_that_joins_two_accounts_moves_the_result_to_the_other_pupil(db: str) -> None:
    _, location, pupil = school_with_pupil()
    other = make_pupil(make_group(location, name="7"), key="2000")
    receive(location, result())
    assert receive(location, result(pupil="2000")).replaced == 1
    assert Result.get().pupil_id == other.id
    assert ReplacedResult.get().pupil_id == pupil.id


def test_a_stored_result_stays_with_its_pupil_when_the_supplier_names_nobody_known(db: str) -> None:
    _, location, pupil = school_with_pupil()
    receive(location, result())
    assert receive(location, result(pupil="9999")).unchanged == 1
    assert Result.get().pupil_id == pupil.id
    assert UnmatchedResult.select().count() == 0


def test_another_number_with_the_same_eck_id_is_a_proposal(db: str) -> None:
    board, location, pupil = school_with_pupil()
    assert receive(location, result(pupil="5000", pupil_eckid=pupil.eckid)).unmatched == 1
    row = UnmatchedResult.get()
    assert row.reason == "Misschien leerling 1042 (Anna Voorbeeld): zelfde ECK iD, ander nummer."
    actor = make_actor(board)
    assert unmatched.proposed(actor, row) == pupil
    assert unmatched.match(actor, row, pupil) == 1
    assert receive(location, result("R2", pupil="5000", pupil_eckid=pupil.eckid)).stored == 1


@pytest.mark.parametrize(
    ("number", "eckid", "reason"),
    [
        ("01042", "", "Misschien leerling 1042 (Anna Voorbeeld): zelfde nummer op de nullen na."),
        ("1042", "een ander", "Misschien leerling 1042 (Anna Voorbeeld): zelfde nummer, ander ECK iD."),
    ],
)
def test_what_is_not_sure_is_a_proposal(db: str, number: str, eckid: str, reason: str) -> None:
    _, location, _ = school_with_pupil()
    assert receive(location, result(pupil=number, pupil_eckid=eckid)).unmatched == 1
    assert UnmatchedResult.get().reason == reason


def test_a_former_number_is_the_pupils_and_that_of_a_deleted_pupil_is_nobodys(db: str) -> None:
    board, location, pupil = school_with_pupil()
    actor = make_actor(board)
    other = make_pupil(make_group(location, name="7"), "Bram", key="2000")
    for number in ("5000", "6000"):
        renumbering.renumber(actor, pupil, number)
    assert receive(location, result("R1"), result("R2", pupil="5000")).stored == 2
    renumbering.renumber(actor, other, "2001")
    enrolment.delete(actor, other, "Bram")
    assert receive(location, result("R3", pupil="2000"), result("R4", pupil="2001")).unmatched == 2
    assert {row.reason for row in UnmatchedResult.select()} == {matching.OF_DELETED}


def test_a_result_of_before_the_pupil_was_born_waits_with_the_reason(db: str) -> None:
    _, location, _ = school_with_pupil()
    assert receive(location, result(date=date(2009, 12, 31))).unmatched == 1
    assert UnmatchedResult.get().reason.startswith("De leerling is geboren op 1-1-2010")


def test_a_key_and_an_eck_id_of_two_pupils_match_neither(db: str) -> None:
    _, location, _ = school_with_pupil()
    other = make_pupil(make_group(location, name="7"), key="2000")
    assert receive(location, result(pupil_eckid=other.eckid)).unmatched == 1
    assert "twee verschillende leerlingen" in UnmatchedResult.get().reason


def test_a_pupil_of_another_location_is_not_found(db: str) -> None:
    board, location, _ = school_with_pupil()
    make_pupil(make_group(location_of(board, "01")), key="3000")
    assert receive(location, result(pupil="3000")).unmatched == 1


def test_a_pupil_who_left_still_gets_results_from_before(db: str) -> None:
    _, location, pupil = school_with_pupil()
    Pupil.update(unsubscribed_on=date(2020, 2, 1)).where(Pupil.id == pupil.id).execute()
    receipt = receive(location, result("before"), result("after", date=date(2020, 2, 1)))
    assert (receipt.stored, receipt.unmatched) == (1, 1)
    assert "uitgeschreven per 1-2-2020" in UnmatchedResult.get().reason


@pytest.mark.parametrize(
    ("assessment", "part", "reason"),
    [
        ("eindtoets-8", "", "geen toets van het leerlingvolgsysteem"),
        ("topografie-6", "", "kent de toets 'topografie-6' niet"),
        ("rekenen-6", "kansrekening", "kent het onderdeel 'kansrekening'"),
        ("rekenen-7", "", "staat niet aan"),
    ],
)
def test_what_esis_does_not_take_over_is_refused_with_the_reason(
    db: str, assessment: str, part: str, reason: str
) -> None:
    _, location, _ = school_with_pupil()
    ActiveAssessment.delete().where(ActiveAssessment.assessment == "rekenen-7").execute()
    receipt = receive(location, result("good"), result("bad", assessment=assessment, part=part))
    assert (receipt.stored, receipt.refused, receipt.reasons.keys()) == (1, 1, {"bad"})
    assert reason in receipt.reasons["bad"]
    assert Result.select().count() == 1
    assert UnmatchedResult.select().count() == 0


def test_a_refused_result_comes_in_once_its_assessment_is_on(db: str) -> None:
    _, location, _ = school_with_pupil()
    ActiveAssessment.delete().execute()
    assert receive(location, result()).refused == 1
    ActiveAssessment.create(location=location, assessment="lezen-6")
    assert receive(location, result()).stored == 1


def test_an_unknown_pupil_goes_on_the_list_once_however_often_it_is_delivered(db: str) -> None:
    _, location, _ = school_with_pupil()
    for at in (PRACTICE_START, LATER):
        assert receive(location, result(pupil="777", pupil_eckid="eck-777"), at=at).unmatched == 1
    row = UnmatchedResult.get()
    assert UnmatchedResult.select().count() == 1
    assert (row.state, row.pupil_key, row.pupil_eckid, row.received_at) == ("open", "777", "eck-777", PRACTICE_START)
    assert "niet bekend" in row.reason


def test_a_delivery_after_the_pupil_is_enrolled_takes_it_off_the_list(db: str) -> None:
    _, location, _ = school_with_pupil()
    receive(location, result(pupil="777"))
    make_pupil(make_group(location, name="7"), key="777")
    assert receive(location, result(pupil="777")).stored == 1
    assert not on_the_list(location)


def test_results_on_the_list_come_in_by_themselves_once_the_pupil_is_known(db: str) -> None:
    _, location, _ = school_with_pupil()
    receive(location, result("R1", pupil="777"), result("R2", pupil="x", pupil_eckid="eck-x"), result("R3", pupil="y"))
    make_pupil(make_group(location, name="7"), key="777")
    assert results.store_known(location, SUPPLIER, LATER) == ["R1"]
    assert results.store_known(location, SUPPLIER, LATER) == []
    assert on_the_list(location) == {"R2", "R3"}


def test_results_on_the_list_of_an_assessment_that_is_off_by_now_stay_there_with_the_reason(db: str) -> None:
    _, location, _ = school_with_pupil()
    receive(location, result("R1", pupil="777"), result("R2", pupil="777", assessment="rekenen-6"))
    ActiveAssessment.delete().where(ActiveAssessment.assessment == "lezen-6").execute()
    make_pupil(make_group(location, name="7"), key="777")
    assert results.store_known(location, SUPPLIER, LATER) == ["R2"]
    row = UnmatchedResult.get(UnmatchedResult.supplier_key == "R1")
    assert (on_the_list(location), Result.get().supplier_key) == ({"R1"}, "R2")
    assert "staat niet aan in ESIS" in row.reason


def test_more_than_a_page_of_the_list_comes_in_at_once(db: str) -> None:
    _, location, _ = school_with_pupil()
    for start in (0, 250, 500):
        receive(location, *(result(f"R{start + place}", pupil="777") for place in range(250)))
    make_pupil(make_group(location, name="7"), key="777")
    assert len(results.store_known(location, SUPPLIER, LATER)) == 750
    assert Result.select().count() == 750


def test_a_page_of_250_takes_few_statements(sqlite: str) -> None:
    from models.base import real_database

    _, location, _ = school_with_pupil()
    statements = 0
    original = real_database().execute_sql

    def counting(*args: object, **kwargs: object) -> object:
        nonlocal statements
        statements += 1
        return original(*args, **kwargs)

    page = [result(f"R{number}", pupil="1042" if number % 2 else f"unknown{number}") for number in range(250)]
    real_database().execute_sql = counting
    try:
        receive(location, *page)
    finally:
        real_database().execute_sql = original
    assert statements <= 15


deliveries = st.lists(
    st.tuples(
        st.sampled_from(["R1", "R2", "R3", "R4"]),
        st.sampled_from(["1042", "2000", "777"]),
        st.sampled_from(["lezen-6", "eindtoets-8"]),
        st.integers(50, 52),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=deliveries, page=st.integers(1, 4))
def test_any_order_and_repetition_gives_one_result_for_each_key(
    sqlite: str, data: list[tuple[str, str, str, int]], page: int
) -> None:
    _, location, _ = school_with_pupil()
    make_pupil(make_group(location, name="7"), key="2000")
    last: dict[str, int] = {}
    for start in range(0, len(data), page):
        batch = {
            key: result(key, pupil, assessment=test, score=score)
            for key, pupil, test, score in data[start : start + page]
        }
        receive(location, *batch.values())
        for item in batch.values():
            if item.assessment == "lezen-6" and (item.pupil_key != "777" or item.key in last):
                last[item.key] = item.score
    stored = {row.supplier_key: row.score for row in Result.select().where(Result.location == location)}
    assert stored == last
    assert Result.select().where(Result.location == location).count() == len(last)
    assert not on_the_list(location) & stored.keys()
