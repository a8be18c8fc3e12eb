"""A guardian of a pupil: name, relation and contact details (bereikbaarheid)."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult

from app import history, targets
from app.exchange.names import full_name
from app.school.board import lookups
from app.school.people import guardians, pupils
from app.school.people.guardians import GuardianForm
from app.school.people.like_guardians import LikeGuardian
from models.school import Pupil, PupilGuardian
from screens.shared.described import fields_of
from screens.shared.dialogs import Choose
from screens.shared.fields import ChoiceField, Field
from screens.shared.forms import Form
from screens.shared.maintenance import RecordForm
from screens.shared.partner_notice import partner_notice
from screens.shared.program import EsisProgram


class GuardianScreen(RecordForm):
    """The form; a change to a guardian of several pupils applies to all of them."""

    ITEM = "leerlingenadministratie"
    BELOW = ("Leerling", "Verzorger")
    HELP = (
        "De naam, de relatie tot deze leerling en de bereikbaarheid. Het e-mailadres is nodig voor Mijnschoolinfo: zonder "
        "adres kan een verzorger daar niet inloggen.\n\n"
        "Wie ook verzorger van een broer of zus is, wijzigt u hier voor allebei. Vult u bij een nieuwe verzorger een naam "
        "en e-mailadres in die al bekend zijn, dan is het dezelfde verzorger. Lijkt het alleen zo (dezelfde naam bij een broer "
        "of zus, of hetzelfde adres met een andere naam), dan kiest u."
    )

    @classmethod
    def at(cls, program: EsisProgram, target: targets.GuardianForm) -> GuardianScreen:
        """The form for a guardian of the pupil with this leerlingnummer. Raises `NotFound`."""
        assert program.actor is not None
        tie = PupilGuardian.get_or_none(PupilGuardian.id == target.tie) if target.tie else None
        return cls(pupils.get(program.actor, target.pupil), tie, target.field)

    def __init__(self, pupil: Pupil, link: PupilGuardian | None, start: str = "") -> None:
        """`start` is the field to start in, if not the first."""
        super().__init__(history.version(link.guardian) if link else None)
        self.pupil, self.link, self._start = pupil, link, start
        self._alike: list[LikeGuardian] = []
        self._same: int | None = None
        """The existing guardian chosen as the same."""

    def focus_start(self) -> None:
        """Focus the requested field."""
        if self._start and self.link:
            self.query_one(Form).focus_field(self._start)
        else:
            super().focus_start()

    def title_text(self) -> str:
        """Whose guardian."""
        whose = full_name(self.pupil.first_name, self.pupil.prefix, self.pupil.last_name)
        return f"{'Verzorger' if self.link else 'Nieuwe verzorger'} van {whose}"

    def above(self) -> ComposeResult:
        """The notice that a partner keeps its own data, or when a new guardian arrives there."""
        return partner_notice(self.actor, "guardian", self.link.guardian_id if self.link else None)

    def fields(self) -> list[Field]:
        """As they are now."""
        form = GuardianForm.of(self.link.guardian, self.link) if self.link else GuardianForm("")
        offered = lookups.values(self.actor.board, "relatie")
        options = dict.fromkeys((*offered, *([form.relation] if form.relation else [])))
        name, *contact = fields_of(form, "name", "email", "phone")
        return [
            name,
            ChoiceField(
                "relation",
                form.specs()["relation"].title,
                value=form.relation,
                options=(("(niet ingevuld)", ""), *((one, one) for one in options)),
            ),
            *contact,
        ]

    def warnings(self, values: dict[str, Any]) -> str:
        """Who may be the same guardian."""
        self._same = None
        form = GuardianForm.read(values).checked()
        but_not = self.link.guardian_id if self.link else 0
        self._alike = guardians.alike(self.actor, form, self.pupil, but_not)
        return "\n\n".join(one.sentence for one in self._alike)

    def ask(self, odd: str, values: dict[str, Any]) -> None:
        """Ask whether a new guardian is an existing one."""
        others = {str(one.id): one for one in self._alike if not one.own}
        if self.link is not None or not others:
            super().ask(odd, values)
            return
        options = [(number, f"Dezelfde: koppel {one.described}") for number, one in others.items()]

        def answered(number: str | None) -> None:
            if number is not None:
                self._same = int(number) if number else None
                self.go_on(values)

        new = ("", f"Iemand anders: voeg {values['name'].strip()} toe")
        self.app.push_screen(Choose("Is dit dezelfde verzorger?", [*options, new], odd), answered)

    def save(self, values: dict[str, Any]) -> str:
        """Add or change."""
        form = GuardianForm.read(values)
        if self.link is None:
            guardian = guardians.add(self.actor, self.pupil, form, self._same)
        else:
            guardian = guardians.change(self.actor, self.link.guardian_id, form, self.pupil, self.seen)
        return f"Verzorger {guardian.name} is opgeslagen."
