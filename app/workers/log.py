"""Sends log records of the program and its libraries to the log of `mishaps`: never to the terminal, and without
values.

Our own messages name a run or board; those of a library or an error may contain typed text, and are left out.
"""

from __future__ import annotations

import logging
from contextlib import suppress

from app.settings import Settings

OURS = "app."


class Kept(logging.Handler):
    """Writes each warning or worse to the log of these settings' database."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(logging.WARNING)
        self._settings = settings

    def emit(self, record: logging.LogRecord) -> None:
        """Write the source, our own message, and the kind of the error; never raises."""
        from app.workers import mishaps  # imported only when something is wrong: most commands never need it

        about = f"{record.levelname} {record.name}:{record.lineno}"
        if record.name.startswith(OURS):
            about += f" {record.getMessage()}"
        with suppress(Exception):
            mishaps.note(self._settings, record.exc_info[1] if record.exc_info else None, about)


def keep(settings: Settings) -> None:
    """From now on, keep this process's log records next to the database of these settings."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, Kept)]:
        root.removeHandler(handler)
    root.addHandler(Kept(settings))
