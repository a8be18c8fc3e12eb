"""Groepen indelen: move many pupils of a location to another basisgroep at once, and undo that; unsubscribe many.

All or nothing. Undoing returns each pupil to the previous group, unless somebody moved the pupil in the meantime. The
rules for a single pupil are those of `enrolment`. Required: `Permission.EDIT_PUPILS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.access import Actor, writing
from app.counted import counted
from app.permissions import Permission
from app.refusals import Refused
from app.school import groups
from app.school.groups import GroupKind, year_groups_of
from app.school.people import enrolment
from app.school.people.names import list_name
from app.school.people.status import Status, has_status
from models.school import Group, Placement, Pupil

MOST = 2_000
"""The maximum number of pupils at once: more than the largest school has."""


@dataclass(frozen=True)
class Seat:
    """A pupil on a list, with the pupil's group."""

    id: int
    key: str
    name: str
    year_group: str
    group: str


@dataclass(frozen=True)
class Move:
    """A pupil who was moved: from which group to which (by id), and the year groups."""

    pupil: int
    before: int | None
    year_group_before: str
    after: int


def seats(actor: Actor, group: Group | None, today: date) -> list[Seat]:
    """The pupils enrolled in a basisgroep of this year, or those in none, by name."""
    actor.require(Permission.EDIT_PUPILS)
    year = group.school_year if group else groups.this_year(actor)
    here = Pupil.select().where(Pupil.location == actor.location, has_status(Status.ENROLLED, today))
    placed = Placement.select(Placement.pupil).where(Placement.kind == GroupKind.BASIS, Placement.school_year == year)
    where = Pupil.id.in_(placed.where(Placement.group == group)) if group else Pupil.id.not_in(placed)
    name = group.name if group else ""
    return [
        Seat(pupil.id, pupil.key, list_name(pupil.first_name, pupil.prefix, pupil.last_name), pupil.year_group, name)
        for pupil in here.where(where).order_by(Pupil.sort_name, Pupil.id)
    ]


def move_all(actor: Actor, pupil_ids: Sequence[int], group: Group, year_group: str = "") -> list[Move]:
    """Move these pupils to a group; return the moves, for undoing. Raises `Refused` naming the pupil at fault."""
    _check_number(pupil_ids)
    with writing(actor, Permission.EDIT_PUPILS):
        moves = []
        for pupil in Pupil.select().where(Pupil.id.in_(list(pupil_ids))).order_by(Pupil.sort_name, Pupil.id):
            before = _sits_in(pupil, group.school_year)
            if before == group.id:
                continue
            moves.append(Move(pupil.id, before, pupil.year_group, group.id))
            enrolment.move(actor, pupil, group, year_group)
    return moves


def take_back(actor: Actor, moves: Sequence[Move]) -> int:
    """Move back everyone who is still where `move_all` put them; return how many."""
    done = 0
    with writing(actor, Permission.EDIT_PUPILS):
        for move in moves:
            group = Group.get_or_none(Group.id == move.after, Group.location == actor.location)
            pupil = Pupil.get_or_none(Pupil.id == move.pupil, Pupil.location == actor.location)
            if group is None or pupil is None or _sits_in(pupil, group.school_year) != move.after:
                continue
            done += 1
            if move.before is None:
                Placement.delete().where(Placement.pupil == pupil, Placement.group == group).execute()
            else:
                _put_back(actor, pupil, Group.get_by_id(move.before), move.year_group_before)
            # Even to a year group that the group does not have: an imported pupil may differ from its group.
            Pupil.update(year_group=move.year_group_before).where(Pupil.id == pupil.id).execute()
    return done


def _put_back(actor: Actor, pupil: Pupil, group: Group, year_group: str) -> None:
    enrolment.move(actor, pupil, group, year_group if year_group in year_groups_of(group) else "")


def unsubscribe_all(actor: Actor, pupil_ids: Sequence[int], on: date, reason: str) -> int:
    """Unsubscribe these pupils from a date; return how many. Raises `Refused` naming the pupil at fault; then none
    is.
    """
    _check_number(pupil_ids)
    with writing(actor, Permission.EDIT_PUPILS):
        chosen = list(Pupil.select().where(Pupil.id.in_(list(pupil_ids))).order_by(Pupil.sort_name, Pupil.id))
        for pupil in chosen:
            try:
                enrolment.unsubscribe(actor, pupil, on, reason)
            except Refused as refusal:
                name = list_name(pupil.first_name, pupil.prefix, pupil.last_name)
                sentence = refusal.sentence if refusal.field == "unsubscribe_reason" else f"{name}: {refusal.sentence}"
                raise Refused(sentence, field=refusal.field) from refusal
    return len(chosen)


def re_enrol_all(actor: Actor, pupil_ids: Sequence[int]) -> int:
    """Undo `unsubscribe_all` for those still unsubscribed; return how many."""
    with writing(actor, Permission.EDIT_PUPILS):
        gone = list(Pupil.select().where(Pupil.id.in_(list(pupil_ids)), Pupil.unsubscribed_on.is_null(False)))
        for pupil in gone:
            enrolment.re_enrol(actor, pupil)
    return len(gone)


def _check_number(pupil_ids: Sequence[int]) -> None:
    if not pupil_ids:
        raise Refused("Kruis eerst leerlingen aan met de spatiebalk.")
    if len(pupil_ids) > MOST:
        raise Refused(f"Dat zijn {counted(len(pupil_ids), 'leerling', 'leerlingen')}; doe er hooguit {MOST} tegelijk.")


def _sits_in(pupil: Pupil, school_year: str) -> int | None:
    row = Placement.get_or_none(
        Placement.pupil == pupil, Placement.school_year == school_year, Placement.kind == GroupKind.BASIS
    )
    return None if row is None else int(row.group_id)
