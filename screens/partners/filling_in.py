"""Pages of a partner's program that perform an action, with its outcome or refusal shown at the top."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from app.partners.connecting import Connection
from app.refusals import Refused
from screens.partners.page import News, PartnerPage, show_line
from screens.shared.facts import Facts
from screens.shared.fields import Field, TextField
from screens.shared.forms import Form
from screens.shared.label import Label
from screens.shared.panel import Panel
from screens.shared.text import plain

CODE_HELP = "Dezelfde code als in ESIS bij de koppeling {}. Gekopieerd in ESIS (F8)? Plak hem hier met Ctrl+V."


class FormPage(PartnerPage):
    """A page that performs an action; `tell` writes to the `told_line` in its body."""

    def panel(self, title: str, form: Form, *before: Widget) -> ComposeResult:
        """The form in a panel, with the outcome below it."""
        yield Panel(title, *before, form, self.told_line())

    def told_line(self) -> Label:
        """The line for the outcome, still empty."""
        told = Label("", id="told", classes="space")
        told.display = False
        return told

    def tell(self, sentence: str, kind: str = "good") -> None:
        """Show the outcome (`good`, `bad`, or empty for neither)."""
        show_line(self.query_one("#told", Label), sentence, kind)

    def show_refusal(self, refusal: Refused) -> None:
        """Show it beside the field it names, else in the told line."""
        named = any(form.show_refusal(refusal) for form in self.query(Form))
        self.tell("" if named else refusal.sentence, "bad")


class CodePage(PartnerPage):
    """The form for a partner's side of a coupling: ESIS's code, tested at once, below the last test's outcome.

    Set `TITLE`, `COUPLING` (ESIS's name for it) and `SUBMIT`; implement `kept_code`, `tested` and `connect`.
    """

    TITLE = ""
    COUPLING = ""
    SUBMIT = ""
    CHECKS: tuple[str, ...] = ()
    """What the test message checks, in order."""
    _tried = False

    def body(self) -> ComposeResult:
        """The form with the last test's outcome, and what is tested."""
        yield Panel(self.TITLE, Form(self.fields(), submit=self.SUBMIT), Label("", id="code-test", classes="space"))
        if self.CHECKS:
            yield Panel("Wat het testbericht nagaat", Facts([plain(f"· {check}") for check in self.CHECKS]))

    def fields(self) -> list[Field]:
        """The code, initially the saved one."""
        help = CODE_HELP.format(self.COUPLING)
        return [TextField("code", "ESIS-verificatiecode", required=True, value=self.kept_code(), help=help)]

    def focus_start(self) -> None:
        """Focus the code."""
        self.query_one(Form).focus_field("code")

    def read(self) -> News:
        """The outcome of a test sent from here; an earlier one says nothing about what is typed now."""
        return self.tested() if self._tried else News()

    def show(self, found: News) -> None:
        """Show it."""
        found.show(self.query_one("#code-test", Label))

    @abstractmethod
    def kept_code(self) -> str:
        """The saved code; empty if there is none."""

    @abstractmethod
    def tested(self) -> News:
        """The outcome of the last test message."""

    @abstractmethod
    def connect(self, values: dict[str, Any]) -> Connection:
        """Try the `code` entered."""

    @on(Form.Submitted)
    def _submitted(self, event: Form.Submitted) -> None:
        values = event.values
        self._tried = True
        self.perform(lambda: self.connect(values), self._tested)

    def _tested(self, found: Connection) -> None:
        """Go back if the code was saved; otherwise let the user type another."""
        form = self.query_one(Form)
        if found.kept:
            form.keep()
            self.app.pop_screen()
        else:
            form.focus_field("code")
