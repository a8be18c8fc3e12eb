"""The form of one record, in ESIS and at the partners: names its fields and the use case that saves them.

If someone else changed the record meanwhile, it shows both versions.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from textual import on
from textual.app import ComposeResult

from app.history import ChangedMeanwhile, FieldChange
from app.refusals import Refused
from screens.shared.base import BaseScreen
from screens.shared.dialogs import Confirm
from screens.shared.edit_conflict import MINE, THEIRS, EditConflict
from screens.shared.fields import ChoiceField, Field
from screens.shared.forms import Form


class Recording(BaseScreen):
    """The form of one record; goes back with a message once it is saved. Put it before the frame in the bases."""

    TITLE_TEXT = ""
    LABELS: Mapping[str, str] = {}
    """What is stored with the record but is not a form field, in Dutch, in case someone else changed it."""

    seen: int | None = None
    """The `history.version` of the record being changed, if it is stored; None for a new one."""

    def body(self) -> ComposeResult:
        """What stands above the form, and the form in a panel with its title."""
        with Form(self.fields(), edits=self.existing, title=self.title_text()):
            yield from self.above()

    @property
    def existing(self) -> bool:
        """Whether the form is of an existing record."""
        return self.seen is not None

    def title_text(self) -> str:
        """The title of the form."""
        return self.TITLE_TEXT

    def above(self) -> ComposeResult:
        """What comes above the fields."""
        yield from ()

    @abstractmethod
    def fields(self) -> list[Field]:
        """The fields with their values."""

    @abstractmethod
    def save(self, values: dict[str, Any]) -> Any:
        """Save through the use case, off the UI thread; returns the sentence for `saved`. May raise `Refused`."""

    def words(self, name: str, value: Any) -> Any:
        """A field's value as shown beside someone else's: for a choice its text, if that is not the stored value."""
        field = next((one for one in self.query_one(Form).fields if one.name == name), None)
        texts = {key: text for text, key in field.options} if isinstance(field, ChoiceField) else {}
        return texts.get(str(value), value)

    def warnings(self, values: dict[str, Any]) -> str:  # noqa: ARG002
        """What to ask before saving, off the UI thread; empty if nothing is odd."""
        return ""

    @on(Form.Submitted)
    def _submitted(self, event: Form.Submitted) -> None:
        values = event.values

        def looked(odd: str) -> None:
            if odd:
                self.ask(odd, values)
            else:
                self.go_on(values)

        self.perform(lambda: self.warnings(values), looked, self._refused)

    @on(Form.Unchanged)
    def _nothing_to_save(self) -> None:
        """Go back, as after saving."""
        self.action_back()

    def ask(self, odd: str, values: dict[str, Any]) -> None:
        """Ask whether to save despite the warnings."""
        question = Confirm("Klopt dit?", odd, "Toch opslaan", "Terug naar het formulier")
        self.app.push_screen(question, lambda yes: self.go_on(values) if yes else None)

    def go_on(self, values: dict[str, Any]) -> None:
        """Save."""
        self.perform(lambda: self.save(values), self.saved, self._refused)

    def keep(self) -> None:
        """The input is saved: leaving asks nothing."""
        self.query_one(Form).keep()

    def saved(self, told: Any) -> None:
        """Leave, and say what was done."""
        self.keep()
        self.say(told)
        self.action_back()

    def _refused(self, refusal: Refused) -> None:
        if isinstance(refusal, ChangedMeanwhile):
            self._show_both(refusal)
        else:
            self.show_refusal(refusal)

    def _show_both(self, refusal: ChangedMeanwhile) -> None:
        form = self.query_one(Form)
        labels = {**self.LABELS, **{field.name: field.label for field in form.fields}}
        refusal.fields = [
            FieldChange(one.name, self.words(one.name, one.before), self.words(one.name, one.after))
            for one in refusal.fields
        ]
        typed = {name: self.words(name, value) for name, value in form.values.items()}

        def answered(answer: str | None) -> None:
            if answer == MINE:
                self.seen = refusal.version
                self.go_on(form.values)
            elif answer == THEIRS:
                form.keep()
                self.action_back()

        self.app.push_screen(EditConflict(refusal, labels, typed), answered)
