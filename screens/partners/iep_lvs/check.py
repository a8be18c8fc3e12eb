"""Verbinding instellen/controleren: what stops pupils coming in, and what to do about it and where
(sources.md#iep-lvs-pupils).
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from app.counted import counted
from app.partners.causes import Cause
from app.partners.iep_lvs import basispoort_check
from screens.partners.iep_lvs.page import IepPage
from screens.partners.page import show_line
from screens.shared.label import Label
from screens.shared.text import paragraphs


class Check(IepPage):
    """The findings, read again each time the screen is shown."""

    HERE = "management"
    PATH = ("Beheer", "School", "Basispoort", "Verbinding controleren")
    HELP = (
        "IEP LVS vergelijkt wat hier staat met wat bij Basispoort is geregeld. Is er iets niet in orde, dan staat er wat u "
        "doet en op welk scherm. De verbinding instellen doet u bij Basispoort zelf: IEP aanvinken bij Beheer > "
        "Uitgeverijen, en de automatische koppeling aanzetten bij Beheer > Koppeling LAS.\n\n"
        "Kom hier daarna terug: er wordt dan opnieuw gekeken."
    )

    def body(self) -> ComposeResult:
        """The outcome, then each cause."""
        yield Label("Verbinding met Basispoort", classes="title")
        yield Label("", id="iep-check-outcome", classes="paragraph")
        yield Label("", id="iep-check-findings", classes="paragraph")

    def read(self) -> Sequence[Cause]:
        """Look again."""
        return basispoort_check.findings(self.school)

    def show(self, found: Sequence[Cause]) -> None:
        """Show what was found."""
        outcome = f"{counted(len(found), 'punt is', 'punten zijn')} niet in orde." if found else basispoort_check.FINE
        show_line(self.query_one("#iep-check-outcome", Label), outcome, "bad" if found else "good")
        lines = [f"{n}. {one.problem}\n   {one.remedy}\n   {one.where}" for n, one in enumerate(found, 1)]
        self.query_one("#iep-check-findings", Label).update(paragraphs("\n\n".join(lines)))
