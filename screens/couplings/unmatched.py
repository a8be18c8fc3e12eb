"""Results without a pupil: match each to a pupil, or dismiss it. A match is remembered for the next delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from app import clock
from app.access import Actor, Permission
from app.counted import counted
from app.couplings import unmatched
from app.couplings.catalogue import title
from app.school.assessment.catalogue import all_assessments
from app.school.people import pupils
from models.assessment import UnmatchedResult
from models.school import Pupil
from screens.couplings import routes
from screens.couplings.overview import CouplingsPage
from screens.shared.controls import TextLine
from screens.shared.dialogs import Confirm, Dialog
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows

MOST_ALIKE = 1_000
"""Pupils of whom the number begins with another's."""


class UnmatchedScreen(CouplingsPage):
    """The open list of the location."""

    PATH = (*routes.PATH, "Resultaten zonder leerling")
    HELP = (
        "Deze resultaten zijn aangeleverd voor een leerling die ESIS niet kent of niet zeker herkent. Enter koppelt het "
        "resultaat aan een leerling; wie het misschien is, staat dan al klaar. ESIS onthoudt de keuze en neemt ook de andere "
        "resultaten van deze leerling over. Delete verwijdert een resultaat van de lijst zonder het over te nemen."
    )
    BINDINGS = [
        Binding(
            "delete,f4",
            "dismiss_result",
            "Niet overnemen",
            id="unmatched.dismiss",
            tooltip="Haalt het resultaat van de lijst zonder het over te nemen.",
        ),
    ]

    def body(self) -> ComposeResult:
        """The list."""
        names = {row.id: row.name for row in all_assessments()}
        yield Label("Resultaten zonder leerling", classes="title")
        yield RecordList(
            [
                Column("Van", lambda row: title(row.supplier), 10),
                Column("Leerling daar", lambda row: row.pupil_key, 14),
                Column("Toets", lambda row: names.get(row.assessment, row.assessment), 24),
                Column("Datum", lambda row: clock.dutch_date(row.date), 10),
                Column("Score", lambda row: str(row.score), 5, right=True),
                Column("Waarom", lambda row: row.reason, from_width=100),
            ],
            empty="Alle ontvangen resultaten hebben een leerling.",
            id="unmatched",
        )

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(RecordList).focus()

    def refresh_data(self) -> None:
        """Read again."""
        listed = self.query_one(RecordList)
        if reason := self.actor.reason(Permission.MATCH_RESULTS):
            listed.empty = reason
            listed.show(Rows(()))
        else:
            listed.show(Rows(unmatched.open_unmatched(self.actor)))

    @on(RecordList.Chosen)
    def _match(self, event: RecordList.Chosen) -> None:
        row: UnmatchedResult = event.row
        asked = ChoosePupil(self.actor, row.pupil_key, unmatched.proposed(self.actor, row))
        self.app.push_screen(asked, lambda pupil: self._store(row, pupil))

    def _store(self, row: UnmatchedResult, pupil: Pupil | None) -> None:
        actor = self.actor
        if pupil is not None:
            self.perform(lambda: unmatched.match(actor, row, pupil), self._stored)

    def _stored(self, number: int) -> None:
        self.say(
            f"{counted(number, 'resultaat', 'resultaten')} overgenomen. Dit wordt onthouden voor de volgende levering."
        )

    def action_dismiss_result(self) -> None:
        """Ask, then take it off the list."""
        row: UnmatchedResult | None = self.query_one(RecordList).row
        if row is None:
            return
        actor = self.actor

        def answered(answer: bool | None) -> None:
            if answer:
                self.perform(lambda: unmatched.dismiss(actor, row))

        question = f"Het resultaat van leerling {row.pupil_key} ({row.assessment}) komt dan niet in ESIS."
        self.app.push_screen(Confirm("Niet overnemen?", question, "Niet overnemen"), answered)


@dataclass(frozen=True)
class PupilSource:
    """Pupils of the location that fit what was typed, whatever their status."""

    actor: Actor
    search: str

    def count(self) -> int:
        """How many there are."""
        return pupils.count(self.actor, search=self.search, status="all")

    def page(self, offset: int, limit: int) -> Sequence[Any]:
        """These, by name."""
        return pupils.page(self.actor, search=self.search, status="all", offset=offset, limit=limit)


class ChoosePupil(Dialog[Pupil]):
    """Find the pupil by name or number."""

    BINDINGS = [
        Binding("down", "down", "Naar de lijst", id="choose-pupil.down", show=False, tooltip="Gaat naar de lijst.")
    ]

    def __init__(self, actor: Actor, about: str, proposed: Pupil | None = None) -> None:
        super().__init__()
        self._actor, self._about = actor, about
        self._proposed = str(proposed.key) if proposed else ""

    def compose(self) -> ComposeResult:
        """A field and the list."""
        with Vertical(classes="dialog dialog-wide"):
            yield Label(f"Welke leerling is '{self._about}'?", classes="dialog-title", markup=False)
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
            yield Label("Enter kiest, Esc sluit", classes="help")

    def on_mount(self) -> None:
        """Type at once; where somebody is proposed, Enter chooses that pupil."""
        self.query_one(RecordList if self._proposed else Input).focus()
        self._find(self._proposed)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._find(event.value)

    def _find(self, search: str) -> None:
        source = PupilSource(self._actor, search)
        if search and search == self._proposed:  # a search finds numbers that begin so too
            own = [row for row in source.page(0, MOST_ALIKE) if row.key == search]
            self.query_one(RecordList).show(Rows(own), keep_cursor=False)
        else:
            self.query_one(RecordList).show(source, keep_cursor=False)

    @on(Input.Submitted)
    def action_down(self) -> None:
        """To the list."""
        self.query_one(RecordList).focus()

    @on(RecordList.Chosen)
    def _chosen(self, event: RecordList.Chosen) -> None:
        self.dismiss(pupils.get(self._actor, event.row.key))
