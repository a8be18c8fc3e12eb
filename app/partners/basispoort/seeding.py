"""Initial contents of Basispoort: the account with ESIS's staff at that time and, on a practice board, its pupils."""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.partners.basispoort import account, staff, transfer
from app.partners.partner import NewLocation
from app.runs import Page
from models.partners.basispoort import BasispoortSchool


def open_account(new: NewLocation) -> None:
    """Open an account for a location, including its staff, because the nightly pull brings only pupils."""
    made = account.open_account(new.location, new.since, new.password_hash)
    staff.open_staff(made, new.staff, new.since)


def begin(new: NewLocation) -> None:
    """Load today's pupils here and into IEP LVS, as if nights had passed since the last change."""
    school = BasispoortSchool.get(BasispoortSchool.location == new.location)
    today = clock.school_today(new.location.board)
    pulled_at = clock.local(today - timedelta(days=1), clock.BASISPOORT)
    passed_on_at = clock.local(today, clock.PUBLISHERS)
    page = Page("")
    while page.cursor is not None:
        page = transfer.pull(school, pulled_at, page.cursor)
    page = Page("")
    while page.cursor is not None:
        page = transfer.publish(school, passed_on_at, page.cursor)
