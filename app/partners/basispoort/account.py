"""A location's account in Basispoort: opening it, its BRIN6, and coupling with the LAS automatically or by file."""

from __future__ import annotations

from datetime import datetime

from app.access import standing_still
from app.partners import accounts
from app.partners.basispoort.publishers import IEP
from app.partners.basispoort.staff import StaffRole
from app.refusals import Refused
from models.board import Location
from models.partners.basispoort import BasispoortPublisher, BasispoortSchool

ID = "basispoort"
NAME = "Basispoort"
COORDINATOR = "ict"


def open_account(location: Location, ticked_at: datetime, password_hash: str = "") -> BasispoortSchool:
    """Open an account for a location, with its ICT-coördinator, automatic coupling, ESIS's key, and IEP selected."""
    school = BasispoortSchool.create(location=location, brin6=location.brin6, key=location.board.basispoort_key)
    BasispoortPublisher.create(school=school, publisher=IEP, ticked_at=ticked_at)
    accounts.open_user(location, ID, COORDINATOR, password_hash, StaffRole.COORDINATOR)
    return school


def school_of(location: Location) -> BasispoortSchool:
    """The account of a location. Raises `NotFound` if there is none."""
    return accounts.account_of(BasispoortSchool, location, NAME)


def set_automatic(school: BasispoortSchool, on: bool) -> BasispoortSchool:
    """Switch the automatic coupling with the LAS on or off. Existing data stays until the next pull replaces it."""
    with standing_still(school.location.board_id):
        BasispoortSchool.update(automatic=on).where(BasispoortSchool.id == school.id).execute()
    return BasispoortSchool.get_by_id(school.id)


def change_brin6(school: BasispoortSchool, brin6: str) -> BasispoortSchool:
    """Change the BRIN6 that this account pulls and publishes under; Basispoort cannot know whether it is right.

    Raises `Refused` for field `brin6`: not a BRIN6, or that of another account here, whose pupils would come in.
    """
    brin6 = accounts.check_brin6(brin6)
    board = school.location.board_id
    with standing_still(board):
        others = BasispoortSchool.select().join(Location).where(Location.board == board)
        if others.where(BasispoortSchool.brin6 == brin6, BasispoortSchool.id != school.id).exists():
            raise Refused(f"{brin6} hoort al bij een andere vestiging met een account in Basispoort.", field="brin6")
        BasispoortSchool.update(brin6=brin6).where(BasispoortSchool.id == school.id).execute()
    return BasispoortSchool.get_by_id(school.id)


def save(school: BasispoortSchool, brin6: str, automatic: bool) -> BasispoortSchool:
    """Save both settings of the screen Koppeling LAS together. Raises as `change_brin6` does, changing nothing."""
    with standing_still(school.location.board_id):
        change_brin6(school, brin6)
        return set_automatic(school, automatic)
