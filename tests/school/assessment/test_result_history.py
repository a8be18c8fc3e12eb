"""The tab Wijzigingen for results that were typed, changed, excluded and deleted."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.access import writing
from app.permissions import Role
from app.school.assessment import counting, entering, entry_sheets, exclusions, results
from app.school.people import enrolment, pupil_history
from models.assessment import ExcludedResult, Result
from tests.builders import make_actor, make_group, make_pupil
from tests.school.assessment.deliveries import receive, result, school_with_pupil


def test_each_change_of_a_result_is_told_in_words(db: str) -> None:
    board, _, pupil = school_with_pupil()
    actor, group_id = make_actor(board), pupil.placements.get().group_id

    def type_in(text: str) -> None:
        shown = entry_sheets.sheet(actor, group_id, "rekenen-6", "getallen", date(2020, 1, 21))
        entering.save(actor, shown, {f"pupil-{pupil.id}": text}, shown.seen)

    type_in("57")
    type_in("60")
    exclusions.exclude(actor, [Result.get().id], "Anders")
    exclusions.take_back(actor, [Result.get().id])
    type_in("")
    about = "Resultaat Rekenen groep 6 (Getallen) van 21-1-2020: "
    told = [line.what for line in pupil_history.lines(actor, pupil)]
    assert told == [
        f"{about}60% verwijderd",
        f"{about}telt weer mee",
        f"{about}uitgesloten (Anders)",
        f"{about}van 57% naar 60%",
        f"{about}57% ingevoerd",
    ]
    without_results = make_actor(board, Role.ADMINISTRATIE)
    assert pupil_history.lines(without_results, pupil) == []


def test_both_pupils_are_told_that_a_result_went_from_one_to_the_other(db: str) -> None:
    board, location, kim = school_with_pupil()
    lot = make_pupil(make_group(location, name="7"), "Lot", "Linden", key="2000")
    actor = make_actor(board)

    def deliver(**values: Any) -> None:
        with writing(actor) as now:
            results.receive(location, "iep-lvs", [result(**values)], now)

    deliver()
    deliver(pupil="2000")
    told = "Resultaat Lezen groep 6 van 21-1-2020: was van Anna Voorbeeld, hoort bij Lot Linden"
    assert [line.what for line in pupil_history.lines(actor, lot)] == [told]
    assert pupil_history.lines(actor, kim)[0].what == told
    deliver(score=60)
    back = "Resultaat Lezen groep 6 van 21-1-2020: was van Lot Linden, hoort bij Anna Voorbeeld, van 57 naar 60"
    assert pupil_history.lines(actor, lot)[0].what == pupil_history.lines(actor, kim)[0].what == back
    enrolment.delete(actor, kim, "Anna")
    assert pupil_history.lines(actor, lot)[0].what == back


def test_why_a_result_did_not_count_ends_when_it_goes_to_another_pupil(db: str) -> None:
    board, location, _ = school_with_pupil()
    lot = make_pupil(make_group(location, name="7"), "Lot", "Linden", key="2000")
    receive(location, result())
    exclusions.exclude(make_actor(board), [Result.get().id], "Anders")
    receive(location, result(score=58))
    assert ExcludedResult.select().exists()
    receive(location, result(pupil="2000", score=58))
    assert not ExcludedResult.select().exists()
    assert counting.judged(Result.pupil == lot)[0].counts
