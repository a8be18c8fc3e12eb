"""The practice board of the web service: a school, a supplier and an active coupling, made in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app import access, clock
from app.access import Actor
from app.couplings import lifecycle
from app.exchange.names import can_be_kept
from app.exchange.uwlr import Authorisation
from app.refusals import Refused
from app.school import years
from app.school.assessment import assessments
from app.school.assessment.catalogue import supplied_by
from app.training import boards
from app.webservice import suppliers
from app.webservice.suppliers import SupplierForm
from models.base import database
from models.board import Board, Location

BOARD = "UWLR-oefenbestuur"
BRIN6 = "99QQ00"
SUPPLIER = SupplierForm("oefenleverancier", "Oefenleverancier", "iep-lvs")
KEY = "99QQ00oefensleutel2020"
OPENS = (4, 14, 9)
"""Month, day and hour at which the practice school stands."""
EARLIEST, LATEST = 2001, 2099


@dataclass(frozen=True)
class Practice:
    """What a supplier needs to call: names as in the standard."""

    board: Board
    authorisation: Authorisation
    location: Location
    school_year: str

    def as_json(self) -> dict[str, str]:
        """The fields of sources.md#json that do not depend on the address."""
        return {
            "klantcode": self.authorisation.client_code,
            "klantnaam": self.authorisation.client_name,
            "autorisatiesleutel": self.authorisation.key,
            "brincode": self.location.school.brin,
            "dependancecode": self.location.number,
            "schooljaar": self.school_year,
            "board": self.board.name,
        }


def moment_of(school_year: str) -> datetime:
    """The moment in a school year at which its practice school stands. Raises `Refused` for what is no school year."""
    first, _, second = school_year.partition("-")
    right = first.isdecimal() and second.isdecimal() and len(first) == len(second) == 4
    if not right or int(second) != int(first) + 1 or not EARLIEST <= int(second) <= LATEST:
        raise Refused(
            f"'{school_year}' is geen schooljaar. Schrijf het als 2024-2025, vanaf {EARLIEST - 1}-{EARLIEST}."
        )
    month, day, hour = OPENS
    return datetime(int(second), month, day, hour, tzinfo=clock.AMSTERDAM)


def ready(name: str = BOARD, school_year: str = "") -> Practice:
    """The practice board with this name, made if it is not there: in that school year, with supplier and coupling.

    Raises `Refused` when it is there in another school year, or is not one of ours.
    """
    now = moment_of(school_year) if school_year else None
    if not can_be_kept(name):
        raise Refused("De naam van het bestuur heeft een teken dat niet kan.")
    with database.atomic():
        board: Board | None = Board.get_or_none(Board.name == name)
        if board is None:
            board = boards.reset_board(name, now=now)
        practice = set_up(board)
    if school_year and practice.school_year != school_year:
        raise Refused(
            f"Bestuur {name} werkt in {practice.school_year}. Zet het terug met esis --board {name!r} reset, of geef met "
            "--board een andere naam."
        )
    return practice


def standing(board: Board) -> Practice:
    """What a supplier needs now, changing nothing; the key is empty while there is no active coupling."""
    location = access.find_location(board, BRIN6)
    live = lifecycle.live(location, SUPPLIER.coupling)
    key = (live.code if live is not None else None) or ""
    year = years.working_year(location, clock.school_today(board))
    return Practice(board, Authorisation(key, SUPPLIER.code, SUPPLIER.name), location, year)


def reset(board: Board, school_year: str = "") -> Practice:
    """Put a practice board back to its first state, with supplier and coupling."""
    now = moment_of(school_year) if school_year else board_start(board)
    with database.atomic():
        return set_up(boards.reset_board(board.name, now=now))


def board_start(board: Board) -> datetime:
    """The moment at which a practice board began, by the year it is in."""
    return moment_of(clock.school_year_of(clock.school_today(board)))


def set_up(board: Board) -> Practice:
    """Add the supplier and its active coupling to a practice board, unless they are there, and say how to call."""
    actor = _actor(board, "rovict")
    code, key = SUPPLIER.code, KEY
    if not any(one.code == code for one in suppliers.known(board.id)):
        suppliers.add(_actor(board, "trainer"), SUPPLIER)
    live = lifecycle.live(actor.location, SUPPLIER.coupling)
    if live is None:
        lifecycle.activate(actor, SUPPLIER.coupling, "Oefenleverancier", agree=True, code=key)
        for one in supplied_by(SUPPLIER.coupling):
            if one.coupled:
                assessments.set_active(actor, one.id, on=True)
    elif live.code is None:
        lifecycle.change_code(actor, SUPPLIER.coupling, key)
    else:
        key = live.code
    year = years.working_year(actor.location, clock.school_today(board))
    return Practice(board, Authorisation(key, code, SUPPLIER.name), actor.location, year)


def _actor(board: Board, user: str) -> Actor:
    return access.actor_for(access.find_user(board, user), access.find_location(board, BRIN6), "opdrachtregel")
