"""Tab Basispoort: which pupils came in and when; they come by transfer 1 of seed 000, never by the results coupling."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Label

from app import clock
from app.partners.iep_lvs import overview
from models.partners.iep_lvs import IepSchool
from screens.partners.iep_lvs.page import Paged, ReadingList, facts, show_line
from screens.partners.iep_lvs.school_page import TABS_HELP, SchoolPage
from screens.shared.records import Column, RecordList
from screens.shared.text import paragraphs

ABOUT = (
    "Leerlingen en groepen komen elke nacht uit ESIS, via Basispoort. Wie vandaag in ESIS wordt ingeschreven, staat morgen "
    "in Basispoort en de ochtend daarna hier."
)
MISSED = (
    "! De afgelopen nacht is er niets binnengekomen. Controleer het BRIN6 (tabblad Details) en of IEP in Basispoort is "
    "aangevinkt."
)


class Basispoort(SchoolPage):
    """What Basispoort delivered."""

    TAB = "basispoort"
    HELP = (
        "Leerlingen en groepen komen niet via de resultaatkoppeling, maar via Basispoort: ESIS levert elke nacht om 1:30 "
        "aan Basispoort, en Basispoort levert elke nacht om 1:00 aan IEP LVS wat het op dat moment heeft. Een nieuwe "
        "leerling staat dus na twee nachten hier.\n\n"
        "De lijst toont elke levering, de nieuwste bovenaan: hoeveel leerlingen nieuw zijn, gewijzigd of vertrokken. Wie "
        "er nu staan, ziet u bij Leerlingen. " + TABS_HELP
    )

    def content(self) -> ComposeResult:
        """Explanation, state, the transfers."""
        yield Label(ABOUT, classes="note")
        yield Label("", id="iep-facts", classes="paragraph")
        yield Label("", id="iep-next", classes="paragraph attention")
        yield ReadingList(
            [
                Column("Binnengekomen", lambda row: clock.dutch_moment(row.at), 20),
                Column("Nieuw", lambda row: str(row.added), 7, right=True),
                Column("Gewijzigd", lambda row: str(row.changed), 9, right=True),
                Column("Vertrokken", lambda row: str(row.left), 10, right=True),
                Column("Melding", lambda row: row.message),
            ],
            empty="Basispoort heeft nog niets geleverd. Dat gebeurt elke nacht om 1:00, zodra IEP in Basispoort is "
            "aangevinkt en Basispoort de leerlingen uit ESIS heeft.",
            id="iep-transfers",
        )

    def refresh_data(self) -> None:
        """Read again."""
        super().refresh_data()
        school = self.school
        now = clock.school_now(self.esis.board)
        listed = self.query_one("#iep-transfers", RecordList)
        listed.show(
            Paged(
                lambda: overview.transfer_count(school), lambda offset, limit: overview.transfers(school, offset, limit)
            )
        )
        missed = listed.row_count > 0 and overview.missed_night(school, now)
        self.query_one("#iep-facts", Label).update(paragraphs(self._facts(school, listed.row_count)))
        show_line(self.query_one("#iep-next", Label), MISSED if missed else "")

    @staticmethod
    def _facts(school: IepSchool, transfers: int) -> str:
        held = overview.summary(school)
        latest = overview.transfers(school, 0, 1)
        return facts([
            ("Koppeling", "werkt" if transfers else "nog niets binnengekomen"),
            ("Laatste levering", clock.dutch_moment(latest[0].at) if latest else "nog geen"),
            ("Leerlingen", str(held.pupils)),
            ("Groepen", str(held.groups)),
        ])  # fmt: skip
