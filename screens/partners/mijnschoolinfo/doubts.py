"""Tab Twijfellijst: people from ESIS who may be here already, and deciding who they are (rule S)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Button

from app import clock
from app.partners.mijnschoolinfo import cards, editing, overview
from app.partners.mijnschoolinfo.lines import Kind
from app.partners.mijnschoolinfo.overview import Decision
from models.partners.mijnschoolinfo import MsiDoubt, MsiSchool
from screens.partners.mijnschoolinfo.page import CouplingTab, ListOnTab, MsiPage
from screens.partners.page import Session
from screens.partners.tabs import TABS_HELP
from screens.shared.controls import Buttons, push_button
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows

NEXT = "komt met de volgende levering"


@dataclass(frozen=True)
class Person:
    """A row of the comparison: the person from ESIS, someone who is here, or someone else."""

    where: str
    name: str
    detail: str = ""
    belongs: str = ""
    reason: str = ""
    number: int | None = None
    choice: bool = True
    chosen: bool = False


def people(school: MsiSchool, doubt: MsiDoubt) -> list[Person]:
    """The person from ESIS, who here it may currently be, and someone else."""
    decision = overview.decision(school, doubt)
    if decision is None:
        return [Person("ESIS", doubt.name, doubt.detail, choice=False)]
    kind = "pupil" if doubt.kind == Kind.PUPIL else "guardian"
    found = [Person("ESIS", decision.doubt.name, decision.doubt.detail, choice=False)]
    for maybe in decision.maybe:
        row = maybe.record
        detail = row.email if kind == "guardian" else clock.dutch_date(row.birth_date) if row.birth_date else "onbekend"
        belongs = ", ".join(tie.name for tie in cards.card(school, kind, row.id).ties if tie.kind in ("group", "pupil"))
        chosen = bool(decision.chosen) and decision.doubt.same_as == row.id
        found.append(Person("dezelfde als", maybe.name, detail, belongs, maybe.reason, row.id, chosen=chosen))
    nobody = bool(decision.chosen) and not any(person.chosen for person in found)
    return [*found, Person("iemand anders", "(komt nieuw)", chosen=nobody)]


class Doubts(ListOnTab, CouplingTab):
    """Who awaits a decision, and what was decided since the last delivery."""

    TAB = "doubts"
    NEW = DELETE = ""
    CHANGE = "Kiezen"
    EMPTY = "Er wacht niemand op een keuze."
    COLUMNS = (
        Column("Wie", lambda row: row.doubt.kind, 9, order=True),
        Column("Naam in ESIS", lambda row: row.doubt.name, 20, order=True),
        Column(
            "Keuze",
            lambda row: row.chosen or "nog te kiezen",
            24,
            order=True,
            style=lambda row: "" if row.chosen else "warn",
        ),
        Column("Waarom twijfel", lambda row: row.reason, order=True),
    )
    HELP = (
        "Wie in ESIS staat en hier misschien al bekend is, maar niet zeker: hetzelfde nummer met een andere naam, of meer dan "
        "een die past; bij Waarom twijfel staat wat gelijk is en wat niet. Zo iemand komt pas als u kiest wie het is. Enter "
        f"opent de keuze. Wie u aanwijst, houdt de gegevens van hier; 'iemand anders' wordt toegevoegd. De keuze {NEXT}; tot dan "
        "staat zij erbij en kunt u haar wijzigen. Verdwijnt of verandert wie u koos, dan vervalt de keuze en kiest u "
        "opnieuw.\n\n" + TABS_HELP
    )

    def rows(self) -> list[Decision]:
        """All of them."""
        return overview.decisions(self.school)

    def form(self, row: Decision | None) -> Screen[Any]:
        """The choice."""
        assert row is not None
        return DoubtPage(self.session, row.doubt)


class DoubtPage(MsiPage):
    """One doubt: the person from ESIS above who it may be here."""

    HERE = "esis"
    PATH = ("Koppeling", "Twijfellijst", "Kiezen")
    HELP = (
        "Bovenaan staat wie ESIS bedoelt, eronder wie het hier kan zijn. Zet de balk op de juiste regel en druk op Enter, of "
        f"kies 'iemand anders'. Wie u kiest {NEXT}; zijn of haar gegevens hier blijven zoals ze zijn. Is er al gekozen, dan "
        "staat er een ✓ bij; tot de levering kunt u iets anders kiezen."
    )

    def __init__(self, session: Session, doubt: MsiDoubt) -> None:
        super().__init__(session)
        self._doubt = doubt
        self._people: list[Person] = []

    def body(self) -> ComposeResult:
        """The comparison."""
        pupil = self._doubt.kind == Kind.PUPIL
        yield Label(f"Kies wie het is. Uw keuze {NEXT}.", classes="note")
        columns = [
            Column(
                "",
                lambda person: "✓" if person.chosen else "",
                1,
                aloud=lambda person: "gekozen" if person.chosen else "",
            ),
            Column("", lambda person: person.where, 14),
            Column("Naam", lambda person: person.name, 18),
            Column("Geboren" if pupil else "E-mailadres", lambda person: person.detail, 11 if pupil else 22),
            Column("Groepen" if pupil else "Leerlingen", lambda person: person.belongs, 8),
            Column("Waarom twijfel", lambda person: person.reason),
        ]
        yield RecordList(columns, empty="", id="msi-people", title=f"Wie is {self._doubt.name}?")
        with Buttons():
            yield push_button("Dit is het", id="choose", variant="primary")

    def focus_start(self) -> None:
        """Focus the person chosen, else the first candidate."""
        listed = self.query_one("#msi-people", RecordList)
        listed.focus()
        listed.cursor = next((place for place, person in enumerate(self._people) if person.chosen), 1)

    def read(self) -> list[Person]:
        """The person from ESIS, and who it may be."""
        return people(self.school, self._doubt)

    def show(self, found: list[Person]) -> None:
        """Show them."""
        self._people = found
        self.query_one("#msi-people", RecordList).show(Rows(found))

    @on(Button.Pressed, "#choose")
    def _pressed(self) -> None:
        self.query_one("#msi-people", RecordList).action_choose()

    @on(RecordList.Chosen, "#msi-people")
    def _chosen(self, event: RecordList.Chosen) -> None:
        person: Person = event.row
        school, number = self.school, self._doubt.id
        if person.choice:
            self.perform(lambda: editing.settle(school, number, person.number), self._settled)
        else:
            self.say("Dit is wie ESIS bedoelt. Kies een van de regels eronder.", severity="warning")

    def _settled(self, doubt: MsiDoubt) -> None:
        self.say(f"De keuze voor {doubt.name} is bewaard; {NEXT}.")
        self.app.pop_screen()
