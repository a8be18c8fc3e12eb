"""Why pupils or results are not where they should be, as Gynzy sees it (`app/partners/causes.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app import clock
from app.counted import counted
from app.partners.causes import Cause, Explanation, day_name
from app.partners.gynzy import merging, methods
from app.partners.gynzy.connection import SUPPLIER
from app.partners.supplying.explaining import half_of
from models.partners.gynzy import GynzySchool

PROGRAM, SYSTEM = "gynzy", "Gynzy"


def causes(location_id: int) -> Iterator[Cause]:
    """No method of which the results go to ESIS, and accounts made by hand beside the delivered ones (domain.md 11c)."""
    school = GynzySchool.get(GynzySchool.location == location_id)
    if school.connected_at is not None and not methods.assessments_on(school):
        yield Cause(
            "Bij Gynzy staan de resultaten van geen enkele methode aan.",
            "Zet ze per methode aan.",
            f"partner:{PROGRAM}/worlds",
            "Gynzy: Werelden",
        )
    if number := len({own.id for own, _ in merging.candidates(school)}):
        has = "heeft" if number == 1 else "hebben"
        yield Cause(
            f"{counted(number, 'leerling', 'leerlingen')} {has} bij Gynzy twee accounts: een zelf gemaakt en een uit ESIS. "
            "Resultaten van het zelf gemaakte komen niet naar ESIS.",
            "Voeg ze samen.",
            f"partner:{PROGRAM}/pupils",
            "Gynzy: Leerlingen",
        )


def coming(_entered: datetime, now: datetime) -> str:
    """What is in ESIS at the next pull comes then."""
    at = clock.next_at(now, clock.RESULTS)
    return f"Dat staat {day_name(at.date(), now.astimezone(clock.AMSTERDAM).date())} in Gynzy."


EXPLANATIONS = [
    Explanation(
        job=SUPPLIER.client,
        at=clock.RESULTS,
        program=PROGRAM,
        system=SYSTEM,
        half=half_of(SUPPLIER, lambda account: account.pulled_at),  # type: ignore[attr-defined]
        causes=causes,
        page="settings",
        carries_groups=True,
        coming=coming,
        supplier=SUPPLIER,
        account=SUPPLIER.account,
    )
]
