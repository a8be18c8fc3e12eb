"""The start page of IEP LVS: what the school has here, the state of the coupling, and links onward."""

from __future__ import annotations

from app import clock
from app.partners.iep_lvs import overview
from app.partners.iep_lvs.connection import SUPPLIER
from screens.partners.home import PartnerHome, Standing, Step
from screens.partners.iep_lvs.page import IepPage
from screens.partners.results_supplier.coupling import delivery_facts, side

SET_UP = Step("! Stel de resultaatkoppeling in: Beheer > School > Resultaatkoppeling.", "coupling")


class Home(PartnerHome, IepPage):
    """The first screen after signing in."""

    WAYS = (
        ("pupils", "Leerlingen: wie er in IEP LVS staan"),
        ("assessments", "Toetsen: overzicht, en een groep een toets laten maken"),
        ("management", "Beheer: school, Basispoort, resultaatkoppeling en vensters"),
        ("sign-out", "Afmelden"),
    )
    COUPLED = "Resultaatkoppeling"
    HELP = (
        "Het startscherm van IEP LVS: hoeveel leerlingen en toetsafnames er zijn en hoe het met de resultaatkoppeling is.\n\n"
        "De resultaatkoppeling stelt u in bij Beheer > School, tabblad Resultaatkoppeling. Met F10 gaat u naar het menu "
        "bovenaan, met F6 terug naar ESIS; u blijft hier dan aangemeld."
    )

    def standing(self) -> Standing:
        """The coupling, what is here, and the next step."""
        school = self.school
        held, latest = overview.summary(school), overview.transfers(school, 0, 1)
        return Standing(
            side(SUPPLIER, school, "ingeschakeld", "niet ingeschakeld"),
            delivery_facts(SUPPLIER, school),
            (
                ("Leerlingen", str(held.pupils)),
                ("Groepen", str(held.groups)),
                ("Toetsafnames", str(held.sittings)),
                ("Basispoort", f"geleverd {clock.dutch_moment(latest[0].at)}" if latest else "nog niets geleverd"),
            ),
            Step() if school.connected_at else SET_UP,
        )
