"""Form fields as data: a field has its label, rule and help, and its class decides the widget; one row draws it with
its error beside it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from time import monotonic
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import DescendantBlur, DescendantFocus
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from app.refusals import Refused, Wait, missing
from screens.shared.controls import Choice, TextLine, Tick
from screens.shared.label import Label
from screens.shared.line import Line, labelled
from screens.shared.ordered_ticks import OrderedTicks
from screens.shared.text import paragraphs, plain, rich_plain
from screens.shared.ticks import Ticks
from screens.shared.under import Under


@dataclass(frozen=True)
class Field(ABC):
    """One field. `check` gets the input and raises `Refused` with the sentence to show beside it."""

    name: str
    label: str = ""
    required: bool = False
    value: Any = ""
    help: str = ""
    check: Callable[[Any], object] | None = None

    typed: ClassVar[bool] = True
    """Whether the user can change it."""

    @property
    def style(self) -> str:
        """The style sheet class of its row, as in `field-area`."""
        return f"field-{type(self).__name__.removesuffix('Field').lower()}"

    @abstractmethod
    def widget(self, id: str) -> Widget:
        """The input widget."""

    def verdict(self, value: Any) -> str:
        """What is wrong with a value, as a sentence; empty if nothing is."""
        if self.check is None:
            empty = self.required and not (value.strip() if isinstance(value, str) else value)
            return missing(self.label) if empty else ""
        try:
            self.check(value)
        except Refused as refusal:
            return refusal.sentence
        return ""


@dataclass(frozen=True)
class TextField(Field):
    """A line of text, at most `max_length` characters (0: no limit); `counter` shows beside it how many are used."""

    max_length: int = 0
    counter: Callable[[str], str] | None = None

    def widget(self, id: str) -> Widget:
        """A line."""
        return TextLine(str(self.value), id=id, max_length=self.max_length)


@dataclass(frozen=True)
class PasswordField(Field):
    """A password field, which hides what is typed."""

    def widget(self, id: str) -> Widget:
        """A line of dots."""
        return TextLine(str(self.value), id=id, password=True)


@dataclass(frozen=True)
class AreaField(Field):
    """Multi-line text."""

    def widget(self, id: str) -> Widget:
        """A text area; as in a line, the cursor starts at the end."""
        value = str(self.value)
        area = TextArea(paragraphs(value).plain + "\n" * value.endswith("\n"), id=id)
        area.move_cursor(area.document.end)
        return area


@dataclass(frozen=True)
class TickField(Field):
    """Yes or no."""

    def widget(self, id: str) -> Widget:
        """A box to tick."""
        return Tick("", value=bool(self.value), id=id)


@dataclass(frozen=True)
class ChoiceField(Field):
    """One of some `options`, each a text to show and its value."""

    options: tuple[tuple[str, str], ...] = ()

    def widget(self, id: str) -> Widget:
        """A drop-down list."""
        shown = [(rich_plain(text), value) for text, value in self.options]
        return Choice(shown, value=self.value, id=id, allow_blank=False)


@dataclass(frozen=True)
class TicksField(ChoiceField):
    """Any number of the options; the value is a tuple."""

    def widget(self, id: str) -> Widget:
        """A list with ticks."""
        return Ticks(self.options, self.value, id=id)


@dataclass(frozen=True)
class OrderField(ChoiceField):
    """Any number of the options, in the user's own order; the value is a tuple."""

    def widget(self, id: str) -> Widget:
        """A list with ticks and numbers."""
        return OrderedTicks(self.options, self.value, id=id)


@dataclass(frozen=True)
class FixedField(Field):
    """A value that is shown but cannot be changed."""

    typed = False

    def widget(self, id: str) -> Widget:
        """Its text."""
        return Label(plain(str(self.value)), id=id, classes="fixed")


@dataclass(frozen=True)
class NoteField(FixedField):
    """A paragraph of help on its own."""

    def widget(self, id: str) -> Widget:
        """The paragraph."""
        return Label(paragraphs(str(self.value)), id=id, classes="note")


HEIGHTS: Mapping[type[Field], tuple[int, int]] = {
    FixedField: (1, 1),
    NoteField: (2, 2),
    AreaField: (7, 5),
    TicksField: (4, 4),
    OrderField: (9, 9),
}
"""Lines of the kinds of fields that are not a box of three lines or, if low, one."""


