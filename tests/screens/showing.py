"""A guard for tests: while a screen shows what was read, the thread of the screen asks nothing of the database."""

from __future__ import annotations

import threading
from typing import Any

from models import waiting
from screens.shared.reads_beside import ReadsBeside

_showing = threading.local()


class ReadWhileShowing(AssertionError):
    """A screen asked the database for something in `show`."""


def guard() -> None:
    """Refuse queries in `show` and `show_frame`, for the rest of this process."""
    shown = ReadsBeside._show_read

    def show(self: ReadsBeside[Any], frame: Any, found: Any) -> None:
        _showing.screen = type(self).__name__
        try:
            shown(self, frame, found)
        finally:
            _showing.screen = ""

    ReadsBeside._show_read = show  # type: ignore[method-assign]
    for kind in (waiting.WaitingSqlite, waiting.WaitingPostgresql):
        _refuse(kind)


def _refuse(kind: Any) -> None:
    execute = kind.execute_sql

    def asked(self: Any, sql: str, *rest: Any, **more: Any) -> Any:
        if screen := getattr(_showing, "screen", ""):
            raise ReadWhileShowing(f"{screen}.show reads: {sql[:200]}")
        return execute(self, sql, *rest, **more)

    kind.execute_sql = asked
