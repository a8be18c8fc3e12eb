"""Putting the board of a lesson back to before the program showed how: the learner then does it himself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Protocol

from app.refusals import Refused
from models.base import is_sqlite, real_database


class PuttingBack(Protocol):
    """Keeps the board of a lesson as it is, to put it back once."""

    def save(self) -> Callable[[], None]:
        """Keep it as it is now; what this returns puts it back. Raises `Refused` if that is not possible now."""


class WholeFile:
    """For a board that has an SQLite database of its own: the whole of it is kept in memory."""

    def save(self) -> Callable[[], None]:
        """Copy it through the connection that is open, so that others see it change as by any writer."""
        if not is_sqlite():
            raise Refused("Het bestuur van deze les is niet terug te zetten.")
        kept = sqlite3.connect(":memory:", check_same_thread=False)
        live().backup(kept)

        def put_back() -> None:
            kept.backup(live())
            kept.close()

        return put_back


def live() -> sqlite3.Connection:
    """The connection of this thread."""
    found: sqlite3.Connection = real_database().connection()
    return found
