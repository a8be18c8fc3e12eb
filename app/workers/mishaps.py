"""What goes wrong that no rule foresees: in words for who sits before the screen, and in a log for who helps.

Neither says what somebody typed: the log has the kind of error and the lines of the program that it went through, without
the message of an error or the value of a variable, because a password or a code may be in them.
"""

from __future__ import annotations

import os
import sqlite3
import traceback
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from peewee import PeeweeException

from app.files import own, parts, reasons
from app.refusals import Refused
from app.settings import Settings
from app.version import program_version
from app.workers.process import beside
from models import troubles
from models.base import UnusableDatabase

LOG, LOG_BEFORE = parts.LOG, parts.LOG_BEFORE
LONGEST = 1 << 20
"""Bytes; a log that has become longer begins anew, and the one before is kept beside it."""


class Saved(StrEnum):
    """What came of it, as the window says it."""

    NOTHING = "Er is niets opgeslagen. Wat u invulde, staat er nog."
    """A use case failed, which is one transaction."""
    DONE = "Wat u vroeg, is gedaan en opgeslagen. Alleen het tonen ging niet goed."
    """A use case was done; showing what came of it failed."""
    UNKNOWN = "Wat u invulde, staat er nog."
    """Anything else: mostly there was nothing to save."""


def told(error: BaseException) -> str:
    """What happened, as a sentence in words of the user; what caused an error often says more than the error."""
    causes = list(_causes(error))
    if words := next(filter(None, map(_words, causes)), ""):
        return words
    if any(isinstance(one, PeeweeException) for one in causes):
        return "De database werkt niet mee."
    return f"Er ging iets mis in het programma zelf ({type(causes[0]).__name__})."


def _words(error: BaseException) -> str:
    """Of one error; empty for a kind without words of its own."""
    if isinstance(error, UnusableDatabase | Refused):
        return str(error)
    if isinstance(error, PeeweeException | sqlite3.Error):
        return troubles.known(error)
    if isinstance(error, OSError):
        return reasons.known(error)
    said = str(error).lower()
    if isinstance(error, ValueError) and "null" in said:
        return "In dat pad staat een teken dat daar niet kan."
    if isinstance(error, RuntimeError) and "home directory" in said:
        return "De thuismap in dat pad bestaat niet."
    return ""


def note(settings: Settings, error: BaseException | None, about: str = "") -> Path | None:
    """Write the details to the log; where it is, or None where it cannot be written. `about` is a line that holds nothing
    of what somebody typed.
    """
    path = beside(settings, LOG)
    head = f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S%z} esis {program_version()} {about}".rstrip()
    try:
        if path.is_file() and path.stat().st_size > LONGEST:
            path.replace(beside(settings, LOG_BEFORE))
        with os.fdopen(own.opened(path, os.O_WRONLY | os.O_APPEND), "a", encoding="utf-8") as log:
            log.write("\n".join((head, *(details(error) if error else ()), "", "")))
    except (OSError, Refused):
        return None
    return path


def details(error: BaseException) -> Iterator[str]:
    """The kind of error, and of what caused it, each with the lines it went through: no message, no value."""
    for one in _causes(error):
        code = getattr(one, "sqlite_errorname", None) or getattr(one, "sqlstate", None) or getattr(one, "errno", None)
        yield f"{type(one).__module__}.{type(one).__qualname__}" + (f" ({code})" if code else "")
        for frame in traceback.extract_tb(one.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and those behind it, each once; of a failed thread that which failed in it first."""
    seen: set[int] = set()
    one: BaseException | None = getattr(error, "error", None) or error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__
