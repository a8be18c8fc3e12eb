"""Tick box, push button, text line and choice, each with its own styles; their shape tells what they are without colour.

In a container or a screen with the class `-low` each is one line high.
"""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Paste
from textual.geometry import Size
from textual.widgets import Button, Checkbox, Input, Select
from textual.widgets._select import SelectCurrent, SelectOverlay

from app.files.plain import clean
from screens.shared import keys
from screens.shared.text import plain

SEVERAL_LINES = "U plakte meer regels. In dit veld past er één; ze staan nu achter elkaar."

TOO_LONG = "Wat u plakte, past niet: dit veld is voor hoogstens {} tekens."


class Tick(Checkbox):
    """`[x]` when ticked, `[ ]` when not; Space changes it, and Enter goes on, as in a text line."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Tick { width: auto; height: 3; border: round $edge; background: transparent; color: $ink; text-style: bold; padding: 0 1; }
    Tick.-on { color: $ok; }
    Tick:focus { border: heavy $focus; background-tint: transparent; }
    .-low Tick { height: 1; border: none; background: $field; padding: 0; }
    .-low Tick:focus { border: none; background: $focus; color: $on-focus; }
    """
    BINDINGS = [
        keys.TICK("toggle_button", id="tick.toggle", tooltip="Zet het vinkje, of haalt het weg."),
        keys.OPEN("app.focus_next", "Volgend veld", id="tick.on", show=False, tooltip="Gaat naar het volgende veld."),
    ]

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

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Choice > SelectCurrent { height: 3; border: round $edge; background: transparent; color: $ink; padding: 0 1; }
    Choice:focus > SelectCurrent, Choice.-expanded > SelectCurrent { border: heavy $focus; background-tint: transparent; }
    Choice SelectCurrent Static#label { color: $ink; }
    Choice SelectCurrent .arrow { color: $key; }
    Choice > SelectOverlay { border: heavy $focus; background: $surface; }
    Choice > SelectOverlay:focus { border: heavy $focus; background-tint: transparent; }
    .-low Choice > SelectCurrent, Choice.-textual-compact > SelectCurrent {
        height: 1; border: none; border-left: vkey $edge; border-right: vkey $edge; background: $field; }
    .-low Choice:focus > SelectCurrent, Choice.-textual-compact:focus > SelectCurrent {
        border: none; border-left: outer $focus; border-right: outer $focus; background: $focus; }
    .-low Choice:focus Static#label, Choice.-textual-compact:focus Static#label,
    .-low Choice:focus .arrow, Choice.-textual-compact:focus .arrow { color: $on-focus; }
    """

    def compose(self) -> ComposeResult:
        """The current choice and the list."""
        yield SelectCurrent(self.prompt)
        yield Options().data_bind(compact=Select.compact)


class TextLine(Input):
    """A text line, one line high outside a form; focusing it selects nothing, or the next key would replace its content."""

    DEFAULT_CSS = """
    TextLine { height: 1; border: none; background: $field; color: $ink; padding: 0; }
    TextLine, TextLine.-invalid { border-left: vkey $edge; border-right: vkey $edge; }
    TextLine:focus, TextLine.-invalid:focus {
        border: none; border-left: outer $focus; border-right: outer $focus; background: $here; background-tint: transparent; }
    TextLine > .input--placeholder { color: $hint; }
    """

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(value, select_on_focus=False, **options)

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


class PushButton(Button):
    """An outlined button; the one with the focus is filled and stands between two marks, a disabled one has no edge."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    PushButton { width: auto; min-width: 4; height: 3; border: round $edge; background: transparent; color: $ink; }
    PushButton.-primary { border: round $key; color: $key; text-style: bold; }
    PushButton.-warning, PushButton.-error { border: round $danger; color: $danger; text-style: bold; }
    PushButton:hover { text-style: bold underline; }
    PushButton:focus { border: heavy $focus; background: $focus; color: $on-focus; text-style: bold; }
    PushButton.-warning:focus, PushButton.-error:focus { background: $danger; color: $on-danger; }
    PushButton:disabled { border: blank $line; color: $hint; text-style: none; text-opacity: 1; }
    .-low PushButton { height: 1; border: none; border-left: vkey $edge; border-right: vkey $edge; background: $raised; }
    .-low PushButton.-primary { border-left: vkey $key; border-right: vkey $key; }
    .-low PushButton.-warning, .-low PushButton.-error { border-left: vkey $danger; border-right: vkey $danger; }
    .-low PushButton:focus { border: none; background: $focus; }
    .-low PushButton.-warning:focus, .-low PushButton.-error:focus {
        border-left: outer $focus; border-right: outer $focus; background: $danger; }
    .-low PushButton:disabled { border: none; }
    """

    BINDINGS = [Binding("enter", "press", "Kiezen", id="button.press", tooltip="Drukt op de knop waar u op staat.")]

    def __init__(self, text: str, **options: Any) -> None:
        super().__init__(plain(text), **options)
        self.styles.line_pad = 0  # the marks stand there
        self.active_effect_duration = 0  # while Textual shows a press (0.2 s), the next press would be lost

    def watch_label(self) -> None:
        """Another text may be longer; Textual's own buttons keep their width."""
        self.refresh(layout=True)

    def watch_flat(self, flat: bool) -> None:
        """Neither of Textual's two looks."""

    @property
    def _space(self) -> str:
        """Between a mark and the text; an edge alone leaves no room for it."""
        return " " if self.styles.border_top[0] or not self.styles.border_left[0] else ""

    def render(self) -> Content:
        """The text, between marks if it has the focus."""
        left, right = ("▶", "◀") if self.has_focus else (" ", " ")
        return Content.assemble(left, self._space, plain(str(self.label)), self._space, right)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """As wide with the focus as without."""
        return cell_len(str(self.label)) + 2 + 2 * len(self._space)


class Buttons(Horizontal):
    """Buttons beside one another."""

    SCOPED_CSS = False
    DEFAULT_CLASSES = "buttons"
    DEFAULT_CSS = """
    .buttons { height: auto; margin: 0; }
    .buttons Button { margin: 0 1 0 0; }
    .-low .buttons { margin: 1 0 0 0; }
    .-low .buttons Button { margin: 0 2 0 0; }
    """


def push_button(text: str, **options: Any) -> PushButton:
    """A button with this text; `options` as for Textual's Button, where `warning` and `error` mean danger."""
    return PushButton(text, **options)


def name_button(button: Button, text: str) -> None:
    """Another text, and the room it takes."""
    button.label = plain(text)
    button.refresh(layout=True)
