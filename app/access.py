"""Who may do what on which board: an actor, its permissions, and the transaction in which it writes.

Every use case takes an `Actor` first and calls `writing(actor, Permission...)` or `require(...)`; screens call the same
`reason` to dim what a role may not use. A role on the board applies at each of its locations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app import clock
from app.exchange.brin import school_and_location
from app.exchange.names import can_be_kept
from app.permissions import ALLOWS, NO_ROLE, Permission, Role
from app.refusals import NotFound, Refused
from models.base import database, locked
from models.board import Board, Location, RoleAssignment, School, User
from models.history import Signature, writing_as
from models.school import Group, GroupTeacher, StaffMember
from models.training import LessonProgress


class NotAllowed(Refused):
    """The actor's roles do not allow this."""


class BeganAgain(Refused):
    """The board was reset after the actor signed in."""

    def __init__(self) -> None:
        super().__init__("Dit bestuur is intussen opnieuw begonnen. Meld u opnieuw aan.")


class BoardGone(Refused):
    """The board was removed after the actor signed in; board numbers are never reused."""

    def __init__(self) -> None:
        super().__init__("Dit bestuur bestaat niet meer. Start het programma opnieuw.")


class SessionEnded(Refused):
    """The actor's password was changed after signing in; anyone using the old one is locked out."""

    def __init__(self) -> None:
        super().__init__("Uw wachtwoord is intussen gewijzigd. Meld u opnieuw aan met het nieuwe.")


@dataclass(frozen=True)
class Actor:
    """A signed-in user at one location, and the source of the actions (`scherm`, `opdrachtregel`)."""

    user: User
    board: Board
    location: Location
    roles: frozenset[Role]
    source: str = "scherm"

    @property
    def name(self) -> str:
        """The user's name, as written to logbooks."""
        return str(self.user.name)

    @property
    def label(self) -> str:
        """`rovict (Directie)`."""
        roles = ", ".join(role for role in Role if role in self.roles)
        return f"{self.name} ({roles or 'geen rol'})"

    def may(self, permission: Permission) -> bool:
        """Whether one of the user's current roles grants the permission."""
        return not self.reason(permission)

    def reason(self, permission: Permission) -> str:
        """Return why the permission is missing, as a sentence; empty when it is granted."""
        return self.reasons([permission]).get(permission, "")

    def reasons(self, permissions: Iterable[Permission]) -> dict[Permission, str]:
        """Return a sentence for each of these permissions that is missing now, with one query for all."""
        try:
            roles = roles_now(self)
        except Refused as refusal:
            return dict.fromkeys(permissions, refusal.sentence)
        return {one: why for one in permissions if (why := _why_not(one, roles, self.board))}

    def require(self, permission: Permission) -> None:
        """Raise `NotAllowed` with the reason unless the permission is granted now. Also raises what `roles_now`
        raises.
        """
        if why := _why_not(permission, roles_now(self), self.board):
            raise NotAllowed(why)

    def had(self, permission: Permission) -> bool:
        """Whether the roles granted it when last read. Only for display in a key bar, never to authorise an action."""
        return any(permission in ALLOWS[role] for role in self.roles)


def _why_not(permission: Permission, roles: frozenset[Role], board: Board) -> str:
    """Return the reason as a sentence; empty when one of the roles grants the permission."""
    if any(permission in ALLOWS[role] for role in roles):
        return ""
    if not roles:
        return no_role(board)
    who = ", ".join(role for role in Role if permission in ALLOWS[role])
    return f"Uw rol ({', '.join(sorted(roles))}) laat dit niet toe: {permission}. Dat kan met: {who}."


def examined(board: Board | int) -> bool:
    """Whether an exam is being done on this board: then nothing says what is wrong or what to do."""
    running = (
        (LessonProgress.own_board == board)
        & (LessonProgress.mode == "exam")
        & LessonProgress.finished_at.is_null()
        & LessonProgress.given_up_at.is_null()
        & LessonProgress.points.is_null()
    )
    return bool(LessonProgress.select().where(running).exists())


def no_role(board: Board | int) -> str:
    """What a user without a role is told, with whom to ask unless an exam is being done."""
    return NO_ROLE.partition(". ")[0] + "." if examined(board) else NO_ROLE


def roles_now(actor: Actor) -> frozenset[Role]:
    """Return the actor's current roles at this location, for reading and for writing.

    Raises `SessionEnded` when the password was changed since signing in, `BeganAgain` or `BoardGone`.
    """
    here = (RoleAssignment.location == actor.location.id) | RoleAssignment.location.is_null()
    rows: Any = list(
        User.select(User.password_hash, RoleAssignment.role)
        .left_outer_join(RoleAssignment, on=(RoleAssignment.user == User.id) & here)
        .where(User.id == actor.user.id)
        .tuples()
    )
    if not rows:
        board_now(actor.board.id)
        raise BeganAgain
    if rows[0][0] != actor.user.password_hash:
        raise SessionEnded
    return frozenset(Role(role) for _, role in rows if role)


