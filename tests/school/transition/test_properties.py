"""In any order of actions: one basisgroep per pupil per year, nobody in an ended group, and matching counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from app import clock
from app.access import Actor
from app.refusals import Refused
from app.school import groups, years
from app.school.people import enrolment
from app.school.people.pupil_form import PupilForm
from app.school.people.status import Status, has_status
from app.school.transition import group_listing, listing, planning, sending
from app.school.transition.rules import Destination, What
from app.school.transition.situations import situation
from app.workers.walker import walk
from models.board import Board
from models.school import Group, Placement, Pupil
from tests.school.transition.worlds import move_to, pupil, school

NAMES = ("1/2", "3", "4a", "4b", "5/6", "7", "8")
NUMBER = st.integers(0, 10**6)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["enrol", "move", "unsubscribe", "choose", "transition", "transition", "undo", "day"]), NUMBER
    ),
    min_size=8,
    max_size=25,
)


def today(actor: Actor) -> date:
    return clock.school_today(actor.board)


def present(actor: Actor) -> list[Pupil]:
    """The pupils at school today."""
    query = Pupil.select().where(Pupil.location == actor.location, has_status(Status.ENROLLED, today(actor)))
    return list(query.order_by(Pupil.id))


def some(things: list[Any], number: int) -> Any:
    return things[number % len(things)] if things else None


def enrol(actor: Actor, number: int) -> None:
    form = PupilForm(f"Kind{number}", "Nieuw", date(2012, 1, 1))
    since = today(actor) + timedelta(days=number % 3 * 10)
    enrolment.enrol(actor, form, some(basis(actor), number), since)


def basis(actor: Actor) -> list[Group]:
    return [group for group in groups.visible(actor) if group.kind == "basis"]


def move(actor: Actor, number: int) -> None:
    if who := some(present(actor), number):
        enrolment.move(actor, who, some(basis(actor), number // 7))


def unsubscribe(actor: Actor, number: int) -> None:
    if who := some(present(actor), number):
        enrolment.unsubscribe(actor, who, today(actor) + timedelta(days=number % 4 * 30), "Verhuizing")


def choose(actor: Actor, number: int) -> None:
    transition = planning.propose(actor).transition
    row = some(list(listing.all_pupils(actor, transition)), number)
    seat = some(group_listing.seats(transition), number // 3)
    to = Destination(What.UP, seat.id, some(seat.year_groups.split(","), number // 5))
    if row is not None:
        sending.send(actor, transition, [row], Destination(What.LEAVES, reason="Anders") if number % 4 == 0 else to)


def transition(actor: Actor, number: int) -> None:
    """Confirm and, unless its day has yet to come, carry it out: counts before = counts after + leavers - newcomers."""
    to_year = planning.propose(actor).transition.to_year
    begins = years.first_day(to_year)
    day, after = max(begins, today(actor)), years.first_day(years.next_year(to_year))
    going = [
        row
        for row in Pupil.select().where(Pupil.location == actor.location, Pupil.enrolled_from < after)
        if row.unsubscribed_on is None or row.unsubscribed_on > day
    ]
    planning.confirm(actor)
    walk(actor.board.id)
    if today(actor) < begins:
        return
    report = situation(actor).report
    seated = {
        row.pupil_id
        for row in Placement.select()
        .join(Group)
        .where(Group.location == actor.location, Placement.school_year == to_year, Placement.kind == "basis")
    }
    leavers = {row.id for row in going} - seated
    newcomers = [row for row in going if row.enrolled_from >= begins]
    assert len(going) - len(newcomers) == len(seated) + len(leavers) - len(newcomers)
    assert len(leavers) == report.count(What.LEAVES) + report.count(What.SECONDARY)
    assert all(Pupil.get_by_id(who).unsubscribed_on is not None for who in leavers)
    event("carried out")


def undo(actor: Actor, _number: int) -> None:
    planning.undo(actor)
    event("taken back")


def day(actor: Actor, number: int) -> None:
    """School time moves on, at most some months; a planned transition comes on its day."""
    board = Board.get_by_id(actor.board.id)
    target = board.now + timedelta(days=number % 20)
    Board.update(target=target, mover="proef").where(Board.id == board.id, Board.now < target).execute()
    walk(board.id)


def check(actor: Actor) -> None:
    rows = (
        Placement.select(Placement, Group)
        .join(Group)
        .where(Group.location == actor.location, Placement.kind == "basis")
    )
    a_year = Counter((row.pupil_id, row.school_year) for row in rows)
    assert set(a_year.values()) <= {1}
    assert all(row.group.school_year == row.school_year for row in rows)
    year = years.working_year(actor.location, today(actor))
    seated = {row.pupil_id for row in rows if row.school_year == year}
    ever = {row.pupil_id for row in rows}
    waiting = {who.id for who in present(actor) if who.starts_in and who.id not in ever}
    assert {who.id for who in present(actor)} - waiting <= seated, "somebody sits in a group that has ended, or in none"


USE_CASES: dict[str, Callable[[Actor, int], None]] = {
    "enrol": enrol,
    "move": move,
    "unsubscribe": unsubscribe,
    "choose": choose,
    "transition": transition,
    "undo": undo,
    "day": day,
}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_sequence_keeps_everybody_in_one_group_of_the_year(db: str, steps: list[tuple[str, int]]) -> None:
    actor, found = school(*NAMES)
    for group in found.values():
        pupil(group, f"In{group.name}")
    move_to(actor, "2020-07-20T09:00")
    for name, number in steps:
        with suppress(Refused):  # a rule said no, and nothing changed
            USE_CASES[name](actor, number)
        check(actor)
