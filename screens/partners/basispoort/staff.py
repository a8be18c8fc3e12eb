"""Beheer > Medewerkers: who can sign in to the publishers, in which roles, and whose two roles conflict."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from app.partners.basispoort import staff
from app.partners.basispoort.staff import StaffRole, StaffRow
from screens.partners.basispoort.page import BasispoortPage
from screens.shared import keys
from screens.shared.controls import Buttons, push_button
from screens.shared.dialogs import Choose, Confirm
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

GIVE, TAKE, REMOVE = "give", "take", "remove"


class Staff(BasispoortPage):
    """Everyone with an account; Enter gives or removes a role."""

    HERE = "management"
    PATH = ("Beheer", "Medewerkers")
    HELP = (
        "De medewerkers met een account bij Basispoort en hun rollen. Enter op een regel geeft een rol, neemt er een af of "
        "verwijdert het account; F4 voegt iemand toe. Een nieuwe rol werkt na een nacht.\n\n"
        "Wie leraar én stagiair is, kan bij de uitgeverijen niet aanmelden: neem een van de twee rollen af. Een "
        "ICT-coördinator beheert het account van de school maar ziet zelf geen lesmateriaal; daarvoor is ook de rol leraar "
        "nodig. Nieuwe medewerkers komen niet uit ESIS: voeg ze hier toe."
    )
    BINDINGS = [
        keys.NEW("add", "Toevoegen", id="basispoort.add-person", tooltip="Voegt een medewerker toe."),
    ]

    def body(self) -> ComposeResult:
        """The list and the available actions."""
        yield Label("Enter: een rol geven of afnemen. Een nieuwe rol werkt na een nacht.", classes="note")
        yield RecordList(
            [
                Column("Naam", lambda row: row.name, 22, order=True),
                Column("Nummer", lambda row: row.staff.key, 7, order=True, from_width=100),
                Column("Rollen", lambda row: ", ".join(row.names) or "geen", 18, order=True),
                Column(
                    "Bij uitgeverijen",
                    lambda row: row.state,
                    order=True,
                    style=lambda row: "warn" if row.blocked else "",
                ),
            ],
            empty="Er zijn nog geen medewerkers. Voeg er een toe met F4.",
            id="basispoort-staff",
            title="Medewerkers",
        )
        yield Label("", id="basispoort-standing", classes="note")
        with Buttons():
            yield push_button("Medewerker toevoegen", id="add-person", variant="primary")

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#basispoort-staff").focus()

    def read(self) -> Sequence[StaffRow]:
        """Everyone with an account."""
        return staff.rows(self.school)

    def show(self, found: Sequence[StaffRow]) -> None:
        """Show them."""
        self.query_one("#basispoort-staff", RecordList).show(Rows(found))

    @on(RecordList.Highlighted, "#basispoort-staff")
    def _tell(self, event: RecordList.Highlighted) -> None:
        self.query_one("#basispoort-standing", Label).update(plain(event.row.standing if event.row else ""))

    @on(Button.Pressed, "#add-person")
    def action_add(self) -> None:
        """The form for a new account."""
        self.app.push_screen(self.ROUTES.make("person", self.session))

    @on(RecordList.Chosen, "#basispoort-staff")
    def _choose(self, event: RecordList.Chosen) -> None:
        row: StaffRow = event.row
        options = [
            *((f"{TAKE}:{role}", f"Rol afnemen: {role}") for role in row.names),
            *((f"{GIVE}:{role}", f"Rol geven: {role}") for role in StaffRole if role not in row.names),
            (REMOVE, "Account verwijderen"),
        ]
        self.app.push_screen(Choose(row.name, options), lambda chosen: self._do(row, chosen) if chosen else None)

    def _do(self, row: StaffRow, chosen: str) -> None:
        school, (what, _, role) = self.school, chosen.partition(":")
        if what == REMOVE:
            question = f"{row.name} kan dan bij Basispoort en de uitgeverijen niet meer aanmelden."
            self.app.push_screen(
                Confirm("Account verwijderen?", question, "Verwijderen", danger=True),
                lambda yes: self._remove(row, yes),
            )
            return
        change = staff.give_role if what == GIVE else staff.take_role
        self.perform(lambda: change(school, row.staff, StaffRole(role)))

    def _remove(self, row: StaffRow, answer: bool | None) -> None:
        school = self.school
        if answer:
            self.perform(lambda: staff.remove(school, row.staff))
