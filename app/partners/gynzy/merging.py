"""Accounts samenvoegen: an account made by hand goes up in the one that ESIS delivered (domain.md 7.4, 11 c).

Its progress and results move along; of an account that is not merged they stay behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.access import standing_still
from app.exchange.identity import Person
from app.exchange.recognising import Register
from app.refusals import NotFound, Refused
from models import bulk
from models.partners.gynzy import GynzyOutcome, GynzyProgress, GynzyPupil, GynzySchool


@dataclass(frozen=True)
class Merged:
    """What moved to the account that ESIS delivered."""

    exercises: int
    outcomes: int


def merge(school: GynzySchool, source_key: str, target_key: str) -> Merged:
    """Let an account made by hand go up in a delivered one; both by their key.

    The source becomes inactive. Raises `NotFound`, `Refused` for accounts that are not of these kinds or not active, or
    while school time is being moved.
    """
    with standing_still(school.location.board_id) as now:
        source, target = _account(school, source_key, "source"), _account(school, target_key, "target")
        if not source.own:
            raise Refused(f"Account {source.key} komt uit ESIS. De bron is een zelfgemaakt account.", field="source")
        if target.own:
            raise Refused(f"Account {target.key} is zelf gemaakt. Het doel is een account uit ESIS.", field="target")
        merged = Merged(_move_progress(source, target), _move_outcomes(source, target, now))
        GynzyPupil.update(active=False).where(GynzyPupil.id == source.id).execute()
    return merged


def candidates(school: GynzySchool) -> list[tuple[GynzyPupil, GynzyPupil]]:
    """Accounts made by hand beside the delivered ones that they may be (`docs/wie-is-wie.md`), by name."""
    query = GynzyPupil.select().where(GynzyPupil.school == school, GynzyPupil.active)
    rows = list(query.order_by(GynzyPupil.sort_name, GynzyPupil.id))
    delivered = {row.id: row for row in rows if not row.own}
    register = Register((row.id, Person.of(row)) for row in delivered.values())
    own = ((row, Person.of(row, "")) for row in rows if row.own)
    return [(row, delivered[one.here]) for row, person in own for one in register.candidates(person)]


def doubles(school: GynzySchool) -> int:
    """How many accounts made by hand are, as far as it looks, of a pupil whom ESIS delivered too."""
    return len({own.id for own, _ in candidates(school)})


def _account(school: GynzySchool, key: str, field: str) -> GynzyPupil:
    pupil: GynzyPupil | None = GynzyPupil.get_or_none(GynzyPupil.school == school, GynzyPupil.key == key.strip())
    if pupil is None:
        raise NotFound(f"Account '{key}' bestaat bij Gynzy niet.", field=field)
    if not pupil.active:
        raise Refused(f"Account {pupil.key} is niet meer actief.", field=field)
    return pupil


def _move_progress(source: GynzyPupil, target: GynzyPupil) -> int:
    """The exercises of both together, and the higher of the skills; returns the exercises that moved."""
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


def _move_outcomes(source: GynzyPupil, target: GynzyPupil, now: datetime) -> int:
    changes = {"pupil": target.id, "pending": True, "waits_since": now, "refusal": ""}
    moved: int = GynzyOutcome.update(changes).where(GynzyOutcome.pupil == source).execute()
    return moved
