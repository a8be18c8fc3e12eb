"""Whatever goes wrong that no rule foresees: a window says it in words of the user, and the form stays with all that was typed.

Only what goes wrong again and again, or before there is a screen, ends the program: then with the terminal as it was, a
sentence and status 3 (`app.workers.mishaps` has the words and the log).
"""

from __future__ import annotations

from collections import deque
from pathlib import Path
from time import monotonic
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button

from app.settings import Settings
from app.workers import mishaps
from screens.shared.controls import push_button
from screens.shared.dialogs import Dialog, other_button
from screens.shared.label import Label
from screens.shared.text import paragraphs, plain
from screens.textual_parts import Again, keep_standing
from screens.type_ahead import TypeAhead

MOST, WITHIN = 8, 5.0
"""So many errors within so many seconds end the program: it cannot be stopped from going wrong."""
SAVED_NOTHING = "Er is niets opgeslagen. Wat u invulde, staat er nog."


class Mishap(Dialog[bool]):
    """What went wrong, and what to do; answers whether to try again."""

    BINDINGS = [other_button("mishap")]
    HELP = "Er ging iets mis dat niet aan u ligt. Probeer het opnieuw, of sluit dit venster en ga verder."

    def __init__(self, sentence: str, log: Path | None, can_be_done_again: bool) -> None:
        super().__init__()
        self._sentence, self._log, self._again = sentence, log, can_be_done_again

    def compose(self) -> ComposeResult:
        """What happened, what was saved, where the details are, what can be done."""
        details = f"De bijzonderheden, zonder wat u typte, staan in {self._log}." if self._log else ""
        with Vertical(classes="dialog"):
            yield Label("Dat ging niet goed", classes="dialog-title")
            yield Label(paragraphs(f"{self._sentence}\n\n{SAVED_NOTHING}"), classes="dialog-text")
            yield Label(plain(details), classes="dialog-text help")
            with Horizontal(classes="buttons"):
                if self._again:
                    yield push_button("Opnieuw proberen", id="again", variant="primary")
                yield push_button("Sluiten", id="close")

    def on_mount(self) -> None:
        """The first of them."""
        self.query(Button).first().focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "again")


class Standing(TypeAhead):
    """Mix-in for the program: an error ends nothing but what it came from."""

    settings: Settings

    def __init__(self) -> None:
        keep_standing()
        super().__init__()
        self.ended_by: Exception | None = None
        """What the program could not go on after."""
        self._lately: deque[float] = deque(maxlen=MOST)

    @property
    def stands(self) -> bool:
        """Whether an error is told in a window; without a terminal it is for who drives the program."""
        return not self.is_headless

    def run(self, *arguments: Any, **named: Any) -> Any:
        """As Textual has it. Raises what the program could not go on after."""
        answer = super().run(*arguments, **named)
        if self.ended_by is not None:
            raise self.ended_by
        return answer

    def stood(self, error: Exception, again: Again | None = None) -> bool:
        """Tell an error, and go on, or end; False where it is not dealt with here."""
        if not self.stands:
            return False
        now = monotonic()
        often = len(self._lately) == MOST and now - self._lately[0] < WITHIN
        self._lately.append(now)
        log = mishaps.note(self.settings, error)
        if often or not self.screen_stack or not self._running:
            self.ended_by = self.ended_by or error
            self.exit(return_code=3)
        elif not isinstance(self.screen, Mishap):
            self.busy = False
            if not getattr(self.screen, "settled", True) and len(self.screen_stack) > 1:
                self.pop_screen()  # it came half
                again = None

            def answered(once_more: bool | None) -> None:
                if once_more and again:
                    again()

            self.push_screen(Mishap(mishaps.told(error), log, again is not None), answered)
        return True

    def _handle_exception(self, error: Exception) -> None:
        if not self.stood(error):
            super()._handle_exception(error)
