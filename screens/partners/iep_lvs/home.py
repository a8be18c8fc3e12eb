"""The start page of IEP LVS: what the school has here, the state of the coupling, and links onward."""

from __future__ import annotations

from app import clock
from app.counted import counted
from app.partners.iep_lvs import overview
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier.delivery_status import deliveries
from models.partners.iep_lvs import IepSchool
from screens.partners.home import PartnerHome
from screens.partners.iep_lvs.page import IepPage
from screens.partners.page import facts
from screens.partners.results_supplier.coupling import standing


class Home(PartnerHome, IepPage):
    """The first screen after signing in."""

    WAYS = (
        ("pupils", "Leerlingen: wie er in IEP LVS staan"),
        ("assessments", "Toetsen: overzicht, en een groep een toets laten maken"),
        ("management", "Beheer: school, Basispoort, resultaatkoppeling en vensters"),
        ("sign-out", "Afmelden"),
    )
    HELP = (
        "Het startscherm van IEP LVS: hoeveel leerlingen en toetsafnames er zijn en hoe het met de resultaatkoppeling is.\n\n"
        "De resultaatkoppeling stelt u in bij Beheer > School, tabblad Resultaatkoppeling. Met F10 gaat u naar het menu "
        "bovenaan, met F6 terug naar ESIS; u blijft hier dan aangemeld."
    )

    def standing(self) -> tuple[str, str]:
        """The facts and the next step."""
        school = self.school
        return self._facts(school), self._next_step(school)

    def _facts(self, school: IepSchool) -> str:
        held, latest = overview.summary(school), overview.transfers(school, 0, 1)
        told = counted(deliveries(SUPPLIER, school).sent, "resultaat", "resultaten")
        return facts(
            [
                ("Leerlingen", str(held.pupils)),
                ("Groepen", str(held.groups)),
                ("Toetsafnames", str(held.sittings)),
                (
                    "Basispoort",
                    f"laatste levering {clock.dutch_moment(latest[0].at)}" if latest else "nog niets geleverd",
                ),
                (
                    "Resultaatkoppeling",
                    standing(SUPPLIER, school, f"ingeschakeld, {told} verstuurd", "nog niet ingesteld"),
                ),
            ]
        )

    @staticmethod
    def _next_step(school: IepSchool) -> str:
        if school.connected_at:
            return ""
        return "! Stel de resultaatkoppeling in: Beheer > School > Resultaatkoppeling."
