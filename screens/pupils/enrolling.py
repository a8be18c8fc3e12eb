"""Nieuwe leerling: enrol a pupil in a basisgroep, today or from another day."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from app import clock
from app.refusals import Refused
from app.school import enrolment
from app.school.enrolment import Outcome
from app.school.names import full_name
from app.school.pupil_form import PupilForm, read_date
from models.school import Group
from screens.pupils import routes
from screens.pupils.fields import NO_GROUPS, GroupChoice, person_fields, person_of
from screens.shared.forms import Field, Form
from screens.shared.frame import EsisScreen
from screens.shared.label import Label

EMPTY = PupilForm("", "", None)


class EnrolScreen(EsisScreen):
    """The form for a new pupil."""

    PATH = (*routes.PATH, "Nieuwe leerling")
    HELP = (
        "Vul de gegevens van de leerling in; een sterretje is verplicht. F2 is Gereed, Esc is Annuleren. Het "
        "leerlingnummer krijgt de leerling vanzelf.\n\n"
        "Inschrijven per mag ook een latere dag zijn: de leerling is dan tot die dag toekomstig. Een ongewone leeftijd "
        "of een leerling die er al lijkt te zijn wordt gemeld, maar houdt niets tegen."
    )

    def __init__(self, group: Group | None = None) -> None:
        """A form with this group chosen."""
        super().__init__()
        self._group = group

    def body(self) -> ComposeResult:
        """The form, or why there can be none."""
        yield Label("Nieuwe leerling", classes="title")
        self._choice = GroupChoice(self.actor)
        if not self._choice:
            yield Label(NO_GROUPS, classes="paragraph attention")
            return
        self._today = clock.school_today(self.actor.board)
        yield Form([
            *person_fields(EMPTY, self._today),
            Field("enrolled_from", "Inschrijven per", required=True, value=clock.dutch_date(self._today),
                  check=lambda text: read_date(text, "enrolled_from", "Inschrijfdatum")),
            self._choice.field(self._group),
            Field("elsewhere", kind="note", value=self._elsewhere()),
        ])  # fmt: skip

    def _elsewhere(self) -> str:
        told = routes.seen_elsewhere(self.actor)
        return f"Wie vandaag wordt ingeschreven: {told[0].lower()}{told[1:]}" if told else ""

    @on(Form.Submitted)
    def _submit(self, event: Form.Submitted) -> None:
        actor, values = self.actor, event.values
        form = person_of(values, self._today)
        since = read_date(values["enrolled_from"], "enrolled_from", "Inschrijfdatum")
        group, year_group = self._choice.chosen(values["group"])
        self.perform(lambda: enrolment.enrol(actor, form, group, since, year_group), self._enrolled, self._refused)

    @on(Form.Cancelled)
    def _cancel(self) -> None:
        self.action_back()

    def _refused(self, refusal: Refused) -> None:
        if not self.query_one(Form).show_refusal(refusal):
            self.show_refusal(refusal)

    def _enrolled(self, outcome: Outcome) -> None:
        from screens.pupils.page import PupilPage

        pupil = outcome.pupil
        self.query_one(Form).keep()
        name = full_name(pupil.first_name, pupil.prefix, pupil.last_name)
        told = (
            f"✓ {name} is ingeschreven per {clock.dutch_date(pupil.enrolled_from)}, leerlingnummer {pupil.key}. "
            f"{routes.seen_elsewhere(self.actor, pupil.enrolled_from)}"
        )
        self.app.switch_screen(PupilPage(pupil.key, routes.lines(told, outcome)))
