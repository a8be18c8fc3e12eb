"""Gebruikers: accounts and their staff, and why a user sees nothing."""

from __future__ import annotations

from contextlib import suppress

import pytest

from app import history
from app.access import Actor, actor_for
from app.history import ChangedMeanwhile
from app.permissions import Role
from app.refusals import Refused
from app.school.board import roles, sight, users
from app.school.board.sight import Sight
from app.school.people import staff
from app.school.people.staff import StaffForm
from app.signing.sign_in import sign_in
from models.board import RoleAssignment, User
from models.school import StaffMember
from tests.builders import location_of, make_actor, make_board, make_group

SECRET = "een lang wachtwoord"
WIM = StaffForm("Wim", "Berg")


@pytest.fixture
def actor(db: str) -> Actor:
    return make_actor(make_board(locations=("00", "01")))


def linked(actor: Actor, form: StaffForm = WIM, name: str = "wim") -> tuple[User, StaffMember]:
    """An account without roles and the member of staff it belongs to."""
    person = staff.add(actor, form)
    return User.create(board=actor.board, name=name, password_hash="", staff_id=person.id), person


def seen(actor: Actor, user: User) -> Sight:
    return sight.sight(actor, users.row_of(actor, user))


def test_a_new_account_signs_in_and_has_no_role(actor: Actor) -> None:
    person = staff.add(actor, WIM)
    user = users.add(actor, "wim2", SECRET, SECRET, person.id)
    assert sign_in(actor.board, "wim2", SECRET) == user
    assert user.password_hash.startswith("$argon2id$")
    row = users.row_of(actor, user)
    assert (row.staff_name, row.active_at, row.roles) == ("Berg, Wim", "99QQ00", ())


@pytest.mark.parametrize(
    ("name", "new", "again", "field"),
    [
        ("", SECRET, SECRET, "name"),
        ("Wim", SECRET, SECRET, "name"),
        ("wim b", SECRET, SECRET, "name"),
        ("wïm", SECRET, SECRET, "name"),
        ("w" * 51, SECRET, SECRET, "name"),
        ("bekend", SECRET, SECRET, "name"),
        ("wim", "kort", "kort", "new"),
        ("wim", "", "", "new"),
        ("wim", SECRET, "anders", "again"),
    ],
)
def test_what_is_wrong_names_its_field_and_makes_nothing(
    actor: Actor, name: str, new: str, again: str, field: str
) -> None:
    User.create(board=actor.board, name="bekend", password_hash="")
    before = User.select().count()
    with pytest.raises(Refused) as refusal:
        users.add(actor, name, new, again)
    assert refusal.value.field == field
    assert User.select().count() == before


def test_a_member_of_staff_has_one_account(actor: Actor) -> None:
    user, person = linked(actor)
    other = User.create(board=actor.board, name="ander", password_hash="")
    with pytest.raises(Refused, match="Wim Berg heeft al een gebruiker: wim") as refusal:
        users.link(actor, other, person.id)
    assert refusal.value.field == "staff"
    users.link(actor, user, None)
    assert users.link(actor, other, person.id).staff_id == person.id


def test_the_second_of_two_who_link_is_told(actor: Actor) -> None:
    user, _ = linked(actor)
    version = history.version(user)
    users.link(actor, user, None, version)
    with pytest.raises(ChangedMeanwhile):
        users.link(actor, user, staff.add(actor, WIM).id, version)


def test_only_who_is_active_and_free_can_be_chosen(actor: Actor) -> None:
    user, _ = linked(actor)
    free, gone = staff.add(actor, StaffForm("Vrij", "Zee")), staff.add(actor, StaffForm("Weg", "Zee"))
    staff.deactivate(actor, gone)
    assert [row.id for row in users.free_staff(actor)] == [free.id]
    assert {row.id for row in users.free_staff(actor, user)} == {free.id, user.staff_id}


