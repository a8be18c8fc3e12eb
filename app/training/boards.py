"""Practice boards: made, and put back to their first state, with what the partner systems hold at the start.

Transfer 1 runs from the start (issue 2): Basispoort and IEP LVS hold the pupils of now, and IEP LVS the sittings of
last school year and this one. Nothing of it is delivered, so ESIS holds no result.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from app import clock as school_clock
from app.access import Actor
from app.partners import basispoort
from app.partners.iep_lvs import account, sittings, windows
from app.runs import Page
from app.school.locations import create_location
from fixtures.board_plan import PASSWORD_HASH
from fixtures.practice import build_practice_board
from models.base import database
from models.board import Board, Location
from models.coupling import LogEntry
from models.partners.basispoort import BasispoortSchool
from models.partners.iep_lvs import IepSchool
from models.school import Pupil

NAME = "Oefenbestuur"


def ensure_board(clock: str = "practice") -> Board:
    """The practice board; made now if there is none."""
    board: Board | None = Board.get_or_none(Board.name == NAME)
    return reset_board(clock=clock) if board is None else board


def reset_board(name: str = NAME, clock: str = "practice", seed: int = 1) -> Board:
    """Make the board of this name as new, in one transaction; everything it held is gone, its logbook too."""
    with database.atomic():
        _remove(name)
        board = build_practice_board(name, seed=seed, clock=clock)
        now = school_clock.school_now(board)
        for location in Location.select().where(Location.board == board).order_by(Location.id):
            open_partner_accounts(location, ticked_at=now - timedelta(days=365))
            _first_transfers(location, now)
            _past_sittings(location, now)
    return board


def open_partner_accounts(location: Location, ticked_at: datetime | None = None) -> IepSchool:
    """Accounts at Basispoort and IEP LVS for a location, with IEP ticked (now, unless it was before).

    For a location that an import has just made: its pupils come in by the transfers of the coming nights.
    """
    now = school_clock.school_now(location.board)
    basispoort.open_account(location, ticked_at or now)
    school = account.open_account(location, PASSWORD_HASH)
    windows.lay_out(school, now.date())
    return school


def new_location(actor: Actor, brin6: str) -> Actor:
    """Make a location for a school that is imported for the first time, with its partner accounts; the actor there.

    Raises as `create_location` does.
    """
    with database.atomic():
        there = create_location(actor, brin6)
        open_partner_accounts(there.location)
    return there


def _remove(name: str) -> None:
    """Logbook lines first: their trigger asks whether the board is being reset, so it must still be there."""
    board = Board.get_or_none(Board.name == name)
    if board is None:
        return
    Board.update(resetting=True).where(Board.id == board.id).execute()
    LogEntry.delete().where(LogEntry.board == board).execute()
    Board.delete().where(Board.id == board.id).execute()


def _first_transfers(location: Location, now: datetime) -> None:
    """As if the nights had passed since the last change: both partners hold the pupils of today."""
    school = BasispoortSchool.get(BasispoortSchool.location == location)
    pulled_at = school_clock.local(now.date() - timedelta(days=1), school_clock.BASISPOORT)
    passed_on_at = school_clock.local(now.date(), school_clock.PUBLISHERS)
    page = Page("")
    while page.cursor is not None:
        page = basispoort.pull(school, pulled_at, page.cursor)
    page = Page("")
    while page.cursor is not None:
        page = basispoort.publish(school, passed_on_at, page.cursor)


def _past_sittings(location: Location, now: datetime) -> None:
    rows = Pupil.select(Pupil.key, Pupil.enrolled_from).where(Pupil.location == location)
    sittings.past_sittings(account.school_of(location), now.date(), {row.key: row.enrolled_from for row in rows})
