"""Lists of things a school keeps, and the form of one of them: what every maintenance screen of ESIS shares.

A list screen names its columns, reads its rows, and says which form a row has and which use case deletes it. A form
screen names its fields and the use case that saves them; when somebody else changed the record meanwhile, it shows both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Button, Input

from app.access import Permission
from app.history import ChangedMeanwhile, FieldChange
from app.refusals import Refused
from screens.shared.controls import TextLine, push_button
from screens.shared.dialogs import Confirm
from screens.shared.forms import Field, Form
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.meanwhile import MINE, THEIRS, Meanwhile
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain


class ListScreen(EsisScreen):
    """Rows with a line to search them, and the ways to add, change and delete one."""

    PERMISSION: Permission
    NEW = "Nieuw"
    """The button for a new one, as in `Nieuwe medewerker`; empty where there are no new ones."""
    CHANGE = "Wijzigen"
    """The button that opens a row; empty where its rows have no form."""
    DELETE = "Verwijderen"
    """The button that deletes, or what comes in its place; empty where nothing does."""
    MORE: tuple[tuple[str, str], ...] = ()
    """Other buttons: the name of the action and the text."""
    SEARCH = True
    """Whether there is a line to search; not for a few rows."""
    COLUMNS: tuple[Column, ...] = ()
    EMPTY = ""
    """What is missing and what to do, where there are no rows."""
    BINDINGS = [
        Binding("n,insert", "add", "Nieuw", id="keep.new", tooltip="Voegt iets toe aan de lijst."),
        Binding("w", "change", "Wijzigen", id="keep.change", show=False, tooltip="Wijzigt waar u op staat."),
        Binding("delete,v", "delete", "Verwijderen", id="keep.delete",
                tooltip="Verwijdert waar u op staat, na een vraag."),
        Binding("f3,slash", "to_search", "Zoekveld", id="keep.search", tooltip="Gaat naar het zoekveld."),
        Binding("down", "to_list", "Naar de lijst", id="keep.list", show=False,
                tooltip="Gaat van het zoekveld naar de lijst."),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        """Title, search line, list, buttons."""
        yield Label(plain(self.title_text()), id="keep-title", classes="title")
        yield from self.above()
        with Horizontal(classes="search-line" if self.SEARCH else "search-line -none"):
            yield Label("Zoeken ", classes="inline-label")
            yield TextLine(id="keep-search", placeholder="een deel van wat er staat")
            yield Label("", id="keep-count", classes="count")
        yield RecordList(self.COLUMNS, empty="", id="keep")
        with Horizontal(classes="buttons"):
            if self.NEW:
                yield push_button(self.NEW, id="add", variant="primary")
            if self.CHANGE:
                yield push_button(self.CHANGE, id="change")
            for action, text in self.MORE:
                yield push_button(text, id=action)
            if self.DELETE:
                yield push_button(self.DELETE, id="delete", variant="error")

    def title_text(self) -> str:
        """The title above the list."""
        return self.PATH[-1]

    def above(self) -> ComposeResult:
        """What stands between the title and the search line."""
        yield from ()

    def rows(self) -> Sequence[Any]:
        """The rows, read anew."""
        raise NotImplementedError

    def form(self, row: Any | None) -> Screen[Any]:
        """The form of a row, or of a new one."""
        raise NotImplementedError

    def question(self, row: Any) -> tuple[str, str]:
        """What to ask before a row is deleted: the title, and what will be lost."""
        raise NotImplementedError

    def agreement(self, row: Any) -> str:  # noqa: ARG002
        """The button that agrees to it."""
        return self.DELETE

    def delete(self, row: Any) -> str:
        """Delete it by its use case; the sentence that says so."""
        raise NotImplementedError

    def focus_start(self) -> None:
        """In the list."""
        self.query_one("#keep").focus()

    def refresh_data(self) -> None:
        """Read again, and show what fits the search."""
        reason = self.actor.reason(self.PERMISSION)
        self._rows = [] if reason and not self.may_look() else list(self.rows())
        for button in self.query(Button):
            button.disabled = bool(reason) or (button.id in ("change", "delete") and not self._rows)
        self._show(keep_cursor=True)

    def may_look(self) -> bool:
        """Whether somebody who may not change these may see them."""
        return False

    def _show(self, keep_cursor: bool) -> None:
        listed = self.query_one("#keep", RecordList)
        listed.opens = bool(self.CHANGE)
        asked = self.query_one("#keep-search", Input).value.casefold().split()
        texts = [" ".join(column.text(row) for column in self.COLUMNS).casefold() for row in self._rows]
        found = [row for row, text in zip(self._rows, texts, strict=True) if all(word in text for word in asked)]
        reason = self.actor.reason(self.PERMISSION)
        listed.empty = (reason if not self.may_look() else "") or (
            f"Niets gevonden met '{' '.join(asked)}'. Maak het zoekveld leeg om alles te zien." if asked else self.EMPTY
        )
        listed.show(Rows(found), keep_cursor)
        self.query_one("#keep-count", Label).update(
            plain(f"{len(found)} van {len(self._rows)}" if asked else f"{len(found)}")
        )

    @on(Input.Changed, "#keep-search")
    def _searched(self) -> None:
        self._show(keep_cursor=False)

    @on(Input.Submitted, "#keep-search")
    def _found(self) -> None:
        self.action_to_list()

    def action_to_search(self) -> None:
        """To the search line."""
        self.query_one("#keep-search").focus()

    def action_to_list(self) -> None:
        """To the list."""
        self.query_one("#keep").focus()

    @property
    def chosen(self) -> Any | None:
        """The row under the cursor."""
        return self.query_one("#keep", RecordList).row

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the ways there are."""
        ways = {"add": self.NEW, "change": self.CHANGE, "delete": self.DELETE, "to_search": self.SEARCH}
        if action in ways:
            return bool(ways[action])
        return super().check_action(action, parameters)

    @on(Button.Pressed, ".buttons Button")
    async def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self.run_action(str(event.button.id))

    @on(RecordList.Chosen, "#keep")
    def _open(self, event: RecordList.Chosen) -> None:
        event.stop()
        self.action_change()

    def _may(self) -> bool:
        reason = self.actor.reason(self.PERMISSION)
        if reason:
            self.say(reason, severity="error")
        return not reason

    def action_add(self) -> None:
        """An empty form."""
        if self._may():
            self.app.push_screen(self.form(None))

    def action_change(self) -> None:
        """The form of the row under the cursor."""
        if self.CHANGE and self.chosen is not None and self._may():
            self.app.push_screen(self.form(self.chosen))

    def action_delete(self) -> None:
        """Ask, then delete."""
        row = self.chosen
        if row is None or not self._may():
            return
        title, text = self.question(row)

        def answered(yes: bool | None) -> None:
            if yes:
                self.perform(lambda: self.delete(row), self.say)

        self.app.push_screen(Confirm(title, text, self.agreement(row)), answered)


