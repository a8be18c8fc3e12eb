"""A school's account in IEP LVS: opening it, and Details, where name and BRIN6 can be changed."""

from __future__ import annotations

from app.access import standing_still
from app.exchange.brin import BRIN6
from app.partners import accounts
from app.refusals import NotFound, Refused
from models.board import Location
from models.partners.iep_lvs import IepSchool

PARTNER = "iep-lvs"
ADMINISTRATOR = "schoolbeheerder"
LONGEST_NAME = 100


def open_account(location: Location, password_hash: str) -> IepSchool:
    """An account for a location, with its schoolbeheerder; windows and pupils come later."""
    school = IepSchool.create(location=location, name=location.name, brin6=location.brin6)
    accounts.open_user(location, PARTNER, ADMINISTRATOR, password_hash)
    return school


def school_of(location: Location) -> IepSchool:
    """The account of a location. Raises `NotFound` where there is none."""
    school: IepSchool | None = IepSchool.get_or_none(IepSchool.location == location)
    if school is None:
        raise NotFound(f"Vestiging {location.brin6} heeft geen account in IEP LVS.")
    return school


def change_details(school: IepSchool, name: str, brin6: str) -> IepSchool:
    """Change the name and the BRIN6 of the account; IEP LVS cannot know whether the BRIN6 is the right one.

    Raises `Refused` with the form field: no name, one that is too long, or something that is no BRIN6.
    """
    name, brin6 = name.strip(), brin6.strip().upper()
    if not name:
        raise Refused("Naam is verplicht.", field="name")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise Refused(f"De naam telt hooguit {LONGEST_NAME} tekens, zonder stuurtekens.", field="name")
    if not BRIN6.fullmatch(brin6):
        raise Refused(
            f"'{brin6[:20]}' is geen BRIN6. Dat zijn twee cijfers, twee letters en twee cijfers, zoals 99QQ00.",
            field="brin6",
        )
    with standing_still(school.location.board_id):
        changes = {"name": name, "brin6": brin6}
        if school.connected_at and brin6 != school.brin6:
            changes["last_test"] = f"Het BRIN6 is gewijzigd in {brin6}. Verstuur opnieuw een testbericht."
        IepSchool.update(changes).where(IepSchool.id == school.id).execute()
    return IepSchool.get_by_id(school.id)
