"""An import after 1 August: new groups start the new school year, a file of last year stays in it."""

from __future__ import annotations

import pytest

from app import clock
from app.access import Actor
from app.school import groups, years
from app.school.files.imports import apply, preview
from models.board import Board
from models.school import Group, Placement
from tests.builders import make_actor, make_board
from tests.school.files.edex import edex, group, pupil

OLD = group("G5", "5", "5")
NEW = group("N6", "6", "6")


@pytest.fixture
def actor(db: str) -> Actor:
    """Someone at a location with group 5 of 2019-2020, on 3 August 2020."""
    actor = make_actor(make_board())
    apply(actor, preview(actor, edex(pupil("1", group="G5"), groups=OLD)))
    Board.update(now=clock.parse_moment("2020-08-03T09:00")).execute()
    return actor


def test_a_file_with_groups_makes_those_of_the_calendars_year_and_says_so(actor: Actor) -> None:
    found = preview(actor, edex(pupil("1", group="N6", year_group="6"), groups=NEW, year="2020-2021"))
    assert (found.school_year, found.errors) == ("2020-2021", [])
    assert "begint op vestiging 99QQ00 het schooljaar 2020-2021" in found.warnings[0].sentence
    apply(actor, found)
    assert groups.this_year(actor) == "2020-2021"
    assert {row.school_year: row.group.key for row in Placement.select()} == {"2019-2020": "G5", "2020-2021": "N6"}


def test_a_file_of_the_year_the_location_works_in_changes_those_groups(actor: Actor) -> None:
    found = preview(actor, edex(pupil("1", group="G5"), pupil("2", group="G5"), groups=OLD.replace("5<", "5a<", 1)))
    assert (found.school_year, found.problems) == ("2019-2020", ())
    apply(actor, found)
    assert [(row.key, row.name, row.school_year) for row in Group.select()] == [("G5", "5a", "2019-2020")]
    assert Placement.select().count() == 2


def test_last_years_keys_in_a_file_of_this_year_are_an_error_and_begin_nothing(actor: Actor) -> None:
    found = preview(actor, edex(pupil("1", group="G5"), groups=OLD, year="2020-2021"))
    assert "groep G5: deze sleutel is in ESIS al van groep '5' uit schooljaar 2019-2020" in found.errors[0].sentence
    assert years.working_year(actor.location, clock.school_today(actor.board)) == "2019-2020"


def test_a_file_without_groups_begins_no_school_year(actor: Actor) -> None:
    found = preview(actor, edex(pupil("1", "Anne"), year="2020-2021"))
    assert found.school_year == "2019-2020"
    apply(actor, found)
    assert groups.this_year(actor) == "2019-2020"
