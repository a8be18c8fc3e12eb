"""Nieuwe leerling: enrol a pupil in a basisgroep, from today or another day."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from app import clock
from app.exchange.names import full_name
from app.partners.arrival import Change
from app.refusals import Refused
from app.school.people import enrolment, guardians
from app.school.people.enrolment import Outcome
from app.school.people.guardians import GuardianForm
from app.school.people.pupil_form import ENROLLED_FROM, PupilForm
from models.school import Group, Guardian
from screens.pupils import said
from screens.pupils.group_choice import GroupChoice, no_groups
from screens.pupils.page import PupilPage
from screens.shared.described import field_of, fields_of
from screens.shared.fields import Field, NoteField, TextField
from screens.shared.label import Label
from screens.shared.maintenance import RecordForm
from screens.shared.panel import Panel
from screens.shared.partner_notice import seen_elsewhere
from screens.shared.text import plain

EMPTY = PupilForm("", "", None)


class EnrolScreen(RecordForm):
    """The form for a new pupil."""

    ITEM = "leerlingenadministratie"
    BELOW = ("Nieuwe leerling",)
    TITLE_TEXT = "Nieuwe leerling"
    HELP = (
        "Vul de gegevens van de leerling in; een sterretje is verplicht. F2 is Gereed, Esc is Annuleren. Het "
        "leerlingnummer krijgt de leerling vanzelf.\n\n"
        "Inschrijven per mag ook een latere dag zijn: de leerling is dan tot die dag toekomstig. Ligt die dag in een "
        "schooljaar dat nog geen groepen heeft, dan zegt de groep waarin de leerling begint; de jaarovergang plaatst hem "
        "of haar daar. Een ongewone leeftijd of een leerling die er al lijkt te zijn wordt gevraagd, niet geweigerd.\n\n"
        "Meer verzorgers voegt u daarna toe op het tabblad Verzorgers."
    )

    def __init__(self, group: Group | None = None) -> None:
        """A form with this group chosen."""
        super().__init__()
        self._group = group

    def body(self) -> ComposeResult:
        """The form, or why there can be none."""
        self._choice = GroupChoice(self.actor)
        self._today = clock.school_today(self.actor.board)
        if self._choice:
            yield from super().body()
        else:
            yield Panel(self.TITLE_TEXT, no_groups())

    def fields(self) -> list[Field]:
        """The pupil, the start date, the group, and a guardian."""
        return [
            *fields_of(EMPTY, today=self._today),
            field_of(ENROLLED_FROM, self._today),
            self._choice.field(self._group),
            TextField("carer", "Verzorger", max_length=Guardian.name.max_length),
            TextField("carer_email", "E-mail verzorger", check=GuardianForm.specs()["email"].checked),
            NoteField("elsewhere", value=self._elsewhere(self._today)),
        ]

    def _elsewhere(self, day: date) -> str:
        told = seen_elsewhere(self.actor, Change.NEW, day)
        when = "vandaag" if day == self._today else f"per {clock.dutch_date(day)}"
        return f"Wie {when} wordt ingeschreven: {told[0].lower()}{told[1:]}" if told else ""

    @on(Input.Changed, "#field-enrolled_from")
    def _another_day(self, event: Input.Changed) -> None:
        with suppress(Refused):  # not a date yet
            day = ENROLLED_FROM.read(event.value)
            self.query_one("#row-elsewhere .note", Label).update(plain(self._elsewhere(day)))

    def _read(self, values: dict[str, Any]) -> tuple[PupilForm, date]:
        form = PupilForm.read(values)
        return form, ENROLLED_FROM.read(values["enrolled_from"])

    def warnings(self, values: dict[str, Any]) -> str:
        """An unusual age, or a likely duplicate of the pupil or the guardian."""
        form, since = self._read(values)
        told = enrolment.warnings_about(self.actor, form.checked(self._today), since)
        carers = (carer.checked() for carer in self._carers(values))
        return "\n\n".join([*told, *(line for carer in carers for line in guardians.warned(self.actor, carer, None))])

    def save(self, values: dict[str, Any]) -> Outcome:
        """Enrol, with the guardian if one was filled in."""
        form, since = self._read(values)
        group, year_group = self._choice.chosen(values["group"])
        return enrolment.enrol(self.actor, form, group, since, year_group, self._carers(values))

    def _carers(self, values: dict[str, Any]) -> list[GuardianForm]:
        return [GuardianForm(values["carer"], values["carer_email"])] if values["carer"].strip() else []

    def saved(self, told: Any) -> None:
        """Go to the pupil's page."""
        pupil = told.pupil
        self.keep()
        name = full_name(pupil.first_name, pupil.prefix, pupil.last_name)
        line = (
            f"✓ {name} is ingeschreven per {clock.dutch_date(pupil.enrolled_from)}, leerlingnummer {pupil.key}. "
            f"{seen_elsewhere(self.actor, Change.NEW, pupil.enrolled_from)}"
        )
        self.app.switch_screen(PupilPage(pupil.key, said.lines(line, told)))
