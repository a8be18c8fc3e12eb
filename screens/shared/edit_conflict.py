"""Somebody else changed the record while the form was open: both are shown, and the user chooses."""

from __future__ import annotations

from datetime import date
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Button

from app import clock
from app.history import ChangedMeanwhile
from screens.shared.controls import push_button
from screens.shared.dialogs import Box, Dialog, other_button
from screens.shared.label import Label
from screens.shared.text import paragraphs, plain

MINE, THEIRS = "mine", "theirs"


class EditConflict(Dialog[str]):
    """What was changed meanwhile, next to what was typed."""

    BINDINGS = other_button("meanwhile")

    def __init__(self, refusal: ChangedMeanwhile, labels: dict[str, str], typed: dict[str, Any]) -> None:
        super().__init__()
        self._refusal, self._labels, self._typed = refusal, labels, typed

    def compose(self) -> ComposeResult:
        """Who and when, the fields, the choice."""
        refusal = self._refusal
        when = clock.dutch_moment(refusal.at)
        with Box("Intussen gewijzigd", classes="dialog dialog-wide"):
            yield Label(
                plain(f"{refusal.user} wijzigde dit op {when}, terwijl u ermee bezig was."), classes="dialog-text"
            )
            with VerticalScroll(classes="both", can_focus=False):
                yield Label(paragraphs(self._both()))
            with Vertical(classes="button-column"):
                yield push_button("Verder invullen", id="on", variant="primary")
                yield push_button(f"Houden wat {refusal.user} opsloeg", id=THEIRS)
                yield push_button("Opslaan wat ik invulde", id=MINE, variant="warning")

    def _both(self) -> str:
        lines = []
        for field in self._refusal.fields:
            lines.append(self._labels.get(field.name, field.name.replace("_", " ")))
            lines.append(f"   was            {in_words(field.before)}")
            lines.append(f"   nu in ESIS     {in_words(field.after)}")
            if field.name in self._typed:
                lines.append(f"   uw invoer      {in_words(self._typed[field.name])}")
        return "\n".join(lines)

    def on_mount(self) -> None:
        """Focus the safe answer first."""
        self.query_one("#on").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(str(event.button.id) if event.button.id != "on" else None)


def in_words(value: Any) -> str:
    """A record's value as shown to the user."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return clock.dutch_date(value)
    return "(leeg)" if value in (None, "") else str(value)
