"""What the program and its libraries log goes to the log of `mishaps`: never to the terminal, and without a value.

A message of our own says which run or board; one of a library, or of an error, may hold what somebody typed.
"""

from __future__ import annotations

import logging
from contextlib import suppress

from app.settings import Settings

OURS = "app."


class Kept(logging.Handler):
    """Writes each record that is a warning or worse in the log of these settings' database."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(logging.WARNING)
        self._settings = settings

    def emit(self, record: logging.LogRecord) -> None:
        """Where it is from, what it says where it is ours, and the kind of the error; never raises."""
        from app.workers import mishaps  # only where something is wrong: a command that just reads does without

        about = f"{record.levelname} {record.name}:{record.lineno}"
        if record.name.startswith(OURS):
            about += f" {record.getMessage()}"
        with suppress(Exception):
            mishaps.note(self._settings, record.exc_info[1] if record.exc_info else None, about)


def keep(settings: Settings) -> None:
    """From now on what is logged in this process is kept beside the database of these settings."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, Kept)]:
        root.removeHandler(handler)
    root.addHandler(Kept(settings))
