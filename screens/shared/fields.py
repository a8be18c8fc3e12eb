"""Form fields as data: a field has its label, rule and help, and its class decides the widget; one row draws it with
its error beside it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from app.refusals import Refused, Wait, missing
from screens.shared.controls import Choice, TextLine, Tick
from screens.shared.label import Label
from screens.shared.ordered_ticks import OrderedTicks
from screens.shared.text import paragraphs, plain, rich_plain
from screens.shared.ticks import Ticks


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
        area = TextArea(paragraphs(value).plain + "\n" * value.endswith("\n"), id=id, compact=True)
        area.move_cursor(area.document.end)
        return area


@dataclass(frozen=True)
class TickField(Field):
    """Yes or no."""

    def widget(self, id: str) -> Widget:
        """A box to tick."""
        return Tick("", value=bool(self.value), id=id, compact=True)


@dataclass(frozen=True)
class ChoiceField(Field):
    """One of some `options`, each a text to show and its value."""

    options: tuple[tuple[str, str], ...] = ()

    def widget(self, id: str) -> Widget:
        """A drop-down list."""
        shown = [(rich_plain(text), value) for text, value in self.options]
        return Choice(shown, value=self.value, id=id, allow_blank=False, compact=True)


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


class FieldRow(Vertical):
    """A label, the input and, when there is one, the error beside it."""

    _counting: Timer | None = None
    """Updates the waiting time each second until it has passed or another message is shown."""

    def __init__(self, field: Field) -> None:
        super().__init__(id=f"row-{field.name}", classes=f"field {field.style}")
        self.field = field

    def compose(self) -> ComposeResult:
        """Label, star, input, counter; help and error below the input."""
        field = self.field
        if isinstance(field, NoteField):
            yield field.widget(f"field-{field.name}")
            return
        with Horizontal(classes="line"):
            yield Label(plain(field.label), classes="label")
            yield Label("*" if field.required else " ", classes="star")
            yield field.widget(f"field-{field.name}")
            if isinstance(field, TextField) and field.counter:
                yield Label(plain(field.counter(str(field.value))), id=f"counter-{field.name}", classes="counter")
        yield Label("", id=f"error-{field.name}", classes="error")
        if field.help:
            yield Label(plain(field.help), classes="help")

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
        self.query_one(f"#error-{self.field.name}", Label).update(plain(f"▲ {sentence}" if sentence else ""))
        self.set_class(bool(sentence), "-wrong")

    def verdict(self) -> str:
        """What is wrong with the field now, as a sentence; empty if nothing is."""
        return self.field.verdict(self.value) if self.field.typed else ""


def fact(label: str, value: Widget) -> Horizontal:
    """A read-only line in the columns of a form."""
    return Horizontal(Label(plain(label), classes="label"), Label(" ", classes="star"), value, classes="line")
