"""Beheer of Basispoort: the menu of what a school can manage here."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from screens.partners.basispoort.page import BasispoortPage
from screens.partners.page import Way, Ways
from screens.shared.link import Link
from screens.shared.panel import Panel

ABOUT = {
    "publishers": "wie krijgen de leerlingen",
    "las": "elke nacht uit ESIS, en onder welk BRIN6",
    "upload": "een EDEXML-bestand, als de automatische koppeling uit staat",
    "staff": "wie kan aanmelden, en in welke rol",
}


class Management(BasispoortPage):
    """What can be managed."""

    HERE = "management"
    PATH = ("Beheer",)
    HELP = (
        "Kies wat u wilt regelen: de uitgeverijen die de leerlingen krijgen, de koppeling met het leerlingadministratie"
        "systeem (LAS), een bestand inlezen, of de medewerkers en hun rollen."
    )

    def body(self) -> ComposeResult:
        """The menu."""
        with Ways(id="basispoort-management"), Panel("Beheer", classes="-list"):
            for key, title in self.ROUTES.more:
                yield Way(f"{title}: {ABOUT[key]}", key=key)

    @on(Link.Chosen, "#basispoort-management Link")
    def _go(self, event: Link.Chosen) -> None:
        event.stop()
        self.app.push_screen(self.ROUTES.make(event.link.key, self.session))
