"""Pages of a partner's program where something is done: what came of it, or what was refused, is told above it."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from textual import on
from textual.app import ComposeResult

from app.partners.connecting import Connection
from app.refusals import Refused
from screens.partners.page import PartnerPage, show_line
from screens.shared.fields import Field, TextField
from screens.shared.forms import Form
from screens.shared.label import Label
from screens.shared.text import plain

CODE_HELP = "Dezelfde code als in ESIS bij de koppeling {}. Gekopieerd in ESIS (F8)? Plak hem hier met Ctrl+V."


class FormPage(PartnerPage):
    """A page where something is done; `told_line` in its body is where `tell` tells."""

    def told_line(self) -> Label:
        """The line for what came of it; nothing yet."""
        told = Label("", id="told", classes="paragraph")
        told.display = False
        return told

    def tell(self, sentence: str, kind: str = "good") -> None:
        """Tell what came of it (`good`, `bad`, or empty: neither)."""
        show_line(self.query_one("#told", Label), sentence, kind)

    def show_refusal(self, refusal: Refused) -> None:
        """Beside the field it names, else in that line."""
        named = any(form.show_refusal(refusal) for form in self.query(Form))
        self.tell("" if named else refusal.sentence, "bad")


class CodePage(PartnerPage):
    """The form of a partner's half of a coupling: the code of ESIS, tested at once; what the last test found stands above.

    Say `TITLE`, `COUPLING` (as ESIS calls it) and `SUBMIT`, and do `show_test` and `connect`.
    """

    TITLE = ""
    COUPLING = ""
    SUBMIT = ""
    _tried = False

    def body(self) -> ComposeResult:
        """What the last test found, and the form."""
        yield Label(plain(self.TITLE), classes="title")
        yield Label("", id="code-test", classes="paragraph")
        yield Form(self.fields(), submit=self.SUBMIT)

    def fields(self) -> list[Field]:
        """The code; it begins with the one that is kept."""
        help = CODE_HELP.format(self.COUPLING)
        return [TextField("code", "ESIS-verificatiecode", required=True, value=self.kept_code(), help=help)]

    def focus_start(self) -> None:
        """In the code."""
        self.query_one(Form).focus_field("code")

    def refresh_data(self) -> None:
        """Show what the test message found that was sent from here: an earlier one says nothing of what is typed now."""
        super().refresh_data()
        if self._tried:
            self.show_test(self.query_one("#code-test", Label))
        else:
            show_line(self.query_one("#code-test", Label), "")

    @abstractmethod
    def kept_code(self) -> str:
        """The code that is there now; empty: none."""

    @abstractmethod
    def show_test(self, label: Label) -> None:
        """Show what the last test message found."""

    @abstractmethod
    def connect(self, values: dict[str, Any]) -> Connection:
        """Try the `code` that was filled in."""

    @on(Form.Submitted)
    def _submitted(self, event: Form.Submitted) -> None:
        values = event.values
        self._tried = True
        self.perform(lambda: self.connect(values), self._tested)

    def _tested(self, found: Connection) -> None:
        """Back where it was kept; where nothing changed, another code can be typed."""
        form = self.query_one(Form)
        if found.kept:
            form.keep()
            self.app.pop_screen()
        else:
            form.focus_field("code")
