"""Forms on a pupil's page: Wijzigen, Verplaatsen, Ander leerlingnummer and Uitschrijven. Each returns the outcome."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult

from app import clock, history
from app.exchange.names import full_name
from app.partners.arrival import Change
from app.school.board import lookups
from app.school.people import enrolment, pupil_history, renumbering
from app.school.people.enrolment import Outcome
from app.school.people.pupil_form import UNSUBSCRIBED_ON, PupilForm
from app.school.people.pupils import PupilDetail
from screens.pupils import said
from screens.pupils.group_choice import GroupChoice, no_groups
from screens.shared.described import field_of, fields_of
from screens.shared.fields import ChoiceField, Field, FixedField, TextField
from screens.shared.forms import Form
from screens.shared.frame import EsisScreen
from screens.shared.maintenance import RecordForm
from screens.shared.panel import Panel
from screens.shared.partner_notice import partner_notice, seen_elsewhere


class PupilFormScreen(EsisScreen):
    """What these forms share: the pupil, the form, refusals beside the field, and returning what was done."""

    ITEM = "leerlingenadministratie"
    TITLE_TEXT = ""

    def __init__(self, found: PupilDetail) -> None:
        super().__init__()
        self.found = found
        self.PATH = (*self.PATH, self.TITLE_TEXT)

    @property
    def name_of_pupil(self) -> str:
        """The name when the form was opened."""
        pupil = self.found.pupil
        return full_name(pupil.first_name, pupil.prefix, pupil.last_name)

    def body(self) -> ComposeResult:
        """The form in a panel, or why there can be none."""
        title = f"{self.TITLE_TEXT}: {self.name_of_pupil} ({self.found.pupil.key})"
        fields = self.fields()
        yield Form(fields, title=title) if fields else Panel(title, no_groups())

    def fields(self) -> list[Field]:
        """The fields of the form; none if there is no group to choose."""
        return []

    def done(self, told: str, outcome: Outcome) -> None:
        """Back to the page, saying what was done."""
        self.query_one(Form).keep()
        self.dismiss(said.lines(told, outcome))


class PupilRecordForm(RecordForm):
    """A form for the pupil's own record, which notices if someone else changed it meanwhile."""

    ITEM = "leerlingenadministratie"
    TITLE_TEXT = ""
    LABELS = pupil_history.LABELS

    def __init__(self, found: PupilDetail) -> None:
        super().__init__(history.version(found.pupil))
        self.found = found
        self.PATH = (*self.PATH, self.TITLE_TEXT)

    def title_text(self) -> str:
        """Whom it is about."""
        pupil = self.found.pupil
        return f"{self.TITLE_TEXT}: {full_name(pupil.first_name, pupil.prefix, pupil.last_name)} ({pupil.key})"


class ChangeScreen(PupilRecordForm):
    """Names, birth date and gender."""

    TITLE_TEXT = "Wijzigen"
    HELP = (
        "Wijzig wat niet klopt en druk op F2. Het leerlingnummer blijft, ook bij een nieuwe naam; daaraan herkennen andere "
        "systemen de leerling. Heeft een collega de leerling intussen gewijzigd, dan ziet u beide."
    )

    def above(self) -> ComposeResult:
        """The notice that a partner keeps its own data."""
        return partner_notice(self.actor, "pupil", self.found.pupil.id)

    def fields(self) -> list[Field]:
        """As they are now."""
        self._today = clock.school_today(self.actor.board)
        return fields_of(PupilForm.of(self.found.pupil), today=self._today)

    def warnings(self, values: dict[str, Any]) -> str:
        """An unusual age or a likely duplicate, if new."""
        pupil = self.found.pupil
        form = PupilForm.read(values).checked(self._today)
        if form == PupilForm.of(pupil):
            return ""
        return "\n\n".join(enrolment.warnings_about(self.actor, form, pupil.enrolled_from, pupil))

    def save(self, values: dict[str, Any]) -> Outcome:
        """Change."""
        return enrolment.change(self.actor, self.found.pupil, PupilForm.read(values), self.seen)

    def saved(self, told: Any) -> None:
        """Back to the page, saying what was done."""
        self.keep()
        self.dismiss(said.lines(f"✓ De gegevens zijn gewijzigd. {seen_elsewhere(self.actor, Change.PERSON)}", told))


