"""Accounts at the partners: one per location, with users of its own who are separate from the users of ESIS."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from app.exchange.brin import BRIN6, understood
from app.refusals import NotFound, Refused
from app.signing.guard import SignInFailed, guarded
from app.signing.tries import Door, as_kept
from models.base import BaseModel
from models.board import Location, School
from models.partners.users import PartnerUser

Account = TypeVar("Account", bound=BaseModel)


def account_of(kind: type[Account], location: Location, partner: str) -> Account:
    """The account (a row of `kind`) of a location at a partner (by its name). Raises `NotFound` if there is none."""
    account: Account | None = kind.get_or_none(cast(Any, kind).location == location)
    if account is None:
        raise NotFound(f"Vestiging {location.brin6} heeft geen account in {partner}.")
    return account


def check_brin6(typed: str) -> str:
    """Return a BRIN6 in its stored form. Raises `Refused` for field `brin6`.

    A partner cannot know whether it is the right one, so the location number must always be given.
    """
    brin6 = understood(typed)
    if not BRIN6.fullmatch(brin6):
        raise Refused(
            f"'{typed.strip()[:20]}' is geen BRIN6. Dat zijn twee cijfers, twee letters en twee cijfers, zoals 99QQ00.",
            field="brin6",
        )
    return brin6


def open_user(location: Location, partner: str, name: str, password_hash: str, role: str = "") -> PartnerUser:
    """Create a user at a partner (by its id) for a location."""
    return PartnerUser.create(location=location, partner=partner, name=name, password_hash=password_hash, role=role)


def sign_in(location: Location, partner: str, name: str, password: str) -> PartnerUser:
    """The user with this name and password.

    Raises `SignInFailed`, which does not say which of the two is wrong, and `TooSoon` after wrong attempts.
    """
    door = Door(location.board_id, f"{partner} {location.id}", as_kept(name))
    user: PartnerUser | None = PartnerUser.get_or_none(
        PartnerUser.location == location, PartnerUser.partner == partner, PartnerUser.name == door.name
    )
    with guarded(door, user.password_hash if user else None, password, SignInFailed()):
        assert user is not None, "whoever has a password is there"
        return user


def locations_with(board_id: int, partner: str) -> list[Location]:
    """The board's locations that have a user at this partner, ordered by BRIN and number."""
    users = PartnerUser.select(PartnerUser.location).where(PartnerUser.partner == partner)
    query = Location.select(Location, School).join(School).where(Location.board == board_id, Location.id.in_(users))
    return list(query.order_by(School.brin, Location.number))
