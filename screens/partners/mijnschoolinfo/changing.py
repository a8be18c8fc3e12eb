"""The form to change personal data in Mijnschoolinfo: changes made here stay, whatever ESIS says later (rule 2)."""

from __future__ import annotations

from typing import Any

from app.partners.mijnschoolinfo import doubles, editing
from app.partners.mijnschoolinfo.cards import Card
from app.partners.mijnschoolinfo.editing import By, ChangedHere
from app.refusals import Refused
from screens.partners.mijnschoolinfo.adding import birth_field, read_birth_date, text_field
from screens.partners.mijnschoolinfo.page import MsiForm
from screens.partners.page import Session
from screens.shared.fields import ChoiceField, Field

FIELDS = {
    "pupil": ("first_name", "prefix", "last_name"),
    "guardian": ("name", "email", "phone"),
    "staff": ("first_name", "prefix", "last_name", "email"),
}
WHO = (("de verzorger, in de app", str(By.GUARDIAN)), ("de beheerder van de school", str(By.ADMINISTRATOR)))


class ChangeForm(MsiForm):
    """Names and contact details, and who is changing them."""

    HERE = "school"
    PATH = ("School", "Wijzigen")
    HELP = (
        "Wijzig wat niet klopt, kies wie dat doet en druk op F2. In het echt wijzigen verzorgers hun gegevens zelf in de app; "
        "in deze oefenomgeving doet u dat hier namens hen. De wijziging blijft staan: ESIS overschrijft haar niet.\n\n"
        "Heeft een ander intussen iets gewijzigd, dan staat er wat het nu is en wordt er niets opgeslagen tot u nog eens op F2 "
        "drukt."
    )

    def __init__(self, session: Session, kind: str, card: Card) -> None:
        super().__init__(session)
        self._kind, self._card = kind, card
        dated = ("birth_date",) if kind == "pupil" else ()
        self._seen = {name: getattr(card.record, name) for name in (*FIELDS[kind], *dated)}

    existing = True

    def title_text(self) -> str:
        """Whom it is about."""
        return f"Wijzigen: {self._card.name}"

    def fields(self) -> list[Field]:
        """As they are now."""
        record = self._card.record
        by = By.ADMINISTRATOR if self._kind == "staff" else By.GUARDIAN
        born = [birth_field(record.birth_date)] if self._kind == "pupil" else []
        return [
            *(text_field(name, str(getattr(record, name))) for name in FIELDS[self._kind]),
            *born,
            ChoiceField("by", "Wie wijzigt", value=str(by), options=WHO),
        ]

    def _read(self, values: dict[str, Any]) -> dict[str, Any]:
        changed = {name: values[name] for name in FIELDS[self._kind]}
        if "birth_date" in values:
            changed["birth_date"] = read_birth_date(values["birth_date"])
        return changed

    def warnings(self, values: dict[str, Any]) -> str:
        """A likely duplicate that the change creates."""
        return "\n\n".join(doubles.of_changed(self.school, self._kind, self._card.record.id, self._read(values)))

    def save(self, values: dict[str, Any]) -> str:
        """Change."""
        by = By(values["by"])
        record = editing.change(self.school, self._kind, self._card.record.id, self._read(values), by, self._seen)
        return f"{editing.name_of(record)} is opgeslagen. ESIS overschrijft dit niet."

    def show_refusal(self, refusal: Refused) -> None:
        """After someone else's change, show the values now; saving again then overwrites what the user has seen."""
        if isinstance(refusal, ChangedHere):
            self._seen = refusal.now
            refusal.sentence += " Met nog eens F2 slaat u uw invoer toch op."
        super().show_refusal(refusal)
