"""A recording of a terminal as asciicast v2 (docs.asciinema.org): a header, and a line of JSON for each event.

What is on the screen is given row by row; only the rows that changed are written.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import IO

TERM = "xterm-256color"
BEGIN = "\x1b[?1049h\x1b[?25l"
"""Gives the recording a screen of its own, without a cursor: that is drawn."""
LEAVE = "\x1b[?25h\x1b[?1049l"
"""Restores the terminal after playing it back."""


class Cast:
    """Writes a recording as it comes. Moments are in seconds from its beginning."""

    def __init__(self, file: IO[bytes], size: tuple[int, int], title: str) -> None:
        """`size` in columns and rows."""
        self._file, self._rows = file, [""] * size[1]
        self._line({"version": 2, "width": size[0], "height": size[1], "title": title, "env": {"TERM": TERM}})
        self._event(0, "o", BEGIN)

    def frame(self, at: float, rows: Sequence[str]) -> None:
        """The screen at a moment, each row with what gives it its colours."""
        changed = [
            f"\x1b[{place};1H{now}"
            for place, (before, now) in enumerate(zip(self._rows, rows, strict=True), start=1)
            if now != before
        ]
        self._rows = list(rows)
        if changed:
            self._event(at, "o", "".join(changed))

    def mark(self, at: float, title: str) -> None:
        """A marker: a chapter begins."""
        self._event(at, "m", title)

    def end(self, at: float) -> None:
        """The last screen stood until this moment."""
        self._event(at, "o", LEAVE)

    def _event(self, at: float, kind: str, data: str) -> None:
        self._line([round(at, 3), kind, data])

    def _line(self, data: object) -> None:
        self._file.write(f"{json.dumps(data, ensure_ascii=False)}\n".encode(errors="replace"))
