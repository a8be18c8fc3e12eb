"""Answers of pulls that are kept, for as long as nothing changes in what they tell of.

An answer is known by what it was asked for and by how things stood (`Asked`), and holds as long as the school's data are
those of its `revision`; who calls and what is wrong with a call is looked at before. The data given are those of now, so
aanmaakdatum is now too: it is written over while the answer is read, and the answer is byte for byte what would be made
anew. Kept are `most` bytes, in files of the program's own temporary folder; what was not asked for longest goes first.
"""

from __future__ import annotations

import io
import os
import shutil
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from threading import Lock
from typing import IO, Any

from app.exchange.uwlr_xml.answering import written_moment

MOST = 512 << 20
SMALL = 1_000
"""Bytes that an answer counts for besides its own: a number of small ones are many too."""
_HEAD = 4096
_STAMP = b"<aanmaakdatum>"

Asked = tuple[Any, ...]
"""All that an answer depends on but the records: board, location, day, year, operation, version, profile, groups, SOAP."""


@dataclass
class KeptAnswer:
    """An answer: what was told of it, the revision at which it held last, and its file; None: only what was told."""

    told: str
    revision: int
    size: int = 0
    file: Path | None = None
    stamp: int = -1
    """Where aanmaakdatum stands in it; -1: nowhere."""

    def opened(self, now: datetime) -> IO[bytes] | None:
        """The body, made now; None when it is gone meanwhile."""
        if self.file is None:
            return None
        try:
            body = self.file.open("rb")
        except OSError:
            return None
        stamp = written_moment(now).encode() if self.stamp >= 0 else b""
        return Stamped(body, self.stamp, stamp, self.file)


class KeptAnswers:
    """The answers kept, for the threads of one process."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self._folder, self._most, self.size = folder, most, 0
        self._kept: OrderedDict[Asked, KeptAnswer] = OrderedDict()
        self._lock, self._numbers = Lock(), count(1)

    def get(self, asked: Asked) -> KeptAnswer | None:
        """The answer, whether it still holds or not."""
        with self._lock:
            found = self._kept.get(asked)
            if found is not None:
                self._kept.move_to_end(asked)
            return found

    def put(self, asked: Asked, revision: int, told: str, body: IO[bytes] | None = None) -> None:
        """Keep a copy of an answer, unless it is too large or the disk does not take it."""
        answer = KeptAnswer(told, revision)
        if body is not None:
            answer.size = body.seek(0, 2)
            if answer.size > self._most:
                return
            body.seek(0)
            answer.stamp = body.read(_HEAD).find(_STAMP)
            answer.stamp += len(_STAMP) if answer.stamp >= 0 else 0
            body.seek(0)
            answer.file = self._folder / f"antwoord-{next(self._numbers)}"
            try:
                with answer.file.open("wb") as copy:
                    shutil.copyfileobj(body, copy, 1 << 20)
            except OSError:
                _remove(answer)
                return
            finally:
                body.seek(0)
        with self._lock:
            self._take_out(asked)
            self._kept[asked] = answer
            self.size += answer.size + SMALL
            while self.size > self._most and len(self._kept) > 1:
                self._take_out(next(iter(self._kept)))

    def _take_out(self, asked: Asked) -> None:
        if (gone := self._kept.pop(asked, None)) is not None:
            self.size -= gone.size + SMALL
            _remove(gone)


def _remove(answer: KeptAnswer) -> None:
    """Its file; whoever is reading it reads on, and on Windows it goes with the folder."""
    if answer.file is not None:
        with suppress(OSError):
            answer.file.unlink()


class Stamped(io.RawIOBase, IO[bytes]):  # type: ignore[misc]  # the same methods twice
    """A file that is read with some of its bytes other than they are there; others may read it too (`shared`)."""

    def __init__(self, body: IO[bytes], at: int, text: bytes, shared: Path | None = None) -> None:
        self._body, self._at, self._text, self.shared = body, at, text, shared

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """As in a file."""
        return self._body.seek(offset, whence)

    def tell(self) -> int:
        """As in a file."""
        return self._body.tell()

    def read(self, size: int = -1) -> bytes:  # type: ignore[override]
        """As in a file."""
        begin = self._body.tell()
        found = self._body.read(size)
        first, last = max(self._at, begin), min(self._at + len(self._text), begin + len(found))
        if first >= last:
            return found
        return found[: first - begin] + self._text[first - self._at : last - self._at] + found[last - begin :]

    def close(self) -> None:
        """Close the file too."""
        self._body.close()
        super().close()
