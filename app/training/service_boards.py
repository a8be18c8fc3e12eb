"""The practice boards of the web service, for its control API: a test run makes one for itself, resets and removes it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any

from peewee import IntegrityError

from app import access, clock
from app.access import Actor
from app.exchange.names import can_be_kept
from app.refusals import NotFound, Refused
from app.serving import addresses
from app.settings import Settings
from app.training import boards, classes, supplier_practice
from app.uwlr.addresses import told
from app.workers.process import run_here_until_done
from models.base import database
from models.board import OWN, Board
from models.webservice import Supplier

LONGEST_NAME = 90


@dataclass
class ServiceBoards:
    """Those of a service whose bare address is board `first`; the others are not its business."""

    settings: Settings
    first: int
    base: Callable[[], str]
    """The address of the service, known once it is open."""
    files: dict[str, str] = field(default_factory=dict)
    """The files with certificates, as JSON names them."""
    _moving: Lock = field(default_factory=Lock)

    def all(self) -> list[dict[str, Any]]:
        """Every one, as JSON."""
        mine = Supplier.select(Supplier.board).where(Supplier.code == supplier_practice.SUPPLIER.code)
        rows = Board.select().where(OWN, Board.practice, Board.id.in_(mine)).order_by(Board.id)
        return [self._told(row) for row in rows]

    def find(self, name: str) -> int:
        """The number of the board with this name or slug. Raises `NotFound`."""
        if not can_be_kept(name):
            raise NotFound("Een oefenbestuur met zo'n naam is er niet. Zie GET /boards.")
        board: Board | None = Board.get_or_none(OWN, Board.name == name)
        if board is None and (place := addresses.find(name)):
            board = Board.get_or_none(Board.id == place.board_id)
        if board is None or not self._is_mine(board):
            raise NotFound(f"Oefenbestuur '{name[:100]}' is er niet. Zie GET /boards.")
        return int(board.id)

    def shown(self, board_id: int) -> dict[str, Any]:
        """One, as JSON. Raises `NotFound`."""
        return self._told(self._get(board_id))

    def make(self, name: str, school_year: str) -> int:
        """Make one, with supplier and active coupling; its number. Raises `Refused`, also for a name that is taken."""
        name = name.strip() or f"{supplier_practice.BOARD} {secrets.token_hex(4)}"
        if len(name) > LONGEST_NAME or not name.isprintable():
            raise Refused(f"Een naam is hoogstens {LONGEST_NAME} gewone tekens lang.", field="name")
        if addresses.find(name) is not None:
            raise Refused(f"{name} is het adres van een ander bestuur; kies een andere naam.", field="name")
        try:
            with database.atomic():
                if Board.select().where(Board.name == name).exists():
                    raise Refused(f"Er is al een bestuur met de naam {name}.", field="name")
                made = supplier_practice.ready(name, school_year).board
                slug = addresses.slug_of(made)
                if Board.select().where(Board.name == slug, Board.id != made.id).exists():
                    raise Refused(f"Er is al een bestuur dat {slug} heet; kies een andere naam.", field="name")
                return int(made.id)
        except IntegrityError:  # PostgreSQL: another was just ahead
            raise Refused(f"Er is al een bestuur met de naam {name}.", field="name") from None

    def reset(self, board_id: int, school_year: str) -> None:
        """Put it back to its first state, in its own school year or another. Raises `Refused`."""
        supplier_practice.reset(self._get(board_id), school_year)

    def remove(self, board_id: int) -> None:
        """Remove it with everything on it. Raises `Refused` for the one at the bare address."""
        if board_id == self.first:
            raise Refused("Dit bestuur hoort bij deze dienst en blijft. Terugzetten kan wel.")
        boards.remove_board(self._get(board_id))

    def advance(self, board_id: int, to: datetime | None) -> None:
        """Move its school time on, to a moment or the next morning, and do what is due meanwhile. Raises `Refused`."""
        with self._moving:  # one at a time in this process, as there is one worker
            run_here_until_done(self.settings, board_id)
            classes.advance(self.trainer(board_id), self._get(board_id), to)
            run_here_until_done(self.settings, board_id)

    def trainer(self, board_id: int) -> Actor:
        """Who sets its faults and moves its clock. Raises `NotFound`."""
        board = self._get(board_id)
        place = access.find_location(board, supplier_practice.BRIN6)
        return access.actor_for(access.find_user(board, "trainer"), place, "beheer")

    def _get(self, board_id: int) -> Board:
        board: Board | None = Board.get_or_none(Board.id == board_id)
        if board is None:
            raise NotFound("Dit bestuur bestaat niet meer.")
        return board

    def _is_mine(self, board: Board) -> bool:
        own = (Supplier.board == board) & (Supplier.code == supplier_practice.SUPPLIER.code)
        return board.practice and bool(Supplier.select().where(own).exists())

    def _told(self, board: Board) -> dict[str, Any]:
        place = addresses.place_of(board)
        now = {"slug": place.slug, "school_time": clock.iso(clock.school_now(board))}
        return told(f"{self.base()}{place.path}") | supplier_practice.standing(board).as_json() | now | self.files
