"""A school's account in IEP LVS: opening it, and the page Details, where name and BRIN6 can be changed."""

from __future__ import annotations

from app.access import standing_still
from app.partners import accounts
from app.partners.typed import typed_name
from models.board import Location
from models.partners.iep_lvs import IepSchool

ID = "iep-lvs"
ADMINISTRATOR = "schoolbeheerder"


def open_account(location: Location, password_hash: str) -> IepSchool:
    """Open an account for a location, with its schoolbeheerder; windows and pupils come later."""
    school = IepSchool.create(location=location, name=location.name, brin6=location.brin6)
    accounts.open_user(location, ID, ADMINISTRATOR, password_hash)
    return school


def school_of(location: Location) -> IepSchool:
    """The account of a location. Raises `NotFound` if there is none."""
    return accounts.account_of(IepSchool, location, "IEP LVS")


def change_details(school: IepSchool, name: str, brin6: str) -> IepSchool:
    """Change the name and the BRIN6 of the account; IEP LVS cannot know whether the BRIN6 is the right one.

    Raises `Refused` with the form field: an empty or too long name, or an invalid BRIN6.
    """
    name = typed_name(name, IepSchool.name, required=True)
    brin6 = accounts.check_brin6(brin6)
    with standing_still(school.location.board_id):
        changes = {"name": name, "brin6": brin6}
        if school.connected_at and brin6 != school.brin6:
            changes["last_test"] = f"Het BRIN6 is gewijzigd in {brin6}. Verstuur opnieuw een testbericht."
        IepSchool.update(changes).where(IepSchool.id == school.id).execute()
    return IepSchool.get_by_id(school.id)
