"""A list of records with a search line, and actions to add, change and delete one: in ESIS and at the partners.

A screen names its columns, reads its rows (all, or from a paged source), and says which form a row has and which use
case deletes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Button, Input

from app.exchange.names import folded
from app.refusals import NotFound, Refused
from screens.shared import keys
from screens.shared.base import BaseScreen
from screens.shared.controls import Buttons, TextLine, push_button
from screens.shared.dialogs import Confirm
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows, Source
from screens.shared.sources import ready
from screens.shared.text import plain

CHANGING = ("add", "change", "delete")
"""Actions that change what the list keeps."""


@dataclass(frozen=True)
class Kept:
    """What a list of records shows."""

    asked: str
    source: Source
    total: int
    """How many there are without a search."""
    reason: str
    """Why nothing can be changed."""
    hidden: str = ""
    """Why nothing can be seen."""
    above: Any = None
    """What `read_above` returned."""


class Listing(BaseScreen):
    """Rows with a search line, and actions to add, change and delete one. Put it before the frame in the bases."""

    PATH: tuple[str, ...]
    NEW = "Nieuw"
    """The button for a new one, as in `Nieuwe medewerker`; empty if none can be added."""
    CHANGE = "Wijzigen"
    """The button that opens a row; empty if its rows have no form."""
    DELETE = "Verwijderen"
    """The button that deletes, or its replacement; empty if nothing does."""
    MORE: tuple[tuple[str, str], ...] = ()
    """Other buttons: action name and text."""
    SEARCH = True
    """Whether there is a search line; not for a few rows."""
    COLUMNS: tuple[Column, ...] = ()
    LIST: type[RecordList] = RecordList
    """The list class; a subclass if its keys differ."""
    EMPTY = ""
    """What is missing and what to do, if there are no rows."""
    BINDINGS = [
        keys.NEW("add", "Nieuw", id="keep.new", tooltip="Voegt iets toe aan de lijst."),
        keys.CHANGE("change", "Wijzigen", id="keep.change", show=False, tooltip="Wijzigt waar u op staat."),
        keys.REMOVE("delete", "Verwijderen", id="keep.delete", tooltip="Verwijdert waar u op staat, na een vraag."),
        keys.SEARCH("to_search", "Zoekveld", id="keep.search", tooltip="Gaat naar het zoekveld."),
        keys.DOWN(
            "to_list",
            "Naar de lijst",
            id="keep.list",
            show=False,
            tooltip="Gaat van het zoekveld naar de lijst.",
        ),
    ]

    _rows: Sequence[Any] = ()
    """All of them, as last read."""
    _total = 0
    _reason = ""
    """Why nothing can be changed, as last read."""
    _asked = ""
    """What is searched for."""
    _shown = ""
    """What was searched for when the list was last shown."""

    def body(self) -> ComposeResult:
        """Title, search line, list, buttons."""
        yield Label(plain(self.title_text()), id="keep-title", classes="title")
        yield from self.listing()

    def listing(self) -> ComposeResult:
        """Everything below the title."""
        yield from self.above()
        with Horizontal(classes="search-line" if self.SEARCH else "search-line -none"):
            yield Label("Zoeken ", classes="inline-label")
            yield TextLine(id="keep-search", placeholder="een deel van wat er staat")
            yield Label("", id="keep-count", classes="count")
        yield self.LIST(self.COLUMNS, empty="", id="keep")
        with Buttons():
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
        """What comes between the title and the search line."""
        yield from ()

    def read_above(self) -> Any:
        """Read what is told above the list, in the thread, after the rows. May raise `Refused`."""
        return None

    def show_above(self, found: Any) -> None:
        """Show what `read_above` returned."""

    def rows(self) -> Sequence[Any]:
        """The rows, read again. May raise `Refused` if their parent is gone."""
        raise NotImplementedError

    def source(self, asked: str) -> tuple[Source, int]:
        """The rows matching the words, and the total row count; based on `rows`, unless paged."""
        words = folded(asked).split()
        texts = [folded(*(column.text(row) for column in self.COLUMNS)) for row in self._rows]
        found = [row for row, text in zip(self._rows, texts, strict=True) if all(word in text for word in words)]
        return Rows(found), len(self._rows)

    def form(self, row: Any | None) -> Screen[Any]:
        """The form of a row, or of a new one. May raise `NotFound` if the row is gone."""
        raise NotImplementedError

    def question(self, row: Any) -> tuple[str, str]:
        """What to ask before deleting a row: the title, and what will be lost."""
        raise NotImplementedError

    def agreement(self, row: Any) -> str:  # noqa: ARG002
        """The text of the confirming button."""
        return self.DELETE

    def delete(self, row: Any) -> str:
        """Delete it through its use case; returns the sentence that says so."""
        raise NotImplementedError

    def focus_start(self) -> None:
        """Start in the list."""
        self.query_one("#keep").focus()

    def reason(self) -> str:
        """Why these cannot be changed now, as a sentence; empty if they can."""
        return ""

    def may_look(self) -> bool:
        """Whether a user who may not change these may see them."""
        return False

    def read(self) -> Kept:
        """What matches the search, and why nothing can be changed or seen."""
        asked, reason = self._asked, self.reason()
        hidden = reason if not self.may_look() else ""
        if not hidden:
            try:
                self._rows = list(self.rows())
                source, total = self.source(asked)
                return Kept(asked, ready(source), total, reason, above=self.read_above())
            except Refused as refusal:
                hidden = refusal.sentence
        return Kept(asked, Rows(()), 0, reason, hidden)

    def show(self, found: Kept) -> None:
        """Show it."""
        listed, self._total, reason = self.query_one("#keep", RecordList), found.total, found.reason
        listed.opens = bool(self.CHANGE)
        listed.empty = found.hidden or (
            f"Niets gevonden met '{found.asked}'. Maak het zoekveld leeg om alles te zien."
            if found.asked
            else self.EMPTY
        )
        listed.show(found.source, keep_cursor=found.asked == self._shown)
        self._shown, self._reason = found.asked, reason
        self.query_one("#keep-count", Label).update(
            plain(f"{listed.row_count} van {self._total}" if found.asked else f"{listed.row_count}")
        )
        if not found.hidden:
            self.show_above(found.above)
        self.refresh_bindings()
        for button in self.query(".buttons Button").results(Button):
            button.disabled = bool(reason) or (button.id in ("change", "delete") and not self._total)

    @on(Input.Changed, "#keep-search")
    def _searched(self, event: Input.Changed) -> None:
        self._asked = " ".join(event.value.split())
        if self._asked != self._shown:
            self.refresh_data()

    @on(Input.Submitted, "#keep-search")
    def _found(self) -> None:
        self.action_to_list()

    def action_to_search(self) -> None:
        """Go to the search line."""
        self.query_one("#keep-search").focus()

    def action_to_list(self) -> None:
        """Go to the list."""
        self.query_one("#keep").focus()

    @property
    def chosen(self) -> Any | None:
        """The row under the cursor."""
        return self.query_one("#keep", RecordList).row

    def reason_for(self, action: str) -> str:
        """Why the list cannot be changed."""
        return self._reason if action in (*CHANGING, *dict(self.MORE)) else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the actions that are available."""
        ways = {"add": self.NEW, "change": self.CHANGE, "delete": self.DELETE, "to_search": self.SEARCH}
        if action in ways:
            return bool(ways[action]) and (action not in ("change", "delete") or self._total > 0)
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
        reason = self.reason()
        if reason:
            self.say(reason, severity="error")
        return not reason

    def action_add(self) -> None:
        """Open an empty form."""
        if self._may():
            self._open_form(None)

    def action_change(self) -> None:
        """Open the form of the row under the cursor."""
        if self.CHANGE and self.chosen is not None and self._may():
            self._open_form(self.chosen)

    def _open_form(self, row: Any | None) -> None:
        try:
            self.app.push_screen(self.form(row))
        except NotFound as refusal:
            self.show_refusal(refusal)
            self.refresh_data()

    def action_delete(self) -> None:
        """Ask, then delete."""
        row = self.chosen
        if row is None or not self._may():
            return
        title, text = self.question(row)

        def answered(yes: bool | None) -> None:
            if yes:
                self.perform(lambda: self.delete(row), self.say)

        self.app.push_screen(Confirm(title, text, self.agreement(row), danger=True), answered)
