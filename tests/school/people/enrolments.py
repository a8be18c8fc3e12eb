"""A school to enrol in, and a valid form; shared by the tests of enrolment and of leaving."""

from __future__ import annotations

from datetime import date

from app.access import Actor
from app.school.people.pupil_form import Gender, PupilForm
from models.school import Group, Placement, Pupil
from tests.builders import location_of, make_actor, make_board, make_group

TODAY = date(2020, 4, 14)
BORN = date(2010, 5, 1)
ANNA = PupilForm("Anna", "Berg", BORN, "van den", Gender.GIRL)


def school(*names: str) -> tuple[Actor, list[Group]]:
    """A director and these basisgroepen."""
    board = make_board()
    return make_actor(board), [make_group(location_of(board), name, name.replace("/", ",")) for name in names]


def base_group_names(pupil: Pupil) -> list[str]:
    query = Placement.select(Placement, Group).join(Group).where(Placement.pupil == pupil, Placement.kind == "basis")
    return [row.group.name for row in query]
