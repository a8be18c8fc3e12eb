"""Medewerkers: who works at the location, which groups they teach, and whether they are still active."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.app import ComposeResult
from textual.content import Content

from app import history
from app.school import groups
from app.school.board import users
from app.school.people import staff
from app.school.people.staff import StaffForm, StaffRow
from models.columns import labels
from models.school import StaffMember
from screens.shared import keys, signs
from screens.shared.described import fields_of
from screens.shared.facts import Act, Fact, Row, Section
from screens.shared.fields import Field, FixedField, TicksField
from screens.shared.maintenance import ListScreen, RecordForm
from screens.shared.partner_notice import partner_notice
from screens.shared.records import Column
from screens.shared.text import plain


class StaffScreen(ListScreen):
    """The staff of the location; those who left come last."""

    ITEM = "medewerkers"
    NEW = "Nieuwe medewerker"
    DELETE = "Niet meer actief maken"
    ONE = "Medewerker"
    EMPTY = "Er zijn nog geen medewerkers. Met F4 voegt u de eerste toe, of lees een EDEXML-bestand in bij Import."
    COLUMNS = (
        Column("Naam", lambda row: row.list_name, order=True),
        Column.of(StaffMember.key, 8, order=True),
        Column("E-mail", lambda row: row.email or "geen", 34, from_width=150, order=True),
        Column("Groepen", lambda row: _groups(row), 22, order=True),
        Column(
            "Actief",
            lambda row: "ja" if row.active else "nee",
            6,
            order=True,
            style=lambda row: "" if row.active else "hint",
        ),
    )
    HELP = (
        "De medewerkers van deze vestiging, met de groepen waar zij dit schooljaar voor staan. Enter wijzigt, F4 voegt toe, F3 "
        "gaat naar het zoekveld.\n\n"
        "Wie weggaat, maakt u niet actief (Del); verwijderen kan niet, omdat andere systemen de medewerker kennen. Wie niet "
        "actief is, staat niet meer als leerkracht bij een groep en ziet als leerkracht geen leerlingen meer. Keert iemand "
        "terug, dan activeert Del weer, met dezelfde sleutel en groepen.\n\n"
        "Een actieve medewerker ziet nog niets: daarvoor zijn een gebruiker en een rol nodig (Beheer > Inrichten > Gebruikers "
        "en rollen)."
    )
    BINDINGS = [
        keys.REMOVE(
            "delete",
            "Wel/niet actief",
            id="staff.active",
            tooltip="Maakt de medewerker waar u op staat niet meer actief, of juist weer wel.",
        ),
    ]

    def rows(self) -> list[StaffRow]:
        """All of them."""
        return staff.listed(self.actor)

    def detail(self, row: StaffRow) -> Iterator[Row]:
        """Whether active, how to reach, the groups, and the user that goes with it."""
        sign, colour, told = ("●", "ok", "Actief") if row.active else ("■", "calm", "Niet actief")
        user = users.name_of_staff(row.id)
        yield plain(row.full_name).stylize("bold $ink")
        yield Content.assemble(plain(f"{row.key}  ").stylize("$label"), signs.badge(sign, told, colour))
        yield Content("")
        yield Section("Gegevens")
        yield Fact("E-mail", row.email or Content("! geen e-mailadres").stylize("$warn"))
        yield Fact("Gebruiker", user or Content("geen: kan zich niet aanmelden").stylize("$hint"))
        yield Content("")
        yield Section("Groepen dit jaar")
        yield Fact("Leerkracht van", _groups(row))
        yield Content("")
        yield Act("Enter", "Wijzigen", "namen, e-mail, groepen")
        yield Act("Del", "Niet actief" if row.active else "Weer actief", "vraagt eerst")

    def form(self, row: StaffRow | None) -> StaffFormScreen:
        """One of them."""
        return StaffFormScreen(row)

    def question(self, row: StaffRow) -> tuple[str, str]:
        """What the change means."""
        if row.active:
            return (
                "Niet meer actief?",
                f"{row.full_name} staat dan niet meer als leerkracht bij een groep en ziet als "
                "leerkracht geen leerlingen meer. Sleutel en groepen blijven bewaard voor wie terugkomt.",
            )
        return "Weer actief?", f"{row.full_name} is dan weer actief op deze vestiging, met dezelfde sleutel en groepen."

    def agreement(self, row: StaffRow) -> str:
        """What the status becomes."""
        return self.DELETE if row.active else "Weer actief maken"

    def delete(self, row: StaffRow) -> str:
        """Switch between active and inactive."""
        change = staff.deactivate if row.active else staff.reactivate
        change(self.actor, StaffMember.get_by_id(row.id))
        return f"{row.full_name} is {'niet meer' if row.active else 'weer'} actief."


def _groups(row: StaffRow) -> str:
    names = ", ".join(row.groups) or "geen"
    return names if row.active or not row.groups else f"geen (was {names})"


class StaffFormScreen(RecordForm):
    """The form of a member of staff, new or existing."""

    ITEM = "medewerkers"
    BELOW = ("Medewerker",)
    HELP = (
        "De namen, het e-mailadres en de groepen van dit schooljaar. De sleutel geeft ESIS zelf; die verandert nooit, want "
        "daaraan herkennen andere systemen de medewerker.\n\n"
        "In de lijst met groepen zet de spatiebalk een kruisje. F2 slaat op, Esc gaat terug."
    )

    LABELS = labels(StaffMember)

    def __init__(self, row: StaffRow | None) -> None:
        self.record = StaffMember.get_by_id(row.id) if row else None
        self._groups = row.group_ids if row else frozenset[int]()
        super().__init__(history.version(self.record) if self.record else None)

    def title_text(self) -> str:
        """Whether it is new."""
        return "Medewerker wijzigen" if self.record else "Nieuwe medewerker"

    def above(self) -> ComposeResult:
        """That a partner keeps its own data, or when a new member of staff arrives there."""
        return partner_notice(self.actor, "staff", self.record.id if self.record else None)

    def fields(self) -> list[Field]:
        """Names, address, groups."""
        form = StaffForm.of(self.record) if self.record else StaffForm("", "")
        return [
            *([FixedField("key", self.LABELS["key"], value=self.record.key)] if self.record else []),
            *fields_of(form),
            TicksField(
                "groups",
                "Groepen dit jaar",
                value=tuple(map(str, self._groups)),
                options=tuple((group.name, str(group.id)) for group in groups.visible(self.actor)),
            ),
        ]

    def warnings(self, values: dict[str, Any]) -> str:
        """A likely duplicate."""
        form, own = _form(values), self.record
        if own and form.columns(StaffMember) == StaffForm.of(own).columns(StaffMember):
            return ""
        return "\n\n".join(staff.warnings_about(self.actor, form, own.id if own else 0))

    def save(self, values: dict[str, Any]) -> str:
        """Save a new or changed member of staff."""
        form = _form(values)
        if self.record is None:
            return f"Medewerker {staff.add(self.actor, form).key} is toegevoegd."
        staff.change(self.actor, self.record, form, self.seen, self._groups)
        return f"Medewerker {self.record.key} is opgeslagen."


def _form(values: dict[str, Any]) -> StaffForm:
    return StaffForm.read(values, groups=frozenset(map(int, values["groups"])))
