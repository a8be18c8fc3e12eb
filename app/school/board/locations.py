"""A new location (vestiging) on the board, for a school that is imported for the first time.

Our choice: whoever may import may make it, and keeps the same roles there; nothing else comes with it.
"""

from __future__ import annotations

import unicodedata

from app.access import Actor, at_location, writing
from app.exchange.brin import BRIN6, understood
from app.permissions import Permission
from app.refusals import Refused
from models.board import Board, Location, RoleAssignment, School


def create_location(actor: Actor, brin6: str, name: str = "") -> Actor:
    """Make the location with this BRIN6 (`99ZZ00`), and its school if the BRIN is new; the actor there.

    Raises `Refused` for a malformed BRIN6, one that exists, or a name that is too long; `NotAllowed`.
    """
    with writing(actor, Permission.IMPORT):
        location = proposed(actor.board, brin6, name)
        if location.school.id is None:
            location.school.save()
        location.save()
        give_own_roles(actor, location)
        return at_location(actor, location)


def proposed(board: Board, brin6: str, name: str = "") -> Location:
    """The location that would be made, and its school if that is new; neither is kept. Raises `Refused` as above."""
    brin, number = _parts(brin6)
    _check_name(name)
    school = School.get_or_none(School.board == board, School.brin == brin)
    if school is None:
        school = School(board=board, brin=brin, name=name or f"School {brin}")
    elif Location.select().where(Location.school == school, Location.number == number).exists():
        raise Refused(f"Vestiging {brin}{number} bestaat al. Kies die vestiging om erin te importeren.")
    return Location(board=board, school=school, number=number, name=name or f"Vestiging {brin}{number}")


def _parts(brin6: str) -> tuple[str, str]:
    found = BRIN6.fullmatch(understood(brin6))  # the number is not left to be understood for one to be made
    if not found:
        raise Refused(
            f"'{brin6}' is geen BRIN met vestigingsnummer. Schrijf twee cijfers, twee hoofdletters en twee cijfers, "
            "bijvoorbeeld 99QQ00."
        )
    return found[1], found[2]


def _check_name(name: str) -> None:
    longest = Location.name.max_length
    if len(name) > longest:
        raise Refused(f"De naam van de vestiging is {len(name)} tekens lang; het maximum is {longest}.", field="name")
    if any(unicodedata.category(character) == "Cc" for character in name):
        raise Refused("De naam van de vestiging bevat een stuurteken. Typ alleen letters en leestekens.", field="name")


def give_own_roles(actor: Actor, location: Location) -> None:
    """The roles the actor has at the present location, unless they count on the whole board already."""
    everywhere = RoleAssignment.select(RoleAssignment.role).where(
        RoleAssignment.user == actor.user, RoleAssignment.location.is_null()
    )
    on_board = {row.role for row in everywhere}
    for role in sorted(actor.roles):
        if role not in on_board:
            RoleAssignment.create(user=actor.user, role=role, location=location)
