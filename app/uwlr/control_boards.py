"""What the control API needs of whoever makes boards, which lies above its layer."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from app.access import Actor


class Boards(Protocol):
    """The practice boards of the web service, by number. Each method raises `Refused` or `NotFound`."""

    def all(self) -> list[dict[str, Any]]:
        """Every one, as JSON."""

    def find(self, name: str) -> int:
        """The number of the board with this name or slug."""

    def shown(self, board_id: int) -> dict[str, Any]:
        """One, as JSON: its address, supplier and school time."""

    def make(self, name: str, school_year: str) -> int:
        """Make one; without a name it gets one. Its number."""

    def reset(self, board_id: int, school_year: str) -> None:
        """Put it back to its first state."""

    def remove(self, board_id: int) -> None:
        """Remove it with everything on it."""

    def advance(self, board_id: int, to: datetime | None) -> None:
        """Move its school time on, to a moment or to the next morning, and do what is due meanwhile."""

    def trainer(self, board_id: int) -> Actor:
        """Who sets its faults."""
