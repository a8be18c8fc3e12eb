"""Which assessments, of the catalogue and of the board's own, a location uses (menu: Toetsen activeren).

Results of an assessment that is off are refused (sources.md#assessments); what was stored before stays. The eindtoets
can be
on, but the results coupling never brings it (sources.md#eindtoets).
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
    """An assessment, and whether the location has it on."""

    assessment: Assessment
    active: bool


def active_ids(location_id: int) -> frozenset[str]:
    """The ids of the assessments that are on at a location."""
    rows = ActiveAssessment.select(ActiveAssessment.assessment).where(ActiveAssessment.location == location_id)
    return frozenset(row.assessment for row in rows)


def listed(actor: Actor) -> list[AssessmentRow]:
    """What can be on, by subject and year group. Raises `NotAllowed` for somebody who may not switch them."""
    actor.require(Permission.ACTIVATE_ASSESSMENTS)
    active = active_ids(actor.location.id)
    return [AssessmentRow(item, item.id in active) for item in of_board(actor.board.id) if item.in_use]


def set_active(actor: Actor, assessment_id: str, on: bool) -> AssessmentRow:
    """Switch an assessment on or off; nothing happens if it is so already.

    Raises `NotFound` for an unknown id, `Refused` for an own one that is out of use.
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
