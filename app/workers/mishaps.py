"""Unforeseen errors: in words for the user, and in a log for whoever helps.

Neither contains typed text: the log has the kind of error and the traceback lines, without the error's message or
variables, because those may contain a password or a code.
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
"""Bytes; a longer log is rotated, and the previous one is kept next to it."""
_THERE = "_esis_details"
"""The attribute with what another process had to tell of it."""


class Saved(StrEnum):
    """What happened to the user's data, as the window says it."""

    NOTHING = "Er is niets opgeslagen. Wat u invulde, staat er nog."
    """A use case failed; it is one transaction."""
    DONE = "Wat u vroeg, is gedaan en opgeslagen. Alleen het tonen ging niet goed."
    """A use case succeeded, but showing its result failed."""
    UNKNOWN = "Wat u invulde, staat er nog."
    """Anything else: usually there was nothing to save."""


def told(error: BaseException) -> str:
    """Describe an error as a sentence in the user's words; its cause often says more than the error itself."""
    causes = list(_causes(error))
    if words := next(filter(None, map(_words, causes)), ""):
        return words
    if any(isinstance(one, PeeweeException) for one in causes):
        return "De database werkt niet mee."
    return f"Er ging iets mis in het programma zelf ({type(causes[0]).__name__})."


def _words(error: BaseException) -> str:
    """Words for one error; empty for a kind without any."""
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
    """Write the details to the log; return its path, or None when it cannot be written. `about` is a line without typed
    text.
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
    """The kind of the error and of its causes, each with its traceback lines: no message, no value."""
    for one in _causes(error):
        code = getattr(one, "sqlite_errorname", None) or getattr(one, "sqlstate", None) or getattr(one, "errno", None)
        yield f"{type(one).__module__}.{type(one).__qualname__}" + (f" ({code})" if code else "")
        for frame in traceback.extract_tb(one.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        yield from getattr(one, _THERE, ())


def keep_details(error: BaseException, of: BaseException | None = None) -> None:
    """Keep with an error what there is to tell of it (or of another), for who gets it in another process: there it has no
    traceback.
    """
    setattr(error, _THERE, tuple(details(of or error)))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and its causes, each once; for a failed thread its first error."""
    seen: set[int] = set()
    one: BaseException | None = getattr(error, "error", None) or error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__
