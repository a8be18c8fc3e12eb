"""What a draaiboek can check of IEP LVS."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from app import clock
from app.access import Actor
from app.check_kinds import Kind
from app.partners.iep_lvs import account
from app.partners.iep_lvs.connection import SUPPLIER
from models.partners.iep_lvs import IepPupil, IepSitting


def _sitting_on(actor: Actor, assessment: str, key: str, day: str) -> bool:
    """The pupil sat the whole assessment on that day."""
    return bool(_sittings(actor, assessment, key, day).exists())


def _waiting(actor: Actor, assessment: str, key: str, day: str) -> bool:
    """Whether it goes to ESIS tonight, for the first time or again."""
    return bool(_sittings(actor, assessment, key, day).where(IepSitting.pending).exists())


def _sittings(actor: Actor, assessment: str, key: str, day: str) -> Any:
    pupil = SUPPLIER.find_pupil(account.school_of(actor.location), key, "pupil")
    this = (IepSitting.assessment == assessment, IepSitting.part == "", IepSitting.date == clock.parse_date(day))
    return IepSitting.select().where(IepSitting.pupil == pupil, *this)


def _merged(actor: Actor, source: str, target: str) -> bool:
    return str(SUPPLIER.find_pupil(account.school_of(actor.location), source, "source").merged_into) == target


def _sat(actor: Actor, *, pending: bool = False) -> Iterator[tuple[str, str, str]]:
    rows: Any = (
        IepSitting.select(IepSitting.assessment, IepPupil.key, IepSitting.date)
        .join(IepPupil)
        .where(IepSitting.school == account.school_of(actor.location), IepSitting.part == "")
    )
    rows = rows.where(IepSitting.pending) if pending else rows
    for assessment, key, day in rows.order_by(IepSitting.date.desc(), IepSitting.id).tuples():
        yield assessment, key, clock.dutch_date(day)


def _merges(actor: Actor) -> Iterator[tuple[str, str]]:
    rows: Any = IepPupil.select(IepPupil.key, IepPupil.merged_into).where(
        IepPupil.school == account.school_of(actor.location), IepPupil.merged_into != ""
    )
    yield from rows.order_by(IepPupil.id).tuples()


CHECKS: tuple[Kind, ...] = (
    Kind(
        "sitting ASSESSMENT of KEY on DAY",
        "Bij IEP LVS staat de afname {0} van {2} bij leerling {1}.",
        _sitting_on,
        _sat,
    ),
    Kind(
        "waiting ASSESSMENT of KEY on DAY",
        "Bij IEP LVS wacht {0} van {2} van leerling {1} op de nacht.",
        _waiting,
        partial(_sat, pending=True),
    ),
    Kind("account KEY merged-into KEY", "Bij IEP LVS is account {0} samengevoegd met {1}.", _merged, _merges),
)
