"""Creates a location (vestiging) of the board, for a school that is imported for the first time.

Our choice: anyone who may import may create it, and has the same roles there; nothing else is added.
"""

from __future__ import annotations

import unicodedata

from app.access import Actor, at_location, writing
from app.exchange.brin import BRIN6, understood
from app.permissions import Permission
from app.refusals import Refused
from models.board import Board, Location, RoleAssignment, School


def create_location(actor: Actor, brin6: str, name: str = "") -> Actor:
    """Create the location with this BRIN6 (`99ZZ00`), and its school if the BRIN is new; return the actor there.

    Raises `Refused` for a malformed or existing BRIN6, or a name that is too long; `NotAllowed`.
    """
    with writing(actor, Permission.IMPORT):
        location = proposed(actor.board, brin6, name)
        if location.school.id is None:
            location.school.save()
        location.save()
        give_own_roles(actor, location)
        return at_location(actor, location)


def proposed(board: Board, brin6: str, name: str = "") -> Location:
    """The location that would be created, and its school if new; neither is saved. Raises `Refused` like
    `create_location`.
    """
    brin, number = _parts(brin6)
    _check_name(name)
    school = School.get_or_none(School.board == board, School.brin == brin)
    if school is None:
        school = School(board=board, brin=brin, name=name or f"School {brin}")
    elif Location.select().where(Location.school == school, Location.number == number).exists():
        raise Refused(f"Vestiging {brin}{number} bestaat al. Kies die vestiging om erin te importeren.")
    return Location(board=board, school=school, number=number, name=name or f"Vestiging {brin}{number}")


def _parts(brin6: str) -> tuple[str, str]:
    found = BRIN6.fullmatch(understood(brin6))  # creating one requires the full number
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
    """Give the actor the roles of the present location, unless they already apply to the whole board."""
    everywhere = RoleAssignment.select(RoleAssignment.role).where(
        RoleAssignment.user == actor.user, RoleAssignment.location.is_null()
    )
    on_board = {row.role for row in everywhere}
    for role in sorted(actor.roles):
        if role not in on_board:
            RoleAssignment.create(user=actor.user, role=role, location=location)
