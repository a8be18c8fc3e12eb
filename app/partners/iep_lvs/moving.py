"""Afname verplaatsen: moves a sitting registered for the wrong pupil to the right one (sources.md#known-problems m).

The sitting keeps its key, so ESIS recognises it, and waits to be sent to ESIS again.
"""

from __future__ import annotations

from datetime import date

from app.access import standing_still
from app.clock import dutch_date
from app.partners.iep_lvs.connection import SUPPLIER, named
from app.partners.results_supplier import outcomes
from app.refusals import NotFound, Refused
from models.partners.iep_lvs import IepPupil, IepSchool, IepSitting


def sittings_of(pupil: IepPupil) -> list[IepSitting]:
    """A pupil's sittings, newest first: the outcomes of whole assessments."""
    query = IepSitting.select().where(IepSitting.pupil == pupil, IepSitting.part == "")
    return list(query.order_by(IepSitting.date.desc(), IepSitting.assessment, IepSitting.id))


def move(school: IepSchool, assessment_id: str, day: date, wrong_key: str, right_key: str) -> int:
    """Move a sitting, with its parts, to another pupil and mark it to be sent again. Returns the number of its results.

    Raises `NotFound` for an unknown pupil, assessment or sitting, and `Refused` if it is the same pupil, if the right
    one sat the same assessment that day, or while school time is being moved.
    """
    assessment = named(assessment_id)
    with standing_still(school.location.board_id) as now:
        wrong, right = (SUPPLIER.find_pupil(school, key, "pupil") for key in (wrong_key, right_key))
        if wrong == right:
            raise Refused("Dat is dezelfde leerling. Kies de leerling die de toets echt heeft gemaakt.", field="pupil")
        this = (IepSitting.assessment == assessment.id, IepSitting.date == day)
        if IepSitting.select().where(IepSitting.pupil == right, *this).exists():
            raise Refused(
                f"Leerling {right.key} heeft {assessment.name} op {dutch_date(day)} zelf ook gemaakt.", field="pupil"
            )
        changes = {"pupil": right.id, **outcomes.waiting(now)}
        moved: int = IepSitting.update(changes).where(IepSitting.pupil == wrong, *this).execute()
        if not moved:
            raise NotFound(f"Leerling {wrong.key} heeft {assessment.name} op {dutch_date(day)} niet gemaakt.")
    return moved