class MoveScreen(PupilFormScreen):
    """Move the pupil to another basisgroep."""

    TITLE_TEXT = "Verplaatsen naar andere groep"
    HELP = (
        "Kies de nieuwe basisgroep en druk op F2. Een leerling zit per schooljaar in één basisgroep; het leerjaar volgt de "
        "groep. Toetsresultaten blijven bij de leerling."
    )

    def fields(self) -> list[Field]:
        """The current group, and the choice."""
        self._choice = GroupChoice(self.actor)
        present = self.found.base_group
        if not self._choice:
            return []
        return [
            FixedField("present", "Zit nu in", value=present.name if present else "geen groep"),
            self._choice.field(present, self.found.pupil.year_group),
        ]

    @on(Form.Submitted)
    def _submit(self, event: Form.Submitted) -> None:
        actor, pupil = self.actor, self.found.pupil
        self._group, year_group = self._choice.chosen(event.values["group"])
        self.perform(lambda: enrolment.move(actor, pupil, self._group, year_group), self._moved)

    def _moved(self, outcome: Outcome) -> None:
        if not outcome.changed:
            self.done(outcome.warnings[0], Outcome(outcome.pupil))
            return
        name, elsewhere = self._group.name, seen_elsewhere(self.actor, Change.GROUP)
        self.done(f"✓ {self.name_of_pupil} zit nu in groep {name}. {elsewhere}", outcome)


class RenumberScreen(PupilRecordForm):
    """Give the pupil another leerlingnummer."""

    TITLE_TEXT = "Ander leerlingnummer"
    HELP = (
        "Alleen nodig als een leerling een verkeerd of dubbel nummer heeft. Het oude nummer wordt niet opnieuw uitgegeven; "
        "namen, groepen, resultaten en het ECK iD blijven.\n\n"
        "Andere systemen merken het: Basispoort herkent de leerling aan het ECK iD en neemt het nieuwe nummer over. IEP LVS "
        "gaat uit van het leerlingnummer en maakt een tweede account; voeg die daar samen (Beheer > Gebruikers > Leerlingen "
        "samenvoegen)."
    )

    def fields(self) -> list[Field]:
        """The current number and the new one."""
        return [
            FixedField("present", "Leerlingnummer nu", value=self.found.pupil.key),
            TextField(
                "key", "Nieuw leerlingnummer", required=True, help="1 tot 9 cijfers, nog nooit gebruikt op dit bestuur."
            ),
        ]

    def warnings(self, values: dict[str, Any]) -> str:
        """What will happen at the partners; always asked."""
        key = renumbering.checked(self.actor, self.found.pupil, values["key"])
        return (
            f"Leerling {self.found.pupil.key} krijgt nummer {key}. Basispoort herkent de leerling aan het ECK iD en neemt het "
            "nieuwe nummer over. In IEP LVS ontstaat een tweede account en wordt het eerste niet meer actief: voeg ze daar "
            "daarna samen."
        )

    def save(self, values: dict[str, Any]) -> str:
        """Renumber, and return the new number."""
        return str(renumbering.renumber(self.actor, self.found.pupil, values["key"], self.seen).key)

    def saved(self, told: Any) -> None:
        """Return to the page with the new number."""
        self.keep()
        self.dismiss(told)


class UnsubscribeScreen(PupilFormScreen):
    """Unsubscribe the pupil, with date and reason."""

    TITLE_TEXT = "Uitschrijven"
    HELP = (
        "Vul in vanaf welke dag de leerling er niet meer is, en waarom. Groepen en toetsresultaten blijven bewaard. Was het "
        "een vergissing, dan schrijft u de leerling opnieuw in op de pagina van de leerling."
    )

    def fields(self) -> list[Field]:
        """The date, initially today, and the reason."""
        today = clock.school_today(self.actor.board)
        return [
            field_of(UNSUBSCRIBED_ON, today),
            ChoiceField(
                "reason",
                "Reden",
                required=True,
                check=lambda _: None,
                value="",
                options=(("(kies een reden)", ""), *((reason, reason) for reason in self._reasons())),
            ),
            TextField("unsubscribe_reason", "Of een eigen reden", help="Als u hier iets invult, geldt deze tekst."),
        ]

    def _reasons(self) -> tuple[str, ...]:
        return lookups.values(self.actor.board, "uitschrijfreden")

    @on(Form.Submitted)
    def _submit(self, event: Form.Submitted) -> None:
        actor, pupil, values = self.actor, self.found.pupil, event.values
        on_day = self._on_day = UNSUBSCRIBED_ON.read(values["unsubscribed_on"])
        reason = values["unsubscribe_reason"].strip() or values["reason"]
        self.perform(lambda: enrolment.unsubscribe(actor, pupil, on_day, reason), self._gone)

    def _gone(self, outcome: Outcome) -> None:
        on_day = self._on_day
        elsewhere = seen_elsewhere(self.actor, Change.LEAVING, on_day)
        self.done(f"✓ {self.name_of_pupil} is uitgeschreven per {clock.dutch_date(on_day)}. {elsewhere}", outcome)
