"""Tab Leveringen: what came when, and each delivery line by line."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult

from app import clock
from app.partners.mijnschoolinfo import overview
from models.partners.mijnschoolinfo import MsiDelivery, MsiLine
from screens.partners.mijnschoolinfo.delivery_preview import KINDS, Lines, ShowsLines, in_groups
from screens.partners.mijnschoolinfo.page import CouplingTab
from screens.partners.page import Paged, Session
from screens.partners.tabs import TABS_HELP
from screens.shared.label import Label
from screens.shared.records import Column, RecordList
from screens.shared.sources import Ready, ready
from screens.shared.text import paragraphs


class Deliveries(CouplingTab):
    """The deliveries, newest first."""

    TAB = "deliveries"
    HELP = f"Elke levering van ESIS, de nieuwste bovenaan. Enter toont wat zij regel voor regel deed.\n\n{TABS_HELP}"

    def content(self) -> ComposeResult:
        """The list."""
        columns = [
            Column("Wanneer", lambda row: clock.dutch_moment(row.at), 19),
            Column("Soort", lambda row: KINDS[row.kind].removeprefix("de "), 25, from_width=100),
            Column("Wat er kwam", lambda row: row.note or "niets nieuws"),
        ]
        yield RecordList(
            columns,
            id="msi-deliveries",
            title="Leveringen",
            empty="Er is nog niets geleverd. De eerste levering komt om 3:30, de nacht nadat de koppeling aan beide kanten aan "
            "staat.",
        )

    def read(self) -> Ready:
        """The deliveries."""
        school = self.school
        return ready(Paged(partial(overview.delivery_count, school), partial(overview.deliveries, school)))

    def show(self, found: Ready) -> None:
        """Show them."""
        self.query_one("#msi-deliveries", RecordList).show(found)

    @on(RecordList.Chosen, "#msi-deliveries")
    def _open(self, event: RecordList.Chosen) -> None:
        self.app.push_screen(DeliveryPage(self.session, event.row))


class DeliveryPage(ShowsLines):
    """One delivery."""

    HERE = "esis"
    PATH = ("Koppeling", "Leveringen", "Levering")
    HELP = (
        "Wat deze levering regel voor regel deed: wat weggaat bovenaan, dan twijfels, dan wat erbij komt. Typ een deel van "
        "een naam om te zoeken, S sorteert, E bewaart de lijst als CSV-bestand."
    )

    def __init__(self, session: Session, delivery: MsiDelivery) -> None:
        super().__init__(session)
        self._delivery = delivery

    def body(self) -> ComposeResult:
        """When, what, and the lines."""
        delivery = self._delivery
        told = f"De stand van ESIS op {clock.dutch_moment(delivery.cut_off)}; {KINDS[delivery.kind]}.\n{delivery.note}"
        yield Label(paragraphs(told.rstrip()), classes="paragraph")
        title = f"Levering van {clock.dutch_moment(delivery.at)}"
        yield Lines("Deze levering bracht niets nieuws.", title, past=True)

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#msi-list").focus()

    def read(self) -> list[MsiLine]:
        """The lines."""
        return in_groups(overview.lines(self._delivery))

    def show(self, found: list[MsiLine]) -> None:
        """Show them."""
        self.query_one(Lines).show(found)
