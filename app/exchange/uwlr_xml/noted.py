"""Results as they were read while a message was checked, so that a large one need not be parsed twice.

Kept is what they say, on disk when there are many. Where one of them is odd, the message itself is read again, which
tells the place (`results.each`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.exchange.disk_backed_list import DiskBackedList
from app.exchange.uwlr_xml.nodes import Node
from app.exchange.uwlr_xml.results import Said, said_in
from app.exchange.uwlr_xml.rules import Violation
from app.refusals import Refused


class NotedResults:
    """What the results of a message say, in order, up to the first that must be read again."""

    def __init__(self, folder: Path | None = None) -> None:
        self._said: DiskBackedList[Said] = DiskBackedList(folder)
        self._whole = True

    def add(self, sitting: Node) -> None:
        """Note the results of a `toetsafname` that follows its shape."""
        if not self._whole:
            return
        try:
            for said, _ in said_in(sitting):
                self._said.append(said)
        except (Violation, Refused):  # ESIS cannot keep it, or there is no room for the file
            self.end()

    def end(self) -> None:
        """Note no more."""
        self._whole = False

    @property
    def whole(self) -> bool:
        """Whether these are all results."""
        return self._whole

    def __len__(self) -> int:
        return len(self._said)

    def __iter__(self) -> Iterator[Said]:
        return iter(self._said)
