"""A school before the year transition, and carrying it out."""

from __future__ import annotations

from app.partners.mijnschoolinfo import editing, layout
from app.partners.mijnschoolinfo.editing import PupilForm as MadeByHand
from app.school.people import staff
from app.school.people.staff import StaffForm
from app.school.transition import planning
from app.workers.walker import Walked, walk
from tests.builders import make_group
from tests.partners.mijnschoolinfo.worlds import World, coupled


def before_the_year() -> World:
    """Delivered, with somebody who will leave, a family with a child in both groups, and what was made there."""
    found = coupled("2020-07-28T09:00")
    found.groups["8"] = make_group(found.actor.location, "8", "8")
    found.enrol("Anna Aarts", "6")
    found.enrol("Groot Gezin", "8")
    found.enrol("Klein Gezin", "7", guardian="Ouder Gezin <ouder.gezin@voorbeeld.nl>")
    found.enrol("Alleen Acht", "8")
    staff.add(found.actor, StaffForm("Juf", "Janssen"))
    found.to("2020-07-29T08:00")
    group = editing.add_group(
        found.school, "BSO", [found.id_of("pupil", name) for name in ("Alleen Acht", "Anna Aarts")]
    )
    editing.add_pupil(found.school, MadeByHand("Nieuw", "Komer", group=group.id))
    layout.arrange(
        found.school,
        "Klas",
        [found.id_of("pupil", name) for name in ("Alleen Acht", "Anna Aarts")],
        found.id_of("staff", "Juf Janssen"),
    )
    return found


def carry_out(world: World) -> None:
    """The transition, on 3 August before five."""
    world.to("2020-08-03T09:00")
    planning.propose(world.actor)
    planning.confirm(world.actor)
    assert walk(world.actor.board.id) == Walked.ARRIVED
