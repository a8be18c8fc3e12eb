"""Toetsen activeren: which assessments, of the catalogue and the board's own, the location uses."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from app.school.assessment import assessments
from app.school.assessment.assessments import AssessmentRow
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

NOTE = "Resultaten van een toets die uit staat, neemt ESIS niet over. Wat er al is, blijft staan."
EINDTOETS = "komt niet via de resultatenkoppeling"
OWN = "eigen toets: resultaten voert u zelf in"

COLUMNS = (
    Column("Vak", lambda row: row.assessment.subject.name, 16),
    Column("Groep", lambda row: ", ".join(row.assessment.year_groups), 6),
    Column("Toets", lambda row: row.assessment.name, 24),
    Column("Staat", lambda row: "aan" if row.active else "uit", 5),
    Column("Bijzonderheden", lambda row: OWN if row.assessment.own else "" if row.assessment.lvs else EINDTOETS),
)


class Catalogue(RecordList):
    """The assessments; Space or Enter switches one."""

    BINDINGS = [
        Binding("space,enter", "choose", "Aan- of uitzetten", id="assessments.toggle",
                tooltip="Zet de toets waar u op staat aan of uit; het wordt meteen opgeslagen."),
    ]  # fmt: skip


class ActivateAssessments(EsisScreen):
    """The catalogue by subject and year group, with aan or uit."""

    PATH = ("Beheer", "Toetsen", "Toetsen activeren")
    HELP = (
        "De toetsen per vak en leerjaar, ook die van het bestuur zelf (Toetsdefinities). Spatie of Enter zet de toets waar u "
        "op staat aan of uit; dat is meteen opgeslagen.\n\n"
        "Resultaten van een toets die uit staat weigert ESIS; ze blijven bij de leverancier openstaan en komen alsnog "
        "zodra de toets aan staat. De eindtoets komt nooit via de resultatenkoppeling, ook niet als hij aan staat."
    )

    def body(self) -> ComposeResult:
        """The note, the last change, the list."""
        yield Label("Toetsen activeren", classes="title")
        yield Label(NOTE, classes="note")
        yield Label("", id="assessments-told", classes="note")
        yield Catalogue(COLUMNS, empty="De catalogus bevat geen toetsen.", id="assessments")

    def on_mount(self) -> None:
        """Start in the list."""
        self._tell("")
        self.query_one(Catalogue).focus()

    def refresh_data(self) -> None:
        """Read again."""
        self.query_one(Catalogue).show(Rows(assessments.listed(self.actor)))

    @on(RecordList.Chosen)
    def _toggle(self, event: RecordList.Chosen) -> None:
        actor, row = self.actor, event.row
        self.perform(lambda: assessments.set_active(actor, row.assessment.id, not row.active), self._toggled)

    def _toggled(self, row: AssessmentRow) -> None:
        self._tell(f"✓ {row.assessment.name} staat nu {'aan' if row.active else 'uit'}.")

    def _tell(self, told: str) -> None:
        active = sum(row.active for row in assessments.listed(self.actor))
        self.query_one("#assessments-told", Label).update(plain(f"{told} {active} toetsen staan aan.".strip()))
