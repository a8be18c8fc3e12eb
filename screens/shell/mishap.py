"""Unexpected errors: a window explains them in the user's words, and the form keeps all input.

Only an error that keeps recurring, or occurs before there is a screen, ends the program: then with the terminal
restored, a sentence and status 3 (`app.workers.mishaps` has the texts and the log).
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections import deque
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import ExceptHookArgs, get_ident
from time import monotonic
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.dom import NoScreen
from textual.driver import Driver
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button

from app.ending import Ended, answering
from app.platform_parts import WINDOW_CLOSED, WINDOWS
from app.settings import Settings
from app.workers import mishaps
from app.workers.mishaps import Saved
from models import waiting
from screens.shared.controls import Buttons, push_button
from screens.shared.dialogs import Box, Dialog, other_button
from screens.shared.label import Label
from screens.shared.text import paragraphs, plain
from screens.shell.textual_parts import Again, keep_standing
from screens.shell.type_ahead import TypeAhead

MOST, WITHIN = 8, 5.0
"""This many windows within this many seconds end the program: the error will not stop."""
AT_ONCE = 1.0
"""Seconds after closing the window within which the same screen fails again: it cannot be shown, and is left."""
BRIEFLY = 2.0
"""Seconds that the screen itself waits for the database before it reports that it cannot be reached."""


class Mishap(Dialog[bool]):
    """What went wrong, and what to do; returns whether to try again."""

    BINDINGS = other_button("mishap")
    HELP = "Er ging iets mis dat niet aan u ligt. Probeer het opnieuw, of sluit dit venster en ga verder."

    def __init__(self, sentence: str, saved: Saved, log: Path | None, can_be_done_again: bool) -> None:
        super().__init__()
        self.sentence, self._log, self._again = f"{sentence}\n\n{saved}", log, can_be_done_again
        self.behind: set[str] = set()
        """The kinds of error that came while it was open."""

    def compose(self) -> ComposeResult:
        """What happened, what was saved, where the details are, what can be done."""
        details = f"De bijzonderheden, zonder wat u typte, staan in {self._log}." if self._log else ""
        with Box("Dat ging niet goed"):
            yield Label(paragraphs(self.sentence), classes="dialog-text", id="mishap-told")
            yield Label(plain(details), classes="dialog-hint")
            with Buttons():
                if self._again:
                    yield push_button("Opnieuw proberen", id="again", variant="primary")
                yield push_button("Sluiten", id="close")

    def add(self, sentence: str, saved: Saved) -> None:
        """Add another error."""
        self.sentence += f"\n\n{sentence} {saved}"
        for label in self.query("#mishap-told").results(Label):
            label.update(paragraphs(self.sentence))

    def on_mount(self) -> None:
        """The first button, if the window was not closed before it was whole: a mishap of its own would be told too."""
        for button in self.query(Button)[:1]:
            button.focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "again")


def _whose(again: Again | None) -> Screen[Any] | None:
    """The screen of which something is to be tried again, if it tells."""
    owner: Any = None
    while isinstance(again, partial):
        owner = next(iter(again.args), None)  # who was to handle a message
        again = again.func
    owner = getattr(again, "__self__", owner)
    try:
        return owner.screen if isinstance(owner, Widget) else None
    except NoScreen:
        return None


class Standing(TypeAhead):
    """Mix-in for the program: an error ends nothing but its source."""

    settings: Settings
    every = 4.0
    """Seconds that one message about waiting is shown."""

    def __init__(self) -> None:
        keep_standing()
        super().__init__()
        self.ended_by: BaseException | None = None
        """What the program could not go on after: an error, or a signal."""
        self._lately: deque[float] = deque(maxlen=MOST - 1)
        self._closed_over: tuple[object, float] = (None, 0.0)
        """Of which screen the window was closed last, and when."""

    @property
    def stands(self) -> bool:
        """Whether errors are shown in a window; without a terminal they go to whatever drives the program."""
        return not self.is_headless

    def patience(self) -> float:
        """A use case waits as long as a user would; the screen itself must not hang, and a program that is ending does
        nothing more: waiting work would be done unseen.
        """
        if self.return_code is not None:
            return 0.0
        return BRIEFLY if self._thread_id == get_ident() else waiting.LONGEST

    def waits(self, sentence: str) -> None:
        """Show what a use case is waiting for, while it lasts."""
        if self._thread_id != get_ident():
            with suppress(RuntimeError):  # the program is just ending
                self.call_from_thread(self.notify, sentence, severity="warning", markup=False, timeout=self.every)

    def get_driver_class(self) -> type[Driver]:
        """Ours for terminals; Textual's on Windows, and the page's behind a browser page."""
        if WINDOWS or "TEXTUAL_DRIVER" in os.environ:
            return super().get_driver_class()
        from screens.shell.linux_terminal import Terminal  # imports what Windows does not have

        return Terminal

    def run(self, *arguments: Any, **named: Any) -> Any:
        """As in Textual. Raises the error that ended the program."""
        threading.excepthook = self._thread_failed
        with answering(self._signalled), waiting.telling(self):
            answer = super().run(*arguments, **named)
        if self.ended_by is not None:
            raise self.ended_by
        return answer

    def _signalled(self, number: int) -> None:
        """Leave as if the user had asked for it, so that the terminal is restored; before and after that, just end."""
        try:
            asyncio.get_running_loop().call_soon_threadsafe(self._end_with, Ended(number))
        except RuntimeError:
            raise Ended(number) from None

    def terminal_gone(self, _error: Exception) -> None:
        """The window was closed; HUP also reports this where it arrives."""
        self._end_with(Ended(WINDOW_CLOSED))

    def _end_with(self, reason: BaseException) -> None:
        self.ended_by = self.ended_by or reason
        self.exit(return_code=128 + reason.number if isinstance(reason, Ended) else 3)

    def panic(self, *renderables: Any) -> None:
        """Whoever started the program reports a fatal error: Textual's own traceback shows the values of variables."""
        if not self.stands:
            super().panic(*renderables)
        else:
            self._end_with(RuntimeError())

    def stood(
        self, error: Exception, again: Again | None = None, saved: Saved = Saved.UNKNOWN, *, resuming: bool = False
    ) -> bool:
        """Report an error, and go on or end; False if not handled here. `resuming`: as a screen came into view."""
        if not self.stands:
            return False
        if not self.screen_stack or not self._running:
            mishaps.note(self.settings, error)
            self._end_with(error)
        elif isinstance(self.screen, Mishap):
            self._more(self.screen, error, saved)
        else:
            self._show_mishap(error, again, saved, resuming)
        return True

    def _show_mishap(self, error: Exception, again: Again | None, saved: Saved, resuming: bool) -> None:
        """In a window; the eighth within seconds ends the program, because closing it leads to the next."""
        log, now, screen = mishaps.note(self.settings, error), monotonic(), _whose(again) or self.screen
        if saved is Saved.UNKNOWN and not resuming and screen not in self.screen_stack:
            return  # what a screen reads that was left is missed by nobody
        often = len(self._lately) == self._lately.maxlen and now - self._lately[0] < WITHIN
        self._lately.append(now)
        if often:
            self._end_with(error)
            return
        if resuming and self._closed_over[0] is screen and now - self._closed_over[1] < AT_ONCE:
            if getattr(screen, "changed", False):  # it keeps its place and its input
                self.notify(mishaps.told(error), severity="error", markup=False)
                return
            self._leave(screen)
            again = None
        elif not getattr(screen, "settled", True):
            self._leave(screen)  # it was only half built
            again = None

        def answered(once_more: bool | None) -> None:
            self._closed_over = (self.screen, monotonic())
            if once_more and again:
                again()

        self.push_screen(Mishap(mishaps.told(error), saved, log, again is not None), answered)

    def _more(self, window: Mishap, error: Exception, saved: Saved) -> None:
        """While a window is open: the outcome of a use case is added to it; errors behind it are only logged."""
        if saved is not Saved.UNKNOWN:
            mishaps.note(self.settings, error)
            window.add(mishaps.told(error), saved)
        elif type(error).__name__ not in window.behind:  # once: a timer fails many times a second
            window.behind.add(type(error).__name__)
            mishaps.note(self.settings, error)

    def _leave(self, screen: Screen[Any]) -> None:
        if len(self.screen_stack) > 1 and self.screen is screen:
            self.pop_screen()

    def _thread_failed(self, failed: ExceptHookArgs) -> None:
        """A thread that nobody waits for dies unseen: log why."""
        if isinstance(failed.exc_value, Exception):
            mishaps.note(self.settings, failed.exc_value)

    def _handle_exception(self, error: Exception) -> None:
        if not self.stood(error):
            super()._handle_exception(error)
