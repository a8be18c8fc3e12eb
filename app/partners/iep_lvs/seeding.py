"""What IEP LVS begins with: the account with its test windows, and on a practice board what was sat in those that passed."""

from __future__ import annotations

from app import clock
from app.partners.iep_lvs import account, sittings, windows
from app.partners.partner import NewLocation


def open_account(new: NewLocation) -> None:
    """An account for a location; its pupils come by Basispoort."""
    school = account.open_account(new.location, new.password_hash)
    windows.lay_out(school, clock.school_today(new.location.board))


def begin(new: NewLocation) -> None:
    """The sittings of last school year and this one, none of them delivered."""
    today = clock.school_today(new.location.board)
    sittings.past_sittings(account.school_of(new.location), today, {one.key: one.since for one in new.pupils})
