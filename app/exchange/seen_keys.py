"""On which line a key was seen, for more keys than would fit in memory as texts.

Of each key only a hash of 64 bits is kept, in a table with open places. Two of half a million keys have the same hash
once in a hundred million files; the file is then refused, and read well when it is tried again: Python hashes
differently in each process.
"""

from __future__ import annotations

from array import array

_FIRST_SIZE = 1 << 10
_FREE = 0


class SeenKeys:
    """Kind and key -> line, in 12 bytes a place."""

    def __init__(self) -> None:
        self._count = 0
        self._open(_FIRST_SIZE)

    def put(self, kind: str, key: str, line: int) -> int | None:
        """Remember the line; the one it was on before, if there was."""
        if self._count * 3 > len(self._hashes) * 2:
            self._grow()
        number = hash((kind, key)) or 1
        place = self._place(number)
        earlier = self._lines[place] if self._hashes[place] == number else None
        if earlier is None:
            self._hashes[place] = number
            self._count += 1
        self._lines[place] = line
        return earlier

    def has(self, kind: str, key: str) -> bool:
        """Whether it was seen."""
        return self._hashes[self._place(hash((kind, key)) or 1)] != _FREE

    def line(self, kind: str, key: str) -> int | None:
        """On which line it was seen last; None where it was not."""
        place = self._place(hash((kind, key)) or 1)
        return self._lines[place] if self._hashes[place] != _FREE else None

    def _place(self, number: int) -> int:
        """Where the hash is, or may be put."""
        hashes, last = self._hashes, len(self._hashes) - 1
        place = number & last
        while hashes[place] != _FREE and hashes[place] != number:
            place = (place + 1) & last
        return place

    def _open(self, size: int) -> None:
        self._hashes, self._lines = array("q", bytes(8 * size)), array("I", bytes(4 * size))

    def _grow(self) -> None:
        hashes, lines = self._hashes, self._lines
        self._open(len(hashes) * 2)
        for number, line in zip(hashes, lines, strict=True):
            if number != _FREE:
                place = self._place(number)
                self._hashes[place], self._lines[place] = number, line
