"""The line on which each key was seen, for more keys than fit in memory as texts.

Only a 64-bit hash of each key is kept, in an open-addressing table. Two of half a million keys collide once in a
hundred million files; the file is then refused, and reads fine on the next try: Python hashes differently in each
process.
"""

from __future__ import annotations

from array import array

_FIRST_SIZE = 1 << 10
_FREE = 0


class SeenKeys:
    """Kind and key -> line, in 12 bytes per slot."""

    def __init__(self) -> None:
        self._count = 0
        self._open(_FIRST_SIZE)

    def put(self, kind: str, key: str, line: int) -> int | None:
        """Store the line; return the previous one, if any."""
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
        """Whether the key was seen."""
        return self._hashes[self._place(hash((kind, key)) or 1)] != _FREE

    def line(self, kind: str, key: str) -> int | None:
        """The line on which it was last seen; None if never."""
        place = self._place(hash((kind, key)) or 1)
        return self._lines[place] if self._hashes[place] != _FREE else None

    def _place(self, number: int) -> int:
        """The slot where the hash is, or may be put."""
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
