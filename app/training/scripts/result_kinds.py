"""Checks of results: what arrived in ESIS, and what was rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from app import clock
from app.access import Actor
from app.check_kinds import Kind, opposite
from app.school.assessment import assessments
from app.school.people import pupils
from models.assessment import Delivery, Result
from models.school import Pupil


def _results(actor: Actor, supplier: str) -> bool:
    return bool(Result.select().where(Result.location == actor.location, Result.supplier == supplier).exists())


def _results_of(actor: Actor, supplier: str, key: str) -> bool:
    pupil = pupils.get(actor, key)
    return bool(Result.select().where(Result.pupil == pupil, Result.supplier == supplier).exists())


def _rolled_back(actor: Actor, supplier: str) -> bool:
    taken = Delivery.rolled_back_at.is_null(False)
    return bool(
        Delivery.select().where(Delivery.location == actor.location, Delivery.supplier == supplier, taken).exists()
    )


def _active(actor: Actor, assessment: str) -> bool:
    return assessment in assessments.active_ids(actor.location.id)


def _result_on(actor: Actor, assessment: str, key: str, day: str) -> bool:
    """The result in ESIS of a whole assessment that the pupil sat that day."""
    this = (Result.assessment == assessment, Result.part == "", Result.date == clock.parse_date(day))
    return bool(Result.select().where(Result.pupil == pupils.get(actor, key), *this).exists())


def _of_whom(actor: Actor) -> Iterator[tuple[str, str]]:
    rows: Any = Result.select(Result.supplier, Pupil.key).join(Pupil).where(Result.location == actor.location)
    yield from rows.distinct().order_by(Result.supplier, Pupil.key).tuples()


def _assessments(actor: Actor, *, on: bool) -> Iterator[tuple[str]]:
    yield from ((row.assessment.id,) for row in assessments.listed(actor) if row.active == on)


def _dated(actor: Actor) -> Iterator[tuple[str, str, str]]:
    rows: Any = (
        Result.select(Result.assessment, Pupil.key, Result.date)
        .join(Pupil)
        .where(Result.location == actor.location, Result.part == "")
    )
    for assessment, key, day in rows.order_by(Result.date.desc(), Result.id).tuples():
        yield assessment, key, clock.dutch_date(day)


KINDS: tuple[Kind, ...] = (
    Kind("results TYPE received", "Er zijn resultaten van {0} in ESIS.", _results),
    Kind(
        "results TYPE none",
        "Er zijn geen resultaten van {0} in ESIS.",
        opposite(_results),
    ),
    Kind(
        "results TYPE of KEY",
        "Leerling {1} heeft resultaten van {0}.",
        _results_of,
        _of_whom,
    ),
    Kind(
        "results TYPE not-of KEY",
        "Leerling {1} heeft geen resultaten van {0}.",
        opposite(_results_of),
        ends="results TYPE of KEY",
    ),
    Kind("delivery TYPE rolled-back", "Een levering van {0} is teruggedraaid.", _rolled_back),
    Kind("assessment ASSESSMENT on", "De toets {0} staat aan.", _active, partial(_assessments, on=True)),
    Kind("assessment ASSESSMENT off", "De toets {0} staat uit.", opposite(_active), partial(_assessments, on=False)),
    Kind(
        "result ASSESSMENT of KEY on DAY",
        "Leerling {1} heeft in ESIS het resultaat {0} van {2}.",
        _result_on,
        _dated,
    ),
    Kind(
        "result ASSESSMENT not-of KEY on DAY",
        "Leerling {1} heeft in ESIS geen resultaat {0} van {2}.",
        opposite(_result_on),
        ends="result ASSESSMENT of KEY on DAY",
    ),
)
"""About results."""
