"""The trace of a draaiboek while it is played: for each line the screens around it and what happened meanwhile."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app import clock
from app.training.scripts.document import Script, Step
from app.training.scripts.grammar import Command
from app.training.tracing.board import BoardWatch, RowChange
from app.training.tracing.screens import Screens
from models.board import Board

if TYPE_CHECKING:
    from textual.app import App


@dataclass
class Act:
    """One line carried out."""

    line: int
    """In the file, from 1."""
    step: int
    text: str
    before: int
    """The number of the screen in `Trace.screens`."""
    begun: float
    """Seconds since the first line."""
    keys: list[str] = field(default_factory=list)
    """Keys by name and typed texts in quotes."""
    log: list[str] = field(default_factory=list)
    after: int = 0
    seconds: float = 0.0
    """Wall time it took, without what the trace itself costs."""
    now: str = ""
    """School time afterwards."""
    wrong: str = ""
    """Why it failed, as a Dutch sentence."""
    changes: list[RowChange] = field(default_factory=list)


class Trace:
    """Observes a player (`playing.Observer`); what it saw is in `acts` and `screens`."""

    def __init__(self, script: Script, lines: list[str]) -> None:
        self.script, self.lines = script, lines
        self.acts: list[Act] = []
        self.screens = Screens()
        self._app: App[Any] | None = None
        self._number, self._began = 0, time.perf_counter()
        self._board: BoardWatch | None = None
        self._log = _Log(self)

    def __getstate__(self) -> dict[str, object]:
        """What travels from the process that played it: all that was seen."""
        return {**vars(self), "_app": None, "_board": None, "_log": None}

    @contextmanager
    def watching(self, app: App[Any], board: Board) -> Iterator[None]:
        """Look at this program on this board within the context, in the thread of its screens, with its database open."""
        self._app, self._number, self._board = app, board.id, BoardWatch()
        self._began = time.perf_counter()
        logging.getLogger().addHandler(self._log)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(self._log)
            self._app = self._board = None

    def before(self, step: Step, command: Command) -> None:
        """A line begins: keep its screen."""
        screen = self._screen()
        self._started = time.perf_counter()
        begun = self._started - self._began
        self.acts.append(Act(command.at or command.line, step.number, command.text, screen, begun, after=screen))

    def after(self, step: Step, command: Command, wrong: str) -> None:  # noqa: ARG002
        """It ended: keep its screen, and what changed."""
        act = self.acts[-1]
        act.seconds = time.perf_counter() - self._started
        act.after, act.wrong = self._screen(), wrong
        if self._board is not None:
            act.changes = self._board.changes()
            act.now = clock.dutch_moment(clock.school_now(Board.get_by_id(self._number)))

    def pressed(self, key: str) -> None:
        """A key was pressed, or a text typed."""
        if self.acts:
            self.acts[-1].keys.append(key)

    def blame(self, line: int | None, sentence: str) -> None:
        """A line turned out wrong afterwards: its picture differs from the golden one."""
        act = next((one for one in reversed(self.acts) if one.line == line), None)
        if act is not None and not act.wrong:
            act.wrong = sentence

    def broke(self, fault: Exception) -> None:
        """The program itself went wrong, at the last line."""
        for act in self.acts[-1:]:
            act.wrong = act.wrong or f"Het programma ging hier stuk ({type(fault).__name__})."

    def _screen(self) -> int:
        app = self._app
        return self.screens.seen(app if app is not None and app.screen_stack else None)


class _Log(logging.Handler):
    """Adds log records of any thread to the line being carried out."""

    def __init__(self, trace: Trace) -> None:
        super().__init__(logging.DEBUG)
        self._trace = trace

    def emit(self, record: logging.LogRecord) -> None:
        """The level, the source, the message, and the error with its kind; never raises."""
        if not self._trace.acts:
            return
        try:
            error = record.exc_info[1] if record.exc_info else None
            told = f"{record.levelname} {record.name}: {record.getMessage()}"
            self._trace.acts[-1].log.append(f"{told} ({type(error).__name__}: {error})" if error else told)
        except Exception:
            self.handleError(record)
