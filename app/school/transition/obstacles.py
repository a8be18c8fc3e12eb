"""What prevents undoing a transition: the first change after it, or a partner that acted on it.

The same check tells whether a draft is still complete: every change of the location's pupils, groups, placements and
teachers counts, whoever made it, as long as it is in the history (`models.history`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from app import clock
from app.exchange.names import full_name
from app.runs import Counts
from models.board import Location
from models.history import ADDED, DELETED, Change
from models.run import Run
from models.school import Group, GroupTeacher, Placement, Pupil
from models.transition import YearTransition

JOB = "jaarovergang"
_VERBS = {ADDED: "toegevoegd", DELETED: "verwijderd"}


def obstacle(transition: YearTransition, title: Callable[[str], str] = str) -> str:
    """What prevents undoing, as a sentence; empty when it can be undone. `title` gives an exchange's on-screen name."""
    location = Location.get_by_id(transition.location_id)
    change = first_change(location, transition.last_change)
    if change is not None:
        return (
            f"Op {clock.dutch_moment(change.at)} heeft {change.user} {_about(change)} "
            f"{_VERBS.get(change.action, 'gewijzigd')}."
        )
    run = _first_exchange(transition)
    if run is not None:
        return (
            f"De uitwisseling {title(run.job)} van {clock.dutch_moment(run.slot)} is er sindsdien geweest, dus het "
            "systeem aan de andere kant kan de nieuwe groepen al hebben, en wie vertrok al kwijt zijn."
        )
    return ""


def first_change(location: Location, after: int) -> Change | None:
    """The first change of the location's pupils, groups, placements or teachers with a higher number than this."""
    later = Change.select().where(Change.board == location.board_id, Change.id > after).order_by(Change.id)
    groups = Group.select(Group.id).where(Group.location == location)
    pupils = Pupil.select(Pupil.id).where(Pupil.location == location)
    ours = (
        _of(Pupil) & Change.record_id.in_(pupils),
        _of(Placement) & Change.pupil_id.in_(pupils),
        _of(Group) & Change.record_id.in_(groups),
        _of(GroupTeacher)
        & Change.record_id.in_(GroupTeacher.select(GroupTeacher.id).where(GroupTeacher.group.in_(groups))),
    )
    found = [later.where(reduce(or_, ours)).first(), _first_deleted(location, later)]
    return min((change for change in found if change is not None), key=lambda change: change.id, default=None)


def _of(model: Any) -> Any:
    return Change.kind == model._meta.table_name


def _first_deleted(location: Location, later: Any) -> Change | None:
    """Deleted records are found by their last state: a pupil or group of this location, or a teacher of one of its
    groups.
    """
    here = {row.id for row in Group.select(Group.id).where(Group.location == location)}
    kinds = [model._meta.table_name for model in (Pupil, Group, GroupTeacher)]
    for change in later.where(Change.action == DELETED, Change.kind.in_(kinds)).iterator():
        was = json.loads(change.before)
        if was.get("location_id") == location.id or was.get("group_id") in here:
            return change  # type: ignore[no-any-return]
    return None


def _first_exchange(transition: YearTransition) -> Run | None:
    """The first exchange at the location since then that changed something, even if unfinished: counts are there from
    its first page on.
    """
    same_moment = (Run.not_before == transition.applied_at) & (Run.id > (transition.run_id or 0))
    query = Run.select().where(
        Run.location == transition.location_id,
        Run.job != JOB,
        Run.counts != "{}",
        (Run.not_before > transition.applied_at) | same_moment,
    )
    return next((run for run in query.order_by(Run.not_before, Run.id) if _changed_something(run)), None)


def _changed_something(run: Run) -> bool:
    counts = Counts.from_json(run.counts)
    return run.acted or counts.stored + counts.replaced > 0


def _about(change: Change) -> str:
    """The record, in readable words."""
    was = json.loads(change.after or change.before or "{}")
    if change.kind in (Pupil._meta.table_name, Placement._meta.table_name):
        pupil = was if change.kind == Pupil._meta.table_name else _columns(Pupil, change.pupil_id)
        what = "" if change.kind == Pupil._meta.table_name else "de groep van "
        name = full_name(pupil.get("first_name", ""), pupil.get("prefix", ""), pupil.get("last_name", ""))
        return f"{what}leerling {name} ({pupil.get('key', '?')})"
    group = was if change.kind == Group._meta.table_name else _columns(Group, was.get("group_id"))
    what = "" if change.kind == Group._meta.table_name else "een leerkracht van "
    return f"{what}groep {group.get('name', '?')}"


def _columns(model: Any, record_id: int | None) -> dict[str, Any]:
    row = model.get_or_none(model.id == record_id)
    return dict(row.__data__) if row is not None else {}
