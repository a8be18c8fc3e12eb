"""Forms: fields with Gereed and Annuleren; input is checked and errors are shown beside the field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input, Select

from app.refusals import Refused, Wait, Wrong
from screens.shared import keys
from screens.shared.controls import Buttons, push_button
from screens.shared.fields import Field, FieldRow, PasswordField, TextField
from screens.shared.label import Label
from screens.shared.panel import Panel
from screens.shared.text import plain

ROUND_A_FORM = 7
"""Lines of a screen that a form cannot have: the frame, a title and the buttons."""


LONGEST_NAME = 22
"""The longest text of a button that the key bar shows with F2; of a longer one its first act."""


class Form(Vertical):
    """Fields with Gereed and Annuleren. F2 is Gereed; an error never loses input."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Form { height: auto; width: 1fr; }
    Form > .fields { overflow-y: auto; }
    .-low Form.-titled, Form.-titled.-low { height: 1fr; }
    .-low Form.-titled > .fields, Form.-titled.-low > .fields { height: 1fr; }
    .-low Form.-titled > .buttons, Form.-titled.-low > .buttons { margin: 0; }
    .-low Form.-titled .note, Form.-titled.-low .note { margin: 0; }
    """

    key_hints = (("tab", "Tab", "Volgend veld"),)
    BINDINGS = [
        keys.DONE("submit", "Gereed", id="form.submit", tooltip="Slaat het formulier op."),
        keys.BACK(
            "cancel",
            "Annuleren",
            id="form.cancel",
            tooltip="Verlaat het formulier; is er iets gewijzigd, dan na een vraag.",
        ),
    ]

    @dataclass
    class Submitted(Message):
        """All fields are valid; these are the values by field name."""

        form: Form
        values: dict[str, Any]

        @property
        def control(self) -> Form:
            """The form, for `@on` selectors."""
            return self.form

    @dataclass
    class Unchanged(Message):
        """Gereed, with everything still as stored."""

        form: Form

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
        edits: bool = False,
        title: str = "",
        besides: Sequence[Button] = (),
        starts: bool = True,
    ) -> None:
        """`enter_submits`: Enter in a password is Gereed, as users expect when signing in. `edits`: the form edits
        something stored, so without changes nothing is saved or reported. `title`: the fields stand in a panel, the
        buttons below it. `besides`: more buttons. `starts`: a screen begins in its first field. What is composed inside the form
        stands above its fields.
        """
        super().__init__(id=id, classes="form -titled" if title else "form")
        self.title = title
        self.besides = besides
        self.starts = starts
        self.enter_submits = enter_submits
        self.edits = edits
        self.fields = fields
        self.submit_text = submit
        first, also, _ = submit.partition(" en ")
        short = first if also and len(submit) > LONGEST_NAME else submit
        self.key_texts = {"submit": short} if len(short) <= LONGEST_NAME else {}
        """What the key bar calls the actions."""
        self.cancel_text = cancel
        self._first: dict[str, Any] = {}
        self._left: set[str] = set()

    def compose(self) -> ComposeResult:
        """The rows, then the buttons; each row as high as there is room for."""
        rows = [FieldRow(field) for field in self.fields]
        self._grade(rows)
        yield from super().compose()
        if self.title:
            told = "* verplicht" if any(field.required for field in self.fields) else ""
            yield Panel(self.title, *rows, told=told, classes="fields")
        else:
            yield from rows
        with Buttons():
            yield push_button(self.submit_text, id="submit", variant="primary")
            if self.cancel_text:
                yield push_button(self.cancel_text, id="cancel")
            yield from self.besides

    def _grade(self, rows: Sequence[FieldRow]) -> None:
        """Boxes of three lines; else of one line with a blank line between; else of one line."""
        room = self.app.size.height - ROUND_A_FORM
        low = self.screen.has_class("-low") or sum(row.height() for row in rows) > room
        self.set_class(low, "-low")
        middle = sum(row.height(low=True) + 1 for row in rows) <= room
        self.set_class(low and middle, "-middle")

    def on_mount(self) -> None:
        """Remember the initial values, and start in the first field unless the screen begins elsewhere."""
        self._first = self.values
        if self.starts and (first := self._begin()):
            self.focus_field(first, scroll=False)
            # Nothing is laid out yet: scrolling now would centre the field and hide the title.
            self.call_after_refresh(self.query_one(f"#field-{first}").scroll_visible, animate=False)

    def _begin(self) -> str:
        """The first field that is empty and must not be, or is wrong; else the first."""
        typed = [row for row in self.query(FieldRow) if row.field.typed]
        return next((row.field.name for row in [*(row for row in typed if row.verdict()), *typed]), "")

    @property
    def values(self) -> dict[str, Any]:
        """The current field values."""
        return {row.field.name: row.value for row in self.query(FieldRow)}

    @property
    def changed(self) -> bool:
        """Whether leaving now would lose input."""
        return self.values != self._first

    def keep(self) -> None:
        """The input is saved: leaving loses nothing any more."""
        self._first = self.values

    def start_again(self) -> None:
        """Reset the fields to their initial values, without errors."""
        for row in self.query(FieldRow):
            if row.field.typed:
                widget: Any = self.query_one(f"#field-{row.field.name}")
                with widget.prevent(Input.Changed):
                    self.set_value(row.field.name, self._first[row.field.name])
                row.show_error("")
        self._left.clear()

    def row(self, name: str) -> FieldRow:
        """The row of a field."""
        return self.query_one(f"#row-{name}", FieldRow)

    def set_value(self, name: str, value: Any) -> None:
        """Set a field's value, as if typed."""
        widget: Any = self.query_one(f"#field-{name}")
        widget.value = value

    def focus_field(self, name: str, scroll: bool = True) -> None:
        """Put the cursor at the end of a field."""
        widget = self.query_one(f"#field-{name}")
        self.screen.set_focus(widget, scroll)  # at once, so that nothing else takes the focus of an opening screen
        if isinstance(widget, Input):
            widget.cursor_position = len(widget.value)

    def show_refusal(self, refusal: Refused) -> bool:
        """Show a refusal beside its field and go there; False if it names no field of this form."""
        if not refusal.field or not self.query(f"#row-{refusal.field}"):
            return False
        row = self.row(refusal.field)
        if isinstance(refusal, Wrong | Wait) and isinstance(row.field, PasswordField):
            self._empty(refusal.field)
        if isinstance(refusal, Wait):
            row.count_down(refusal)
        else:
            row.show_error(refusal.sentence)
        self.focus_field(refusal.field)
        return True

    def _empty(self, name: str) -> None:
        widget = self.query_one(f"#field-{name}", Input)
        with widget.prevent(Input.Changed):
            widget.value = ""

    def action_submit(self) -> None:
        """Check every field; submit if all are valid, else go to the first invalid one."""
        wrong = ""
        for row in self.query(FieldRow):
            if not row.field.typed:
                continue
            verdict = row.verdict()
            row.show_error(verdict)
            wrong = wrong or (row.field.name if verdict else "")
        if wrong:
            self.focus_field(wrong)
        elif self.edits and not self.changed:
            self.post_message(self.Unchanged(self))
        else:
            self.post_message(self.Submitted(self, self.values))

    @on(Button.Pressed, "#submit")
    def _pressed_submit(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_submit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc is Annuleren where there is such a button."""
        return self.cancel_text == "Annuleren" if action == "cancel" else super().check_action(action, parameters)

    def action_cancel(self) -> None:
        """Leave without saving."""
        self.post_message(self.Cancelled(self))

    @on(Button.Pressed, "#cancel")
    def _pressed_cancel(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_cancel()

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
        # An error already shown stays until something is typed: it may be the use case's refusal.
        if row is not None and not row.has_class("-wrong") and (event.input.value or row.field.name in self._left):
            row.show_error(row.verdict())

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        row = self._row_of(event.input)
        if row is None:
            return
        self._left.add(row.field.name)
        if isinstance(row.field, TextField) and row.field.counter:
            row.query_one(f"#counter-{row.field.name}", Label).update(plain(row.field.counter(event.value)))
        if row.has_class("-wrong") and not row.counting:
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
