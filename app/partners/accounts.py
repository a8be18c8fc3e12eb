"""Signing in to a partner's program: its users belong to one location each and are not those of ESIS."""

from __future__ import annotations

from app.access import SignInFailed, verify_password
from models.board import Location, School
from models.partners.users import PartnerUser


def open_user(location: Location, partner: str, name: str, password_hash: str, role: str = "") -> PartnerUser:
    """A new user of a partner's program (its id, as in `iep-lvs`) for a location."""
    return PartnerUser.create(location=location, partner=partner, name=name, password_hash=password_hash, role=role)


def sign_in(location: Location, partner: str, name: str, password: str) -> PartnerUser:
    """The user with this name and password. Raises `SignInFailed`, which does not say which of the two is wrong."""
    user: PartnerUser | None = PartnerUser.get_or_none(
        PartnerUser.location == location, PartnerUser.partner == partner, PartnerUser.name == name.strip().lower()
    )
    if user is None or not verify_password(user.password_hash, password):
        raise SignInFailed
    return user


def locations_with(board_id: int, partner: str) -> list[Location]:
    """The board's locations that have a user at this partner, by BRIN and number."""
    users = PartnerUser.select(PartnerUser.location).where(PartnerUser.partner == partner)
    query = Location.select(Location, School).join(School).where(Location.board == board_id, Location.id.in_(users))
    return list(query.order_by(School.brin, Location.number))
