"""What a pupil is good at, in every system that makes up scores: always the same for a board, pupil and subject.

Each pupil has a general talent, and one for each subject; both stay. The proportions are our choice.
"""

from __future__ import annotations

from random import Random

GENERAL, SUBJECT = 0.8, 0.55
"""Spreads of talent and of talent for the subject; with a little chance, together about one spread of a norm."""
PART_MEAN, PART_TALENT, PART_CHANCE = 68, 13, 6
"""Percentage right of an average pupil, percentage points per spread of talent, and the chance in it."""
LOWEST_PERCENTAGE, HIGHEST_PERCENTAGE = 5, 100


class Talents:
    """The talents of a board's pupils, drawn from its seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._drawn: dict[str, float] = {}

    def talent(self, pupil_key: str, subject: str) -> float:
        """General and subject talent together, in spreads."""
        return self._draw(pupil_key, "", GENERAL) + self._draw(pupil_key, subject, SUBJECT)

    def _draw(self, pupil_key: str, subject: str, spread: float) -> float:
        name = f"{self.seed}/{pupil_key}/{subject}"
        if name not in self._drawn:
            self._drawn[name] = Random(name).gauss(0, spread)
        return self._drawn[name]


def percentage(talent: float, chance: Random) -> int:
    """The percentage somebody with this talent has right."""
    right = round(PART_MEAN + PART_TALENT * talent + chance.gauss(0, PART_CHANCE))
    return min(HIGHEST_PERCENTAGE, max(LOWEST_PERCENTAGE, right))
