"""Tab Vensters: the test windows of last school year, this one and the next, and what happened in each."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from app import clock
from app.partners.iep_lvs import overview
from app.partners.iep_lvs.overview import WindowRow
from screens.partners.iep_lvs.page import SchoolPage
from screens.partners.iep_lvs.routes import ROUTES
from screens.partners.tabs import TABS_HELP
from screens.shared.controls import Buttons, push_button
from screens.shared.label import Label
from screens.shared.records import Column, ReadingList, RecordList, Rows

ABOUT = (
    "In een venster maakt elke leerling de toetsen van het leerlingvolgsysteem voor zijn leerjaar, op een eigen dag. Buiten "
    "de vensters kunt u een groep zelf een toets laten maken."
)


def _period(row: WindowRow) -> str:
    return f"{clock.dutch_date(row.window.opens)} t/m {clock.dutch_date(row.window.closes)}"


class Windows(SchoolPage):
    """When pupils sit."""

    TAB = "windows"
    HELP = (
        "De toetsvensters: de weken halverwege en aan het eind van het schooljaar waarin de toetsen worden gemaakt. Dat "
        "gebeurt vanzelf als de schooltijd erdoorheen loopt (F9). De resultaten gaan de nacht erna naar ESIS.\n\n"
        "Wilt u niet wachten, kies dan Groep een toets laten maken. " + TABS_HELP
    )

    def content(self) -> ComposeResult:
        """The explanation, the windows, and the link to a sitting now."""
        yield Label(ABOUT, classes="note")
        yield ReadingList(
            [
                Column("Schooljaar", lambda row: row.window.school_year, 10),
                Column("Venster", lambda row: row.window.name, 8),
                Column("Periode", _period, 24),
                Column("Stand", lambda row: row.state, 9),
                Column("Toetsafnames", lambda row: str(row.sittings), 12, right=True),
                Column("", lambda _: "", from_width=100),
            ],
            empty="Er zijn nog geen vensters. Ze komen met de eerste levering van Basispoort.",
            id="iep-windows",
            title="Toetsvensters",
        )
        with Buttons():
            yield push_button("Groep een toets laten maken", id="iep-sit")

    def read(self) -> Sequence[WindowRow]:
        """The windows, and what happened in each."""
        return overview.window_rows(self.school, clock.school_today(self.esis.board))

    def show(self, found: Sequence[WindowRow]) -> None:
        """Show them."""
        self.query_one("#iep-windows", RecordList).show(Rows(found))

    @on(Button.Pressed, "#iep-sit")
    def _sit(self) -> None:
        self.app.push_screen(ROUTES.make("assessments", self.session))
