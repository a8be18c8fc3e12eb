"""Tab Basispoort: which pupils came in and when: by sources.md#transfers, never by the results coupling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from app import clock
from app.counted import counted
from app.diagnosis import advice
from app.partners.iep_lvs import overview
from models.partners.iep_lvs import IepSchool, IepTransfer
from screens.partners.iep_lvs.page import SchoolPage
from screens.partners.page import Explained, Paged, show_line
from screens.partners.tabs import TABS_HELP
from screens.shared.controls import Buttons, push_button
from screens.shared.facts import Fact, Facts
from screens.shared.label import Label
from screens.shared.panel import Panel
from screens.shared.records import Column, ReadingList, RecordList
from screens.shared.sources import Ready, ready

ABOUT = (
    "Leerlingen en groepen komen elke nacht uit ESIS, via Basispoort. Wie vandaag in ESIS wordt ingeschreven, staat morgen "
    "in Basispoort en de ochtend daarna hier."
)
MISSED = "! De afgelopen nacht is er niets binnengekomen."
WHERE = "Kies Verbinding instellen/controleren: daar staat wat er niet in orde is."
CHECK = "Verbinding instellen/controleren"


@dataclass(frozen=True)
class Delivered:
    """What came in, as shown."""

    transfers: Ready
    told: Sequence[Fact]
    step: str
    """What is not in order; empty if nothing."""


class Basispoort(Explained, SchoolPage):
    """What Basispoort delivered."""

    TAB = "basispoort"
    WHY = "publish-iep-lvs"
    HELP = (
        "Leerlingen en groepen komen niet via de resultaatkoppeling, maar via Basispoort: ESIS levert elke nacht om 1:30 "
        "aan Basispoort, en Basispoort levert elke nacht om 1:00 aan IEP LVS wat het op dat moment heeft. Een nieuwe "
        "leerling staat dus na twee nachten hier.\n\n"
        "De lijst toont elke levering, de nieuwste bovenaan: hoeveel leerlingen nieuw zijn, gewijzigd of vertrokken. Wie "
        "er nu staan, ziet u bij Leerlingen. Verbinding instellen/controleren zoekt uit waarom er niets binnenkomt. "
        + TABS_HELP
    )

    def content(self) -> ComposeResult:
        """The explanation, the state, the transfers and the check."""
        yield Panel(
            "Leerlingen uit Basispoort", Label("", id="iep-next"), Facts(id="iep-facts"), Label(ABOUT, classes="note")
        )
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
            title="Leveringen",
        )
        with Buttons():
            yield push_button(CHECK, id="iep-check")

    @on(Button.Pressed, "#iep-check")
    def _check(self) -> None:
        self.app.push_screen(self.ROUTES.make("check", self.session))

    def read(self) -> Delivered:
        """The transfers, and whether last night's came."""
        school = self.school
        transfers = ready(Paged(partial(overview.transfer_count, school), partial(overview.transfers, school)))
        latest: IepTransfer | None = next(iter(transfers.first), None)
        missed = latest is not None and overview.missed_night(school, clock.school_now(self.esis.board))
        told = f"{MISSED} {WHERE}" if advice.is_given(self.esis.board) else MISSED
        why = f"! {latest.message}" if latest and latest.message else told
        return Delivered(transfers, self._facts(school, latest, missed), why if missed else "")

    def show(self, found: Delivered) -> None:
        """Show them."""
        self.query_one("#iep-transfers", RecordList).show(found.transfers)
        self.query_one("#iep-facts", Facts).show(found.told)
        show_line(self.query_one("#iep-next", Label), found.step)

    def _facts(self, school: IepSchool, latest: IepTransfer | None, missed: bool) -> list[Fact]:
        held = overview.summary(school)
        state = "werkt" if latest and not missed else "nog niets binnengekomen"
        return [
            Fact("Koppeling", "afgelopen nacht niets binnengekomen" if missed else state),
            Fact("Laatste levering", self._latest(latest)),
            Fact("Leerlingen", f"{held.pupils} in {counted(held.groups, 'groep', 'groepen')}"),
        ]

    @staticmethod
    def _latest(latest: IepTransfer | None) -> str:
        if latest is None:
            return "nog geen"
        return clock.dutch_moment(latest.at) + (", geweigerd" if latest.message else "")
