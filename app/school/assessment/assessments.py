"""Which assessments, from the catalogue and the board's own, a location uses (menu: Toetsen activeren).

Results of an assessment that is off are refused (sources.md#assessments); results stored earlier stay. The eindtoets
can be on, but a results coupling never delivers it (sources.md#eindtoets).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.access import Actor, writing
from app.permissions import Permission
from app.refusals import Refused
from app.school.assessment.catalogue import Assessment, find, of_board
from models.assessment import ActiveAssessment


@dataclass(frozen=True)
class AssessmentRow:
    """An assessment, and whether it is on at the location."""

    assessment: Assessment
    active: bool


def active_ids(location_id: int) -> frozenset[str]:
    """The ids of the assessments that are on at a location."""
    rows = ActiveAssessment.select(ActiveAssessment.assessment).where(ActiveAssessment.location == location_id)
    return frozenset(row.assessment for row in rows)


def listed(actor: Actor) -> list[AssessmentRow]:
    """The assessments that can be on, by subject and year group. Raises `NotAllowed` without the right to switch
    them.
    """
    actor.require(Permission.ACTIVATE_ASSESSMENTS)
    active = active_ids(actor.location.id)
    return [AssessmentRow(item, item.id in active) for item in of_board(actor.board.id) if item.in_use]


def set_active(actor: Actor, assessment_id: str, on: bool) -> AssessmentRow:
    """Switch an assessment on or off; does nothing if it already is.

    Raises `NotFound` for an unknown id, `Refused` for an own assessment that is out of use.
    """
    with writing(actor, Permission.ACTIVATE_ASSESSMENTS):
        assessment = find(actor.board.id, assessment_id)
        if on and not assessment.in_use:
            raise Refused(
                f"'{assessment.name}' is buiten gebruik. Neem de toets eerst weer in gebruik (Toetsdefinities)."
            )
        row = ActiveAssessment.get_or_none(location=actor.location, assessment=assessment.id)
        if on and row is None:
            ActiveAssessment.create(location=actor.location, assessment=assessment.id)
        elif row is not None and not on:
            row.delete_instance()
    return AssessmentRow(assessment, on)
