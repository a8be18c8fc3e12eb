"""Tick box, push button, text line and choice; the first two read as such without colour: `[x]` and `[ Gereed ]`."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Paste
from textual.geometry import Size
from textual.widgets import Button, Checkbox, Input, Select
from textual.widgets._select import SelectCurrent, SelectOverlay

from app.files.plain import clean
from screens.shared.text import plain

SEVERAL_LINES = "U plakte meer regels. In dit veld past er één; ze staan nu achter elkaar."

TOO_LONG = "Wat u plakte, past niet: dit veld is voor hoogstens {} tekens."


class Tick(Checkbox):
    """`[x]` when ticked, `[ ]` when not; Space or Enter changes it."""

    def render(self) -> Content:
        """The box; the form puts its label in front of it."""
        return Content("[x]" if self.value else "[ ]")

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """Three cells."""
        return 3


class Options(SelectOverlay):
    """The open list of a choice; if nothing matches what was typed, Enter chooses nothing."""

    def _find_search_match(self, query: str) -> int | None:
        found = super()._find_search_match(query)
        if found is None:
            self.highlighted = None
        return found


class Choice(Select[str]):
    """A drop-down list; typing jumps to the first match."""

    def compose(self) -> ComposeResult:
        """The current choice and the list."""
        yield SelectCurrent(self.prompt)
        yield Options().data_bind(compact=Select.compact)


class TextLine(Input):
    """A text line; focusing it selects nothing, or the next key would replace its content."""

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(value, select_on_focus=False, compact=True, **options)

    def on_paste(self, event: Paste) -> None:
        """Paste everything from the terminal; Textual would take the first line only."""
        event.prevent_default()
        event.stop()
        self._put_in(event.text)

    def action_paste(self) -> None:
        """Likewise for text copied inside the program."""
        self._put_in(self.app.clipboard)

    def _put_in(self, text: str) -> None:
        """As one line, without surrounding blanks from copying; in a password they may be part of it."""
        start, end = sorted(self.selection)
        lines = text.strip("\r\n").splitlines()
        line = " ".join(lines)
        if not self.password:
            line = line.lstrip() if start == 0 else line
            line = line.rstrip() if end == len(self.value) else line
        if len(lines) > 1:
            self.app.notify(SEVERAL_LINES, severity="warning", markup=False)
        if self.max_length and len(self.value) - (end - start) + len(line) > self.max_length:
            self.app.notify(TOO_LONG.format(self.max_length), severity="warning", markup=False)
        else:
            self.replace(line, start, end)

    def validate_value(self, value: str) -> str:
        """Pasted or read control characters would reach the terminal as commands: each becomes a space."""
        return clean(value)


def push_button(text: str, **options: Any) -> Button:
    """A one-line button with its text in brackets; `options` as for Textual's Button."""
    button = Button(plain(f"[ {text} ]"), compact=True, **options)
    button.active_effect_duration = 0  # while Textual shows a press (0.2 s), the next press would be lost
    return button
