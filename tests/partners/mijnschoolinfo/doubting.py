"""The existing people, and the list of doubts about new ones."""

from __future__ import annotations

from typing import Any

from app.partners.mijnschoolinfo import editing, lists, overview
from app.partners.mijnschoolinfo.editing import PupilForm
from app.partners.mijnschoolinfo.overview import Decision
from models.partners.mijnschoolinfo import MsiPupil
from tests.partners.mijnschoolinfo.worlds import BORN, World

NIGHT, NEXT = "2020-04-15T08:00", "2020-04-16T08:00"


def own(world: World, first: str, last: str, **more: Any) -> MsiPupil:
    return editing.add_pupil(world.school, PupilForm(first, last, **{"birth_date": BORN, **more}))


def origins(world: World) -> dict[int, str]:
    return {row.id: row.origin for row in lists.pupils(world.fresh())}


def waiting(world: World) -> list[tuple[str, str, list[int]]]:
    """Name, what was chosen, and who it may be."""
    return [
        (one.doubt.name, one.chosen, [maybe.record.id for maybe in one.maybe])
        for one in overview.decisions(world.school)
    ]


def the_doubt(world: World) -> Decision:
    (one,) = overview.decisions(world.school)
    return one