class RecordForm(EsisScreen):
    """The form of one record; goes back with a sentence once it is saved."""

    TITLE_TEXT = ""

    def __init__(self, seen: int | None = None) -> None:
        """`seen` is the `history.version` of the record that is changed; None for a new one."""
        super().__init__()
        self.seen = seen

    def body(self) -> ComposeResult:
        """Title and form."""
        yield Label(plain(self.title_text()), classes="title")
        yield from self.above()
        yield Form(self.fields())

    def title_text(self) -> str:
        """The title above the form."""
        return self.TITLE_TEXT

    def above(self) -> ComposeResult:
        """What stands between the title and the form."""
        yield from ()

    def fields(self) -> list[Field]:
        """The fields, filled in."""
        raise NotImplementedError

    def save(self, values: dict[str, Any]) -> Any:
        """Save by the use case, away from the UI thread; what `saved` gets: the sentence that says so. May raise `Refused`."""
        raise NotImplementedError

    def words(self, name: str, value: Any) -> Any:  # noqa: ARG002
        """The value of a field as it reads beside somebody else's, where that is not how it is kept."""
        return value

    def warnings(self, values: dict[str, Any]) -> str:  # noqa: ARG002
        """What to ask before saving, away from the UI thread; empty where nothing is odd."""
        return ""

    @on(Form.Submitted)
    def _submitted(self, event: Form.Submitted) -> None:
        values = event.values

        def ask(odd: str) -> None:
            if odd:
                question = Confirm("Klopt dit?", odd, "Toch opslaan", "Terug naar het formulier")
                self.app.push_screen(question, lambda yes: self._save(values) if yes else None)
            else:
                self._save(values)

        self.perform(lambda: self.warnings(values), ask, self._refused)

    def _save(self, values: dict[str, Any]) -> None:
        self.perform(lambda: self.save(values), self.saved, self._refused)

    def keep(self) -> None:
        """What is in the form is saved: leaving asks nothing."""
        self.query_one(Form).keep()

    def saved(self, told: Any) -> None:
        """Leave, and say what was done."""
        self.keep()
        self.say(told)
        self.action_back()

    @on(Form.Cancelled)
    def _cancel(self) -> None:
        self.action_back()

    def _refused(self, refusal: Refused) -> None:
        if isinstance(refusal, ChangedMeanwhile):
            self._show_both(refusal)
        elif not self.query_one(Form).show_refusal(refusal):
            self.show_refusal(refusal)

    def _show_both(self, refusal: ChangedMeanwhile) -> None:
        form = self.query_one(Form)
        labels = {field.name: field.label for field in form.fields}
        refusal.fields = [
            FieldChange(one.name, self.words(one.name, one.before), self.words(one.name, one.after))
            for one in refusal.fields
        ]
        typed = {name: self.words(name, value) for name, value in form.values.items()}

        def answered(answer: str | None) -> None:
            if answer == MINE:
                self.seen = refusal.version
                self._save(form.values)
            elif answer == THEIRS:
                form.keep()
                self.action_back()

        self.app.push_screen(Meanwhile(refusal, labels, typed), answered)
