"""What a pupil scores: the same each time for board, pupil, assessment and day, and plausible for the pupil.

The mean of the assessment grows through the year, so the pupil grows with it, with a little chance at each sitting.
Norms: `fixtures/assessments.py`; talents: `app/partners/talents.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from app.partners import talents
from app.partners.talents import percentage
from fixtures.assessments import Assessment, norm_of

CHANCE = 0.2
"""The spread of chance in a sitting."""


@dataclass(frozen=True)
class Outcome:
    """One outcome of a sitting; for a part (id in `part`) the score is the percentage right."""

    score: int
    level: str = ""
    reference_level: str = ""
    part: str = ""


class Talents(talents.Talents):
    """What the pupils of a board score by their talents."""

    def outcomes(self, pupil_key: str, assessment: Assessment, day: date) -> list[Outcome]:
        """The whole assessment first, then the parts that are a percentage."""
        norm = norm_of(assessment.id)
        chance = Random(f"{self.seed}/{pupil_key}/{assessment.id}/{day}")
        talent = self.talent(pupil_key, assessment.subject.id)
        score = max(0, round(norm.mean_on(day) + norm.spread * (talent + chance.gauss(0, CHANCE))))
        whole = Outcome(score, norm.level(score, day), norm.reference_level(score))
        return [whole, *(Outcome(percentage(talent, chance), part=part.id) for part in assessment.percentage_parts)]
