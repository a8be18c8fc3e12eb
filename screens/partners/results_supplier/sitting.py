"""Toets afnemen: let a group sit an assessment now."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from app import clock
from app.counted import counted, plural
from app.partners.results_supplier import connecting, overview, sitting
from fixtures.assessments import Assessment
from screens.partners.filling_in import FormPage
from screens.partners.page import Session, show_line
from screens.partners.results_supplier.page import SupplierPage
from screens.shared.dialogs import Confirm
from screens.shared.fields import ChoiceField, FixedField
from screens.shared.forms import Form
from screens.shared.label import Label
from screens.shared.panel import Empty, Panel


class SittingPage(FormPage, SupplierPage):
    """One assessment; choose the group."""

    def __init__(self, session: Session, assessment: Assessment) -> None:
        super().__init__(session)
        self._assessment = assessment

    def body(self) -> ComposeResult:
        """The form, or why there is none."""
        item = self._assessment
        groups = overview.groups_for(self.SUPPLIER, self.school, item.year_groups)
        title = f"Toets afnemen: {item.name}"
        if not groups:
            none = f"Geen groep in {self.PARTNER.name} heeft leerlingen van leerjaar {', '.join(item.year_groups)}."
            yield Panel(title, Empty(none))
            return
        note = Label("", classes="space")
        show_line(note, "" if item.coupled else f"! {self.SUPPLIER.stays}")
        options = tuple((f"{row.name} ({counted(row.pupils, 'leerling', 'leerlingen')})", row.name) for row in groups)
        form = Form(
            [
                FixedField("assessment", "Toets", value=item.name),
                FixedField("day", "Datum", value=clock.dutch_date(clock.school_today(self.esis.board))),
                ChoiceField("group", "Groep", value=groups[0].name, options=options),
            ],
            submit="Toets nu afnemen",
        )
        yield from self.panel(title, form, note)

    @on(Form.Submitted)
    def _ask(self, event: Form.Submitted) -> None:
        group = event.values["group"]
        question = Confirm(
            "Toets nu afnemen?",
            f"De leerlingen van groep {group} maken nu de toets {self._assessment.name}. Een afname is niet terug te draaien.",
            "Afnemen",
        )
        self.app.push_screen(question, lambda answer: self._sit(group) if answer else None)

    def _sit(self, group: str) -> None:
        school, item = self.school, self._assessment
        self.perform(
            lambda: sitting.sit(self.SUPPLIER, school, item.id, group),
            lambda number: self._sat(group, number),
        )

    def _sat(self, group: str, number: int) -> None:
        self.query_one(Form).keep()
        who, verb = counted(number, "leerling", "leerlingen"), plural(number, "heeft", "hebben")
        then = connecting.then(self.SUPPLIER, self.school, [self._assessment])
        self.tell(f"{who} van groep {group} {verb} de toets {self._assessment.name} gemaakt. {then}")
