"""Keeping the cursor on what was acted on, when a list of a few rows is read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from screens.shared.records import RecordList

Identity = Callable[[Any], Any]


def identity_of(row: Any) -> Any:
    """What a row is usually known by."""
    return next((getattr(row, name) for name in ("id", "key", "name") if hasattr(row, name)), row)


@dataclass(frozen=True)
class Place:
    """The row the cursor is on, and all rows, by what they are known by."""

    here: Any = None
    every: frozenset[Any] = frozenset()

    @classmethod
    def of(cls, listed: RecordList, identity: Identity) -> Place:
        """Where the cursor is now."""
        if not listed.row_count:
            return cls()
        here = None if listed.row is None else identity(listed.row)
        return cls(here, frozenset(map(identity, listed.every_row(listed.row_count))))

    def restore(self, listed: RecordList, identity: Identity) -> None:
        """Go to the row that came, else to the one the cursor was on."""
        now = [identity(row) for row in listed.every_row(listed.row_count)]
        came = [place for place, one in enumerate(now) if one not in self.every]
        if len(came) == 1 and self.every and len(now) > len(self.every):
            listed.cursor = came[0]
        elif self.here in now:
            listed.cursor = now.index(self.here)
