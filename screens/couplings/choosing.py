"""Koppeling activeren and Koppeling beëindigen with no coupling chosen: which one it is about."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from app.diagnosis.coupling_status import all_couplings
from app.targets import ActivationList, EndingList
from screens.couplings.detail import CouplingScreen
from screens.couplings.detail_block import Row, row_of
from screens.couplings.overview import LIVE, CouplingOverview
from screens.couplings.page import CouplingsPage
from screens.shared.records import RecordList, Rows


class ActivateList(CouplingOverview):
    """Koppeling activeren with no coupling chosen: the available ones."""

    BELOW = (ActivationList.TITLE,)
    HELP = "Kies de koppeling die u wilt activeren. U heeft er de rol Directie of Applicatiebeheerder voor nodig."

    def body(self) -> ComposeResult:
        """Only the available ones."""
        hidden = RecordList(LIVE, empty="", id="live")
        hidden.display = False
        yield hidden
        yield from self.available("Kies welke koppeling u wilt activeren.")
        yield from self.beside_lists()


class EndList(CouplingsPage):
    """Koppeling beëindigen: the live couplings, to choose one to end."""

    BELOW = (EndingList.TITLE,)
    HELP = (
        "Kies de koppeling die u wilt beëindigen. Ontvangen resultaten blijven staan. Wilt u alleen even stoppen, "
        "verwijder dan de verificatiecode op de pagina van de koppeling."
    )

    def body(self) -> ComposeResult:
        """The live couplings."""
        yield RecordList(
            LIVE, empty="Er is geen geactiveerde koppeling om te beëindigen.", id="live", title=EndingList.TITLE
        )

    def focus_start(self) -> None:
        """Start in the list."""
        self.query_one(RecordList).focus()

    def read(self) -> list[Row]:
        """The live couplings."""
        return [row_of(self.actor, row) for row in all_couplings(self.actor) if row.coupling is not None]

    def show(self, found: list[Row]) -> None:
        """Show them."""
        self.query_one(RecordList).show(Rows(found))

    @on(RecordList.Chosen)
    def _open(self, event: RecordList.Chosen) -> None:
        self.app.push_screen(CouplingScreen(event.row.kind, ending=True))
