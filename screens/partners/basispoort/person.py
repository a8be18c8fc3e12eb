"""Beheer > Medewerkers > Toevoegen: create an account by hand."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult

from app.partners.basispoort import staff
from app.partners.basispoort.staff import StaffRole
from app.partners.partner import Colleague
from models.partners.basispoort import BasispoortStaff
from screens.partners.basispoort.page import BasispoortPage
from screens.shared.fields import ChoiceField, TextField
from screens.shared.forms import Form
from screens.shared.panel import Panel


class NewPerson(BasispoortPage):
    """Name, e-mail address and the first role."""

    HERE = "management"
    PATH = ("Beheer", "Medewerkers", "Toevoegen")
    HELP = (
        "Vul in wie het is en in welke rol, en druk op F2. De rol werkt na een nacht. Geef een stagiair alleen die rol: wie "
        "ook leraar is, kan bij de uitgeverijen niet aanmelden."
    )

    def body(self) -> ComposeResult:
        """The form."""
        form = Form(
            [
                _text(BasispoortStaff.first_name, "Voornaam"),
                _text(BasispoortStaff.prefix, "Voorvoegsel"),
                _text(BasispoortStaff.last_name, required=True),
                _text(BasispoortStaff.email),
                ChoiceField(
                    "role",
                    "Rol",
                    value=StaffRole.TEACHER.value,
                    options=tuple((role.value, role.value) for role in StaffRole),
                ),
            ]
        )
        yield Panel("Medewerker toevoegen", form)

    @on(Form.Submitted)
    def _save(self, event: Form.Submitted) -> None:
        school, values = self.school, event.values
        person = Colleague(values["first_name"], values["prefix"], values["last_name"], values["email"])
        self.perform(lambda: staff.add(school, person, StaffRole(values["role"])), lambda _: self._saved())

    def _saved(self) -> None:
        self.query_one(Form).keep()
        self.action_back()


def _text(column: Any, label: str = "", required: bool = False) -> TextField:
    return TextField(column.name, label or column.verbose_name, required, max_length=column.max_length)
