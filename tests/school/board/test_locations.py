"""A new location for a first import."""

from __future__ import annotations

import pytest

from app.access import Actor, NotAllowed, actor_for, locations_of
from app.permissions import Role
from app.refusals import Refused
from app.school.board.locations import create_location
from app.school.files.imports import apply, preview
from models.board import Location, RoleAssignment, School, User
from models.school import Pupil
from tests.builders import location_of, make_actor, make_board
from tests.school.files.edex import edex, pupil


def administrator(number: str = "00") -> Actor:
    """Someone with a role at one location only."""
    board = make_board()
    user = User.create(board=board, name="administratie", password_hash="")
    RoleAssignment.create(user=user, role=Role.ADMINISTRATIE, location=location_of(board, number))
    return actor_for(user, location_of(board, number), "opdrachtregel")


def test_a_new_brin_becomes_a_school_with_a_location_to_import_into(db: str) -> None:
    actor = create_location(make_actor(make_board()), "99ZZ00", "De Nieuwe")
    assert (actor.location.brin6, actor.location.school.name, actor.roles) == ("99ZZ00", "De Nieuwe", {Role.DIRECTIE})
    apply(actor, preview(actor, edex(pupil("1"), brin="99ZZ")))
    assert Pupil.get().location == actor.location


def test_a_new_number_joins_the_school_there_is(db: str) -> None:
    create_location(make_actor(make_board()), "99QQ07")
    assert School.select().count() == 1
    assert [row.brin6 for row in Location.select().order_by(Location.number)] == ["99QQ00", "99QQ07"]


def test_who_makes_a_location_has_the_same_role_there(db: str) -> None:
    actor = administrator()
    there = create_location(actor, "99ZZ00")
    assert (there.roles, there.source) == ({Role.ADMINISTRATIE}, "opdrachtregel")
    assert [location.brin6 for location in locations_of(actor.user)] == ["99QQ00", "99ZZ00"]


def test_a_role_on_the_board_is_not_given_again(db: str) -> None:
    actor = make_actor(make_board())
    create_location(actor, "99ZZ00")
    assert RoleAssignment.select().where(RoleAssignment.user == actor.user).count() == 1


@pytest.mark.parametrize("brin6", ["", "99ZZ", "9ZZZ00", "99ZZ0O", "٩٩ZZ00", "99ZZ000"])
def test_a_malformed_brin_is_refused(sqlite: str, brin6: str) -> None:
    with pytest.raises(Refused, match="twee cijfers, twee hoofdletters en twee cijfers"):
        create_location(make_actor(make_board()), brin6)
    assert Location.select().count() == 1


@pytest.mark.parametrize("name", ["n" * 101, "a\x1bb"])
def test_a_name_that_does_not_fit_is_refused(sqlite: str, name: str) -> None:
    with pytest.raises(Refused):
        create_location(make_actor(make_board()), "99ZZ00", name)
    assert Location.select().count() == 1


def test_a_location_there_is_is_refused(sqlite: str) -> None:
    with pytest.raises(Refused, match="99QQ00 bestaat al"):
        create_location(make_actor(make_board()), "99QQ00")


def test_only_who_may_import_may_make_one(sqlite: str) -> None:
    with pytest.raises(NotAllowed):
        create_location(make_actor(make_board(), Role.LEERKRACHT), "99ZZ00")
    assert Location.select().count() == 1
