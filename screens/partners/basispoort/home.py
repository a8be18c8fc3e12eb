"""The start page of Basispoort: the state of the LAS and the publishers, and links onward."""

from __future__ import annotations

from app import clock
from app.diagnosis.coupling_status import Badge
from app.partners.basispoort import overview, publishers, staff
from app.partners.basispoort.overview import Source
from models.partners.basispoort import BasispoortSchool
from screens.partners.basispoort.page import BasispoortPage
from screens.partners.home import PartnerHome, Side, Standing, Step


def came(found: Source) -> str:
    """When and how the current data came in."""
    if found.at is None:
        return "nog niet gebeurd"
    return clock.dutch_moment(found.at) + (", met een bestand" if found.by_hand else ", uit ESIS")


class Home(PartnerHome, BasispoortPage):
    """The first screen after signing in."""

    WAYS = (
        ("pupils", "Leerlingen: wie er bij Basispoort staan"),
        ("groups", "Groepen"),
        ("management", "Beheer: uitgeverijen, koppeling met het LAS en medewerkers"),
        ("sign-out", "Afmelden"),
    )
    COUPLED = "Koppeling met het LAS"
    HELP = (
        "Het startscherm van Basispoort: hoe het staat met de koppeling en de uitgeverijen.\n\n"
        "Basispoort haalt elke nacht om 1:30 de groepen en leerlingen uit ESIS en levert elke nacht om 1:00 aan de "
        "aangevinkte uitgeverijen wat het dan heeft. Met F10 gaat u naar het menu bovenaan, met F6 naar een ander "
        "programma; u blijft hier dan aangemeld."
    )

    def standing(self) -> Standing:
        """The coupling, what is here, and the next step."""
        school = self.school
        found = overview.source(school)
        ticked = [row.title for row in publishers.rows(school) if row.ticked_at]
        return Standing(
            _side(school, found),
            (
                ("Ophalen", "automatisch, elke nacht" if school.automatic else "met bestanden, zelf"),
                ("Laatst", came(found)),
            ),
            (
                ("Leerlingen", str(overview.pupil_count(school))),
                ("Groepen", str(len(overview.groups(school)))),
                ("Uitgeverijen", ", ".join(ticked) or "geen aangevinkt"),
            ),
            _attention(school, found),
        )


def _side(school: BasispoortSchool, found: Source) -> Side:
    if not school.automatic:
        return Side(Badge.AVAILABLE, "uit")
    return Side(Badge.FAILED, "ophalen niet gelukt") if found.failed_at else Side(Badge.ACTIVE, "aan")


def _attention(school: BasispoortSchool, found: Source) -> Step:
    if found.failed_at:
        told = f"! Ophalen is op {clock.dutch_moment(found.failed_at)} niet gelukt: {found.failure}"
        return Step(told, "las")
    if blocked := [row.name for row in staff.rows(school) if row.blocked]:
        told = f"! Dubbele rol (Beheer > Medewerkers): {', '.join(blocked)} kan bij uitgeverijen niet aanmelden."
        return Step(told, "staff")
    return Step()
