"""Rollen: they give access to data, on one location or on the board, where they apply to each of its locations.

Giving or taking a role on a location requires managing users there; for a role on the board, a role on the board.
Somebody must always remain who can: the last managing role on the board cannot be taken away, and nobody takes their
own last one. The Trainer belongs to the practice environment, so a school neither gives nor takes that role (our
choice).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.access import Actor, at_location, writing
from app.permissions import ALLOWS, Permission, Role
from app.refusals import NotFound, Refused
from models.board import Location, RoleAssignment, School, User

MANAGING = tuple(role for role in Role if Permission.MANAGE_USERS in ALLOWS[role])
"""The roles that manage users: Directie and Applicatiebeheerder."""
TO_GIVE = tuple(role for role in Role if role is not Role.TRAINER)


@dataclass(frozen=True)
class Given:
    """A user's role; `location` is None for one on the board."""

    id: int
    user_id: int
    role: Role
    location: Location | None

    @property
    def where(self) -> str:
        """`hele bestuur` or the BRIN6."""
        return self.location.brin6 if self.location else "hele bestuur"

    def __str__(self) -> str:
        return f"{self.role} ({self.where})"


def given_to(user_ids: Collection[int]) -> dict[int, list[Given]]:
    """The roles of these accounts: those on the board first, then by location."""
    rows = (
        RoleAssignment.select(RoleAssignment, Location, School)
        .left_outer_join(Location)
        .left_outer_join(School)
        .where(RoleAssignment.user.in_(list(user_ids)))
    )
    found: dict[int, list[Given]] = {}
    for row in rows:
        location = row.location if row.location_id else None
        found.setdefault(row.user_id, []).append(Given(row.id, row.user_id, Role(row.role), location))
    for roles in found.values():
        roles.sort(key=lambda one: (one.location is not None, one.where, list(Role).index(one.role)))
    return found


def places(actor: Actor) -> list[Location]:
    """The locations of the board where the actor may give roles, by BRIN6."""
    rows = Location.select(Location, School).join(School).where(Location.board == actor.board)
    mine = given_to([actor.user.id]).get(actor.user.id, [])
    managed = {one.location.id if one.location else None for one in mine if one.role in MANAGING}
    return sorted((row for row in rows if None in managed or row.id in managed), key=lambda row: row.brin6)


def manages_board(actor: Actor) -> bool:
    """Whether the actor may give roles on the whole board."""
    return any(
        one.location is None and one.role in MANAGING for one in given_to([actor.user.id]).get(actor.user.id, [])
    )


def give_role(actor: Actor, user: User, role: str, location: Location | None) -> None:
    """Give a user a role on a location, or on the board (None). Raises `Refused` for field `role` or `place`."""
    with writing(actor, Permission.MANAGE_USERS):
        if role not in TO_GIVE:
            raise Refused(f"De rol {role} geeft een school niet. Kies uit: {', '.join(TO_GIVE)}.", field="role")
        _check_board(actor, user, location)
        _require_at(actor, location)
        for one in given_to([user.id]).get(user.id, []):
            if one.role == role and one.location in (None, location):
                raise Refused(f"{user.name} heeft de rol {one.role} al op {_place(one.location)}.", field="role")
        RoleAssignment.create(user=user.id, role=role, location=location)


def take_role(actor: Actor, given: Given) -> None:
    """Take a role away from a user. Raises `Refused` saying why it stays, or `NotFound` if it is already gone."""
    with writing(actor, Permission.MANAGE_USERS):
        row = RoleAssignment.get_or_none(RoleAssignment.id == given.id)
        if row is None or row.user.board_id != actor.board.id:
            raise NotFound("Deze rol is er niet meer. Ververs de lijst.")
        if given.role is Role.TRAINER:
            raise Refused("De rol Trainer hoort bij de oefenomgeving; een school neemt hem niet af.")
        _require_at(actor, row.location)
        if given.role in MANAGING:
            _check_somebody_stays(actor, row)
        row.delete_instance()


def check_may_manage(actor: Actor, user: User) -> None:
    """Raise `Refused` unless the actor manages users wherever this user has a role."""
    for one in given_to([user.id]).get(user.id, []):
        if one.role is Role.TRAINER:
            raise Refused("De gebruiker van de trainer hoort bij de oefenomgeving; een school wijzigt die niet.")
        _require_at(actor, one.location)


def _check_board(actor: Actor, user: User, location: Location | None) -> None:
    if user.board_id != actor.board.id or (location is not None and location.board_id != actor.board.id):
        raise NotFound("Deze gebruiker of vestiging is niet van uw bestuur.")


def _require_at(actor: Actor, location: Location | None) -> None:
    may = manages_board(actor) if location is None else at_location(actor, location).may(Permission.MANAGE_USERS)
    if not may:
        raise Refused(
            f"U beheert geen gebruikers op {_place(location)}. Dat kan met een rol {' of '.join(MANAGING)} daar.",
            field="place",
        )


def _check_somebody_stays(actor: Actor, row: RoleAssignment) -> None:
    """Raise `Refused` when this is the last managing role at its level, or the actor's own last one."""
    others = (
        RoleAssignment.select()
        .join(User)
        .where(User.board == actor.board, RoleAssignment.role.in_(MANAGING), RoleAssignment.id != row.id)
    )
    on_board = others.where(RoleAssignment.location.is_null())
    if not (on_board if row.location_id is None else others).exists():
        raise Refused(
            f"Dit is de laatste rol {' of '.join(MANAGING)} op {_place(row.location)}: zonder die kan niemand meer "
            "gebruikers beheren. Geef eerst een ander zo'n rol."
        )
    if row.user_id == actor.user.id and not others.where(RoleAssignment.user == actor.user).exists():
        raise Refused("Dit is uw eigen laatste rol waarmee u gebruikers beheert. Laat een ander hem u afnemen.")


def _place(location: Location | None) -> str:
    return f"vestiging {location.brin6}" if location else "het hele bestuur"
