"""Form fields as data: a field says its label, its rule and its help; one row draws it with its error beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

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
class Field:
    """One field. `check` gets what was typed and raises `Refused` with the sentence to show beside it.

    `kind`: `text`, `password`, `checkbox`, `select` (with `options` of label and value), `ticks` (the same, any
    number; the value is a tuple), `order` (the same, in an order of the user's), `area`, `fixed` (shown, not typed) or
    `note` (a paragraph of help on its own).
    """

    name: str
    label: str = ""
    kind: str = "text"
    required: bool = False
    value: Any = ""
    help: str = ""
    check: Callable[[Any], object] | None = None
    options: tuple[tuple[str, str], ...] = ()
    max_length: int = 0
    counter: Callable[[str], str] | None = None


class FieldRow(Vertical):
    """A label, the input and, when there is one, the error beside it."""

    _counting: Timer | None = None
    """Tells anew how long to wait, each second, until that has passed or something else is shown."""

    def __init__(self, field: Field) -> None:
        super().__init__(id=f"row-{field.name}", classes=f"field field-{field.kind}")
        self.field = field

    def compose(self) -> ComposeResult:
        """Label, star, input, counter; help and error below the input."""
        field = self.field
        if field.kind == "note":
            yield Label(paragraphs(str(field.value)), classes="note")
            return
        with Horizontal(classes="line"):
            yield Label(plain(field.label), classes="label")
            yield Label("*" if field.required else " ", classes="star")
            yield self._input()
            if field.counter:
                yield Label(plain(field.counter(str(field.value))), id=f"counter-{field.name}", classes="counter")
        yield Label("", id=f"error-{field.name}", classes="error")
        if field.help:
            yield Label(plain(field.help), classes="help")

    def _input(self) -> Widget:
        field, id = self.field, f"field-{self.field.name}"
        if field.kind == "checkbox":
            return Tick("", value=bool(field.value), id=id, compact=True)
        if field.kind == "select":
            return Choice(
                [(rich_plain(text), value) for text, value in field.options],
                value=field.value,
                id=id,
                allow_blank=False,
                compact=True,
            )
        if field.kind in ("ticks", "order"):
            return (Ticks if field.kind == "ticks" else OrderedTicks)(field.options, field.value, id=id)
        if field.kind == "area":
            return _area(str(field.value), id)
        if field.kind == "fixed":
            return Label(plain(str(field.value)), id=id, classes="fixed")
        return TextLine(str(field.value), id=id, password=field.kind == "password", max_length=field.max_length)

    @property
    def value(self) -> Any:
        """What is in the field now."""
        if self.field.kind in ("fixed", "note"):
            return self.field.value
        widget: Any = self.query_one(f"#field-{self.field.name}")
        return widget.text if isinstance(widget, TextArea) else widget.value

    def show_error(self, sentence: str) -> None:
        """Show a sentence beside the field; empty takes it away."""
        if self._counting is not None:
            self._counting.stop()
            self._counting = None
        self._show(sentence)

    def count_down(self, wait: Wait) -> None:
        """Show how long to wait, counting down, whatever is typed meanwhile."""
        self.show_error(wait.sentence)
        end = monotonic() + wait.left.total_seconds()
        self._counting = self.set_interval(1, lambda: self._count(wait, end))

    @property
    def counting(self) -> bool:
        """Whether it counts down."""
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
        """What is wrong with the field now, as a sentence; empty when nothing is."""
        value = self.value
        if self.field.kind in ("fixed", "note"):
            return ""
        if self.field.required and not (value.strip() if isinstance(value, str) else value) and not self.field.check:
            return missing(self.field.label)
        if self.field.check:
            try:
                self.field.check(value)
            except Refused as refusal:
                return refusal.sentence
        return ""


def _area(value: str, id: str) -> TextArea:
    """Lines to type in; as in a line, one goes on behind what is there."""
    area = TextArea(paragraphs(value).plain + "\n" * value.endswith("\n"), id=id, compact=True)
    area.move_cursor(area.document.end)
    return area


def fact(label: str, value: Widget) -> Horizontal:
    """A line that only tells, in the columns of a form."""
    return Horizontal(Label(plain(label), classes="label"), Label(" ", classes="star"), value, classes="line")
