"""The forms for a new pupil, guardian or class."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from app import clock
from app.partners.mijnschoolinfo import account, cards, doubles, editing, layout
from app.partners.mijnschoolinfo.editing import PupilForm
from app.partners.mijnschoolinfo.fields import COLUMNS, REQUIRED
from app.refusals import Refused
from models.partners.mijnschoolinfo import MsiClass
from screens.partners.mijnschoolinfo.classroom import Classroom
from screens.partners.mijnschoolinfo.page import MsiForm
from screens.partners.page import Session
from screens.shared.fields import ChoiceField, Field, FixedField, TextField

NO_GROUP = "(geen groep)"


def text_field(name: str, value: str = "") -> Field:
    """A field of a record, with its label and length."""
    column = COLUMNS[name]
    return TextField(name, column.verbose_name, name in REQUIRED, value, max_length=column.max_length)


def birth_field(born: date | None = None, help: str = "") -> Field:
    """The birth date, which may be left out."""
    shown = clock.dutch_date(born) if born else ""
    return TextField("birth_date", COLUMNS["birth_date"].verbose_name, value=shown, help=help, check=read_birth_date)


def read_birth_date(text: str) -> date | None:
    """The date typed; None if empty. Raises `Refused` if it is not a date."""
    try:
        return clock.parse_date(text) if text.strip() else None
    except Refused as wrong:
        raise Refused(wrong.sentence, field="birth_date") from None


class NewPupil(MsiForm):
    """Leerling toevoegen: once ESIS leads, only to one of the school's own groups."""

    HERE = "school"
    PATH = ("School", "Leerling toevoegen")
    TITLE_TEXT = "Leerling toevoegen"
    HELP = (
        "Voeg met de hand een leerling toe. Zolang de koppeling met ESIS uit staat, kan dat met of zonder groep; daarna alleen "
        "in een eigen groep, bijvoorbeeld voor instromers. Wie u zelf toevoegt, blijft staan tot u hem of haar verwijdert. "
        "F2 slaat op."
    )

    def fields(self) -> list[Field]:
        """Names, birth date, and one of the school's own groups."""
        groups = tuple((group.name, str(group.id)) for group in cards.own_groups(self.school))
        none = () if account.leads(self.school) else ((NO_GROUP, ""),)
        options = (*none, *groups)
        return [
            *(text_field(name) for name in ("first_name", "prefix", "last_name")),
            birth_field(help="Zoals 31-5-2012; mag leeg blijven."),
            ChoiceField("group", "Eigen groep", value=options[0][1] if options else "", options=options),
        ]

    @staticmethod
    def _read(values: dict[str, Any]) -> PupilForm:
        return PupilForm(
            values["first_name"],
            values["last_name"],
            values["prefix"],
            read_birth_date(values["birth_date"]),
            int(values["group"]) if values["group"] else None,
        )

    def warnings(self, values: dict[str, Any]) -> str:
        """A likely double."""
        return "\n\n".join(doubles.of_pupil(self.school, self._read(values)))

    def save(self, values: dict[str, Any]) -> str:
        """Add."""
        return f"{editing.name_of(editing.add_pupil(self.school, self._read(values)))} is toegevoegd."


class NewGuardian(MsiForm):
    """Verzorger toevoegen, for these pupils."""

    HERE = "school"
    PATH = ("School", "Verzorger toevoegen")
    TITLE_TEXT = "Verzorger toevoegen"
    HELP = "Voeg met de hand een verzorger toe. Zonder goed e-mailadres kan de verzorger niet inloggen. F2 slaat op."

    def __init__(self, session: Session, pupil_ids: Sequence[int]) -> None:
        super().__init__(session)
        self._pupil_ids = pupil_ids

    def fields(self) -> list[Field]:
        """Name and contact details."""
        children = ", ".join(editing.name_of(editing.get(self.school, "pupil", number)) for number in self._pupil_ids)
        return [
            *(text_field(name) for name in ("name", "email", "phone")),
            FixedField("children", "Verzorger van", value=children or "niemand"),
        ]

    def warnings(self, values: dict[str, Any]) -> str:
        """A likely double."""
        return "\n\n".join(doubles.of_guardian(self.school, values["name"], values["email"], self._pupil_ids))

    def save(self, values: dict[str, Any]) -> str:
        """Add."""
        made = editing.add_guardian(self.school, values["name"], values["email"], values["phone"], self._pupil_ids)
        return f"{made.name} is toegevoegd."


class NewClass(MsiForm):
    """Nieuwe klas in the klassenindeling; its pupils are chosen next."""

    HERE = "layout"
    PATH = ("Klassenindeling", "Nieuwe klas")
    TITLE_TEXT = "Nieuwe klas"
    HELP = "Geef de klas een naam. Daarna kiest u de leerkracht en de leerlingen, en zet u hen op volgorde."

    def fields(self) -> list[Field]:
        """The name."""
        return [TextField("name", "Naam van de klas", required=True, max_length=MsiClass.name.max_length)]

    def save(self, values: dict[str, Any]) -> Any:
        """Create it."""
        return layout.begin(self.school, values["name"])

    def saved(self, told: Any) -> None:
        """Go to the class, to choose its pupils."""
        self.keep()
        self.app.switch_screen(Classroom(self.session, str(told.name)))
