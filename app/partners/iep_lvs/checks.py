"""What a draaiboek can check of IEP LVS."""

from __future__ import annotations

from typing import Any

from app import clock
from app.access import Actor
from app.check_kinds import Kind
from app.partners.iep_lvs import account
from app.partners.iep_lvs.connection import SUPPLIER
from models.partners.iep_lvs import IepSitting


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


CHECKS: tuple[Kind, ...] = (
    Kind("sitting ASSESSMENT of KEY on DAY", "Bij IEP LVS staat de afname {0} van {2} bij leerling {1}.", _sitting_on),
    Kind("waiting ASSESSMENT of KEY on DAY", "Bij IEP LVS wacht {0} van {2} van leerling {1} op de nacht.", _waiting),
    Kind("account KEY merged-into KEY", "Bij IEP LVS is account {0} samengevoegd met {1}.", _merged),
)
