"""What is asked before a coupling stops, for now or for good."""

from __future__ import annotations

from app.couplings.catalogue import CouplingType
from screens.shared.dialogs import Confirm, ConfirmByTyping


def pause_question() -> Confirm:
    """Whether to stop for now; it says how to go on."""
    return Confirm(
        "Tijdelijk stoppen?",
        "De verificatiecode wordt verwijderd en er wordt niets meer uitgewisseld, tot u de code weer invult. Bewaar "
        "haar dus eerst: Code kopiëren.",
        "Tijdelijk stoppen",
    )


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
