"""What a pupil scores: the same each time for board, pupil, assessment and day, and plausible for the pupil.

Each pupil has a talent, and one for each subject; both stay. The mean of the assessment grows through the year, so the
pupil grows with it, with a little chance at each sitting. Norms: `fixtures/assessments.py`; the shares are our choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from fixtures.assessments import Assessment, norm_of

GENERAL, SUBJECT, CHANCE = 0.8, 0.55, 0.2
"""Spreads of talent, of talent for the subject and of chance; together about one spread of the norm."""
PART_MEAN, PART_TALENT, PART_CHANCE = 68, 13, 6
"""Percentage right of an average pupil, percentage points for a spread of talent, and the chance in it."""
LOWEST_PERCENTAGE, HIGHEST_PERCENTAGE = 5, 100


@dataclass(frozen=True)
class Outcome:
    """One outcome of a sitting; for a part (id in `part`) the score is the percentage right."""

    score: int
    level: str = ""
    reference_level: str = ""
    part: str = ""


class Talents:
    """The talents of a board's pupils, drawn from its seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._drawn: dict[str, float] = {}

    def outcomes(self, pupil_key: str, assessment: Assessment, day: date) -> list[Outcome]:
        """The whole assessment first, then the parts that are a percentage."""
        norm = norm_of(assessment.id)
        chance = Random(f"{self._seed}/{pupil_key}/{assessment.id}/{day}")
        talent = self._talent(pupil_key, "", GENERAL) + self._talent(pupil_key, assessment.subject.id, SUBJECT)
        score = max(0, round(norm.mean_on(day) + norm.spread * (talent + chance.gauss(0, CHANCE))))
        whole = Outcome(score, norm.level(score, day), norm.reference_level(score))
        return [whole, *(Outcome(_percentage(talent, chance), part=part.id) for part in assessment.percentage_parts)]

    def _talent(self, pupil_key: str, subject: str, spread: float) -> float:
        name = f"{self._seed}/{pupil_key}/{subject}"
        if name not in self._drawn:
            self._drawn[name] = Random(name).gauss(0, spread)
        return self._drawn[name]


def _percentage(talent: float, chance: Random) -> int:
    right = round(PART_MEAN + PART_TALENT * talent + chance.gauss(0, PART_CHANCE))
    return min(HIGHEST_PERCENTAGE, max(LOWEST_PERCENTAGE, right))
