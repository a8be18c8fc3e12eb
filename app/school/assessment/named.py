"""Results with readable names: of the assessment, its part, and the score as its scale writes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.school.assessment import catalogue
from app.school.assessment.catalogue import Assessment
from app.school.assessment.counting import Judged


@dataclass(frozen=True)
class NamedResult:
    """A result with its names; the part is empty for the whole assessment."""

    judged: Judged
    assessment: str
    part: str
    text: str


def named(board_id: int, results: Iterable[Judged]) -> list[NamedResult]:
    """Add names to these results, in the order given; for an assessment that is gone, its id."""
    known = catalogue.known(board_id)
    return [_named(one, known.get(one.result.assessment)) for one in results]


def _named(one: Judged, assessment: Assessment | None) -> NamedResult:
    result = one.result
    if assessment is None:
        return NamedResult(one, result.assessment, result.part, str(result.score))
    text = assessment.scale_of(result.part).text(result.score, result.level)
    return NamedResult(one, assessment.name, assessment.part_name(result.part) if result.part else "", text)
