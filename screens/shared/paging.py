"""The pages of a list: those that were read, and until theirs arrive the rows that stood there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from screens.shared.sources import PAGE, Keyed, Known, Source

KEPT = 20
"""Pages kept in memory; those farthest from what is in view go first."""


class Pages:
    """What a list has of its source. Nothing here reads; `read_pages` does, in a thread."""

    def __init__(self, source: Known, stale: Mapping[int, Sequence[Any]] | None = None) -> None:
        """`stale`: pages from before, shown until they are read again."""
        self.source = source
        self.count = source.count()
        self.read: dict[int, Sequence[Any]] = {}
        self._stale = dict(stale or {})

    @property
    def shown(self) -> dict[int, Sequence[Any]]:
        """Every page that can be shown, as it was last read."""
        return self._stale | self.read

    def is_fresh(self, index: int) -> bool:
        """Whether the row at this place is as it was last read."""
        return self._fresh(index // PAGE) is not None

    def row(self, index: int) -> Any | None:
        """The row at this place, if it can be shown."""
        number, place = divmod(index, PAGE)
        page = self._fresh(number)
        if page is None:
            page = self._stale.get(number, ())
        return page[place] if index < self.count and place < len(page) else None

    def nearest(self, matches: Callable[[Any], bool], near: int) -> int | None:
        """Where the row that matches is, nearest to a place, among the rows that need not be read."""
        if not 0 <= near < self.count:
            return None
        if self.is_fresh(near) and matches(self.row(near)):
            return near
        for number in sorted(range((self.count - 1) // PAGE + 1), key=lambda number: abs(number - near // PAGE)):
            places = [number * PAGE + n for n, row in enumerate(self._fresh(number) or ()) if matches(row)]
            if places:
                return min(places, key=lambda place: abs(place - near))
        return None

    def missing(self, first: int, last: int) -> list[int]:
        """The pages of the rows from one place to another that must be read."""
        first, last = max(0, first) // PAGE, min(last, self.count - 1) // PAGE
        return [number for number in range(first, last + 1) if self._fresh(number) is None]

    def add(self, found: Mapping[int, Sequence[Any]], near: int) -> None:
        """Keep what was read; `near` is the row in view."""
        self.read |= found
        far = sorted(self.read, key=lambda number: abs(number - near // PAGE))[KEPT:]
        for number in far:
            del self.read[number]
        self._stale = {number: page for number, page in self._stale.items() if number not in found}

    def _fresh(self, number: int) -> Sequence[Any] | None:
        if number not in self.read and (known := self.source.known(number * PAGE, PAGE)) is not None:
            self.read[number] = known
        return self.read.get(number)


def read_pages(
    source: Source, numbers: Collection[int], total: int, known: Mapping[int, Sequence[Any]]
) -> dict[int, Sequence[Any]]:
    """Read these pages, each going on from the one beside it if that is known, or back from the end."""
    found, left = dict(known), set(numbers)
    while left:
        number = _easiest(left, found, (total - 1) // PAGE)
        found[number] = _read(source, number, total, found)
        left.remove(number)
    return {number: found[number] for number in numbers}


def _easiest(left: Iterable[int], found: Mapping[int, Sequence[Any]], last: int) -> int:
    return min(left, key=lambda number: (number - 1 not in found and number + 1 not in found, number != last, number))


def _read(source: Source, number: int, total: int, found: Mapping[int, Sequence[Any]]) -> Sequence[Any]:
    offset, rows = number * PAGE, None
    if isinstance(source, Keyed):
        if before := found.get(number - 1):
            rows = source.beside(before[-1], PAGE)
        elif after := found.get(number + 1):
            rows = source.beside(after[0], PAGE, back=True)
        elif number and total - offset <= PAGE:
            rows = source.beside(None, total - offset, back=True)
    return source.page(offset, PAGE) if rows is None else rows
