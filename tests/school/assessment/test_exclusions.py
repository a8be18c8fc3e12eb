"""Excluded results: they count nowhere, keep who, when and why, and survive a new delivery."""

from __future__ import annotations

from datetime import date

import pytest

from app import history
from app.access import NotAllowed
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school.assessment import exclusions, result_list
from app.school.board import lookups
from models.assessment import ExcludedResult, Result
from tests.builders import make_actor
from tests.school.assessment.deliveries import LATER, receive, result, school_with_pupil

REASON = "Toets met hulp gemaakt"


def test_an_excluded_result_stays_so_when_it_is_delivered_again(db: str) -> None:
    board, location, pupil = school_with_pupil()
    actor, group_id = make_actor(board), pupil.placements.get().group_id
    receive(location, result())
    (line,) = exclusions.listed(actor, group_id)
    assert exclusions.exclude(actor, [line.id], REASON) == 1
    assert exclusions.exclude(actor, [line.id], REASON) == 0
    assert receive(location, result(score=60), at=LATER).replaced == 1
    assert receive(location, result(score=60), at=LATER).unchanged == 1
    (line,) = exclusions.listed(actor, group_id)
    assert (line.text, line.judged.standing) == ("60", f"uitgesloten: {REASON} ({actor.name}, di 14-4-2020 09:00)")
    assert [row.standing for row in result_list.list_results(actor)] == [line.judged.standing]
    assert exclusions.take_back(actor, [line.id]) == 1
    assert exclusions.listed(actor, group_id)[0].judged.counts
    kept = history.changes_about(pupil.id)
    assert [(change.kind, change.action) for change in kept] == [
        ("excluded_result", "deleted"),
        ("excluded_result", "added"),
    ]


def test_the_list_is_of_one_group_and_one_assessment_latest_first(db: str) -> None:
    board, location, pupil = school_with_pupil()
    actor, group_id = make_actor(board), pupil.placements.get().group_id
    receive(
        location,
        result("A"),
        result("B", assessment="rekenen-6", date=date(2020, 2, 3)),
        result("C", assessment="rekenen-6", part="getallen", level="", score=70, date=date(2020, 2, 3)),
    )
    assert [(row.assessment, row.text) for row in exclusions.listed(actor, group_id)] == [
        ("Rekenen groep 6", "57"),
        ("Rekenen groep 6: Getallen", "70%"),
        ("Lezen groep 6", "57"),
    ]
    assert [row.assessment for row in exclusions.listed(actor, group_id, "lezen-6")] == ["Lezen groep 6"]
    assert [item.id for item in exclusions.assessments_of(actor, group_id)] == ["lezen-6", "rekenen-6"]


def test_a_reason_of_the_boards_own_is_offered_and_another_is_refused(db: str) -> None:
    board, location, _ = school_with_pupil()
    actor = make_actor(board)
    receive(location, result())
    ids = [Result.get().id]
    with pytest.raises(Refused, match="staat niet in de lijst"):
        exclusions.exclude(actor, ids, "Zomaar")
    lookups.add(actor, "uitsluitreden", "Zomaar")
    assert exclusions.exclude(actor, ids, "Zomaar") == 1


def test_a_result_of_another_location_is_not_there(db: str) -> None:
    board, location, _ = school_with_pupil()
    receive(location, result())
    elsewhere = make_actor(board, number="01")
    for action in (exclusions.take_back, lambda actor, ids: exclusions.exclude(actor, ids, REASON)):
        with pytest.raises(NotFound):
            action(elsewhere, [Result.get().id])
    assert not ExcludedResult.select().exists()


@pytest.mark.parametrize("role", [Role.LEERKRACHT, Role.ADMINISTRATIE, Role.TRAINER, None])
def test_who_may_not(db: str, role: Role | None) -> None:
    board, location, pupil = school_with_pupil()
    receive(location, result())
    actor = make_actor(board, role)
    for action in (
        lambda: exclusions.listed(actor, pupil.placements.get().group_id),
        lambda: exclusions.exclude(actor, [Result.get().id], REASON),
    ):
        with pytest.raises(NotAllowed):
            action()
