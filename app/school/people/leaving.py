"""Results that conflict with the day pupils leave, because they are later. That is a warning, never a refusal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from peewee import fn

from app.clock import dutch_date
from app.counted import counted
from models.assessment import Result
from models.bulk import as_date

AT_A_TIME = 500


def warnings_about(pupil_ids: Collection[int], on: date) -> tuple[str, ...]:
    """Warn that some of these pupils have results of the day they leave or later; empty if none has."""
    ids = list(pupil_ids)
    latest = [_latest(ids[start : start + AT_A_TIME], on) for start in range(0, len(ids), AT_A_TIME)]
    number, day = sum(count for count, _ in latest), max((day for _, day in latest if day is not None), default=None)
    if day is None:
        return ()
    who = counted(number, "leerling heeft", "leerlingen hebben")
    return (f"{who} nog toetsresultaten van de dag van uitschrijven of later, tot en met {dutch_date(day)}.",)


def _latest(ids: list[int], on: date) -> tuple[int, date | None]:
    query: Any = Result.select(fn.COUNT(Result.pupil.distinct()), fn.MAX(Result.date)).where(
        Result.pupil.in_(ids), Result.date >= on
    )
    number, day = query.tuples().get()
    return number, as_date(day)