@contextmanager
def writing(actor: Actor, permission: Permission | None = None) -> Iterator[datetime]:
    """Run a use case in one transaction: check the permission, hold school time still and sign every change. Yields the
    school time.

    Raises `NotAllowed`, `ClockRunning` while school time is being moved, `SessionEnded`, `BeganAgain` or `BoardGone`.
    """
    if permission is not None:
        actor.require(permission)
    with (
        standing_still(actor.board.id, actor.board.resets) as now,
        writing_as(Signature(actor.board.id, now, actor.name, actor.source)),
    ):
        if permission is None:
            roles_now(actor)
        else:  # check again: a role may be revoked during the session
            actor.require(permission)
        yield now


@contextmanager
def standing_still(board_id: int, resets: int | None = None) -> Iterator[datetime]:
    """Run one transaction while school time stands still; also used for a partner's own users. Yields the school time.

    Raises `ClockRunning` while school time is being moved, `ClockJumped`, `BoardGone`, or `BeganAgain` when the board
    was reset more than `resets` times: the acting user was read before the reset, and that row now belongs to someone
    else.
    """
    with database.atomic():
        board: Board | None = locked(Board.select().where(Board.id == board_id)).first()
        if board is None:
            raise BoardGone
        if resets is not None and board.resets != resets:
            raise BeganAgain
        if board.target is not None and board.clock == "practice":
            raise clock.ClockRunning(board.mover)
        clock.check_wall(board)
        yield clock.school_now(board)


def board_now(board_id: int) -> Board:
    """Read the board again. Raises `BoardGone`."""
    board: Board | None = Board.get_or_none(Board.id == board_id)
    if board is None:
        raise BoardGone
    return board


def find_user(board: Board, name: str) -> User:
    """Find the user with this name; no password needed. Raises `NotFound`, listing the names that exist."""
    user = User.get_or_none(User.board == board, User.name == name.strip().lower()) if can_be_kept(name) else None
    if user is None:
        names = ", ".join(row.name for row in User.select(User.name).where(User.board == board).order_by(User.id))
        raise NotFound(f"Gebruiker '{name}' bestaat niet. Er zijn: {names}.")
    return user


def locations_of(user: User) -> list[Location]:
    """Return the locations where the user has a role, in order; every location of the board for a role on the board."""
    assignments = list(RoleAssignment.select().where(RoleAssignment.user == user))
    query = Location.select(Location, School).join(School).where(Location.board == user.board_id)
    if not any(row.location_id is None for row in assignments):
        query = query.where(Location.id.in_([row.location_id for row in assignments]))
    return list(query.order_by(School.brin, Location.number))


def _first_location(user: User) -> Location:
    """Pick the user's first location, among those with a role (or all of the board, without any): that of the user's
    staff record, else the first with groups, else the first.
    """
    own = locations_of(user) or list(
        Location.select(Location, School)
        .join(School)
        .where(Location.board == user.board_id)
        .order_by(School.brin, Location.number)
    )
    staff = StaffMember.get_or_none(StaffMember.id == user.staff_id, StaffMember.active)
    groups = Group.select(Group.location).where(Group.location.in_(own)).distinct()
    in_use = {group.location_id for group in groups}
    at_work = [location for location in own if staff is not None and location.id == staff.location_id]
    return next(iter([*at_work, *(location for location in own if location.id in in_use), *own]))


def find_location(board: Board, brin6: str) -> Location:
    """Find the location with this BRIN6, as in `99QQ00` or another notation of it. Raises `NotFound`, listing those
    that exist.
    """
    wanted = school_and_location(brin6)
    everything = list(Location.select(Location, School).join(School).where(Location.board == board))
    for location in everything:
        if location.brin6 == wanted:
            return location
    known = ", ".join(sorted(location.brin6 for location in everything))
    raise NotFound(f"Vestiging '{brin6}' bestaat niet. Er zijn: {known}.")


def actor_for(user: User, location: Location | None = None, source: str = "scherm") -> Actor:
    """Return an actor for the user at this location, or at the user's first location."""
    location = location or _first_location(user)
    assignments = RoleAssignment.select(RoleAssignment.role).where(
        RoleAssignment.user == user, (RoleAssignment.location == location) | RoleAssignment.location.is_null()
    )
    return Actor(user, user.board, location, frozenset(Role(row.role) for row in assignments), source)


def at_location(actor: Actor, location: Location) -> Actor:
    """Return the same user at another location, with the roles that apply there."""
    return replace(actor_for(actor.user, location), source=actor.source)


def read_again(actor: Actor) -> Actor:
    """Return the same user and location, with roles, names and numbers read again."""
    here = Location.select(Location, School).join(School).where(Location.id == actor.location.id).get()
    return at_location(replace(actor, user=User.get_by_id(actor.user.id)), here)


def group_ids(actor: Actor, school_year: str) -> list[int] | None:
    """Return the ids of the groups whose pupils the actor may see this year; None means the whole location."""
    if actor.may(Permission.VIEW_ALL_PUPILS):
        return None
    if not actor.may(Permission.VIEW_OWN_PUPILS):
        return []
    own = User.select(User.staff_id).where(User.id == actor.user.id)
    rows = (
        GroupTeacher.select(GroupTeacher.group)
        .join(Group, on=GroupTeacher.group == Group.id)
        .join(StaffMember, on=GroupTeacher.staff == StaffMember.id)
        .where(
            StaffMember.id.in_(own),
            StaffMember.active,
            Group.location == actor.location,
            Group.school_year == school_year,
        )
    )
    return [row.group_id for row in rows]
