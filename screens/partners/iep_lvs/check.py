"""Verbinding instellen/controleren: what stops pupils coming in, and what to do about it and where
(sources.md#iep-lvs-pupils).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.content import Content

from app.counted import counted
from app.diagnosis import advice
from app.partners.causes import Cause
from app.partners.iep_lvs import basispoort_check
from screens.partners.iep_lvs.page import IepPage
from screens.partners.page import show_line
from screens.shared.facts import Fact, Facts, Row
from screens.shared.label import Label
from screens.shared.panel import Panel
from screens.shared.text import plain


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
        outcome, findings = Label("", id="iep-check-outcome"), Facts(id="iep-check-findings", label_width=4)
        yield Panel("Verbinding met Basispoort", outcome, findings)

    def read(self) -> Sequence[Cause] | None:
        """Look again; None during an exam."""
        if not advice.is_given(self.esis.board):
            return None
        return basispoort_check.findings(self.school)

    def show(self, found: Sequence[Cause] | None) -> None:
        """Show what was found."""
        if found is None:
            show_line(self.query_one("#iep-check-outcome", Label), advice.SILENT)
            return
        outcome = f"{counted(len(found), 'punt is', 'punten zijn')} niet in orde." if found else basispoort_check.FINE
        show_line(self.query_one("#iep-check-outcome", Label), outcome, "bad" if found else "good")
        self.query_one(Facts).show(line for number, one in enumerate(found, 1) for line in _lines(number, one))


def _lines(number: int, cause: Cause) -> Iterator[Row]:
    yield Content("")
    yield Fact(f"{number}.", plain(cause.problem).stylize("bold"))
    yield Fact("", cause.remedy)
    yield Fact("", plain(cause.where).stylize("$label"))
