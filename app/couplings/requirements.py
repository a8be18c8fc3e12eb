"""What a location must have in order before activating a coupling (sources.md#mijnschoolinfo, P): for Mijnschoolinfo,
contact details.

Every enrolled pupil needs a guardian, and every guardian of one a well-formed e-mail address in bereikbaarheid. Checked
at activation only: anyone without an address later is still delivered, but cannot sign in there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from peewee import JOIN

from app.counted import counted
from app.couplings.catalogue import CouplingType
from app.exchange.email import is_email
from app.exchange.names import full_name
from app.refusals import Refused
from app.school.people.status import Status, has_status
from models.board import Location
from models.school import Guardian, Pupil, PupilGuardian

NAMED = 5
"""How many are named in the sentence; a screen shows all."""


@dataclass(frozen=True)
class Lack:
    """Something missing: a pupil's guardian, or the e-mail address of a pupil's guardian."""

    pupil_key: str
    pupil: str
    link_id: int | None
    """The pupil's link to the guardian; None when the pupil has no guardian."""
    guardian: str = ""
    email: str = ""

    @property
    def sentence(self) -> str:
        """What is missing, as on screen."""
        if self.link_id is None:
            return f"{self.pupil} ({self.pupil_key}) heeft geen verzorger"
        wrong = f"'{self.email}' is geen e-mailadres" if self.email else "geen e-mailadres"
        return f"{self.guardian}, verzorger van {self.pupil} ({self.pupil_key}): {wrong}"


class ContactsLacking(Refused):
    """The contact details are incomplete; `lacks` says where."""

    def __init__(self, kind: CouplingType, lacks: list[Lack]) -> None:
        self.lacks = lacks
        more = f"; en nog {len(lacks) - NAMED}" if len(lacks) > NAMED else ""
        super().__init__(
            f"{kind.row} kan nog niet: {_counted(lacks)}. Vul de bereikbaarheid aan bij de leerling, tab Verzorgers. "
            f"Het gaat om: {'; '.join(lack.sentence for lack in lacks[:NAMED])}{more}."
        )


def told(kind: CouplingType, location: Location, today: date) -> tuple[str, str]:
    """What must be in order, and what is still missing, to show before the form; empty where nothing is required, or
    missing.
    """
    if not kind.needs_contacts:
        return "", ""
    lacks = lacking(location, today)
    condition = "Voorwaarde: alle verzorgers hebben in ESIS een e-mailadres (bereikbaarheid)."
    return (condition, f"Nu ontbreekt nog: {_counted(lacks)}.") if lacks else (f"{condition} Dat is in orde.", "")


def check(kind: CouplingType, location: Location, today: date) -> None:
    """Raise `ContactsLacking` when contact details that the coupling requires are missing."""
    if kind.needs_contacts and (found := lacking(location, today)):
        raise ContactsLacking(kind, found)


def lacking(location: Location, today: date) -> list[Lack]:
    """What is missing, by pupil; a guardian of several pupils is listed once."""
    rows = (
        Pupil.select(Pupil, PupilGuardian, Guardian)
        .join(PupilGuardian, JOIN.LEFT_OUTER)
        .join(Guardian, JOIN.LEFT_OUTER)
        .where(Pupil.location == location, has_status(Status.ENROLLED, today))
        .order_by(Pupil.sort_name, Pupil.id, PupilGuardian.id)
    )
    found: list[Lack] = []
    told: set[int] = set()
    for pupil in rows:
        link: PupilGuardian | None = getattr(pupil, "pupilguardian", None)
        name = full_name(pupil.first_name, pupil.prefix, pupil.last_name)
        if link is None or link.id is None:
            found.append(Lack(pupil.key, name, None))
        elif not is_email(link.guardian.email) and link.guardian_id not in told:
            told.add(link.guardian_id)
            found.append(Lack(pupil.key, name, link.id, link.guardian.name, link.guardian.email))
    return found


def _counted(lacks: list[Lack]) -> str:
    alone = sum(lack.link_id is None for lack in lacks)
    parts = [
        f"{counted(number, one, more)} {what}"
        for number, one, more, what in (
            (len(lacks) - alone, "verzorger", "verzorgers", "zonder e-mailadres"),
            (alone, "leerling", "leerlingen", "zonder verzorger"),
        )
        if number
    ]
    return " en ".join(parts)
