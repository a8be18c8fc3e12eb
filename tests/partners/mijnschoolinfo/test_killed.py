"""Kill -9 during the delivery after a year transition: the next worker completes it, nothing lost or doubled."""

from __future__ import annotations

from app import clock
from app.partners.mijnschoolinfo import editing, lists, overview
from app.runs import Holder
from app.school.people import staff
from app.school.people.staff import StaffForm
from app.school.transition import planning
from app.workers.walker import Walked, walk
from models.board import Board
from models.partners.mijnschoolinfo import MsiGuardian, MsiPupil
from tests.builders import make_group
from tests.partners.mijnschoolinfo import program as halting
from tests.partners.mijnschoolinfo.worlds import World, coupled
from tests.workers.jobs import set_target
from tests.workers.processes import program

LEASE = 0.4


def ready() -> World:
    """Eight pupils delivered in July; on 3 August the transition is done, and tonight's delivery is next."""
    world = coupled("2020-07-28T09:00")
    world.groups["8"] = make_group(world.actor.location, "8", "8")
    for number in range(8):
        world.enrol(f"P{number} F{number // 3}", "678"[number % 3])
    staff.add(world.actor, StaffForm("Juf", "Gaat"))
    world.to("2020-07-29T08:00")
    editing.add_group(world.school, "BSO", [world.id_of("pupil", "P2 F0"), world.id_of("pupil", "P3 F1")])
    staff.deactivate(world.actor, staff.find(world.actor, staff.listed(world.actor)[0].key))
    world.to("2020-08-03T09:00")
    planning.propose(world.actor)
    planning.confirm(world.actor)
    assert walk(world.actor.board.id) == Walked.ARRIVED
    set_target(world.actor.board, "2020-08-04T08:00")
    return world


def state(world: World) -> object:
    """Everything a delivery may touch, in words."""
    school = world.fresh()
    (latest, *_) = overview.deliveries(school)
    return (
        world.names(),
        world.carers(),
        [row.name for row in lists.staff(school)],
        [(row.name, row.origin) for row in lists.groups(school)],
        latest.note,
        latest.done,
        MsiPupil.select().where(MsiPupil.school == school).count(),
        MsiGuardian.select().where(MsiGuardian.school == school).count(),
        sorted((line.kind, line.action, line.name) for line in overview.lines(latest)),
    )


def test_killed_anywhere_the_next_worker_ends_the_delivery_once(db: str) -> None:
    undisturbed = ready()
    assert walk(undisturbed.actor.board.id) == Walked.ARRIVED
    wanted = state(undisturbed)
    world = ready()
    for point in halting.POINTS:
        with program(db, world.actor.board.id, LEASE, point, module=halting.__name__) as worker:
            worker.wait_for(point)
            worker.kill()
    assert walk(world.actor.board.id, holder=Holder.here(LEASE)) == Walked.ARRIVED
    assert state(world) == wanted
    assert Board.get_by_id(world.actor.board.id).now == clock.parse_moment("2020-08-04T08:00")
