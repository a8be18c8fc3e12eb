"""The list of results without a pupil, resolved by hand, and the list of existing results."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import NotAllowed
from app.clock import PRACTICE_START
from app.couplings import logbook, unmatched
from app.exchange.uwlr import ResultData
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school.assessment import result_list, results
from app.school.people import enrolment
from models.assessment import ActiveAssessment, PupilMatch, Result, UnmatchedResult
from models.school import Pupil
from tests.builders import location_of, make_actor, make_group, make_pupil
from tests.school.assessment.deliveries import LATER, SUPPLIER, receive, result, school_with_pupil


@pytest.mark.usefixtures("db")
class TestTheList:
    """Matching and dismissing."""

    def test_a_match_brings_in_every_open_result_of_that_pupil_and_is_remembered(self) -> None:
        board, location, pupil = school_with_pupil()
        actor = make_actor(board, Role.INTERN_BEGELEIDER)
        receive(location, result("R1", pupil="777"), result("R2", pupil="777", score=3), result("R3", pupil="888"))
        first = unmatched.open_unmatched(actor)[0]
        assert unmatched.match(actor, first, pupil) == 2
        assert [row.supplier_key for row in unmatched.open_unmatched(actor)] == ["R3"]
        assert Result.select().where(Result.pupil == pupil).count() == 2
        assert PupilMatch.get().made_by == actor.name
        assert receive(location, result("R9", pupil="777")).stored == 1
        line = logbook.entries(actor)[0]
        assert (line.kind, line.user) == (logbook.LogKind.MATCHED, actor.name)

    def test_a_dismissed_result_stays_dismissed_and_is_not_doubled(self) -> None:
        board, location, _ = school_with_pupil()
        actor = make_actor(board)
        receive(location, result(pupil="777"))
        unmatched.dismiss(actor, unmatched.open_unmatched(actor)[0])
        assert receive(location, result(pupil="777")).unmatched == 1
        assert unmatched.open_unmatched(actor) == []
        assert logbook.entries(actor)[0].kind == logbook.LogKind.DISMISSED

    def test_a_dismissal_during_a_delivery_is_not_undone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _, location, _ = school_with_pupil()
        receive(location, result(pupil="777"), at=PRACTICE_START)
        find = results.Matcher.find

        def find_slowly(matcher: results.Matcher, data: ResultData) -> object:
            UnmatchedResult.update(state="dismissed").execute()  # somebody else, after the list was read
            return find(matcher, data)

        monkeypatch.setattr(results.Matcher, "find", find_slowly)
        assert receive(location, result(pupil="777", score=12), at=LATER).unmatched == 1
        row = UnmatchedResult.get()
        assert (row.state, row.score, row.received_at) == ("dismissed", 12, PRACTICE_START)

    def test_what_is_off_by_now_is_not_stored_by_a_match_and_says_so(self) -> None:
        board, location, pupil = school_with_pupil()
        actor = make_actor(board)
        receive(location, result("R1", pupil="777"), result("R2", pupil="777", assessment="rekenen-6"))
        ActiveAssessment.delete().where(ActiveAssessment.assessment == "lezen-6").execute()
        off, on = unmatched.open_unmatched(actor)
        with pytest.raises(Refused, match=r"niet te koppelen\. .* staat niet aan in ESIS"):
            unmatched.match(actor, off, pupil)
        assert (Result.select().count(), PupilMatch.select().count()) == (0, 0)
        assert unmatched.match(actor, on, pupil) == 1
        (row,) = unmatched.open_unmatched(actor)
        assert (row.supplier_key, "staat niet aan" in row.reason) == ("R1", True)
        assert Result.get().supplier_key == "R2"
        assert results.store_known(location, SUPPLIER, LATER) == []
        ActiveAssessment.create(location=location, assessment="lezen-6")
        assert results.store_known(location, SUPPLIER, LATER) == ["R1"]
        assert unmatched.open_unmatched(actor) == []

    def test_what_was_matched_is_on_the_list_again_when_its_pupil_is_deleted(self) -> None:
        board, location, pupil = school_with_pupil()
        actor = make_actor(board)
        receive(location, result("R1", pupil="777"), result("R2", pupil="777"))
        unmatched.match(actor, unmatched.open_unmatched(actor)[0], pupil)
        receive(location, result("R1", pupil="777", score=61), at=LATER)
        unmatched_again = receive(location, result("R3", pupil="888"))
        unmatched.dismiss(actor, unmatched.open_unmatched(actor)[0])
        enrolment.delete(actor, pupil, "Anna")
        rows = {row.supplier_key: row for row in unmatched.open_unmatched(actor)}
        assert (unmatched_again.unmatched, rows.keys(), rows["R1"].score) == (1, {"R1", "R2"}, 61)
        assert results.store_known(location, SUPPLIER, LATER) == []
        other = make_pupil(make_group(location, name="7"), key="2000")
        assert unmatched.match(actor, rows["R1"], other) == 2

    def test_a_match_asks_again_once_the_number_is_surely_another_pupils(self) -> None:
        board, location, pupil = school_with_pupil()
        actor = make_actor(board)
        receive(location, result("R1", pupil="777"))
        unmatched.match(actor, unmatched.open_unmatched(actor)[0], pupil)
        other = make_pupil(make_group(location, name="7"), key="777")
        assert receive(location, result("R2", pupil="777", pupil_eckid=other.eckid)).unmatched == 1
        (row,) = unmatched.open_unmatched(actor)
        assert "eerder gekoppeld aan leerling 1042, maar is nu van leerling 777" in row.reason
        assert unmatched.match(actor, row, other) == 1
        assert receive(location, result("R3", pupil="777", pupil_eckid=other.eckid)).stored == 1

    def test_what_is_solved_cannot_be_solved_again(self) -> None:
        board, location, pupil = school_with_pupil()
        actor = make_actor(board)
        receive(location, result(pupil="777"))
        row = unmatched.open_unmatched(actor)[0]
        unmatched.match(actor, row, pupil)
        with pytest.raises(unmatched.AlreadySolved):
            unmatched.dismiss(actor, row)

    def test_a_match_with_a_pupil_who_had_left_is_refused_and_not_remembered(self) -> None:
        board, location, pupil = school_with_pupil()
        actor = make_actor(board)
        Pupil.update(unsubscribed_on=date(2020, 1, 1)).where(Pupil.id == pupil.id).execute()
        receive(location, result(pupil="777"))
        with pytest.raises(Refused, match="uitgeschreven"):
            unmatched.match(actor, unmatched.open_unmatched(actor)[0], pupil)
        assert PupilMatch.select().count() == 0

    def test_a_pupil_of_another_location_cannot_be_chosen(self) -> None:
        board, location, _ = school_with_pupil()
        actor = make_actor(board)
        other = make_pupil(make_group(location_of(board, "01")))
        receive(location, result(pupil="777"))
        with pytest.raises(Refused, match="andere vestiging"):
            unmatched.match(actor, unmatched.open_unmatched(actor)[0], other)

    def test_another_location_cannot_solve_it(self) -> None:
        board, location, _ = school_with_pupil()
        receive(location, result(pupil="777"))
        row = UnmatchedResult.get()
        with pytest.raises(NotFound):
            unmatched.dismiss(make_actor(board, number="01"), row)

    def test_a_teacher_may_not_see_or_solve_the_list(self) -> None:
        board, location, _ = school_with_pupil()
        teacher = make_actor(board, Role.LEERKRACHT)
        receive(location, result(pupil="777"))
        with pytest.raises(NotAllowed):
            unmatched.open_unmatched(teacher)
        with pytest.raises(NotAllowed):
            unmatched.dismiss(teacher, UnmatchedResult.get())


@pytest.mark.usefixtures("db")
class TestListing:
    """`esis result list`."""

    def test_the_list_has_the_fields_of_the_contract(self) -> None:
        board, location, _ = school_with_pupil()
        receive(location, result())
        (row,) = result_list.list_results(make_actor(board))
        assert row.as_json() == {
            "key": "R1",
            "supplier": "iep-lvs",
            "pupil": "1042",
            "assessment": "lezen-6",
            "part": "",
            "date": "2020-01-21",
            "level": "III",
            "score": 57,
            "received_at": "2020-04-14T09:00:00+02:00",
        }

    def test_a_group_can_be_named(self) -> None:
        board, location, _ = school_with_pupil()
        make_pupil(make_group(location, name="7"), key="2000")
        receive(location, result("R1"), result("R2", pupil="2000"))
        actor = make_actor(board)
        assert [row.key for row in result_list.list_results(actor, "7")] == ["R2"]
        with pytest.raises(NotFound):
            result_list.list_results(actor, "9")

    def test_the_administration_may_not_see_results(self) -> None:
        board, _, _ = school_with_pupil()
        with pytest.raises(NotAllowed):
            result_list.list_results(make_actor(board, Role.ADMINISTRATIE))
