"""What an ontwikkelscore is worth: expectation, level and reference level, from `fixtures/assessments.toml`.

ESIS keeps the norm tables itself and nobody can change them (sources.md#assessments). The scale is IEP's: 1F = 60, 2F
and 1S = 80 (sources.md#iep-lvs-assessments). Means, spreads and thresholds are our choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from app.clock import school_year_of
from app.school.assessment.catalogue import by_id, data, levels_of, lowest_level_of

DAYS_OF_TEACHING = 333
"""From 1 August to 30 June; July adds nothing."""


@dataclass(frozen=True)
class Norm:
    """The norm of an assessment: the mean at the start and at the end of the year, and the spread."""

    start: float
    end: float
    spread: float
    levels: tuple[tuple[str, float], ...]
    """Level and the number of spreads above the mean at which it starts, highest first."""
    references: tuple[tuple[str, int], ...]
    """Reference level and the score at which it starts, lowest first; empty below year group 6."""
    lowest: str
    """The level below all the others."""

    def mean_on(self, day: date) -> float:
        """The mean ontwikkelscore on a day of the school year."""
        began = date(int(school_year_of(day)[:4]), 8, 1)
        taught = min((day - began).days / DAYS_OF_TEACHING, 1.0)
        return self.start + (self.end - self.start) * taught

    def level(self, score: float, day: date) -> str:
        """The level of an ontwikkelscore on a day, I (highest fifth) to V; for the eindtoets the toetsadvies."""
        distance = (score - self.mean_on(day)) / self.spread
        return next((level for level, least in self.levels if distance >= least), self.lowest)

    def reference_level(self, score: float) -> str:
        """`<1F`, `1F`, `2F` or `1S`; empty if the assessment has none."""
        if not self.references:
            return ""
        reached = [level for level, least in self.references if score >= least]
        return reached[-1] if reached else f"<{self.references[0][0]}"


@cache
def norm_of(assessment_id: str) -> Norm:
    """The norm of an assessment of the catalogue that is `normed`. Raises `NotFound` for any other id."""
    assessment = by_id(assessment_id)
    row = next(row for row in data()["subjects"] if row["id"] == assessment.subject.id)
    means = [row["start"], *row["means"]]
    place = int(assessment.year_groups[0]) - row["first_year_group"]
    references = row["references"] if assessment.reference_levels else {}
    return Norm(
        start=means[place],
        end=means[place + 1],
        spread=row["spread"],
        levels=tuple(levels_of(row).items()),
        references=tuple(references.items()),
        lowest=lowest_level_of(row),
    )
