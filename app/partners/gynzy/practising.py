"""Letting a group practise in a world of Gynzy, which needs no coupling (sources.md#gynzy); deterministic."""

from __future__ import annotations

from random import Random
from typing import Any

from app.access import standing_still
from app.partners.gynzy import methods
from app.partners.gynzy.connection import SUPPLIER
from app.partners.gynzy.methods import Method
from app.partners.results_supplier import sitting
from app.partners.talents import Talents, percentage
from models import bulk
from models.partners.gynzy import GynzyProgress, GynzyPupil, GynzySchool

A_TURN = 20
"""Exercises done in one turn."""
STEP = 4
"""The fraction of the way to the pupil's attainable skill that one turn covers."""


def practise(school: GynzySchool, name: str, group_name: str) -> int:
    """Let the pupils of a group practise in a world. Returns how many did.

    Raises `NotFound` for an unknown method or group, and `Refused` for an empty group or while school time is being
    moved.
    """
    method = methods.find(name)
    with standing_still(school.location.board_id):
        _, pupils = sitting.at_work(SUPPLIER, school, group_name)
        talents = sitting.talents_of(school)
        there = _progress(pupils, method)
        rows = [_after_a_turn(pupil, method, there.get(pupil.id), talents) for pupil in pupils]
        bulk.upsert(GynzyProgress, rows, key=("pupil", "method"))
    return len(pupils)


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
