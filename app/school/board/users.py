"""Gebruikers: the accounts of a board, each linked to at most one staff member (1:1, sources.md#rights).

A name is 1 to 50 lower-case letters and digits (our choice) and never changes: logbooks refer to it. Accounts are not
deleted; without a role they see nothing. Required: `Permission.MANAGE_USERS`, on every location where the account has a
role, and on the board if it has one there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app import accounts
from app.access import Actor, writing
from app.exchange.names import full_name
from app.history import check_unchanged
from app.permissions import Permission
from app.refusals import NotFound, Refused, missing
from app.school.board.roles import Given, check_may_manage, given_to
from app.school.people.names import list_name
from app.signing import second_step, tries
from app.signing.hashing import hash_password
from models.board import Location, School, User
from models.school import StaffMember

NAME = re.compile("[a-z0-9]{1,50}")


@dataclass(frozen=True)
class UserRow:
    """An account in a list, with its staff member and roles."""

    user: User
    staff: StaffMember | None
    roles: tuple[Given, ...]

    @property
    def id(self) -> int:
        """The id of the account."""
        return int(self.user.id)

    @property
    def name(self) -> str:
        """The account's name."""
        return str(self.user.name)

    @property
    def staff_name(self) -> str:
        """The staff member's name, as in lists; empty without one."""
        return list_name(self.staff.first_name, self.staff.prefix, self.staff.last_name) if self.staff else ""

    @property
    def active_at(self) -> str:
        """The BRIN6 of the location where the staff member is active; empty if nowhere."""
        return self.staff.location.brin6 if self.staff and self.staff.active else ""


def check_name(text: str) -> str:
    """Return the account name as stored. Raises `Refused`."""
    name = text.strip()
    if not name:
        raise Refused(missing("Gebruiker"), field="name")
    if not NAME.fullmatch(name):
        raise Refused(
            "Een gebruikersnaam bestaat uit 1 tot 50 kleine letters a-z en cijfers, zonder spaties, accenten of "
            "leestekens.",
            field="name",
        )
    return name


def listed(actor: Actor) -> list[UserRow]:
    """The accounts of the board, by name; in three queries. Raises `NotAllowed`."""
    actor.require(Permission.MANAGE_USERS)
    return _rows(User.select().where(User.board == actor.board).order_by(User.name))


def row_of(actor: Actor, user: User) -> UserRow:
    """Read one account again. Raises `NotAllowed` or `NotFound`."""
    actor.require(Permission.MANAGE_USERS)
    return _rows([_own(actor, user)])[0]


def name_of_staff(staff_id: int) -> str:
    """The name of the account of a staff member; empty without one."""
    user = User.get_or_none(User.staff_id == staff_id)
    return "" if user is None else str(user.name)


def free_staff(actor: Actor, user: User | None = None) -> list[StaffMember]:
    """The active staff of the board without an account, and the one linked to `user`; the actor's location first."""
    actor.require(Permission.MANAGE_USERS)
    own = user.staff_id if user else None
    taken = User.select(User.staff_id).where(User.board == actor.board, User.staff_id.is_null(False))
    rows = (
        StaffMember.select(StaffMember, Location, School)
        .join(Location)
        .join(School)
        .where(
            StaffMember.board == actor.board,
            (StaffMember.active & StaffMember.id.not_in(taken)) | (StaffMember.id == own),
        )
    )
    here = actor.location.id
    return sorted(rows, key=lambda row: (row.location_id != here, row.location.brin6, row.last_name, row.first_name))


def add(actor: Actor, name: str, new: str, again: str, staff_id: int | None = None) -> User:
    """Add an account without roles; `again` is the first password typed a second time.

    Raises `Refused` for field `name`, `new`, `again` or `staff`. The slow hash is computed before the transaction.
    """
    actor.require(Permission.MANAGE_USERS)
    kept = check_name(name)
    _check_new_name(actor, kept)
    hashed = _hashed(new, again)
    with writing(actor, Permission.MANAGE_USERS):
        _check_new_name(actor, kept)
        _check_staff(actor, staff_id)
        return User.create(board=actor.board, name=kept, password_hash=hashed, staff_id=staff_id)


