"""A list of records with a search line, a detail, and actions to add, change and delete one: in ESIS and at the partners.

A screen names its columns, reads its rows (all, or from a paged source), and says what is told of one (`ONE`, `detail`),
which form it has and which use case deletes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Button, Input

from app.exchange.names import folded
from app.refusals import NotFound, Refused
from screens.shared import keys
from screens.shared.controls import Buttons, PushButton, TextLine, push_button
from screens.shared.detail import Detail, Told
from screens.shared.dialogs import Confirm
from screens.shared.filter_line import FilterLine
from screens.shared.kept import Kept
from screens.shared.label import Label
from screens.shared.listing_hooks import ListingHooks
from screens.shared.records import RecordList, Rows, Source
from screens.shared.same_row import Place
from screens.shared.searching import Searching
from screens.shared.sources import ready
from screens.shared.text import plain


class Listing(Searching, ListingHooks):
    """Rows with a search line, and actions to add, change and delete one. Put it before the frame in the bases."""

    BINDINGS = [
        keys.NEW("add", "Nieuw", id="keep.new", tooltip="Voegt iets toe aan de lijst."),
        keys.CHANGE("change", "Wijzigen", id="keep.change", show=False, tooltip="Wijzigt waar u op staat."),
        keys.REMOVE("delete", "Verwijderen", id="keep.delete", tooltip="Verwijdert waar u op staat, na een vraag."),
        keys.SEARCH("to_search", "Zoekveld", id="keep.search", tooltip="Gaat naar het zoekveld."),
        keys.DOWN("to_list", "Naar de lijst", id="keep.list", show=False, tooltip="Gaat van het zoekveld verder."),
    ]

    _rows: Sequence[Any] = ()
    """All of them, as last read; likewise how many, and why nothing can be changed."""
    _total, _reason = 0, ""
    _asked = _shown = ""
    """What is searched for, and what was when the list was last shown."""
    _acts: int | None = None
    """How much this user had done when it was last shown."""

    def body(self) -> ComposeResult:
        """Search line, list, detail, buttons."""
        return self.listing()

    def listing(self) -> ComposeResult:
        """The same, for a screen that has more."""
        yield from self.above()
        new = [push_button(self.NEW, id="add", variant="primary", classes="more")] if self.NEW else []
        if self.SEARCH:
            search = TextLine(id="keep-search", placeholder="een deel van wat er staat")
            yield FilterLine(search, "keep.search", *new, filters=self.filters(), count="keep-count")
        with Container(classes="beside"):
            with Vertical(classes="beside-list"):
                yield self.LIST(self.COLUMNS, empty="", id="keep", title=self.title_text())
                yield from self._buttons([] if self.SEARCH else new)
            if self.ONE:
                yield Detail(self.ONE, id="keep-detail")

    def _buttons(self, more: list[PushButton]) -> ComposeResult:
        buttons = more + [
            push_button(text, id=action, classes="more", variant="primary" if action == self.PRIMARY else "default")
            for action, text in self.MORE
        ]
        if buttons:
            yield Buttons(*buttons)

    def source(self, asked: str) -> tuple[Source, int]:
        """Read what matches the words, and the total row count; based on `rows`, unless paged."""
        words, rows = folded(asked).split(), list(self.rows())
        self._rows = rows  # another reading may put its own there meanwhile
        texts = [folded(*(column.text(row) for column in self.COLUMNS)) for row in rows]
        found = [row for row, text in zip(rows, texts, strict=True) if all(word in text for word in words)]
        return Rows(found), len(rows)

    def focus_start(self) -> None:
        """Start in the list."""
        self.action_to_list()

    def read(self) -> Kept:
        """What matches the search, and why nothing can be changed or seen."""
        asked, reason = self._asked, self.reason()
        hidden = reason if not self.may_look() else ""
        if not hidden:
            try:
                source, total = self.source(asked)
                return Kept(asked, ready(source), total, reason, above=self.read_above())
            except Refused as refusal:
                hidden = refusal.sentence
        return Kept(asked, Rows(()), 0, reason, hidden)

    def show(self, found: Kept) -> None:
        """Show it."""
        listed, self._total = self.query_one("#keep", RecordList), found.total
        listed.opens = bool(self.CHANGE)
        listed.empty = found.hidden or (
            f"Niets gevonden met '{found.asked}'. Maak het zoekveld leeg om alles te zien."
            if found.asked
            else self.EMPTY
        )
        same = found.asked == self._shown
        acted, self._acts = self._acts not in (None, self.esis.acts), self.esis.acts
        place = Place.of(listed, self.identity) if same and acted and self._rows else None
        listed.identity = self.identity
        listed.show(found.source, keep_cursor=same)
        if place is not None:
            place.to_new(listed, self.identity)
        self._shown, self._reason = found.asked, found.reason
        if self.SEARCH:
            told = f"{listed.row_count} van {self._total} gevonden" if found.asked else ""
            self.query_one("#keep-count", Label).update(plain(told))
        if not found.hidden:
            self.show_above(found.above)
        self.refresh_bindings()
        for button in self.query("Button.more").results(Button):
            button.disabled = bool(found.reason) or not (listed.row_count or button.id in self.WITHOUT_ROW)
        self.search_shown()

    @on(RecordList.Highlighted, "#keep")
    def _tell(self, event: RecordList.Highlighted) -> None:
        if self.ONE:
            self.query_one(Detail).about(event.row, lambda row: Told.of(self.detail(row)))

    @on(Input.Changed, "#keep-search")
    def _searched(self, event: Input.Changed) -> None:
        asked = " ".join(event.value.split())
        if asked != self._asked:  # not only if it is not shown: what was asked before may still be read
            self._asked = asked
            self.refresh_data()

    def action_to_search(self) -> None:
        """Go to the search line."""
        self.query_one("#keep-search").focus()

    @on(Input.Submitted, "#keep-search")
    def action_to_list(self) -> None:
        """Go to the list."""
        self.enter()

    def to_found(self) -> None:
        """Go to what was found."""
        self.query_one("#keep").focus()

    @property
    def sought(self) -> bool:
        """Whether something else is searched for than is shown."""
        return self._asked != self._shown

    @property
    def chosen(self) -> Any | None:
        """The row under the cursor."""
        return self.query_one("#keep", RecordList).row

    def reason_for(self, action: str) -> str:
        """Why the list cannot be changed."""
        return self._reason if action in (*self.CHANGES, *dict(self.MORE)) else ""

    def of_row(self, action: str) -> bool:
        """Changing, deleting, and the buttons that need one."""
        return action in {"change", "delete", *dict(self.MORE)} - {*self.WITHOUT_ROW}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the actions that are available."""
        ways = {"add": self.NEW, "change": self.CHANGE, "delete": self.DELETE, "to_search": self.SEARCH}
        return super().check_action(action, parameters) if ways.get(action, True) else False

    @on(Button.Pressed, "Button.more")
    async def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self.run_action(str(event.button.id))

    @on(RecordList.Chosen, "#keep")
    def _open(self, event: RecordList.Chosen) -> None:
        event.stop()
        self.action_change()

    def _may(self) -> bool:
        if reason := self.reason():
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

        def answered(yes: bool | None) -> None:
            if yes:
                self.perform(lambda: self.delete(row), self.say)

        self.app.push_screen(Confirm(*self.question(row), self.agreement(row), danger=True), answered)
