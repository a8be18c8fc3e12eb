"""How a result is scored: the kinds of score, what may be typed, and how it is shown.

A result stores a whole number (`score`). For a level that is its rank, 1 for the lowest, so that levels can be
compared; the level itself is what is shown. Kinds and bounds are our choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.refusals import Refused

MOST_POINTS = 1000
DEVELOPMENT_MAXIMUM = 120


class ScoreKind(StrEnum):
    """A kind of score."""

    DEVELOPMENT = "ontwikkelscore"
    PERCENTAGE = "percentage"
    POINTS = "punten"
    LEVEL = "niveau"

    @property
    def label(self) -> str:
        """The label in a form."""
        return {
            "ontwikkelscore": f"Ontwikkelscore (0-{DEVELOPMENT_MAXIMUM})",
            "percentage": "Percentage goed (0-100)",
            "punten": "Aantal punten, met een maximum",
            "niveau": "Een niveau uit een lijst",
        }[self.value]


@dataclass(frozen=True)
class Scale:
    """The kind of score of an assessment, its maximum and, for levels, the levels from high to low."""

    kind: ScoreKind
    maximum: int
    levels: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """`ontwikkelscore 0-120`, `0-40 punten`, `niveau A B C D E`."""
        if self.kind is ScoreKind.LEVEL:
            return f"niveau {' '.join(self.levels)}"
        return f"0-{self.maximum} punten" if self.kind is ScoreKind.POINTS else f"{self.kind} 0-{self.maximum}"

    @property
    def what(self) -> str:
        """What to type, completing "Typ ...": `een getal van 0 tot en met 120`."""
        if self.kind is ScoreKind.LEVEL:
            return f"een van: {' '.join(self.levels)}"
        return f"een heel getal van 0 tot en met {self.maximum}"

    def read(self, text: str) -> tuple[int, str]:
        """Parse typed text to score and level. Raises `Refused` with what is expected."""
        typed = text.strip()
        if self.kind is ScoreKind.LEVEL:
            found = next((level for level in self.levels if level.casefold() == typed.casefold()), None)
            if found is not None:
                return self._rank(found), found
        else:
            digits = typed.removesuffix("%").strip() if self.kind is ScoreKind.PERCENTAGE else typed
            if digits.isascii() and digits.isdigit() and len(digits) < 6 and int(digits) <= self.maximum:
                return int(digits), ""
        raise Refused(f"'{typed[:20]}' kan niet. Typ {self.what}.")

    def text(self, score: float, level: str) -> str:
        """A result as text: the level, or the score."""
        if self.kind is ScoreKind.LEVEL:
            return level
        return f"{score}%" if self.kind is ScoreKind.PERCENTAGE else f"{score}"

    def _rank(self, level: str) -> int:
        return len(self.levels) - self.levels.index(level)


DEVELOPMENT = Scale(ScoreKind.DEVELOPMENT, DEVELOPMENT_MAXIMUM)
PERCENTAGE = Scale(ScoreKind.PERCENTAGE, 100)
