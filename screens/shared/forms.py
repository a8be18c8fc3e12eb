"""Forms as data: a field says its label, its rule and its help; one renderer draws it and shows errors beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input, Select, TextArea

from app.refusals import Refused
from screens.shared.controls import Choice, TextLine, Tick, push_button
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
            return Choice([(rich_plain(text), value) for text, value in field.options], value=field.value, id=id,
                          allow_blank=False, compact=True)  # fmt: skip
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
        self.query_one(f"#error-{self.field.name}", Label).update(plain(f"▲ {sentence}" if sentence else ""))
        self.set_class(bool(sentence), "-wrong")

    def verdict(self) -> str:
        """What is wrong with the field now, as a sentence; empty when nothing is."""
        value = self.value
        if self.field.kind in ("fixed", "note"):
            return ""
        if self.field.required and not (value.strip() if isinstance(value, str) else value) and not self.field.check:
            return f"{self.field.label} is verplicht. Vul dit veld in."
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


class Form(Vertical):
    """Fields with Gereed and Annuleren. F2 is Gereed; nothing typed is lost by an error."""

    BINDINGS = [
        Binding("f2,ctrl+s", "submit", "Gereed", id="form.submit", tooltip="Slaat het formulier op."),
    ]

    @dataclass
    class Submitted(Message):
        """Every field is right; these are the values by field name."""

        form: Form
        values: dict[str, Any]

        @property
        def control(self) -> Form:
            """The form, for `@on` selectors."""
            return self.form

    @dataclass
    class Cancelled(Message):
        """Annuleren was chosen."""

        form: Form

    def __init__(
        self,
        fields: list[Field],
        *,
        submit: str = "Gereed",
        cancel: str = "Annuleren",
        id: str = "form",
        enter_submits: bool = False,
    ) -> None:
        """`enter_submits`: Enter in a password is Gereed, as people are used to when they sign in."""
        super().__init__(id=id, classes="form")
        self.enter_submits = enter_submits
        self.fields = fields
        self.submit_text = submit
        self.cancel_text = cancel
        self._first: dict[str, Any] = {}
        self._left: set[str] = set()

    def compose(self) -> ComposeResult:
        """The rows, then the buttons."""
        for field in self.fields:
            yield FieldRow(field)
        with Horizontal(classes="buttons"):
            yield push_button(self.submit_text, id="submit", variant="primary")
            if self.cancel_text:
                yield push_button(self.cancel_text, id="cancel")

    def on_mount(self) -> None:
        """Remember what it began with, and start in the first field."""
        self._first = self.values
        first = next((f.name for f in self.fields if f.kind not in ("fixed", "note")), "")
        if first:
            self.focus_field(first, scroll=False)
            # Nothing has a place yet: scrolling now would put the field in the middle, and the title out of sight.
            self.call_after_refresh(self.query_one(f"#field-{first}").scroll_visible, animate=False)

    @property
    def values(self) -> dict[str, Any]:
        """What is in the fields now."""
        return {row.field.name: row.value for row in self.query(FieldRow)}

    @property
    def changed(self) -> bool:
        """Whether leaving now would lose something."""
        return self.values != self._first

    def keep(self) -> None:
        """What is in the fields is saved: leaving loses nothing any more."""
        self._first = self.values

    def start_again(self) -> None:
        """Put the fields back to what they began with, without errors."""
        for row in self.query(FieldRow):
            if row.field.kind not in ("fixed", "note"):
                widget: Any = self.query_one(f"#field-{row.field.name}")
                with widget.prevent(Input.Changed):
                    self.set_value(row.field.name, self._first[row.field.name])
                row.show_error("")
        self._left.clear()

    def row(self, name: str) -> FieldRow:
        """The row of a field."""
        return self.query_one(f"#row-{name}", FieldRow)

    def set_value(self, name: str, value: Any) -> None:
        """Put a value in a field, as if typed."""
        widget: Any = self.query_one(f"#field-{name}")
        widget.value = value

    def focus_field(self, name: str, scroll: bool = True) -> None:
        """Put the cursor at the end of a field."""
        widget = self.query_one(f"#field-{name}")
        self.screen.set_focus(widget, scroll)  # at once, so that nothing else takes the focus of a screen that opens
        if isinstance(widget, Input):
            widget.cursor_position = len(widget.value)

    def show_refusal(self, refusal: Refused) -> bool:
        """Show a refusal beside its field and go there; False when it names no field of this form."""
        if not refusal.field or not self.query(f"#row-{refusal.field}"):
            return False
        self.row(refusal.field).show_error(refusal.sentence)
        self.focus_field(refusal.field)
        return True

    def action_submit(self) -> None:
        """Check every field; tell when all are right, else go to the first wrong one."""
        wrong = ""
        for row in self.query(FieldRow):
            if row.field.kind in ("fixed", "note"):
                continue
            verdict = row.verdict()
            row.show_error(verdict)
            wrong = wrong or (row.field.name if verdict else "")
        if wrong:
            self.focus_field(wrong)
        else:
            self.post_message(self.Submitted(self, self.values))

    @on(Button.Pressed, "#submit")
    def _pressed_submit(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_submit()

    @on(Button.Pressed, "#cancel")
    def _pressed_cancel(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Cancelled(self))

    @on(Input.Submitted)
    def _enter_goes_on(self, event: Input.Submitted) -> None:
        event.stop()
        if self.enter_submits and event.input.password:
            self.action_submit()
        else:
            self.screen.focus_next()

    @on(Input.Blurred)
    def _left_field(self, event: Input.Blurred) -> None:
        row = self._row_of(event.input)
        # What is shown already stays until something is typed: it may be what the use case refused.
        if row is not None and not row.has_class("-wrong") and (event.input.value or row.field.name in self._left):
            row.show_error(row.verdict())

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        row = self._row_of(event.input)
        if row is None:
            return
        self._left.add(row.field.name)
        if row.field.counter:
            row.query_one(f"#counter-{row.field.name}", Label).update(plain(row.field.counter(event.value)))
        if row.has_class("-wrong"):
            row.show_error(row.verdict())

    @on(Checkbox.Changed)
    def _ticked(self, event: Checkbox.Changed) -> None:
        row = self._row_of(event.checkbox)
        if row is not None and row.has_class("-wrong"):
            row.show_error(row.verdict())

    @on(Select.Changed)
    def _picked(self, event: Select.Changed) -> None:
        row = self._row_of(event.select)
        if row is not None and row.has_class("-wrong"):
            row.show_error(row.verdict())

    @staticmethod
    def _row_of(widget: Widget) -> FieldRow | None:
        return next((node for node in widget.ancestors if isinstance(node, FieldRow)), None)
