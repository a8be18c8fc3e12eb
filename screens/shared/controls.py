"""A tick box and a push button that read as such without colour: `[x]` and `[ Gereed ]`; a line to type in, a choice."""

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
        """The box; its label stands before it, in the form."""
        return Content("[x]" if self.value else "[ ]")

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """Three cells."""
        return 3


class Options(SelectOverlay):
    """The open list of choices; where nothing fits what was typed, Enter chooses nothing either."""

    def _find_search_match(self, query: str) -> int | None:
        found = super()._find_search_match(query)
        if found is None:
            self.highlighted = None
        return found


class Choice(Select[str]):
    """One of a list that opens; typing goes to the first that fits."""

    def compose(self) -> ComposeResult:
        """What is chosen, and the list."""
        yield SelectCurrent(self.prompt)
        yield Options().data_bind(compact=Select.compact)


class TextLine(Input):
    """A line to type in; going there selects nothing, or the next key would replace what is in it."""

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(value, select_on_focus=False, compact=True, **options)

    def on_paste(self, event: Paste) -> None:
        """All of what the terminal pastes, where Textual would take the first line only."""
        event.prevent_default()
        event.stop()
        self._put_in(event.text)

    def action_paste(self) -> None:
        """The same of what was copied here."""
        self._put_in(self.app.clipboard)

    def _put_in(self, text: str) -> None:
        """On one line, without the blanks around it that copying brings along; of a password those may be part."""
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
        """Control characters, pasted or read, would reach the terminal as commands: each becomes a space."""
        return clean(value)


def push_button(text: str, **options: Any) -> Button:
    """A button of one line with its text between brackets; `options` as for Textual's Button."""
    button = Button(plain(f"[ {text} ]"), compact=True, **options)
    button.active_effect_duration = 0  # while Textual shows a press, for 0.2 s, the next press would be lost
    return button
