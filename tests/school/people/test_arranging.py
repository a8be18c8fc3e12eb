"""Many pupils at once: moved to another group and back, unsubscribed and re-enrolled; all or nothing."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access import NotAllowed
from app.permissions import Role
from app.refusals import Refused
from app.school.people import arranging, enrolment
from app.school.people.arranging import Move
from models.school import Group, Placement, Pupil
from tests.builders import make_actor, make_pupil
from tests.school.people.enrolments import ANNA, TODAY, base_group_names, school


def where(groups: list[Group]) -> dict[int, str]:
    """The group of every pupil who sits in one."""
    return {row.pupil_id: row.group.name for row in Placement.select().where(Placement.group.in_(groups))}


def test_many_move_and_go_back_where_they_were(db: str) -> None:
    actor, (five, six) = school("5", "6")
    anna, ben, cas = (make_pupil(five, name) for name in ("Anna", "Ben", "Cas"))
    moves = arranging.move_all(actor, [anna.id, ben.id], six)
    assert [seat.name for seat in arranging.seats(actor, six, TODAY)] == ["Voorbeeld, Anna", "Voorbeeld, Ben"]
    assert Pupil.get_by_id(anna.id).year_group == "6"
    assert arranging.move_all(actor, [anna.id], six) == []
    assert arranging.take_back(actor, moves) == 2
    assert [seat.id for seat in arranging.seats(actor, five, TODAY)] == [anna.id, ben.id, cas.id]
    assert Pupil.get_by_id(anna.id).year_group == "5"


def test_who_was_moved_again_meanwhile_stays_there(db: str) -> None:
    actor, (five, six, seven) = school("5", "6", "7")
    anna, ben = make_pupil(five, "Anna"), make_pupil(five, "Ben")
    moves = arranging.move_all(actor, [anna.id, ben.id], six)
    enrolment.move(actor, ben, seven)
    assert arranging.take_back(actor, moves) == 1
    assert (base_group_names(anna), base_group_names(ben)) == (["5"], ["7"])


@pytest.mark.parametrize("year_group", ["", "4", "6"])
def test_going_back_brings_the_year_group_back_also_one_the_group_has_not(db: str, year_group: str) -> None:
    actor, (both, seven) = school("5/6", "7")
    anna = make_pupil(both)
    Pupil.update(year_group=year_group).execute()
    moves = arranging.move_all(actor, [anna.id], seven)
    assert arranging.take_back(actor, moves) == 1
    assert (base_group_names(anna), Pupil.get_by_id(anna.id).year_group) == (["5/6"], year_group)


def test_who_sits_nowhere_is_listed_and_goes_back_to_nowhere(db: str) -> None:
    actor, (five,) = school("5")
    anna = make_pupil(five)
    Placement.delete().execute()
    assert [seat.key for seat in arranging.seats(actor, None, TODAY)] == [anna.key]
    moves = arranging.move_all(actor, [anna.id], five)
    assert arranging.seats(actor, None, TODAY) == []
    arranging.take_back(actor, moves)
    assert base_group_names(anna) == []


def test_when_one_cannot_nobody_does(db: str) -> None:
    actor, (five, six) = school("5", "6")
    anna, ben = make_pupil(five, "Anna"), make_pupil(five, "Ben")
    enrolment.unsubscribe(actor, ben, TODAY, "Verhuizing")
    with pytest.raises(Refused, match="Ben Voorbeeld is uitgeschreven"):
        arranging.move_all(actor, [anna.id, ben.id], six)
    assert base_group_names(anna) == ["5"]
    with pytest.raises(Refused, match="Voorbeeld, Ben: "):
        arranging.unsubscribe_all(actor, [anna.id, ben.id], TODAY, "Verhuizing")
    assert Pupil.get_by_id(anna.id).unsubscribed_on is None
    with pytest.raises(Refused, match="Reden van uitschrijving is verplicht"):
        arranging.unsubscribe_all(actor, [anna.id], TODAY, " ")
    with pytest.raises(Refused, match="Kruis eerst leerlingen aan"):
        arranging.move_all(actor, [], six)


def test_many_leave_and_come_back(db: str) -> None:
    actor, (eight,) = school("8")
    both = [make_pupil(eight, name).id for name in ("Anna", "Ben")]
    assert arranging.unsubscribe_all(actor, both, date(2020, 8, 1), "Naar het voortgezet onderwijs") == 2
    assert {row.unsubscribed_on for row in Pupil.select()} == {date(2020, 8, 1)}
    assert arranging.re_enrol_all(actor, both) == 2
    assert {row.unsubscribed_on for row in Pupil.select()} == {None}


@pytest.mark.parametrize("role", [Role.LEERKRACHT, Role.INTERN_BEGELEIDER, None])
def test_only_the_administration_may(db: str, role: Role | None) -> None:
    actor, (five,) = school("5")
    pupil, other = make_pupil(five), make_actor(actor.board, role)
    for attempt in (
        lambda: arranging.seats(other, five, TODAY),
        lambda: arranging.move_all(other, [pupil.id], five),
        lambda: arranging.unsubscribe_all(other, [pupil.id], TODAY, "Anders"),
    ):
        with pytest.raises(NotAllowed):
            attempt()


@given(steps=st.lists(st.tuples(st.sets(st.integers(0, 5), min_size=1), st.integers(0, 2)), max_size=8))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_taking_everything_back_in_turn_is_the_beginning(db: str, steps: list[tuple[set[int], int]]) -> None:
    actor, groups = school("5", "6", "5/6")
    people = [enrolment.enrol(actor, ANNA, groups[number % 3]).pupil for number in range(6)]
    begin, years = where(groups), {row.id: row.year_group for row in people}
    done: list[list[Move]] = []
    for chosen, to in steps:
        done.append(arranging.move_all(actor, [people[number].id for number in chosen], groups[to]))
        assert max(Counter(row.pupil_id for row in Placement.select().where(Placement.group.in_(groups))).values()) == 1
    for moves in reversed(done):
        assert arranging.take_back(actor, moves) == len(moves)
    assert where(groups) == begin
    assert {row.id: Pupil.get_by_id(row.id).year_group for row in people} == years


def test_a_later_day_is_fine(db: str) -> None:
    actor, (eight,) = school("8")
    pupil = make_pupil(eight)
    arranging.unsubscribe_all(actor, [pupil.id], TODAY + timedelta(days=30), "Verhuizing")
    assert [seat.id for seat in arranging.seats(actor, eight, TODAY)] == [pupil.id]
