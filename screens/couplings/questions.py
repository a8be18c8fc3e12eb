"""What is asked before a coupling stops, for now or for good."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.widgets import Button

from app.couplings.catalogue import CouplingType
from screens.shared.controls import Buttons, push_button
from screens.shared.dialogs import Confirm, ConfirmByTyping


class PauseQuestion(Confirm):
    """Whether to stop for now; it says how to go on, and copies the code that is needed for that."""

    def __init__(self, copy: Callable[[], object]) -> None:
        super().__init__(
            "Tijdelijk stoppen?",
            "De verificatiecode wordt verwijderd en er wordt niets meer uitgewisseld, tot u de code weer invult. Bewaar "
            "hem dus eerst: Code kopiëren.",
            "Tijdelijk stoppen",
        )
        self._copy = copy

    def on_mount(self) -> None:
        """Start at the safe answer."""
        self.query_one(Buttons).mount(push_button("Code kopiëren", id="copy"))
        super().on_mount()

    @on(Button.Pressed, "#copy")
    def _copy_code(self, event: Button.Pressed) -> None:
        """Copy it; the question stays."""
        event.prevent_default()
        event.stop()
        self._copy()


def end_question(kind: CouplingType, *, stopped: bool) -> ConfirmByTyping:
    """Whether to end this coupling, by typing its name; it names the gentler way, unless the coupling is stopped already."""
    return ConfirmByTyping(
        f"Koppeling {kind.row} beëindigen?",
        f"Er wordt niets meer uitgewisseld met {kind.partner}. Ontvangen resultaten blijven staan. Opnieuw "
        "koppelen kan, maar vraagt opnieuw akkoord.",
        kind.row,
        "Beëindigen",
        gentler="" if stopped else "Even niet uitwisselen? Kies dan Tijdelijk stoppen.",
    )
