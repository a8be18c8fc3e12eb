"""Checks of results: what arrived in ESIS, and what was rolled back."""

from __future__ import annotations

from app import clock
from app.access import Actor
from app.check_kinds import Kind, opposite
from app.school.assessment import assessments
from app.school.people import pupils
from models.assessment import Delivery, Result


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
    ),
    Kind(
        "results TYPE not-of KEY",
        "Leerling {1} heeft geen resultaten van {0}.",
        opposite(_results_of),
    ),
    Kind("delivery TYPE rolled-back", "Een levering van {0} is teruggedraaid.", _rolled_back),
    Kind("assessment ASSESSMENT on", "De toets {0} staat aan.", _active),
    Kind("assessment ASSESSMENT off", "De toets {0} staat uit.", opposite(_active)),
    Kind("result ASSESSMENT of KEY on DAY", "Leerling {1} heeft in ESIS het resultaat {0} van {2}.", _result_on),
    Kind(
        "result ASSESSMENT not-of KEY on DAY",
        "Leerling {1} heeft in ESIS geen resultaat {0} van {2}.",
        opposite(_result_on),
    ),
)
"""About results."""
