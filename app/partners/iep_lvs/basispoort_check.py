"""Verbinding instellen/controleren of IEP LVS: what keeps pupils from arriving from Basispoort.

All causes are reported at once, each with what to do and where; none means that the next night brings what Basispoort
has (sources.md#iep-lvs-pupils, sources.md#basispoort).
"""

from __future__ import annotations

from collections.abc import Iterator

from app import clock
from app.partners.basispoort import overview, publishers
from app.partners.causes import WAIT, Cause
from app.targets import PartnerPage
from models.partners.basispoort import BasispoortSchool
from models.partners.iep_lvs import IepSchool

AT_BASISPOORT = "Basispoort (F6, gebruiker ict)"
AT_LAS = PartnerPage("basispoort", "las")
FINE = (
    "De verbinding met Basispoort is in orde: IEP LVS krijgt elke nacht om 1:00 de groepen en leerlingen die Basispoort "
    "dan heeft."
)


def findings(school: IepSchool) -> list[Cause]:
    """The current problems, the first to be fixed first."""
    account = BasispoortSchool.get_or_none(BasispoortSchool.location == school.location_id)
    if account is None:
        problem, remedy = "Deze vestiging heeft geen account bij Basispoort.", "Vraag er een aan bij Basispoort."
        return [Cause(problem, remedy, PartnerPage("basispoort"), AT_BASISPOORT)]
    return [*_brin(school, account), *_tick(account), *_pull(account)]


def _brin(school: IepSchool, account: BasispoortSchool) -> Iterator[Cause]:
    if school.brin6 != account.brin6:
        yield Cause(
            f"Bij IEP LVS staat deze school als {school.brin6}, bij Basispoort als {account.brin6}: IEP LVS weigert wat "
            "Basispoort levert.",
            "Maak ze gelijk, ook de laatste twee cijfers (vestigingsnummer).",
            AT_LAS if school.brin6 == school.location.brin6 else PartnerPage("iep-lvs", "details"),
            f"IEP LVS: Beheer > School > Details, of {AT_BASISPOORT}: Beheer > Koppeling LAS",
        )


def _tick(account: BasispoortSchool) -> Iterator[Cause]:
    row = next(row for row in publishers.rows(account) if row.id == publishers.IEP)
    where = f"{AT_BASISPOORT}: Beheer > Uitgeverijen"
    if row.works_from is None:
        yield Cause(
            "IEP is bij Basispoort niet aangevinkt.",
            "Vink IEP aan en kies Sla uitgeverijen op.",
            PartnerPage("basispoort", "publishers"),
            where,
        )
    elif row.works_from > clock.school_today(account.location.board):
        yield Cause(
            "IEP is bij Basispoort vandaag aangevinkt: dat werkt pas na een nacht.",
            f"Wacht tot {clock.dutch_date(row.works_from)}; er hoeft niets te gebeuren.",
            WAIT,
            where,
            wrong=False,
        )


def _pull(account: BasispoortSchool) -> Iterator[Cause]:
    where = f"{AT_BASISPOORT}: Beheer > Koppeling LAS"
    found = overview.source(account)
    if not account.automatic:
        yield Cause(
            "De automatische koppeling van Basispoort met ESIS staat uit: wijzigingen in ESIS komen niet door.",
            "Zet haar aan, of lees bij Basispoort steeds zelf een bestand uit ESIS in.",
            AT_LAS,
            where,
        )
    elif found.failed_at:
        yield Cause(
            f"Basispoort kon op {clock.dutch_moment(found.failed_at)} niets uit ESIS ophalen: {found.failure}",
            f"Controleer het BRIN6 van het account; nu {account.brin6}.",
            AT_LAS,
            where,
        )
    if found.at is None:
        yield Cause(
            "Basispoort heeft nog geen leerlingen.",
            "Wacht op de nacht (1:30), of lees bij Basispoort een bestand in."
            if account.automatic
            else "Zet de automatische koppeling aan of lees een bestand in.",
            WAIT if account.automatic else AT_LAS,
            where,
            wrong=not account.automatic,
        )
