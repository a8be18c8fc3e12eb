"""Initial contents of Gynzy on a practice board: what a teacher made there before the coupling existed."""

from __future__ import annotations

from app.partners.gynzy import account
from app.partners.partner import NewLocation
from models.board import Location

YEAR_GROUP, ACCOUNTS = "6", 4
"""The pupils for whom accounts were made by hand, and how many."""
EXERCISES = 35


def begin(new: NewLocation) -> None:
    """Create the accounts that a teacher made by hand, at the first location of a board."""
    here = Location.select().where(Location.board == new.location.board_id).order_by(Location.id)
    if new.location == here.first():
        pupils = [one for one in new.pupils if one.year_group == YEAR_GROUP][:ACCOUNTS]
        names = [(one.first_name, one.prefix, one.last_name) for one in pupils]
        account.add_own_pupils(account.school_of(new.location), names, YEAR_GROUP, EXERCISES)