def test_who_forgot_the_password_gets_another_and_ones_own_is_asked_for(actor: Actor) -> None:
    user, _ = linked(actor)
    users.reset_password(actor, user, SECRET, SECRET)
    assert sign_in(actor.board, "wim", SECRET) == user
    with pytest.raises(Refused, match="Uw eigen wachtwoord"):
        users.reset_password(actor, actor.user, SECRET, SECRET)


def test_whoever_manages_one_location_cannot_become_a_director_of_the_board(actor: Actor) -> None:
    user, _ = linked(actor)
    RoleAssignment.create(user=user, role=Role.DIRECTIE, location=location_of(actor.board))
    dorp = actor_for(user, location_of(actor.board))
    with pytest.raises(Refused, match="hele bestuur"):
        users.reset_password(dorp, actor.user, SECRET, SECRET)
    with pytest.raises(Refused, match="hele bestuur"):
        users.link(dorp, actor.user, None)


def test_activation_alone_gives_nothing_and_the_missing_role_is_named(actor: Actor) -> None:
    user, _ = linked(actor)
    found = seen(actor, user)
    assert [part.there for part in found.parts] == [True, False, False]
    assert found.parts[1].to_do == "Geef een rol op 99QQ00."
    assert not found.sees
    assert "Activering alleen geeft geen toegang" in found.conclusion


def test_a_teacher_sees_the_own_groups_once_role_activation_and_group_are_there(actor: Actor) -> None:
    user, person = linked(actor)
    roles.give_role(actor, user, Role.LEERKRACHT, actor.location)
    assert "voor geen groep" in seen(actor, user).conclusion
    six = make_group(actor.location)
    staff.change(actor, person, StaffForm("Wim", "Berg", groups=frozenset({six.id})))
    assert (seen(actor, user).sees, seen(actor, user).conclusion) == (
        True,
        "Ziet de leerlingen van de eigen groepen: 6.",
    )
    staff.deactivate(actor, person)
    found = seen(actor, user)
    assert [part.there for part in found.parts] == [False, True, False]
    assert "Activeer de medewerker" in found.parts[0].to_do
    assert (found.sees, "medewerker die hier actief is" in found.conclusion) == (False, True)


def test_a_role_elsewhere_is_none_here_and_one_on_the_board_is(actor: Actor) -> None:
    user, _ = linked(make_actor(actor.board, number="01"))
    roles.give_role(actor, user, Role.INTERN_BEGELEIDER, location_of(actor.board, "01"))
    found = seen(actor, user)
    assert "actief op 99QQ01, niet op 99QQ00" in found.parts[0].found
    assert (found.sees, "Wel op: 99QQ01." in found.conclusion) == (False, True)
    roles.give_role(actor, user, Role.INTERN_BEGELEIDER, None)
    found = seen(actor, user)
    assert [part.there for part in found.parts] == [False, False, True]
    assert (found.sees, found.parts[1].to_do) == (True, "")


def test_an_account_of_nobody_is_told_so(actor: Actor) -> None:
    found = seen(actor, User.create(board=actor.board, name="los", password_hash=""))
    assert found.parts[0].found == "niet gekoppeld aan een medewerker"
    assert "Activering alleen" not in found.conclusion


def test_what_is_said_is_what_somebody_really_sees(actor: Actor) -> None:
    from app.school.people import pupils
    from tests.builders import make_pupil

    six = make_group(actor.location)
    make_pupil(six)
    person = staff.add(actor, StaffForm("Wim", "Berg", groups=frozenset({six.id})))
    for number, role in enumerate((*roles.TO_GIVE, Role.TRAINER, None)):
        user = User.create(board=actor.board, name=f"u{number}", password_hash="")
        User.update(staff_id=None).where(User.staff_id == person.id).execute()
        User.update(staff_id=person.id).where(User.id == user.id).execute()
        if role:
            RoleAssignment.create(user=user, role=role, location=actor.location)
        other = actor_for(User.get_by_id(user.id), actor.location)
        really = False
        with suppress(Refused):
            really = pupils.count(other) > 0
        assert seen(actor, User.get_by_id(user.id)).sees == really, role
