"""Bestuur-School-Vestiging: new schools and locations, and changed names and numbers."""

from __future__ import annotations

import pytest

from app import history
from app.access import Actor, actor_for, at_location
from app.history import ChangedMeanwhile
from app.permissions import Role
from app.refusals import Refused
from app.school.board import organisation
from app.school.board.organisation import LocationForm, SchoolForm
from models.board import Location, RoleAssignment, School, User
from tests.builders import location_of, make_actor, make_board

FIRST = LocationForm("00", "Hoofdvestiging")


@pytest.fixture
def actor(db: str) -> Actor:
    return make_actor(make_board(locations=("00", "01")))


def test_a_second_school_stands_below_the_first_with_its_location(actor: Actor) -> None:
    made = organisation.add_school(actor, SchoolForm("99zz", "De Nieuwe"), FIRST)
    assert made.brin6 == "99ZZ00"
    assert [(str(row.level), row.code) for row in organisation.listed(actor)] == [
        ("Bestuur", ""),
        ("School", "99QQ"),
        ("Vestiging", "99QQ00"),
        ("Vestiging", "99QQ01"),
        ("School", "99ZZ"),
        ("Vestiging", "99ZZ00"),
    ]


def test_who_makes_a_location_has_the_same_roles_there(actor: Actor) -> None:
    user = User.create(board=actor.board, name="directeur", password_hash="")
    RoleAssignment.create(user=user, role=Role.DIRECTIE, location=actor.location)
    own = actor_for(user, actor.location)
    made = organisation.add_location(own, own.location.school, LocationForm("02", "Strand"))
    assert at_location(own, made).roles == {Role.DIRECTIE}


@pytest.mark.parametrize(
    ("form", "first", "field"),
    [
        (SchoolForm("99qq", "X"), FIRST, "brin"),
        (SchoolForm("99Z", "X"), FIRST, "brin"),
        (SchoolForm("", "X"), FIRST, "brin"),
        (SchoolForm("٩٩ZZ", "X"), FIRST, "brin"),
        (SchoolForm("99QQ", "X"), FIRST, "brin"),
        (SchoolForm("99ZZ", " "), FIRST, "name"),
        (SchoolForm("99ZZ", "x" * 101), FIRST, "name"),
        (SchoolForm("99ZZ", "X"), LocationForm("0", "X"), "number"),
        (SchoolForm("99ZZ", "X"), LocationForm("00", ""), "name"),
    ],
)
def test_what_is_wrong_names_its_field_and_makes_nothing(
    actor: Actor, form: SchoolForm, first: LocationForm, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        organisation.add_school(actor, form, first)
    assert refusal.value.field == field
    assert (School.select().count(), Location.select().count()) == (1, 2)


def test_a_number_is_of_one_location_of_a_school(actor: Actor) -> None:
    park = location_of(actor.board, "01")
    with pytest.raises(Refused, match="is bij De Proef al van Vestiging 00"):
        organisation.change_location(actor, park, LocationForm("00", "Park"))
    with pytest.raises(Refused) as refusal:
        organisation.add_location(actor, park.school, LocationForm("01", "Park"))
    assert refusal.value.field == "number"
    assert organisation.change_location(actor, park, LocationForm("09", "Park")).brin6 == "99QQ09"


def test_a_changed_brin_is_that_of_every_location_and_is_kept_in_the_history(actor: Actor) -> None:
    school = actor.location.school
    organisation.change_school(actor, school, SchoolForm("99ZZ", "De Proef"))
    assert {row.brin6 for row in Location.select()} == {"99ZZ00", "99ZZ01"}
    (change,) = history.changes_of(school)
    assert [(one.before, one.after) for one in history.field_changes(change, School)] == [("99QQ", "99ZZ")]


def test_the_second_of_two_who_change_a_school_is_told(actor: Actor) -> None:
    school = actor.location.school
    version = history.version(school)
    organisation.change_school(actor, school, SchoolForm("99QQ", "Ander"), version)
    with pytest.raises(ChangedMeanwhile):
        organisation.change_school(actor, school, SchoolForm("99QQ", "Nog anders"), version)


def test_a_role_on_one_location_changes_no_other(actor: Actor) -> None:
    user = User.create(board=actor.board, name="directeur", password_hash="")
    RoleAssignment.create(user=user, role=Role.DIRECTIE, location=actor.location)
    own, park = actor_for(user, actor.location), location_of(actor.board, "01")
    organisation.change_location(own, own.location, LocationForm("00", "Dorp"))
    with pytest.raises(Refused, match="op vestiging 99QQ01 geen rol"):
        organisation.change_location(own, park, LocationForm("01", "Park"))
    with pytest.raises(Refused, match="op vestiging 99QQ01 geen rol"):
        organisation.change_school(own, park.school, SchoolForm("99ZZ", "X"))
