"""Beheer of IEP LVS: the menu with School in it (sources.md#iep-lvs)."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from screens.partners.iep_lvs.page import IepPage, SchoolPage
from screens.partners.iep_lvs.routes import ROUTES
from screens.partners.page import Way, Ways
from screens.shared.link import Link
from screens.shared.panel import Panel

SCHOOL, MERGING = "school", "merging"
ABOUT = {
    "details": "naam en BRIN6 van de school",
    "basispoort": "welke leerlingen wanneer binnenkwamen",
    "coupling": "resultaten elke nacht naar ESIS",
    "windows": "wanneer er getoetst wordt",
}


class Management(IepPage):
    """The beheeromgeving."""

    HERE = "management"
    PATH = ("Beheer",)
    HELP = (
        "De beheeromgeving van IEP LVS. Kies School voor de gegevens van de school, de levering door Basispoort, de "
        "resultaatkoppeling met ESIS en de toetsvensters. De tabbladen eronder opent u ook rechtstreeks.\n\n"
        "Heeft een leerling twee accounts, bijvoorbeeld na een ander leerlingnummer, voeg ze dan samen: Gebruikers: "
        "Leerlingen samenvoegen."
    )

    def body(self) -> ComposeResult:
        """The menu."""
        with Ways(id="iep-management"):
            with Panel("School", classes="-list"):
                yield Way("School", key=SCHOOL)
                for key, title in ROUTES.tabs:
                    yield Way(f"  {title}: {ABOUT[key]}", key=key)
            with Panel("Gebruikers", classes="-list"):
                yield Way("Gebruikers: Leerlingen samenvoegen", key=MERGING)

    @on(Link.Chosen, "#iep-management Link")
    def _go(self, event: Link.Chosen) -> None:
        event.stop()
        if event.link.key == MERGING:
            self.app.push_screen(ROUTES.make(MERGING, self.session))
            return
        first, _ = ROUTES.tabs[0]
        page = ROUTES.make(first if event.link.key == SCHOOL else event.link.key, self.session)
        assert isinstance(page, SchoolPage)
        page.on_tabs = event.link.key == SCHOOL
        self.app.push_screen(page)
