"""Klassenindeling: the school's own division into classes, to be checked after a year transition (rule 8)."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen

from app.partners.mijnschoolinfo import layout
from app.partners.mijnschoolinfo.layout import ClassRow
from screens.partners.mijnschoolinfo.adding import NewClass
from screens.partners.mijnschoolinfo.classroom import Classroom
from screens.partners.mijnschoolinfo.page import MsiList
from screens.partners.page import show_line
from screens.shared import keys
from screens.shared.label import Label
from screens.shared.records import Column


class Layout(MsiList):
    """The classes."""

    HERE = "layout"
    PATH = ("Klassenindeling",)
    NEW = "Nieuwe klas"
    CHANGE = "Openen"
    MORE = (("confirm", "Indeling bevestigen"),)
    WITHOUT_ROW = ("add", "confirm")
    EMPTY = "Er is nog geen klassenindeling. Met F4 maakt u de eerste klas."
    COLUMNS = (
        Column("Klas", lambda row: row.name, 16, order=True),
        Column("Leerkracht", lambda row: row.teacher or "geen", 22, order=True),
        Column("Leerlingen", lambda row: str(len(row.places)), 10, right=True, order=lambda row: len(row.places)),
        Column("Niet meer hier", lambda row: str(sum(not place.here for place in row.places) or ""), 14, right=True),
        Column("", lambda _row: ""),
    )
    HELP = (
        "De klassenindeling is hoe Mijnschoolinfo zelf de leerlingen in klassen verdeelt: lijsten met een volgorde en een "
        "leerkracht. Zij wordt alleen hier gemaakt; er komt niets van uit ESIS, en geen levering raakt haar aan.\n\n"
        "Na de jaarovergang staat er 'controleer deze indeling', tot u haar bevestigt (F2). Enter opent een klas, N maakt er "
        "een, Del verwijdert er een na een vraag."
    )
    BINDINGS = [
        keys.DONE(
            "confirm",
            "Indeling bevestigen",
            id="msi.confirm-layout",
            show=False,
            tooltip="Zegt dat de indeling goed is voor dit schooljaar.",
        ),
    ]

    def above(self) -> ComposeResult:
        """The banner that says whether it must be checked."""
        yield Label("", id="msi-check", classes="paragraph attention")

    def rows(self) -> list[ClassRow]:
        """The classes."""
        return layout.classes(self.school)

    def read_above(self) -> bool:
        """Whether it must be checked."""
        return bool(self.school.check_layout)

    def show_above(self, found: bool) -> None:
        """Show the banner if it must."""
        told = f"! De jaarovergang is geweest: {layout.CHECK}. Klopt zij, kies dan Indeling bevestigen (F2)."
        show_line(self.query_one("#msi-check", Label), self.esis.in_keys(told) if found else "")
        button = self.query_one("#confirm")
        if button.has_focus and not found:
            self.action_to_list()
        button.display = found

    def form(self, row: ClassRow | None) -> Screen[Any]:
        """The class, or the form for a new one."""
        return Classroom(self.session, row.name) if row else NewClass(self.session)

    def question(self, row: ClassRow) -> tuple[str, str]:
        """What deleting means."""
        return (
            "Klas verwijderen?",
            f"Klas {row.name} gaat uit de klassenindeling, met haar volgorde. De leerlingen blijven.",
        )

    def delete(self, row: ClassRow) -> str:
        """Delete."""
        layout.remove(self.school, row.name)
        return f"Klas {row.name} is verwijderd."

    def action_confirm(self) -> None:
        """Confirm the layout."""
        school = self.school
        self.action_to_list()  # the button goes
        self.perform(lambda: layout.confirm(school), lambda _: self.say("De klassenindeling is bevestigd."))
