"""What is asked before something goes to a learner: the text of a message, minutes."""

from __future__ import annotations

from app.refusals import Refused
from app.serving.desk.messages import LONGEST_TEXT
from app.training.desk import MOST_MINUTES
from screens.shared.dialogs import Choose, Typing


class AskText(Typing[str]):
    """Asks for a message."""

    HELP = "Typ een korte boodschap. Die komt bij de cursist over het scherm te staan, ook midden in een les."

    def __init__(self, whom: str) -> None:
        super().__init__(
            f"Bericht aan {whom}", "Het verschijnt over het scherm; er gaat niets mee dicht.", "Bericht:", "Sturen"
        )

    def answer(self, typed: str) -> str:
        """The text. Raises `Refused` for none."""
        if not typed:
            raise Refused("Typ eerst een bericht.")
        return typed[:LONGEST_TEXT]


class AskMode(Choose):
    """Asks how a lesson is to be done."""

    HELP = (
        "Bij oefenen kan de cursist hints vragen, op het niveau dat bij deze cursist past. Een examen geeft alleen het verhaal "
        "en het doel; aan het eind staat er of het gehaald is."
    )


class AskMinutes(Typing[int]):
    """Asks how many minutes."""

    HELP = "Hoeveel minuten deze cursist er voor het examen bij krijgt."

    def __init__(self, whom: str) -> None:
        super().__init__(f"Extra tijd voor {whom}", "De tijd komt bij die van het examen.", "Minuten:", "Geven")

    def answer(self, typed: str) -> int:
        """The number. Raises `Refused` for none."""
        if not typed.isdecimal() or not 1 <= int(typed[:9]) <= MOST_MINUTES:
            raise Refused(f"Typ een aantal minuten van 1 tot {MOST_MINUTES}.")
        return int(typed)
