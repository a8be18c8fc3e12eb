"""The address of a board in the browser: `/b/klas-3-12`, from its name in URL-safe letters, and its number."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from models.base import database
from models.board import OWN, Board
from models.schema import sqlite_file

_WORDS = re.compile("[a-z0-9]+")
_NUMBER = re.compile("(?:.*-)?([1-9][0-9]{0,8})")


@dataclass(frozen=True)
class Place:
    """A board that can be opened in the browser."""

    board_id: int
    name: str
    slug: str

    @property
    def path(self) -> str:
        """As in `/b/oefenbestuur-1`."""
        return f"/b/{self.slug}"


def slug_of(board: Board) -> str:
    """The board's part of its address. The number makes it unique, and is what it is found by."""
    letters = unicodedata.normalize("NFKD", board.name).encode("ascii", "ignore").decode().lower()
    return "-".join([*_WORDS.findall(letters), str(board.id)])


def folder_of(database_url: str, slug: str = "") -> Path:
    """The folder for files saved behind a page: one per board, inside one per database, in the user's data folder."""
    file = sqlite_file(database_url)
    digest = hashlib.sha256(str(file or database_url).encode()).hexdigest()[:16]
    return folders() / digest / slug


def folders() -> Path:
    """The folder for files saved behind pages, of all databases; up to 0.5.0 it contained the folders of boards."""
    return platformdirs.user_data_path("esis") / "browser"


def place_of(board: Board) -> Place:
    """The address of a board."""
    return Place(board.id, board.name, slug_of(board))


def find(slug: str, *, guarded: bool = False) -> Place | None:
    """Find the board with this address, off the event loop; None if there is none. `guarded`: as in `all_places`."""
    number = _NUMBER.fullmatch(slug)
    with database.connection_context():
        board = _boards(guarded).where(Board.id == int(number[1])).first() if number else None
    place = place_of(board) if board else None
    return place if place and place.slug == slug else None


def all_places(limit: int, *, guarded: bool = False) -> list[Place]:
    """The first boards. `guarded`: without those with a public password, such as the practice board: a network is no
    place for them, and its trainer can restore the boards of a class.
    """
    return [place_of(board) for board in _boards(guarded).order_by(Board.id).limit(limit)]


def _boards(guarded: bool) -> Any:
    boards = Board.select().where(OWN)
    return boards.where((Board.password_hash != "") | ~Board.practice) if guarded else boards
