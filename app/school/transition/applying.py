"""Carries out a transition and undoes it: a few statements over whole sets, inside one transaction of the caller.

Applies what the lines say to everybody who is still there. Each step is recorded in the history (signed by the caller),
and the lines keep what they replaced, so that undoing is exact. Nothing here can refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

from app.school import years
from models import bulk
from models.base import is_sqlite, real_database
from models.school import Group
from models.transition import TransitionGroup, TransitionPupil, YearTransition


def apply(transition: YearTransition, day: date) -> None:
    """Carry out every line; `day` is the day from which the new groups apply."""
    for step in STEPS:
        step(transition, day)


def take_back(transition: YearTransition) -> None:
    """Restore everything as the run found it; the caller has checked that nothing changed since."""
    for table in ("group_teacher", "placement"):
        _execute(f'DELETE FROM "{table}" WHERE id IN ({_ADDED})', transition.board_id, table, *_range(transition))
    _execute(
        """UPDATE pupil SET year_group = line.before_year_group, unsubscribed_on = line.before_unsubscribed_on,
                            unsubscribe_reason = line.before_reason
           FROM transition_pupil AS line
           WHERE line.pupil_id = pupil.id AND line.transition_id = ? AND line.applied
                 AND (pupil.year_group <> line.before_year_group OR line.what IN ('leaves', 'vo'))""",
        transition.id,
    )
    made = TransitionGroup.select(TransitionGroup.group).where(
        TransitionGroup.transition == transition, TransitionGroup.made
    )
    Group.delete().where(Group.id.in_(made)).execute()
    of_this = TransitionGroup.transition == transition
    TransitionGroup.update(made=False, group=None, key="").where(of_this).execute()
    TransitionPupil.update(applied=False).where(TransitionPupil.transition == transition).execute()


_ADDED = """SELECT record_id FROM change WHERE board_id = ? AND kind = ? AND action = 'added' AND id > ? AND id <= ?"""


def _range(transition: YearTransition) -> tuple[int, int]:
    return transition.first_change, transition.last_change


def _see_who_is_there(transition: YearTransition, day: date) -> None:
    """Mark the lines of pupils who are still at school, with what will be replaced."""
    _execute(
        """UPDATE transition_pupil SET applied = TRUE, before_year_group = pupil.year_group,
                  before_unsubscribed_on = pupil.unsubscribed_on, before_reason = pupil.unsubscribe_reason
           FROM pupil
           WHERE pupil.id = transition_pupil.pupil_id AND transition_pupil.transition_id = ?
                 AND (pupil.unsubscribed_on IS NULL OR pupil.unsubscribed_on > ?)""",
        transition.id,
        day,
    )


def _make_groups(transition: YearTransition, _day: date) -> None:
    """Create the groups; an existing one with the same name and kind is used as it is.

    Two lines can have the same name when a user chose it and a group was renamed to it later: the second gets a number.
    """
    kinds = {
        group.name: group.kind
        for group in Group.select().where(
            Group.location == transition.location_id, Group.school_year == transition.to_year
        )
    }
    new, given = [], set[str]()
    wanted = TransitionGroup.select().where(TransitionGroup.transition == transition, TransitionGroup.wanted)
    for line in wanted.order_by(TransitionGroup.id):
        if kinds.get(line.name, line.kind) != line.kind or line.name in given:
            names = (f"{line.name} ({number})" for number in count(2))
            line.name = next(name for name in names if name not in kinds and name not in given)
            line.save()
        given.add(line.name)
        if line.name not in kinds:
            new.append(_group_row(transition, line))
    bulk.insert(Group, new)
    _execute(
        """UPDATE transition_group SET group_id = there.id, made = (there.key = transition_group.key)
           FROM school_group AS there
           WHERE transition_group.transition_id = ? AND transition_group.wanted AND there.location_id = ?
                 AND there.school_year = ? AND there.name = transition_group.name""",
        transition.id,
        transition.location_id,
        transition.to_year,
    )


def _group_row(transition: YearTransition, line: TransitionGroup) -> dict[str, Any]:
    return {
        "location": transition.location_id,
        "key": line.key,
        "name": line.name,
        "kind": line.kind,
        "school_year": transition.to_year,
        "year_groups": line.year_groups,
        "available_to_couplings": line.available_to_couplings,
    }


def _move_up(transition: YearTransition, _day: date) -> None:
    _execute(
        """UPDATE pupil SET year_group = line.year_group FROM transition_pupil AS line
           WHERE line.pupil_id = pupil.id AND line.transition_id = ? AND line.applied
                 AND line.what NOT IN ('leaves', 'vo') AND pupil.year_group <> line.year_group""",
        transition.id,
    )


def _unsubscribe(transition: YearTransition, _day: date) -> None:
    """Unsubscribe from 1 August, or a future pupil from the day of enrolment: nobody leaves before enrolment."""
    begins = years.first_day(transition.to_year)
    _execute(
        """UPDATE pupil SET unsubscribe_reason = line.reason,
                  unsubscribed_on = CASE WHEN pupil.enrolled_from > ? THEN pupil.enrolled_from ELSE ? END
           FROM transition_pupil AS line
           WHERE line.pupil_id = pupil.id AND line.transition_id = ? AND line.applied
                 AND line.what IN ('leaves', 'vo')""",
        begins,
        begins,
        transition.id,
    )


def _place(transition: YearTransition, _day: date) -> None:
    """Place the pupils; those who already have a basisgroep in the new year keep it."""
    _execute(
        """INSERT INTO placement (pupil_id, group_id, school_year, kind)
           SELECT line.pupil_id, seat.group_id, ?, 'basis'
           FROM transition_pupil AS line JOIN transition_group AS seat ON seat.id = line.group_id
           WHERE line.transition_id = ? AND line.applied AND line.what NOT IN ('leaves', 'vo')
                 AND NOT EXISTS (SELECT 1 FROM placement AS present WHERE present.pupil_id = line.pupil_id
                                 AND present.school_year = ? AND present.kind = 'basis')""",
        transition.to_year,
        transition.id,
        transition.to_year,
    )


def _appoint(transition: YearTransition, _day: date) -> None:
    _execute(
        """INSERT INTO group_teacher (group_id, staff_id)
           SELECT DISTINCT seat.group_id, line.staff_id
           FROM transition_teacher AS line JOIN transition_group AS seat ON seat.id = line.group_id
                JOIN staff_member AS staff ON staff.id = line.staff_id AND staff.active
           WHERE line.transition_id = ? AND seat.group_id IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM group_teacher AS present
                                 WHERE present.group_id = seat.group_id AND present.staff_id = line.staff_id)""",
        transition.id,
    )


STEPS: tuple[Callable[[YearTransition, date], None], ...] = (
    _see_who_is_there,
    _make_groups,
    _move_up,
    _unsubscribe,
    _place,
    _appoint,
)
"""The steps, in order."""


def _execute(statement: str, *values: Any) -> None:
    """Run one statement on SQLite and PostgreSQL alike; `?` for each value."""
    real_database().execute_sql(statement if is_sqlite() else statement.replace("?", "%s"), values)
