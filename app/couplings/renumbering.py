"""A changed BRIN or location number: finds the couplings whose verification code starts with the old one.

They keep their code. A partner connects with the numbers and the code it was given, and ESIS no longer knows either, so
the next exchange is refused until the coupling gets a new code, here and at the partner.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.access import Actor
from app.couplings.catalogue import title
from app.couplings.state import LIVE
from app.permissions import Permission
from models.board import Location, School
from models.coupling import Coupling


@dataclass(frozen=True)
class Affected:
    """A live coupling whose code starts with another BRIN6 than its location has, or is about to get."""

    coupling: str
    """The coupling's title in the overview."""
    location: Location
    code_start: str
    """The BRIN6 its code starts with."""
    brin6: str
    """The BRIN6 that a new code must start with."""

    @property
    def sentence(self) -> str:
        """The line for it in a list."""
        return (
            f"{self.coupling} van {self.location.name}: de code begint met {self.code_start} en moet met "
            f"{self.brin6} beginnen."
        )


def affected(actor: Actor, record: School | Location, brin: str = "", number: str = "") -> list[Affected]:
    """The couplings that need another code once this school has that BRIN, or this location that number.

    Without either, the present situation. In order of location. Raises `NotAllowed`.
    """
    actor.require(Permission.MANAGE_ORGANISATION)
    mine = Location.school == record.id if isinstance(record, School) else Location.id == record.id
    rows = (
        Coupling.select(Coupling, Location, School)
        .join(Location)
        .join(School)
        .where(Coupling.board == actor.board, LIVE, Coupling.code.is_null(False), mine)
        .order_by(Location.number, Coupling.id)
    )
    found = (
        Affected(
            title(row.type),
            row.location,
            str(row.code)[:6],
            (brin or row.location.school.brin) + (number or row.location.number),
        )
        for row in rows
    )
    return [one for one in found if one.code_start != one.brin6]
