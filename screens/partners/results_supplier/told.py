"""What is told beside the coupling: how to set it up, or what was sent."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from app import clock
from app.counted import counted
from app.partners.results_supplier.delivery_status import Sent
from screens.shared.program import InKeys
from screens.shared.text import hanging, plain, wrapped

STEPS = (
    "Activeer de koppeling in ESIS en bedenk daar een verificatiecode.",
    "Kopieer de code in ESIS (F8), kies hier {} (F7) en plak hem met Ctrl+V.",
    "Het testbericht geeft aan of de koppeling gelegd kan worden.",
    "Als de koppeling gelegd is, gaan de resultaten elke nacht naar ESIS.",
)


def sent_lines(nights: Sequence[Sent], width: int) -> list[Content]:
    """Each night's delivery, newest first."""
    if not nights:
        return wrapped("Er is nog niets verstuurd. De eerste resultaten gaan vannacht om 4:00.", width)
    done = Content("✓ ").stylize("bold $ok")
    return [
        Content.assemble(
            done,
            plain(f"{clock.short_moment(night.at)}  "),
            plain(counted(night.results, "resultaat", "resultaten")).stylize("$label"),
        )
        for night in nights
    ]


def ways_to_couple(couple: str, in_keys: InKeys, width: int) -> list[Content]:
    """What to do, step by step."""
    return [
        line
        for number, step in enumerate(STEPS, 1)
        for line in hanging(Content(f"{number}  ").stylize("bold $ink"), in_keys(step).format(couple), width, "$label")
    ]
