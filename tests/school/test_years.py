"""After 1 August a location continues with last year's groups until it has new ones."""

from __future__ import annotations

from datetime import date

import pytest

from app import clock
from app.access import Actor
from app.refusals import Refused
from app.school import groups, years
from app.school.assessment import dashboard
from app.school.people import enrolment, pupils
from models.board import Board
from models.school import Group, Pupil
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil
from tests.school.assessment.test_dashboard import give
from tests.school.people.enrolments import ANNA
from tests.school.people.test_pupils import make_teacher

AUGUST = date(2020, 8, 3)


def move_to(board: Board, moment: str) -> None:
    Board.update(now=clock.parse_moment(moment)).where(Board.id == board.id).execute()


def new_group(group: Group, name: str = "7", school_year: str = "2020-2021") -> Group:
    return Group.create(
        location=group.location, key=f"{school_year}-{name}", name=name, school_year=school_year, year_groups=name
    )


@pytest.fixture
def six(db: str) -> Group:
    """Group 6 of 2019-2020 on 3 August 2020, with a pupil who has a result of January."""
    group = make_group(location_of(make_board()))
    give(make_pupil(group, key="1"), "lezen-6", date(2020, 1, 21), 57)
    move_to(group.location.board, "2020-08-03T09:00")
    return group


@pytest.fixture
def actor(six: Group) -> Actor:
    return make_actor(six.location.board)


def test_a_location_works_in_the_latest_year_that_has_groups_and_has_begun(db: str) -> None:
    location = location_of(make_board(locations=("00", "01")))
    assert years.working_year(location, AUGUST) == "2020-2021"
    group = make_group(location)
    make_group(location_of(location.board, "01"))
    for school_year in ("2018-2019", "2021-2022"):
        new_group(group, school_year=school_year)
    assert years.working_year(location, AUGUST) == "2019-2020"
    assert years.working_year(location, date(2019, 7, 31)) == "2018-2019"
    assert years.working_year(location, date(2022, 8, 1)) == "2021-2022"


def test_the_teacher_still_sees_the_group_its_pupils_and_its_results(six: Group) -> None:
    teacher = make_teacher(six.location.board, six)
    assert [group.name for group in groups.visible(teacher)] == ["6"]
    assert [(row.key, row.group) for row in pupils.page(teacher)] == [("1", "6")]
    overview = dashboard.group_overview(teacher, six.id)
    assert overview.school_year == "2019-2020"
    assert overview.rows[0].cells["lezen"].latest.score == 57


def test_a_sitting_after_1_august_is_this_years_as_long_as_the_group_is(six: Group, actor: Actor) -> None:
    give(Pupil.get(), "lezen-6", date(2020, 8, 3), 60)
    cell = dashboard.group_overview(actor, six.id).rows[0].cells["lezen"]
    assert (cell.latest.score, cell.growth) == (60, 3)


def test_pupils_come_move_and_come_back_in_the_groups_there_are(six: Group, actor: Actor) -> None:
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    assert pupils.detail(actor, pupil.key).base_group == six
    assert enrolment.enrol(actor, ANNA, six, date(2020, 9, 1)).pupil.enrolled_from == date(2020, 9, 1)
    other = make_group(six.location, "5", "5")
    assert enrolment.move(actor, pupil, other).pupil.year_group == "5"
    enrolment.unsubscribe(actor, pupil, AUGUST, "Anders")
    assert enrolment.re_enrol(actor, pupil).warnings == ()


def test_in_a_later_year_without_groups_one_waits_for_them(six: Group, actor: Actor) -> None:
    pupil = enrolment.enrol(actor, ANNA, six, date(2021, 8, 2)).pupil
    assert (pupil.starts_in, pupil.placements.count()) == ("6", 0)


def test_new_groups_begin_the_new_year(six: Group, actor: Actor) -> None:
    seven = new_group(six)
    assert groups.this_year(actor) == "2020-2021"
    assert [group.name for group in groups.visible(actor)] == ["7"]
    assert groups.visible(make_teacher(six.location.board, six)) == []
    assert [row.group for row in pupils.page(actor)] == [""]
    with pytest.raises(Refused, match="zijn de groepen van 2020-2021"):
        enrolment.enrol(actor, ANNA, six)
    assert enrolment.enrol(actor, ANNA, seven).warnings == ()
