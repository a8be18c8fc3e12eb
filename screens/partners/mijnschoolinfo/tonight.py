"""Tab Vannacht: what the coming delivery will do, before it happens."""

from __future__ import annotations

from textual.app import ComposeResult

from screens.partners.mijnschoolinfo.foresight import FORESIGHT_HELP, Foresight
from screens.partners.mijnschoolinfo.page import CouplingTab
from screens.partners.tabs import TABS_HELP


class TonightTab(CouplingTab):
    """Wat gebeurt er vannacht."""

    TAB = "tonight"
    HELP = f"{FORESIGHT_HELP}\n\n{TABS_HELP}"

    def content(self) -> ComposeResult:
        """The foresight."""
        yield Foresight(self.school)

    def action_content(self) -> None:
        """In the list."""
        self.query_one("#msi-list").focus()

    def refresh_data(self) -> None:
        """Rehearse again."""
        super().refresh_data()
        self.query_one(Foresight).look()
