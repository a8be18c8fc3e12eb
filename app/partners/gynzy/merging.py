"""Accounts samenvoegen: merges an account made by hand into the one that ESIS delivered.

Its progress and results move along; those of an account that is not merged stay behind (sources.md#gynzy,
sources.md#known-problems c).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.partners.results_supplier import outcomes
from app.partners.results_supplier.supplier import Merged, Merging
from app.refusals import Refused
from models import bulk
from models.partners.gynzy import GynzyOutcome, GynzyProgress, GynzyPupil


def _check(source: GynzyPupil, target: GynzyPupil) -> None:
    for pupil, field in ((source, "source"), (target, "target")):
        if not pupil.active:
            raise Refused(f"Account {pupil.key} is niet meer actief.", field=field)
    if not source.own:
        raise Refused(f"Account {source.key} komt uit ESIS. De bron is een zelfgemaakt account.", field="source")
    if target.own:
        raise Refused(f"Account {target.key} is zelf gemaakt. Het doel is een account uit ESIS.", field="target")


def _move(source: GynzyPupil, target: GynzyPupil, now: datetime) -> Merged:
    exercises = _move_progress(source, target)
    changes = {"pupil": target.id, **outcomes.waiting(now)}
    return Merged(GynzyOutcome.update(changes).where(GynzyOutcome.pupil == source).execute(), exercises)


def _move_progress(source: GynzyPupil, target: GynzyPupil) -> int:
    """Sum the exercises and keep the higher of the skills; returns the number of exercises moved."""
    have = {row.method: row for row in GynzyProgress.select().where(GynzyProgress.pupil == target)}
    rows: list[dict[str, Any]] = []
    moved = 0
    for row in GynzyProgress.select().where(GynzyProgress.pupil == source):
        other = have.get(row.method)
        moved += row.exercises
        rows.append(
            {
                "pupil": target.id,
                "method": row.method,
                "exercises": row.exercises + (other.exercises if other else 0),
                "skill": max(row.skill, other.skill if other else 0),
            }
        )
    bulk.upsert(GynzyProgress, rows, key=("pupil", "method"))
    GynzyProgress.delete().where(GynzyProgress.pupil == source).execute()
    return moved


MERGING = Merging(GynzyPupil.own & GynzyPupil.active, _check, _move)
