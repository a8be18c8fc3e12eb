"""Follows the calls of the web service for a screen: the program's own watcher looks too seldom for who is waiting for one."""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.uwlr import journal
from models.base import connected

SECONDS = 0.1
"""Seconds between two looks, which are one query on an index."""


class Following(threading.Thread):
    """Tells when a call was written down or cleared, by whichever process, until it is stopped.

    It tells once at its first look too: something may have come between the first reading of the screen and that.
    """

    def __init__(self, board_id: int, tell: Callable[[], object], looks: Callable[[], bool]) -> None:
        """`looks`: whether the screen is in view; `tell` is called from this thread."""
        super().__init__(name="messages", daemon=True)
        self._board_id, self._tell, self._looks = board_id, tell, looks
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Stop; the thread ends by itself."""
        self._stopped.set()

    def run(self) -> None:
        """Look, compare, tell."""
        seen: object = None
        while not self._stopped.wait(SECONDS):
            if not self._looks():
                continue
            try:
                with connected():
                    now = journal.state(self._board_id)
            except Exception:  # the program's watcher tells what is wrong with the database
                continue
            if now != seen and not self._stopped.is_set():
                self._tell()
            seen = now