class FieldRow(Vertical):
    """A label, the input, and one line below it for what is wrong or, if nothing is, the help."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    FieldRow { height: auto; } FieldRow .line > .label { padding: 1 1 0 0; }
    FieldRow .line > .label.-here { color: $ink; text-style: bold; }
    FieldRow.-wrong .line > .label { color: $bad; }
    FieldRow .note { width: 1fr; color: $hint; margin: 0 0 1 0; }
    FieldRow .counter { width: auto; padding: 1 1 0 2; color: $label; }
    FieldRow .under { display: none; width: 1fr; padding: 0 0 0 27; color: $hint; }
    FieldRow.-helped .under { display: block; }
    FieldRow.-wrong .under { display: block; color: $bad; }
    FieldRow TextLine { width: 1fr; max-width: 64; height: 3; padding: 0 1; border: round $edge; background: transparent; }
    FieldRow TextLine:focus { border: heavy $focus; background: transparent; }
    FieldRow.-wrong TextLine, FieldRow.-wrong TextArea, FieldRow.-wrong Tick, FieldRow.-wrong SelectCurrent {
        border: round $bad; }
    FieldRow.-wrong TextLine:focus, FieldRow.-wrong TextArea:focus, FieldRow.-wrong Tick:focus,
    FieldRow.-wrong Choice:focus > SelectCurrent { border: heavy $focus; }
    FieldRow Choice { width: 1fr; max-width: 64; }
    FieldRow TextArea { width: 1fr; height: 7; border: round $edge; background: transparent; color: $ink; }
    FieldRow TextArea:focus { border: heavy $focus; }
    FieldRow TextArea .text-area--cursor-line { background: transparent; }
    FieldRow.field-fixed .line > .label, FieldRow.field-ticks .line > .label, FieldRow.field-order .line > .label {
        padding: 0 1 0 0; }
    .-low FieldRow .line > .label { padding: 0 1 0 0; }
    .-low FieldRow .counter { padding: 0 1 0 2; } .-low FieldRow .under { padding: 0 0 0 26; }
    .-low FieldRow TextLine, .-low FieldRow TextArea, .-low FieldRow SelectCurrent {
        border: none; border-left: vkey $edge; border-right: vkey $edge; background: $field; }
    .-low FieldRow TextLine, .-low FieldRow SelectCurrent { height: 1; }
    .-low FieldRow TextArea { height: 5; }
    .-middle > FieldRow, .-middle > .fields > FieldRow, .-low FieldRow.field-area { margin: 0 0 1 0; }
    .-low FieldRow.-wrong TextLine, .-low FieldRow.-wrong TextArea, .-low FieldRow.-wrong SelectCurrent {
        border: none; border-left: vkey $bad; border-right: vkey $bad; }
    FieldRow.-wrong Tick { color: $bad; }
    .-low FieldRow.-wrong Tick { border: none; background: $bad-bg; color: $bad; }
    .-low FieldRow TextLine:focus, .-low FieldRow TextArea:focus, .-low FieldRow Choice:focus > SelectCurrent {
        border: none; border-left: outer $focus; border-right: outer $focus; }
    .-low FieldRow.-wrong Tick:focus { background: $focus; color: $on-focus; }
    .-low FieldRow TextLine:focus, .-low FieldRow TextArea:focus { background: $here; }
    .-middle FieldRow:last-child { margin: 0; }
    .-narrow FieldRow .under { padding: 0 0 0 25; }
    """

    _counting: Timer | None = None
    """Updates the waiting time each second until it has passed or another message is shown."""

    def __init__(self, field: Field) -> None:
        super().__init__(id=f"row-{field.name}", classes=f"field {field.style}")
        self.field = field
        self.set_class(bool(field.help), "-helped")

    def height(self, low: bool = False) -> int:
        """How many lines it takes, with boxes of three lines or, if `low`, of one; roughly, as text may wrap."""
        full, least = HEIGHTS.get(type(self.field), (3, 1))
        return (least if low else full) + bool(self.field.help)

    def compose(self) -> ComposeResult:
        """Label, input, counter; below them error or help."""
        field = self.field
        if isinstance(field, NoteField):
            yield field.widget(f"field-{field.name}")
            return
        with Line():
            yield Label(labelled(field.label, field.required), classes="label")
            yield field.widget(f"field-{field.name}")
            if isinstance(field, TextField) and field.counter:
                yield Label(plain(field.counter(str(field.value))), id=f"counter-{field.name}", classes="counter")
        yield Under(field.help, id=f"under-{field.name}")

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _mark_label(self) -> None:
        """Its label stands out while the focus is here, in the list that a choice opens too."""
        self.query(".line > .label").set_class(self.has_focus_within, "-here")

    @property
    def value(self) -> Any:
        """The field's current value."""
        if not self.field.typed:
            return self.field.value
        widget: Any = self.query_one(f"#field-{self.field.name}")
        return widget.text if isinstance(widget, TextArea) else widget.value

    def show_error(self, sentence: str) -> None:
        """Show a sentence beside the field; an empty one removes it."""
        if self._counting is not None:
            self._counting.stop()
            self._counting = None
        self._show(sentence)

    def explain(self, help: str) -> None:
        """Show another help, and no error."""
        self.field = replace(self.field, help=help)
        self.set_class(bool(help), "-helped")
        self.show_error("")

    def count_down(self, wait: Wait) -> None:
        """Show how long to wait, counting down even while the user types."""
        self.show_error(wait.sentence)
        end = monotonic() + wait.left.total_seconds()
        self._counting = self.set_interval(1, lambda: self._count(wait, end))

    @property
    def counting(self) -> bool:
        """Whether it is counting down."""
        return self._counting is not None

    def _count(self, wait: Wait, end: float) -> None:
        left = timedelta(seconds=end - monotonic())
        if left > timedelta():
            self._show(wait.told(left))
        else:
            self.show_error(wait.told(timedelta()))

    def _show(self, sentence: str) -> None:
        self.query_one(f"#under-{self.field.name}", Under).tell(sentence, self.field.help)
        self.set_class(bool(sentence), "-wrong")

    def verdict(self) -> str:
        """What is wrong with the field now, as a sentence; empty if nothing is."""
        return self.field.verdict(self.value) if self.field.typed else ""
