"""Toetsen: the assessments and how often each was sat; Enter lets a group sit one now."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from app import clock
from app.partners.iep_lvs import overview
from app.partners.iep_lvs.overview import AssessmentRow
from screens.partners.iep_lvs.page import IepPage
from screens.partners.results_supplier.sitting import SittingPage
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows


class Assessments(IepPage):
    """IEP LVS's assessments."""

    HERE = "assessments"
    PATH = ("Toetsen",)
    HELP = (
        "De toetsen van IEP. Kies er een met Enter om een groep hem nu te laten maken. In de toetsvensters (Beheer > School "
        "> Vensters) gebeurt dat vanzelf.\n\n"
        "De resultaten gaan de eerstvolgende nacht naar ESIS als de resultaatkoppeling aanstaat; de eindtoets hoort daar "
        "niet bij."
    )

    def body(self) -> ComposeResult:
        """The list."""
        yield Label("Kies een toets met Enter om een groep hem nu te laten maken.", classes="note")
        yield RecordList(
            [
                Column("Toets", lambda row: row.assessment.name),
                Column("Voor leerjaar", lambda row: ", ".join(row.assessment.year_groups), 13),
                Column("Naar ESIS", lambda row: "elke nacht" if row.assessment.coupled else "niet", 10),
                Column("Afnames", lambda row: str(row.sittings), 8, right=True),
                Column("Laatst", lambda row: clock.dutch_date(row.last) if row.last else "nog niet", 10),
            ],
            empty="Er zijn geen toetsen.",
            id="iep-assessments",
            title="Toetsen",
        )

    def read(self) -> Sequence[AssessmentRow]:
        """The assessments, with how often each was sat."""
        return overview.assessment_rows(self.school)

    def show(self, found: Sequence[AssessmentRow]) -> None:
        """Show them."""
        self.query_one("#iep-assessments", RecordList).show(Rows(found))

    @on(RecordList.Chosen, "#iep-assessments")
    def _choose(self, event: RecordList.Chosen) -> None:
        self.app.push_screen(LetGroupSit(self.session, event.row.assessment))


class LetGroupSit(SittingPage, IepPage):
    """Let a group sit one without waiting for its window."""

    HERE = "assessments"
    PATH = ("Toetsen", "Toets afnemen")
    HELP = (
        "Kies de groep die de toets nu maakt en druk op F2. Alleen groepen met leerlingen van een passend leerjaar staan in "
        "de lijst; van een combinatiegroep doen alleen die leerlingen mee. Een groep maakt een toets hooguit eenmaal per "
        "dag.\n\n"
        "De scores verzint de oefenomgeving, passend bij de leerling. Met de schooltijd (F9) naar morgenochtend staan ze in "
        "ESIS, als de resultaatkoppeling aanstaat."
    )