def link(actor: Actor, user: User, staff_id: int | None, seen: int | None = None) -> User:
    """Link an account to a staff member, or to nobody. Raises `Refused` for field `staff`, and `ChangedMeanwhile`."""
    with writing(actor, Permission.MANAGE_USERS):
        own = _own(actor, user)
        check_may_manage(actor, own)
        check_unchanged(own, seen)
        _check_staff(actor, staff_id, own.id)
        own.staff_id = staff_id
        own.save()
        return own


def reset_password(actor: Actor, user: User, new: str, again: str) -> User:
    """Set a new password for a user who forgot it: ends the sessions of the account and any lock-out after wrong tries.

    Raises `Refused` for field `new` or `again`. Not for one's own account: that requires the old password
    (`accounts.change_password`).
    """
    actor.require(Permission.MANAGE_USERS)
    if user.id == actor.user.id:
        raise Refused("Uw eigen wachtwoord wijzigt u bij Mijn ESIS > Mijn wachtwoord - 2FA.")
    hashed = _hashed(new, again)
    with writing(actor, Permission.MANAGE_USERS):
        own = _own(actor, user)
        check_may_manage(actor, own)
        own.password_hash = hashed
        own.save()
        tries.lift(tries.of_user(own.board_id, own.name))
        return own


def switch_off_second_step(actor: Actor, user: User) -> None:
    """Switch off 2FA for a user who lost the phone and the recovery codes; the history records who did. Raises
    `Refused`.

    Not for one's own account: that requires the password and a code (`second_step.switch_off`).
    """
    actor.require(Permission.MANAGE_USERS)
    if user.id == actor.user.id:
        raise Refused("Uw eigen 2FA zet u uit bij Mijn ESIS > Mijn wachtwoord - 2FA.")
    with writing(actor, Permission.MANAGE_USERS):
        own = _own(actor, user)
        check_may_manage(actor, own)
        second_step.forget(own)


def _hashed(new: str, again: str) -> str:
    accounts.check_new(new)
    if new != again:
        raise Refused("De twee wachtwoorden zijn verschillend. Typ het nog een keer.", field="again")
    return hash_password(new)


def _check_new_name(actor: Actor, name: str) -> None:
    if User.select().where(User.board == actor.board, User.name == name).exists():
        raise Refused(f"Gebruiker '{name}' bestaat al. Kies een andere naam.", field="name")


def _check_staff(actor: Actor, staff_id: int | None, but_not: int = 0) -> None:
    if staff_id is None:
        return
    staff = StaffMember.get_or_none(StaffMember.id == staff_id, StaffMember.board == actor.board)
    if staff is None:
        raise NotFound("Deze medewerker is er niet meer. Open het formulier opnieuw.", field="staff")
    twin = User.get_or_none(User.staff_id == staff_id, User.id != but_not)
    if twin is not None:
        name = full_name(staff.first_name, staff.prefix, staff.last_name)
        raise Refused(f"{name} heeft al een gebruiker: {twin.name}. Een medewerker heeft er één.", field="staff")


def _rows(users: Iterable[User]) -> list[UserRow]:
    found = list(users)
    staff = {
        row.id: row
        for row in StaffMember.select(StaffMember, Location, School)
        .join(Location)
        .join(School)
        .where(StaffMember.id.in_([user.staff_id for user in found if user.staff_id is not None]))
    }
    roles = given_to([user.id for user in found])
    return [UserRow(user, staff.get(user.staff_id), tuple(roles.get(user.id, ()))) for user in found]


def _own(actor: Actor, user: User) -> User:
    own = User.get_or_none(User.id == user.id, User.board == actor.board)
    if own is None:
        raise NotFound(f"Gebruiker {user.name} is er niet meer. Ververs de lijst.")
    return own
