"""Dultkoppeling: the received files with their state; Enter opens the pupils of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.screen import Screen

from app import clock
from app.school.files import dult, dult_practice, dult_processing
from app.school.files.dult import DultFileRow, FileState
from models.school import Group
from screens.dult.matching import MatchingScreen, process
from screens.dult.receiving import ReceiveScreen
from screens.shared import keys
from screens.shared.dialogs import Choose, Confirm
from screens.shared.maintenance import ListScreen
from screens.shared.records import Column


def _colour(row: DultFileRow) -> str:
    return {FileState.PROCESSED: "ok", FileState.PARTLY: "warn"}.get(row.state, "")


class DultScreen(ListScreen):
    """The location's files."""

    ITEM = "dultkoppeling"
    NEW = "Bestand ontvangen"
    CHANGE = "Leerlingen"
    DELETE = "Verwijderen"
    MORE = (("practise", "Oefenbestand maken"), ("process", "Verwerken"), ("roll_back", "Terugdraaien"))
    WITHOUT_ROW = ("add", "practise")
    SEARCH = False
    EMPTY = (
        "Er is nog geen bestand ontvangen. Kies er een met Bestand ontvangen (N), of laat ESIS met Oefenbestand maken (A) een "
        "bestand van een groep maken om mee te oefenen."
    )
    COLUMNS = (
        Column("Bestand", lambda row: row.name, order=True),
        Column("Ontvangen", lambda row: clock.dutch_moment(row.received_at), 19, order=lambda row: row.received_at),
        Column("Door", lambda row: row.received_by, 13, from_width=100, order=True),
        Column("Akkoord", lambda row: f"{row.agreed} van {row.pupils}", 10, right=True, order=True),
        Column(
            "Resultaten", lambda row: str(row.results), 10, right=True, from_width=100, order=lambda row: row.results
        ),
        Column("Staat", lambda row: row.state, 15, order=True, style=_colour),
    )
    HELP = (
        "Hier staan de bestanden die van het leerlingvolgsysteem zijn ontvangen, het nieuwste bovenaan. Zo gaat het:\n"
        "1. N ontvangt een bestand (in dit oefenbestuur maakt Oefenbestand bij A er een van een groep).\n"
        "2. Enter opent het: koppel elke leerling en geef akkoord.\n"
        "3. F2 verwerkt: de resultaten komen in ESIS.\n\n"
        "De toetsen in het bestand moeten aan staan (Beheer > Toetsen > Toetsen activeren). Wie geen akkoord heeft, blijft "
        "erbuiten. Een koppeling wordt onthouden voor het volgende bestand; in het bronsysteem verandert niets.\n\n"
        "Is er iets misgegaan, zoals resultaten bij de verkeerde leerling? T draait een verwerkt bestand terug: precies zijn "
        "resultaten gaan weg, en wat ze vervingen komt terug. Daarna kunt u de koppeling verbeteren en opnieuw verwerken. Het "
        "laatst verwerkte bestand gaat eerst, als een later bestand dezelfde resultaten heeft."
    )
    BINDINGS = [
        keys.no_key(
            "practise",
            "Oefenbestand",
            id="dult.practise",
            tooltip="Maakt een bestand van een groep om mee te oefenen.",
        ),
        keys.DONE("process", "Verwerken", id="dult.process", tooltip="Zet de resultaten met akkoord in ESIS."),
        keys.ROLL_BACK(
            "roll_back",
            "Terugdraaien",
            id="dult.roll-back",
            tooltip="Haalt de resultaten van een verwerkt bestand weer weg, na een vraag.",
        ),
    ]

    def rows(self) -> Sequence[DultFileRow]:
        """The location's files."""
        return dult.listed(self.actor)

    def form(self, row: DultFileRow | None) -> Screen[Any]:
        """Choose a file to receive; or the pupils in this one."""
        return ReceiveScreen() if row is None else MatchingScreen(row.id, row.name)

    def question(self, row: DultFileRow) -> tuple[str, str]:
        """Says that none of it is in ESIS."""
        return "Bestand verwijderen?", f"'{row.name}' gaat van de lijst. Er staat niets van in ESIS."

    def delete(self, row: DultFileRow) -> str:
        """Remove it from the list."""
        return f"'{dult.remove(self.actor, row.id)}' is verwijderd."

    def action_practise(self) -> None:
        """Choose a group, and receive a file for it."""
        if not self._may():
            return
        actor = self.actor

        def chosen(group_id: str | None) -> None:
            if group_id is not None:
                self.perform(
                    lambda: dult_practice.receive(actor, int(group_id)),
                    lambda file: self.say(f"'{file.name}' is ontvangen. Enter opent de leerlingen."),
                )

        def choose(groups: list[Group]) -> None:
            options = [(str(group.id), group.name) for group in groups]
            self.app.push_screen(Choose("Van welke groep?", options), chosen)

        self.perform(lambda: dult_practice.choices(actor), choose)

    def action_process(self) -> None:
        """Ask, then store the results."""
        if self.chosen is not None and self._may():
            process(self, self.chosen)

    def action_roll_back(self) -> None:
        """Ask, then roll back the results."""
        row: DultFileRow | None = self.chosen
        if row is None or not self._may():
            return
        if row.state is not FileState.PROCESSED:
            self.say(f"'{row.name}' is niet verwerkt, dus er valt niets terug te draaien.")
            return
        actor = self.actor
        question = Confirm(
            "Terugdraaien?",
            f"De resultaten van '{row.name}' gaan weg uit ESIS, en wat ze vervingen komt terug. De koppelingen van leerlingen "
            "blijven; u kunt ze daarna verbeteren.",
            "Terugdraaien",
            danger=True,
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self.perform(lambda: dult_processing.roll_back(actor, row.id), lambda done: self.say(done.sentence))

        self.app.push_screen(question, answered)
