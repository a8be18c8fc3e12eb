"""What a group can sit at a supplier, and how a pupil scores; a supplier with its own norms computes its own scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random

from app.partners.talents import Talents, percentage
from app.refusals import Refused
from fixtures.assessments import Assessment


@dataclass(frozen=True)
class Score:
    """One outcome of a sitting; for a part (id in `part`) the score is the percentage right."""

    score: int
    level: str = ""
    reference_level: str = ""
    part: str = ""


@dataclass(frozen=True)
class Sittable:
    """What a group sits together: one assessment for all, or one for each year group."""

    name: str
    assessments: tuple[Assessment, ...]

    def for_year_group(self, year_group: str) -> Assessment | None:
        """The assessment for a year group, if there is one."""
        return next((item for item in self.assessments if year_group in item.year_groups), None)

    def fits_nobody(self, group: str) -> Refused:
        """Refusal: nobody in this group is of a year group that it is for."""
        years = ", ".join(year for item in self.assessments for year in item.year_groups)
        return Refused(f"{self.name} is voor groep {years}; in {group} zit daarvan niemand.")

    def sat_today(self, group: str) -> Refused:
        """Refusal: everybody in this group sat it today."""
        return Refused(f"Groep {group} heeft {self.name} vandaag al gemaakt.")


def chance_of(talents: Talents, pupil_key: str, assessment: Assessment, day: date) -> Random:
    """The chance in one sitting, always the same."""
    return Random(f"{talents.seed}/{pupil_key}/{assessment.id}/{day}")


def percentage_right(talents: Talents, pupil_key: str, assessment: Assessment, day: date) -> Iterable[Score]:
    """The percentage right on the whole assessment, by the pupil's talent for the subject."""
    subject = assessment.subject.id.removeprefix(f"{assessment.supplier}-")
    yield Score(percentage(talents.talent(pupil_key, subject), chance_of(talents, pupil_key, assessment, day)))
