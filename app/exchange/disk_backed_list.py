"""An append-only sequence that may be far larger than memory: it lives in a temporary file.

The file has no name, so nobody else can open it and it disappears with the process. A short sequence never touches the
disk. Uses pickle, because only this process writes and reads it.
"""

from __future__ import annotations

import pickle
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import IO, Any, TypeVar, overload

from app.files.reasons import reason
from app.refusals import Refused

T = TypeVar("T")
CHUNK = 1_000


class DiskBackedList(Sequence[T]):
    """The items in insertion order. One thread appends; any may read."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: for the file; None: the temporary one."""
        self._folder = folder or Path(tempfile.gettempdir())
        self._last: list[T] = []
        """The items not yet in the file."""
        self._places: list[tuple[int, int]] = []
        """The position and length of each chunk in the file."""
        self._read: tuple[int, list[T]] = (-1, [])
        """The chunk read last."""
        self._file: IO[bytes] | None = None
        self._lock = Lock()

    @classmethod
    def of(cls, items: Iterable[T]) -> DiskBackedList[T]:
        """Make a list of these items."""
        made = cls()
        for item in items:
            made.append(item)
        return made

    def append(self, item: T) -> None:
        """Append an item. Raises `Refused` when there is no room for the temporary file."""
        self._last.append(item)
        if len(self._last) == CHUNK:
            try:
                self._write(pickle.dumps(self._last, pickle.HIGHEST_PROTOCOL))
            except OSError as error:
                raise Refused(f"In {self._folder} is geen tijdelijk bestand te schrijven: {reason(error)}.") from error
            self._last = []

    def __len__(self) -> int:
        return len(self._places) * CHUNK + len(self._last)

    def __iter__(self) -> Iterator[T]:
        for number in range(len(self._places)):
            yield from self._chunk(number)
        yield from self._last

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> list[T]: ...

    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        return self._chunk(place // CHUNK)[place % CHUNK]

    def __eq__(self, other: object) -> bool:
        """Whether another sequence has the same items in the same order."""
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # it grows

    def _write(self, data: bytes) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="esis-", dir=self._folder)  # noqa: SIM115 - it stays as long as this does
            weakref.finalize(self, self._file.close)
        with self._lock:
            begin = self._file.seek(0, 2)
            self._file.write(data)
            self._file.flush()
        self._places.append((begin, len(data)))

    def _chunk(self, number: int) -> list[T]:
        if number == len(self._places):
            return self._last
        known, items = self._read
        if known != number:
            assert self._file is not None
            begin, length = self._places[number]
            with self._lock:
                self._file.seek(begin)
                data = self._file.read(length)
            items = _unpacked(data)
            self._read = (number, items)
        return items


def _unpacked(data: bytes) -> list[Any]:
    items: list[Any] = pickle.loads(data)
    return items
