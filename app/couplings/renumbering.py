"""A changed BRIN or location number: which couplings have a verification code that begins with the old one.

They keep their code. A partner calls with the numbers and the code it was given, and ESIS knows neither any more, so the
next exchange is refused until the coupling has a new code here and at the partner.
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
    """A live coupling whose code begins with another BRIN6 than its location has, or is about to have."""

    coupling: str
    """As the overview calls it."""
    location: Location
    code_start: str
    """The BRIN6 its code begins with."""
    brin6: str
    """What a new code has to begin with."""

    @property
    def sentence(self) -> str:
        """One line of the list."""
        return (
            f"{self.coupling} van {self.location.name}: de code begint met {self.code_start} en moet met "
            f"{self.brin6} beginnen."
        )


def affected(actor: Actor, record: School | Location, brin: str = "", number: str = "") -> list[Affected]:
    """The couplings that need another code once this school has that BRIN, or this location that number.

    Without either: as things are now. In the order of the locations. Raises `NotAllowed`.
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
