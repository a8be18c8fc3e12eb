"""Verbinding instellen/controleren of IEP LVS: what keeps pupils from coming in from Basispoort (domain.md 7.2, 7.8).

Every cause that is found is told at once, each with what to do and where; none found means that the next night brings
what Basispoort has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app import clock
from app.partners.basispoort import overview, publishers
from models.partners.basispoort import BasispoortSchool
from models.partners.iep_lvs import IepSchool

AT_BASISPOORT = "Basispoort (F6, gebruiker ict)"
FINE = (
    "De verbinding met Basispoort is in orde: IEP LVS krijgt elke nacht om 1:00 de groepen en leerlingen die Basispoort "
    "dan heeft."
)


@dataclass(frozen=True)
class Finding:
    """Something wrong, what to do about it, and where."""

    problem: str
    remedy: str
    where: str

    @property
    def sentence(self) -> str:
        """All of it."""
        return f"{self.problem} {self.remedy} ({self.where})"


def findings(school: IepSchool) -> list[Finding]:
    """What is wrong now, the first to be mended first."""
    account = BasispoortSchool.get_or_none(BasispoortSchool.location == school.location_id)
    if account is None:
        where = AT_BASISPOORT
        return [Finding("Deze vestiging heeft geen account bij Basispoort.", "Vraag er een aan bij Basispoort.", where)]
    return [*_brin(school, account), *_tick(account), *_pull(account)]


def _brin(school: IepSchool, account: BasispoortSchool) -> Iterator[Finding]:
    if school.brin6 != account.brin6:
        yield Finding(
            f"Bij IEP LVS staat deze school als {school.brin6}, bij Basispoort als {account.brin6}: IEP LVS weigert wat "
            "Basispoort levert.",
            "Maak ze gelijk, ook de laatste twee cijfers (vestigingsnummer).",
            f"IEP LVS: Beheer > School > Details, of {AT_BASISPOORT}: Beheer > Koppeling LAS",
        )


def _tick(account: BasispoortSchool) -> Iterator[Finding]:
    row = next(row for row in publishers.rows(account) if row.id == publishers.IEP)
    where = f"{AT_BASISPOORT}: Beheer > Uitgeverijen"
    if row.works_from is None:
        yield Finding("IEP is bij Basispoort niet aangevinkt.", "Vink IEP aan en kies Sla uitgeverijen op.", where)
    elif row.works_from > clock.school_today(account.location.board):
        yield Finding(
            "IEP is bij Basispoort vandaag aangevinkt: dat werkt pas na een nacht.",
            f"Wacht tot {clock.dutch_date(row.works_from)}; er hoeft niets te gebeuren.",
            where,
        )


def _pull(account: BasispoortSchool) -> Iterator[Finding]:
    where = f"{AT_BASISPOORT}: Beheer > Koppeling LAS"
    found = overview.source(account)
    if not account.automatic:
        yield Finding(
            "De automatische koppeling van Basispoort met ESIS staat uit: wijzigingen in ESIS komen niet door.",
            "Zet haar aan, of lees bij Basispoort steeds zelf een bestand uit ESIS in.",
            where,
        )
    elif found.failed_at:
        yield Finding(
            f"Basispoort kon op {clock.dutch_moment(found.failed_at)} niets uit ESIS ophalen: {found.failure}",
            f"Controleer het BRIN6 van het account; nu {account.brin6}.",
            where,
        )
    if found.at is None:
        yield Finding(
            "Basispoort heeft nog geen leerlingen.",
            "Wacht op de nacht (1:30), of lees bij Basispoort een bestand in."
            if account.automatic else "Zet de automatische koppeling aan of lees een bestand in.",
            where,
        )  # fmt: skip
