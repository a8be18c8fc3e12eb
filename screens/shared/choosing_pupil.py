"""Choosing a pupil, by name or number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from app import clock
from app.access import Actor
from app.school.people import pupils
from models.school import Pupil
from screens.shared import keys
from screens.shared.controls import TextLine
from screens.shared.dialogs import Box, Dialog
from screens.shared.records import Column, RecordList, Rows
from screens.shared.searching import Searching
from screens.shared.sources import Known, ready

MOST_ALIKE = 1_000
"""Pupils whose number starts with another pupil's number."""


@dataclass(frozen=True)
class PupilSource:
    """Pupils of the location that match what was typed, whatever their status."""

    actor: Actor
    search: str

    def count(self) -> int:
        """How many there are."""
        return pupils.count(self.actor, search=self.search, status="all")

    def page(self, offset: int, limit: int) -> Sequence[Any]:
        """These pupils, by name."""
        return pupils.page(self.actor, search=self.search, status="all", offset=offset, limit=limit)

    def beside(self, row: Any | None, limit: int, *, back: bool = False) -> Sequence[Any] | None:
        """Those after a pupil, or before."""
        return pupils.beside(self.actor, row, limit, back=back, search=self.search, status="all")


@dataclass(frozen=True)
class Found:
    """What was asked, and who matches."""

    asked: str
    rows: Known


class ChoosePupil(Dialog[Pupil], Searching):
    """Find the pupil by name or number."""

    BINDINGS = [keys.DOWN("down", "Naar de lijst", id="choose-pupil.down", show=False, tooltip="Gaat naar de lijst.")]

    def __init__(self, actor: Actor, about: str = "", proposed: Pupil | None = None) -> None:
        super().__init__()
        self._actor, self._about = actor, about
        self._proposed = str(proposed.key) if proposed else ""
        self._asked, self._shown = self._proposed, ""

    def compose(self) -> ComposeResult:
        """A field and the list."""
        asked = f"Welke leerling is '{self._about}'?" if self._about else "Welke leerling?"
        with Box(asked, classes="dialog dialog-wide"):
            yield TextLine(self._proposed, placeholder="Typ een deel van de naam of het leerlingnummer")
            yield RecordList(
                [
                    Column("Naam", lambda row: row.list_name),
                    Column("Nummer", lambda row: row.key, 10),
                    Column("Groep", lambda row: row.group, 8),
                    Column("Geboren", lambda row: clock.dutch_date(row.birth_date) if row.birth_date else "", 10),
                ],
                empty="Geen leerling gevonden.",
            )

    def on_mount(self) -> None:
        """Type at once; if a pupil is proposed, Enter chooses it."""
        self.query_one(RecordList if self._proposed else Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._asked = event.value
        self.refresh_data()

    def read(self) -> Found:
        """Who matches what is asked now."""
        asked = self._asked
        source = PupilSource(self._actor, asked)
        if asked and asked == self._proposed:  # a search also finds numbers that start with it
            return Found(asked, Rows([row for row in source.page(0, MOST_ALIKE) if row.key == asked]))
        return Found(asked, ready(source))

    def show(self, found: Found) -> None:
        """Show them."""
        self._shown = found.asked
        self.query_one(RecordList).show(found.rows, keep_cursor=False)
        self.search_shown()

    @property
    def sought(self) -> bool:
        """Whether something else was typed than is shown."""
        return self._asked != self._shown

    def to_found(self) -> None:
        """To the list."""
        self.query_one(RecordList).focus()

    @on(Input.Submitted)
    def action_down(self) -> None:
        """To the list, once it shows what was typed."""
        self.enter()

    @on(RecordList.Chosen)
    def _chosen(self, event: RecordList.Chosen) -> None:
        self.dismiss(pupils.get(self._actor, event.row.key))
