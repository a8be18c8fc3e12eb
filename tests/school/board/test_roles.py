"""Rollen: who may give and remove which, and that somebody always remains who can."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access import Actor, NotAllowed, SessionEnded, actor_for, group_ids
from app.permissions import NO_ROLE, Permission, Role
from app.refusals import NotFound, Refused
from app.school import groups
from app.school.board import lookups, roles, users
from app.school.board.roles import MANAGING, TO_GIVE, Given
from app.school.people import enrolment, pupils
from models.board import Board, Location, RoleAssignment, School, User
from models.directory import LookupEntry
from models.school import Group, GroupTeacher, StaffMember
from tests.builders import YEAR, location_of, make_actor, make_board, make_group, make_pupil


def given_of(user: User) -> list[Given]:
    return roles.given_to([user.id]).get(user.id, [])


def account(board: Board, name: str = "iemand") -> User:
    return User.create(board=board, name=name, password_hash="")


def at_one(board: Board, role: Role, number: str = "00") -> Actor:
    """Somebody with a role on one location only."""
    user = account(board, f"op{number}")
    RoleAssignment.create(user=user, role=role, location=location_of(board, number))
    return actor_for(user, location_of(board, number))


@pytest.fixture
def board(db: str) -> Board:
    return make_board(locations=("00", "01"))


def test_a_role_counts_where_it_is_given(board: Board) -> None:
    actor, user = make_actor(board), account(board)
    park = location_of(board, "01")
    roles.give_role(actor, user, Role.LEERKRACHT, park)
    assert [str(one) for one in given_of(user)] == ["Leerkracht (99QQ01)"]
    assert actor_for(user, park).may(Permission.VIEW_OWN_PUPILS)
    assert not actor_for(user, location_of(board)).roles
    roles.give_role(actor, user, Role.DIRECTIE, None)
    assert [str(one) for one in given_of(user)] == ["Directie (hele bestuur)", "Leerkracht (99QQ01)"]
    assert Role.DIRECTIE in actor_for(user, park).roles


def test_a_session_reads_what_its_user_may_now(board: Board) -> None:
    """A user who was already signed in loses the withdrawn permissions, to read and to write."""
    actor = make_actor(board, Role.LEERKRACHT)
    staff = StaffMember.create(board=board, location=actor.location, key="m1", first_name="Jo", last_name="Bos")
    pupil = make_pupil(make_group(actor.location))
    GroupTeacher.create(group=Group.get(), staff=staff)
    assert pupils.count(actor) == 0
    manager = make_actor(board)
    users.link(manager, actor.user, staff.id)
    assert [row.id for row in pupils.page(actor)] == [pupil.id]
    users.link(manager, actor.user, None)
    assert pupils.count(actor) == 0, "of another member of staff"
    users.link(manager, actor.user, staff.id)
    roles.take_role(manager, given_of(actor.user)[0])
    assert (group_ids(actor, YEAR), pupils.count(actor), groups.visible(actor)) == ([], 0, [])
    assert actor.reason(Permission.VIEW_OWN_PUPILS) == NO_ROLE
    with pytest.raises(NotAllowed):
        pupils.detail(actor, pupil.key)


def test_a_session_ends_with_the_password_that_began_it(board: Board) -> None:
    actor, pupil = make_actor(board, Role.ADMINISTRATIE), make_pupil(make_group(location_of(board)))
    users.reset_password(make_actor(board), actor.user, "een-lang-wachtwoord", "een-lang-wachtwoord")
    assert not actor.may(Permission.VIEW_ALL_PUPILS)
    assert pupils.count(actor) == 0
    for deed in (lambda: pupils.get(actor, pupil.key), lambda: enrolment.delete(actor, pupil, "Anna")):
        with pytest.raises(SessionEnded, match="Meld u opnieuw aan"):
            deed()


def test_a_role_is_not_given_twice_nor_where_it_counts_already(board: Board) -> None:
    actor, user = make_actor(board), account(board)
    roles.give_role(actor, user, Role.DIRECTIE, None)
    for location in (None, location_of(board)):
        with pytest.raises(Refused, match="heeft de rol Directie al op het hele bestuur"):
            roles.give_role(actor, user, Role.DIRECTIE, location)


@pytest.mark.parametrize("role", ["Trainer", "Conciërge", ""])
def test_a_role_that_is_not_the_schools_to_give_is_refused(board: Board, role: str) -> None:
    with pytest.raises(Refused) as refusal:
        roles.give_role(make_actor(board), account(board), role, None)
    assert refusal.value.field == "role"


def test_the_last_managing_role_on_the_board_stays(board: Board) -> None:
    actor = make_actor(board)
    roles.give_role(actor, account(board), Role.APPLICATIEBEHEERDER, location_of(board))
    with pytest.raises(Refused, match="laatste rol Directie of Applicatiebeheerder op het hele bestuur"):
        roles.take_role(actor, given_of(actor.user)[0])
    roles.give_role(actor, User.get(User.name == "iemand"), Role.APPLICATIEBEHEERDER, None)
    with pytest.raises(Refused, match="uw eigen laatste rol"):
        roles.take_role(actor, given_of(actor.user)[0])
    other = actor_for(User.get(User.name == "iemand"), actor.location)
    roles.take_role(other, given_of(actor.user)[0])
    assert given_of(actor.user) == []


def test_a_role_that_is_taken_away_is_gone_at_once_also_for_who_is_at_work(board: Board) -> None:
    actor, at_work = make_actor(board), make_actor(board)
    roles.give_role(at_work, account(board), Role.LEERKRACHT, None)
    roles.take_role(actor, given_of(at_work.user)[0])
    with pytest.raises(NotAllowed, match="U heeft geen rol op deze vestiging"):
        lookups.add(at_work, "uitschrijfreden", "Wereldreis")
    assert not LookupEntry.select().exists()


def test_whoever_manages_one_location_manages_no_other_and_not_the_board(board: Board) -> None:
    make_actor(board)
    dorp, user = at_one(board, Role.DIRECTIE), account(board)
    park, board_wide = location_of(board, "01"), make_actor(board, Role.LEERKRACHT)
    for location in (park, None):
        with pytest.raises(Refused, match="U beheert geen gebruikers op") as refusal:
            roles.give_role(dorp, user, Role.LEERKRACHT, location)
        assert refusal.value.field == "place"
    with pytest.raises(Refused, match="hele bestuur"):
        roles.take_role(dorp, given_of(board_wide.user)[0])
    roles.give_role(dorp, user, Role.LEERKRACHT, dorp.location)
    assert [row.brin6 for row in roles.places(dorp)] == ["99QQ00"]
    assert not roles.manages_board(dorp)


def test_who_may_not_manage_users_may_nothing_of_it(board: Board) -> None:
    director, ib, user = make_actor(board), make_actor(board, Role.INTERN_BEGELEIDER), account(board)
    with pytest.raises(NotAllowed):
        roles.give_role(ib, user, Role.LEERKRACHT, ib.location)
    with pytest.raises(NotAllowed):
        roles.take_role(ib, given_of(director.user)[0])
    with pytest.raises(NotAllowed):
        users.listed(ib)


def test_another_board_is_out_of_reach(board: Board) -> None:
    actor, other = make_actor(board), make_actor(make_board())
    with pytest.raises(NotFound):
        roles.give_role(actor, other.user, Role.LEERKRACHT, actor.location)
    with pytest.raises(NotFound):
        roles.give_role(actor, account(board), Role.LEERKRACHT, other.location)
    with pytest.raises(NotFound):
        roles.take_role(actor, given_of(other.user)[0])


def test_the_trainer_stays_what_he_is(board: Board) -> None:
    actor, trainer = make_actor(board), make_actor(board, Role.TRAINER)
    with pytest.raises(Refused, match="hoort bij de oefenomgeving"):
        roles.take_role(actor, given_of(trainer.user)[0])
    with pytest.raises(Refused, match="hoort bij de oefenomgeving"):
        users.reset_password(actor, trainer.user, "een nieuw wachtwoord", "een nieuw wachtwoord")


STEPS = st.lists(
    st.tuples(
        st.booleans(), st.integers(0, 3), st.integers(0, 3), st.sampled_from(TO_GIVE), st.sampled_from(["", "00", "01"])
    ),
    max_size=25,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_given_and_taken_somebody_can_manage_the_users_of_the_board(
    db: str, steps: list[tuple[bool, int, int, Role, str]]
) -> None:
    board = make_board(locations=("00", "01"))
    people = [make_actor(board).user, *(account(board, f"u{number}") for number in range(3))]
    places: dict[str, Location | None] = {"": None, "00": location_of(board), "01": location_of(board, "01")}
    for give, who, whom, role, place in steps:
        location, managed = places[place], manages(people[who])
        actor = actor_for(people[who], location or location_of(board))
        try:
            if give:
                roles.give_role(actor, people[whom], role, location)
            else:
                for one in given_of(people[whom]):
                    if one.role == role and one.location == location:
                        roles.take_role(actor, one)
        except Refused:
            pass
        assert any(one.location is None and one.role in MANAGING for user in people for one in given_of(user))
        assert manages(people[who]) or not managed, "nobody takes their own last managing role"


def manages(user: User) -> bool:
    return any(one.role in MANAGING for one in given_of(user))


def test_a_new_school_is_not_where_everybody_begins(board: Board) -> None:
    make_actor(board)
    dorp, park = location_of(board), location_of(board, "01")
    older = School.create(board=board, name="De Tweede", brin="11AA")
    new = Location.create(board=board, school=older, number="00", name="Nieuw")
    everywhere, nowhere = account(board, "overal"), account(board, "nergens")
    roles.give_role(make_actor(board), everywhere, Role.DIRECTIE, None)
    assert actor_for(everywhere).location == new
    make_group(park)
    assert [actor_for(user).location for user in (everywhere, nowhere)] == [park, park]
    for number, user in enumerate((everywhere, nowhere)):
        user.staff_id = StaffMember.create(board=board, location=dorp, key=f"M{number}").id
    assert [actor_for(user).location for user in (everywhere, nowhere)] == [dorp, dorp]
    StaffMember.update(active=False).execute()
    assert actor_for(everywhere).location == park
