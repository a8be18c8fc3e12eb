"""The results of a location as a list (sources.md#dashboard), each with its pupil and whether it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app import clock
from app.access import Actor, group_ids
from app.permissions import Permission
from app.school import groups
from app.school.assessment import counting
from models.assessment import Result
from models.school import Placement, Pupil


@dataclass(frozen=True)
class ResultRow:
    """A result in a list; `pupil` is the pupil's key, `standing` says whether it counts."""

    key: str
    supplier: str
    pupil: str
    result: Result
    standing: str

    def as_json(self) -> dict[str, Any]:
        """The fields of sources.md#json."""
        return {
            "key": self.key,
            "supplier": self.supplier,
            "pupil": self.pupil,
            "assessment": self.result.assessment,
            "part": self.result.part,
            "date": self.result.date.isoformat(),
            "level": self.result.level,
            "score": self.result.score,
            "received_at": clock.iso(self.result.received_at),
        }


def list_results(actor: Actor, group: str | None = None) -> list[ResultRow]:
    """The results of the pupils the actor may see, of one group of this year if given; by pupil and date.

    Includes results that do not count (`app/school/assessment/counting.py`). Raises `NotAllowed`, or `NotFound` for an
    unknown group.
    """
    actor.require(Permission.VIEW_RESULTS)
    shown = Pupil.select(Pupil.id, Pupil.key, Pupil.sort_name).where(Pupil.location == actor.location)
    ids = [groups.find(actor, group).id] if group is not None else group_ids(actor, groups.this_year(actor))
    if ids is not None:
        shown = shown.where(Pupil.id.in_(Placement.select(Placement.pupil).where(Placement.group.in_(ids))))
    pupils = {pupil.id: pupil for pupil in shown}
    found = counting.judged(Result.location == actor.location, Result.pupil.in_(shown.select(Pupil.id)))
    rows = [
        ResultRow(
            one.result.supplier_key, one.result.supplier, pupils[one.result.pupil_id].key, one.result, one.standing
        )
        for one in found
    ]
    return sorted(rows, key=lambda row: _place(pupils[row.result.pupil_id], row.result))


def _place(pupil: Pupil, result: Result) -> tuple[str, int, date, str, str]:
    return pupil.sort_name, pupil.id, result.date, result.assessment, result.part
