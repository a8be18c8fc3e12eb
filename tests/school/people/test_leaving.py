"""A pupil moves to another group, leaves and comes back, in any order."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock
from app.access import Actor
from app.refusals import Refused
from app.school.people import enrolment, pupils
from app.school.people.status import status_of
from models.assessment import Result
from models.board import Board
from models.school import Group, Placement, Pupil
from tests.builders import YEAR, make_actor, make_group
from tests.school.assessment.deliveries import receive, result, school_with_pupil
from tests.school.people.enrolments import ANNA, TODAY, base_group_names, school


def test_who_moves_within_the_same_year_group_keeps_it(db: str) -> None:
    actor, (six, combination) = school("6", "5/6")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    assert enrolment.move(actor, pupil, combination).pupil.year_group == "6"
    assert base_group_names(pupil) == ["5/6"]
    assert enrolment.move(actor, pupil, combination).pupil.year_group == "6"
    assert base_group_names(pupil) == ["5/6"]


def test_a_move_leaves_last_years_group_alone(db: str) -> None:
    actor, (six, seven) = school("6", "7")
    old = Group.create(location=six.location, key="old", name="5", school_year="2018-2019", year_groups="5")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    Placement.create(pupil=pupil, group=old, school_year="2018-2019", kind="basis")
    enrolment.move(actor, pupil, seven)
    assert sorted(base_group_names(pupil)) == ["5", "7"]


def test_who_is_unsubscribed_stays_known_with_date_and_reason(db: str) -> None:
    actor, (six, seven) = school("6", "7")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    enrolment.unsubscribe(actor, pupil, TODAY, " Verhuizing ")
    stored = Pupil.get_by_id(pupil.id)
    assert (stored.unsubscribed_on, stored.unsubscribe_reason) == (TODAY, "Verhuizing")
    assert pupils.page(actor) == []
    assert [row.group for row in pupils.page(actor, status="unsubscribed")] == ["6"]
    for action in (
        lambda: enrolment.unsubscribe(actor, pupil, TODAY, "Anders"),
        lambda: enrolment.move(actor, pupil, seven),
    ):
        with pytest.raises(Refused, match="is uitgeschreven per 14-4-2020"):
            action()


def test_leaving_before_ones_latest_result_is_told_and_not_refused(db: str) -> None:
    board, location, pupil = school_with_pupil()
    receive(location, result())
    taken, actor = Result.get().date, make_actor(board)
    assert enrolment.unsubscribe(actor, pupil, taken + timedelta(days=1), "Anders").warnings == ()
    enrolment.re_enrol(actor, pupil)
    assert enrolment.unsubscribe(actor, pupil, taken, "Anders").warnings == (
        f"1 leerling heeft nog toetsresultaten van de dag van uitschrijven of later, tot en met {clock.dutch_date(taken)}.",
    )


def test_an_unsubscription_needs_a_reason_and_a_day_from_the_enrolment_on(db: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    with pytest.raises(Refused, match=r"13-4-2020 ligt voor de inschrijfdatum 14-4-2020") as refusal:
        enrolment.unsubscribe(actor, pupil, date(2020, 4, 13), "Anders")
    assert refusal.value.field == "unsubscribed_on"
    with pytest.raises(Refused, match="verplicht") as refusal:
        enrolment.unsubscribe(actor, pupil, TODAY, "")
    assert refusal.value.field == "unsubscribe_reason"
    assert Pupil.get().unsubscribed_on is None


def test_an_unsubscription_can_be_undone(db: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    enrolment.unsubscribe(actor, pupil, TODAY, "Anders")
    outcome = enrolment.re_enrol(actor, pupil)
    assert (outcome.pupil.unsubscribed_on, outcome.pupil.unsubscribe_reason, outcome.warnings) == (None, "", ())
    assert [row.group for row in pupils.page(actor)] == ["6"]
    with pytest.raises(Refused, match="niet uitgeschreven"):
        enrolment.re_enrol(actor, pupil)


def test_who_comes_back_in_another_year_has_no_group_yet(db: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    enrolment.unsubscribe(actor, pupil, TODAY, "Anders")
    Board.update(now=clock.parse_moment("2020-09-01")).execute()
    Group.create(location=six.location, key="new", name="7", school_year="2020-2021", year_groups="7")
    assert "2020-2021 nog geen basisgroep" in enrolment.re_enrol(actor, pupil).warnings[0]


STEPS = st.lists(
    st.tuples(st.sampled_from(["move", "unsubscribe", "re_enrol", "time"]), st.integers(0, 3)), max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_a_pupil_has_one_basisgroep_a_year(sqlite: str, steps: list[tuple[str, int]]) -> None:
    actor, targets = school("5", "5/6", "7")
    targets.append(make_group(actor.location, "Plus", kind="instructie"))
    pupil = enrolment.enrol(actor, ANNA, targets[0]).pupil
    day = TODAY
    for step, number in steps:
        with suppress(Refused):
            if step == "move":
                enrolment.move(actor, pupil, targets[number])
            elif step == "unsubscribe":
                enrolment.unsubscribe(actor, pupil, day + timedelta(days=number - 1), "Anders")
            elif step == "re_enrol":
                enrolment.re_enrol(actor, pupil)
            else:
                day += timedelta(days=number)
                Board.update(now=clock.local(day, clock.MORNING)).where(Board.id == actor.board.id).execute()
        _consistent(actor, pupil, day)


def _consistent(actor: Actor, pupil: Pupil, day: date) -> None:
    stored = Pupil.get_by_id(pupil.id)
    (base,) = [row.group for row in Placement.select().where(Placement.pupil == pupil, Placement.kind == "basis")]
    assert base.school_year == YEAR
    assert stored.year_group in base.year_groups.split(",")
    assert stored.unsubscribed_on is None or stored.unsubscribed_on >= stored.enrolled_from
    assert bool(stored.unsubscribed_on) == bool(stored.unsubscribe_reason)
    (row,) = pupils.page(actor, status="all")
    assert (row.group, row.status) == (base.name, status_of(stored, day))
