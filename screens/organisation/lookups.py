"""Hulptabellen: the code lists of the forms, with the board's own entries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual import on
from textual.content import Content

from app import history
from app.refusals import Refused
from app.school.board import lookups
from app.school.board.lookups import TABLES, LookupRow, Table
from models.directory import LookupEntry
from screens.shared import keys
from screens.shared.described import field_of
from screens.shared.dialogs import Choose
from screens.shared.facts import Act, Fact, Row
from screens.shared.fields import Field
from screens.shared.filter_line import Filter
from screens.shared.link import Link
from screens.shared.maintenance import ListScreen, RecordForm
from screens.shared.records import Column
from screens.shared.text import plain

FIXED = "'{value}' hoort bij ESIS en ligt vast. Voeg met F4 een eigen omschrijving toe."


class LookupsScreen(ListScreen):
    """One of the code lists: the fixed entries, then the board's own."""

    ITEM = "hulptabellen"
    NEW = "Nieuwe omschrijving"
    DELETE = "Uit- of inschakelen"
    ONE = "Omschrijving"
    COLUMNS = (
        Column.of(LookupEntry.value, order=True),
        Column("Herkomst", lambda row: "ESIS, vast" if row.standard else "eigen", 12, order=True),
        Column("In gebruik", lambda row: "ja" if row.active else "nee", 10, order=True),
    )
    HELP = (
        "De keuzelijsten van de formulieren. Wat bij ESIS hoort ligt vast; F4 voegt een eigen omschrijving toe, Enter wijzigt "
        "die, en Del schakelt haar uit of weer in. F kiest een andere hulptabel.\n\n"
        "Een omschrijving die uit staat, wordt niet meer aangeboden. Wat er al mee is ingevuld, blijft zo staan. De "
        "hulptabellen gelden voor het hele bestuur."
    )
    BINDINGS = [
        keys.FILTER("choose_table", "Hulptabel", id="lookups.table", tooltip="Kiest de hulptabel."),
        keys.REMOVE(
            "delete",
            "Uit/aan",
            id="lookups.switch",
            tooltip="Schakelt de eigen omschrijving waar u op staat uit, of weer in.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._table: Table = TABLES[0]

    def filters(self) -> list[Filter]:
        """Which list."""
        return [Filter(keys.FILTER, "Hulptabel", id="lookup-table")]

    def detail(self, row: LookupRow) -> Iterator[Row]:
        """Where it is offered, and what can be done with it."""
        yield plain(row.value).stylize("bold $ink")
        yield Content("")
        yield Fact("Hulptabel", self._table.title)
        yield Fact("Te kiezen bij", self._table.where if row.active else "nergens: staat uit")
        yield Fact("Herkomst", "ESIS, ligt vast" if row.standard else "eigen omschrijving")
        if not row.standard:
            yield Content("")
            yield Act("Enter", "Wijzigen")
            yield Act("Del", "Uitschakelen" if row.active else "Inschakelen", "wat is ingevuld, blijft staan")

    def identity(self, row: LookupRow) -> int | str:
        """The board's own go by number, for their words change."""
        return row.value if row.entry is None else int(row.entry.id)

    def rows(self) -> list[LookupRow]:
        """The entries of the chosen list."""
        return lookups.listed(self.actor, self._table.name)

    def read_above(self) -> Table:
        """The chosen list."""
        return self._table

    def show_above(self, found: Table) -> None:
        """Show which one it is."""
        self.query_one("#lookup-table", Filter).set_value(found.title)

    @on(Link.Chosen, "#lookup-table")
    def _table_link(self, event: Link.Chosen) -> None:
        event.stop()
        self.action_choose_table()

    def action_choose_table(self) -> None:
        """Choose another code list."""
        self.app.push_screen(Choose("Hulptabel kiezen", [(row.name, row.title) for row in TABLES]), self._choose)

    def _choose(self, name: str | None) -> None:
        if name is not None:
            self._table = lookups.table(name)
            self.refresh_data()

    def _own(self) -> bool:
        row = self.chosen
        if row is not None and row.standard:
            self.show_refusal(Refused(FIXED.format(value=row.value)))
            return False
        return row is not None

    def action_change(self) -> None:
        """Change an entry, if it is the board's own."""
        if self._own():
            super().action_change()

    def action_delete(self) -> None:
        """Switch an entry off or on, without asking: nothing is lost."""
        if self._own() and self._may():
            row = self.chosen
            assert row is not None
            self.perform(lambda: self.delete(row), self.say)

    def form(self, row: LookupRow | None) -> LookupFormScreen:
        """The form for an entry."""
        return LookupFormScreen(self._table, row)

    def delete(self, row: LookupRow) -> str:
        """Switch the entry to the other state."""
        assert row.entry is not None
        entry = lookups.switch(self.actor, row.entry)
        return f"'{entry.value}' is {'weer ingeschakeld' if entry.active else 'uitgeschakeld'}."


class LookupFormScreen(RecordForm):
    """A new or existing entry of the board's own."""

    ITEM = "hulptabellen"
    BELOW = ("Omschrijving",)
    HELP = "De omschrijving zoals die in de keuzelijst komt te staan. F2 slaat op, Esc gaat terug."

    def __init__(self, table: Table, row: LookupRow | None) -> None:
        self.table = table
        self.record = row.entry if row else None
        super().__init__(history.version(self.record) if self.record else None)

    def title_text(self) -> str:
        """The title, with the list it belongs to."""
        return f"{self.table.title}: {'wijzigen' if self.record else 'nieuwe omschrijving'}"

    def fields(self) -> list[Field]:
        """The only field."""
        return [field_of(self.table.field, self.record.value if self.record else "")]

    def save(self, values: dict[str, Any]) -> str:
        """Add or change the entry."""
        if self.record is None:
            entry = lookups.add(self.actor, self.table.name, values["value"])
        else:
            entry = lookups.change(self.actor, self.record, values["value"], self.seen)
        return f"'{entry.value}' is opgeslagen."
