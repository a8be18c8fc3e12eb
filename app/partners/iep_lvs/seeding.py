"""Initial contents of IEP LVS: the account with test windows and, on a practice board, the sittings in past windows."""

from __future__ import annotations

from app import clock
from app.partners.iep_lvs import account, sittings, windows
from app.partners.partner import NewLocation


def open_account(new: NewLocation) -> None:
    """Open an account for a location; its pupils come through Basispoort."""
    school = account.open_account(new.location, new.password_hash)
    windows.lay_out(school, clock.school_today(new.location.board))


def begin(new: NewLocation) -> None:
    """Create the sittings of last school year and this one, none of them delivered."""
    today = clock.school_today(new.location.board)
    sittings.past_sittings(account.school_of(new.location), today, {one.key: one.since for one in new.pupils})
