"""Pupils at work at Gynzy: a group practises in a world, or sits an assessment of its method; all of it deterministic.

Practising needs no coupling. Results are made only for a method whose results are on (domain.md 7.4).
"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from random import Random
from typing import Any

from app.access import standing_still
from app.exchange.names import is_group
from app.partners.gynzy import methods
from app.partners.gynzy.methods import Method
from app.partners.results_supplier import outcomes
from app.partners.results_supplier.outcomes import LONGEST_KEY
from app.partners.talents import Talents, percentage
from app.refusals import NotFound, Refused
from models import bulk
from models.board import Board
from models.partners.gynzy import GynzyGroup, GynzyOutcome, GynzyProgress, GynzyPupil, GynzySchool

A_TURN = 20
"""Exercises done in one turn of practising."""
STEP = 4
"""A turn takes the skill this part of the way to what the pupil can reach."""


def practise(school: GynzySchool, name: str, group_name: str) -> int:
    """Let the pupils of a group practise in a world. Returns how many did.

    Raises `NotFound` for an unknown method or group, `Refused` for an empty group or while school time is being moved.
    """
    method = methods.find(name)
    with standing_still(school.location.board_id):
        _, pupils = _at_work(school, group_name)
        talents = _talents(school)
        there = _progress(pupils, method)
        rows = [_after_a_turn(pupil, method, there.get(pupil.id), talents) for pupil in pupils]
        bulk.upsert(GynzyProgress, rows, key=("pupil", "method"))
    return len(pupils)


def sit(school: GynzySchool, name: str, group_name: str) -> int:
    """Let the pupils of a group sit the assessment of a method for their own year group. Returns how many did.

    Raises `NotFound`, or `Refused` when the results of the method are off, nobody can sit it, all did today, or school
    time is being moved.
    """
    method = methods.find(name)
    with standing_still(school.location.board_id) as now:
        if not methods.is_on(school, method):
            raise Refused(f"De resultaten van {method.name} staan uit. Zet ze eerst aan bij Werelden.", field="method")
        group, pupils = _at_work(school, group_name)
        talents = _talents(school)
        made = [_outcome(school, group, pupil, method, now, talents) for pupil in pupils]
        rows = [row for row in made if row is not None]
        if not rows:
            raise Refused(f"{method.name} heeft geen toets voor de leerjaren in {group.name}.", field="group")
        if not (added := outcomes.keep(GynzyOutcome, rows)):
            raise Refused(f"{group.name} heeft de toets van {method.name} vandaag al gemaakt.", field="group")
    return added


def _at_work(school: GynzySchool, name: str) -> tuple[GynzyGroup, list[GynzyPupil]]:
    group = find_group(school, name)
    pupils = members(school, group)
    if not pupils:
        raise Refused(f"In {group.name} zit niemand.", field="group")
    return group, pupils


def find_group(school: GynzySchool, name: str) -> GynzyGroup:
    """The group with this name that is not archived. Raises `NotFound` naming those there are."""
    groups = list(GynzyGroup.select().where(GynzyGroup.school == school, GynzyGroup.active).order_by(GynzyGroup.id))
    for group in groups:
        if is_group(name, group.name):
            return group
    known = ", ".join(group.name for group in groups) or "geen; die komen de nacht na het koppelen uit ESIS"
    raise NotFound(f"Groep '{name}' is bij Gynzy niet bekend. Er zijn: {known}.", field="group")


def members(school: GynzySchool, group: GynzyGroup) -> list[GynzyPupil]:
    """The active pupils of a group, of an instruction group too: its key is among those of the pupil."""
    active = GynzyPupil.select().where(GynzyPupil.school == school, GynzyPupil.active).order_by(GynzyPupil.id)
    if not group.composite:
        return list(active.where(GynzyPupil.group_key == group.key))
    return [pupil for pupil in active if group.key in pupil.composite_keys.split("\n")]


def _progress(pupils: list[GynzyPupil], method: Method) -> dict[int, GynzyProgress]:
    mine = GynzyProgress.pupil.in_([pupil.id for pupil in pupils])
    return {row.pupil_id: row for row in GynzyProgress.select().where(mine, GynzyProgress.method == method.id)}


def _after_a_turn(pupil: GynzyPupil, method: Method, before: GynzyProgress | None, talents: Talents) -> dict[str, Any]:
    exercises, skill = (before.exercises, before.skill) if before else (0, 0)
    reach = percentage(talents.talent(pupil.key, method.short), Random(f"{talents.seed}/{pupil.key}/{method.id}"))
    return {
        "pupil": pupil.id,
        "method": method.id,
        "exercises": exercises + A_TURN,
        "skill": max(skill, skill + round((reach - skill) / STEP)),
    }


def _outcome(
    school: GynzySchool, group: GynzyGroup, pupil: GynzyPupil, method: Method, at: datetime, talents: Talents
) -> dict[str, Any] | None:
    assessment, day = method.for_year_group(pupil.year_group), at.date()
    if assessment is None:
        return None
    chance = Random(f"{talents.seed}/{pupil.key}/{assessment.id}/{day}")
    return {
        "school": school.id,
        "pupil": pupil.id,
        "group": group.id,
        "key": _key(school, pupil, assessment.id, day),
        "assessment": assessment.id,
        "part": "",
        "date": day,
        "level": "",
        "reference_level": "",
        "score": percentage(talents.talent(pupil.key, method.short), chance),
        "pending": True,
        "waits_since": at,
        "refusal": "",
    }


def _key(school: GynzySchool, pupil: GynzyPupil, assessment: str, day: date) -> str:
    """`99QQ00-1042-gynzy-rekenen-6-20200414`; the pupil's key is digested where it would not fit."""
    tail = f"{assessment}-{day:%Y%m%d}"
    key = f"{school.location.brin6}-{pupil.key}-{tail}"
    return (
        key if len(key) <= LONGEST_KEY else f"{school.location.brin6}-{sha256(pupil.key.encode()).hexdigest()}-{tail}"
    )


def _talents(school: GynzySchool) -> Talents:
    return Talents(int(Board.select(Board.seed).where(Board.id == school.location.board_id).get().seed))
