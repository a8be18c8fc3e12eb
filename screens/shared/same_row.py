"""Going to what one added oneself, when a list of a few rows is read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from screens.shared.records import RecordList

Identity = Callable[[Any], Any]


@dataclass(frozen=True)
class Place:
    """All rows of a list, by what they are known by."""

    every: frozenset[Any] = frozenset()

    @classmethod
    def of(cls, listed: RecordList, identity: Identity) -> Place:
        """Those that are there now."""
        return cls(frozenset(map(identity, listed.every_row(listed.row_count))))

    def to_new(self, listed: RecordList, identity: Identity) -> None:
        """Go to the one row that came, if one did."""
        now = [identity(row) for row in listed.every_row(listed.row_count)]
        came = [place for place, one in enumerate(now) if one not in self.every]
        if len(came) == 1 and self.every and len(now) > len(self.every):
            listed.cursor = came[0]
