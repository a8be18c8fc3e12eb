"""Toetsen activeren: which assessments the location uses, from the catalogue and the board's own."""

from __future__ import annotations

from textual.app import ComposeResult

from app.counted import counted
from app.school.assessment import assessments
from app.school.assessment.assessments import AssessmentRow
from app.school.assessment.catalogue import Assessment
from screens.shared import keys
from screens.shared.label import Label
from screens.shared.maintenance import ListScreen
from screens.shared.records import Column, RecordList
from screens.shared.text import plain

NOTE = "Resultaten van een toets die uit staat, neemt ESIS niet over. Wat er al is, blijft staan."
EINDTOETS = "komt niet via de koppeling"
OWN = "eigen toets: zelf invoeren"


class Catalogue(RecordList):
    """The assessments; Space or Enter switches one."""

    BINDINGS = [
        keys.TICK(
            "choose",
            "Aan- of uitzetten",
            id="assessments.toggle",
            tooltip="Zet de toets waar u op staat aan of uit; het wordt meteen opgeslagen.",
        ),
        keys.OPEN("choose", "Aan- of uitzetten", id="assessments.toggle", show=False, tooltip="Doet dat ook."),
    ]


class ActivateAssessments(ListScreen):
    """The catalogue by subject and year group, with aan or uit."""

    ITEM = "toetsen-activeren"
    NEW = DELETE = ""
    CHANGE = "Aan- of uitzetten"
    LIST = Catalogue
    EMPTY = "De catalogus bevat geen toetsen."
    COLUMNS = (
        Column("Vak", lambda row: row.assessment.subject.name, 22, from_width=100, order=True),
        Column("Groep", lambda row: ",".join(row.assessment.year_groups), 6, order=True),
        Column("Toets", lambda row: row.assessment.name, order=True),
        Column(
            "Staat",
            lambda row: "● aan" if row.active else "○ uit",
            5,
            order=True,
            style=lambda row: "bold ok" if row.active else "hint",
        ),
        Column("Bijzonderheden", lambda row: _note(row.assessment), 26, order=True),
    )
    HELP = (
        "De toetsen per vak en leerjaar, ook die van het bestuur zelf (Toetsdefinities). Typ in het zoekveld (F3) een deel van "
        "het vak of de naam. Spatie of Enter zet de toets waar u op staat aan of uit; dat is meteen opgeslagen.\n\n"
        "Resultaten van een toets die uit staat weigert ESIS; ze blijven bij de leverancier openstaan en komen alsnog "
        "zodra de toets aanstaat. De eindtoets komt nooit via de resultatenkoppeling, ook niet als hij aanstaat."
    )

    _told = ""
    """The last change."""

    def above(self) -> ComposeResult:
        """The note, and the last change."""
        yield Label(NOTE, classes="note")
        yield Label("", id="assessments-told", classes="note")

    def rows(self) -> list[AssessmentRow]:
        """All the assessments."""
        return assessments.listed(self.actor)

    def read_above(self) -> int:
        """How many are on."""
        return sum(row.active for row in self._rows)

    def show_above(self, active: int) -> None:
        """Show it, after the last change."""
        on = counted(active, "toets staat aan", "toetsen staan aan")
        self.query_one("#assessments-told", Label).update(plain(f"{self._told} {on}.".strip()))

    def action_change(self) -> None:
        """Switch the one under the cursor, without asking: nothing is lost."""
        actor, row = self.actor, self.chosen
        if row is not None and self._may():
            self.perform(lambda: assessments.set_active(actor, row.assessment.id, not row.active), self._toggled)

    def _toggled(self, row: AssessmentRow) -> None:
        self._told = f"✓ {row.assessment.name} staat nu {'aan' if row.active else 'uit'}."


def _note(assessment: Assessment) -> str:
    if assessment.own:
        return OWN
    return "" if assessment.coupled else EINDTOETS
