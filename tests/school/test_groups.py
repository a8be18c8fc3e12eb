"""The groups of a location: order, teachers, pupils, and finding one by name."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import NotAllowed
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school import groups
from models.school import Group, GroupTeacher, Placement, Pupil, StaffMember
from tests.builders import YEAR, location_of, make_actor, make_board, make_group, make_pupil
from tests.school.people.test_pupils import make_teacher


def test_basisgroepen_come_first_and_numbers_count_as_numbers(db: str) -> None:
    board = make_board()
    location = location_of(board)
    make_group(location, "Alfa", kind="instructie")
    make_group(location, "Koor", kind="overig")
    for name in ("10", "5/6", "1", "2b", "2a", "5", "7"):
        make_group(location, name)
    Group.create(location=location, key="old", name="9", school_year="2018-2019")
    found = [group.name for group in groups.visible(make_actor(board))]
    assert found == ["1", "2a", "2b", "5", "5/6", "7", "10", "Alfa", "Koor"]
    assert [group.name for group in groups.visible(make_actor(board), "2018-2019")] == ["9"]


def test_a_row_has_teachers_and_the_pupils_enrolled_today(db: str) -> None:
    board = make_board()
    group = make_group(location_of(board), "5/6", "5,6")
    for active, name in ((True, "Juf"), (False, "Weg")):
        staff = StaffMember.create(
            board=board,
            location=group.location,
            key=name,
            first_name="Joke",
            prefix="de",
            last_name=name,
            active=active,
        )
        GroupTeacher.create(group=group, staff=staff)
    make_pupil(group)
    gone, future = make_pupil(group), make_pupil(group)
    Pupil.update(unsubscribed_on=date(2020, 4, 14)).where(Pupil.id == gone.id).execute()
    Pupil.update(enrolled_from=date(2020, 4, 15)).where(Pupil.id == future.id).execute()
    empty = make_group(group.location, "7", "7")
    first, second = groups.listed(make_actor(board))
    assert (first.name, first.teachers, first.pupils) == ("5/6", ("Joke de Juf",), 1)
    assert (second.id, second.teachers, second.pupils) == (empty.id, (), 0)
    assert first.as_json() == {
        "name": "5/6",
        "kind": "basis",
        "year_groups": ["5", "6"],
        "available_to_couplings": True,
    }


def test_a_group_is_found_by_its_name(db: str) -> None:
    board = make_board()
    group = make_group(location_of(board), "6")
    make_group(location_of(board), "5/6")
    actor = make_actor(board)
    for name in ("6", " 6 ", "groep 6", "Groep 6"):
        assert groups.find(actor, name) == group
    with pytest.raises(NotFound, match=r"Groep '9' .* Er zijn: 5/6, 6"):
        groups.find(actor, "9")
    with pytest.raises(Refused, match="stuurteken"):
        groups.find(actor, "6\x00a")


def test_a_teacher_sees_the_own_groups_only(db: str) -> None:
    board = make_board()
    own = make_group(location_of(board), "6")
    make_group(location_of(board), "7", "7")
    teacher = make_teacher(board, own)
    assert [row.name for row in groups.listed(teacher)] == ["6"]
    with pytest.raises(NotFound, match="niet uw groep"):
        groups.find(teacher, "7")


def test_somebody_without_a_role_sees_no_group(db: str) -> None:
    board = make_board()
    make_group(location_of(board))
    actor = make_actor(board, None)
    assert groups.listed(actor) == []
    with pytest.raises(NotAllowed, match="geen rol"):
        groups.find(actor, "6")
    assert groups.listed(make_actor(board, Role.TRAINER)) == []


def test_a_pupil_in_two_groups_counts_in_both(db: str) -> None:
    board = make_board()
    pupil = make_pupil(make_group(location_of(board)))
    extra = make_group(location_of(board), "Alfa", kind="instructie")
    Placement.create(pupil=pupil, group=extra, school_year=YEAR, kind="instructie")
    assert [row.pupils for row in groups.listed(make_actor(board))] == [1, 1]
