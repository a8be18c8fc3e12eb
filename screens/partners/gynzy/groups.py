"""Groepen: this school year's and archived ones, with the results of each (sources.md#gynzy)."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from app import clock
from app.partners.gynzy import overview
from app.partners.gynzy.overview import GroupRow, OutcomeRow
from models.partners.gynzy import GynzyGroup
from screens.partners.gynzy.page import GynzyPage
from screens.partners.page import Session
from screens.partners.pupil_list import name_of
from screens.shared.records import Column, ReadingList, RecordList, Rows


class Groups(GynzyPage):
    """The groups; Enter shows a group's results."""

    HERE = "pupils"
    PATH = ("Leerlingen", "Groepen")
    HELP = (
        "De groepen bij Gynzy. Groepen horen bij één schooljaar: komt ESIS met de groepen van het nieuwe jaar, dan gaan de oude "
        "met hun resultaten naar het archief en gaan de leerlingen verder in hun nieuwe groep. Hun voortgang blijft.\n\n"
        "Enter toont de resultaten die in een groep zijn gemaakt, ook uit het archief."
    )

    def body(self) -> ComposeResult:
        """The list."""
        yield RecordList(
            [
                Column("Groep", lambda row: row.group.name, order=True),
                Column("Schooljaar", lambda row: row.group.school_year, 10, order=True),
                Column("Herkomst", lambda row: "zelf gemaakt" if row.group.own else "uit ESIS", 12, order=True),
                Column("Stand", _state, 8, order=True),
                Column("Leerlingen", lambda row: str(row.pupils), 10, right=True, order=lambda row: row.pupils),
                Column("Toetsen", lambda row: str(row.outcomes), 7, right=True, order=lambda row: row.outcomes),
            ],
            empty="Er zijn nog geen groepen. Ze komen de nacht na het koppelen uit ESIS (Instellingen).",
            id="gynzy-groups",
            title="Groepen",
        )

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#gynzy-groups").focus()

    def read(self) -> Sequence[GroupRow]:
        """The groups."""
        return overview.groups(self.school)

    def show(self, found: Sequence[GroupRow]) -> None:
        """Show them."""
        self.query_one("#gynzy-groups", RecordList).show(Rows(found))

    @on(RecordList.Chosen, "#gynzy-groups")
    def _choose(self, event: RecordList.Chosen) -> None:
        self.app.push_screen(Results(self.session, event.row.group))


class Results(GynzyPage):
    """One group's results."""

    HERE = "pupils"
    PATH = ("Leerlingen", "Groepen", "Resultaten")
    HELP = "De toetsresultaten die in deze groep zijn gemaakt, de nieuwste bovenaan, en of ESIS ze heeft."

    def __init__(self, session: Session, group: GynzyGroup) -> None:
        super().__init__(session)
        self._group = group

    def body(self) -> ComposeResult:
        """The list."""
        group = self._group
        archived = "" if group.active else " (archief)"
        yield ReadingList(
            [
                Column("Leerling", lambda row: name_of(row.outcome.pupil), order=True),
                Column("Toets", lambda row: row.assessment, 28, order=True),
                Column("Datum", lambda row: clock.dutch_date(row.outcome.date), 10, order=lambda row: row.outcome.date),
                Column("Goed", lambda row: f"{row.outcome.score}%", 5, right=True, order=lambda row: row.outcome.score),
                Column("Naar ESIS", _sent, 16, from_width=100),
            ],
            empty="In deze groep zijn nog geen toetsen gemaakt. Dat kan bij Werelden.",
            id="gynzy-results",
            title=f"Resultaten van {group.name}, {group.school_year}{archived}",
        )

    def read(self) -> Sequence[OutcomeRow]:
        """The group's results."""
        return overview.outcomes(self.school, self._group)

    def show(self, found: Sequence[OutcomeRow]) -> None:
        """Show them."""
        self.query_one("#gynzy-results", RecordList).show(Rows(found))


def _state(row: GroupRow) -> str:
    return "actief" if row.group.active else "archief"


def _sent(row: OutcomeRow) -> str:
    if not row.outcome.pending:
        return "verstuurd"
    if row.outcome.pupil.own:
        return "niet: eigen account"
    return "geweigerd" if row.outcome.refusal else "nog te versturen"
