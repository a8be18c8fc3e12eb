"""The start page of Gynzy: what the school has here, the state of the coupling, and what to do next."""

from __future__ import annotations

from app import clock
from app.counted import counted
from app.partners.gynzy import methods, overview
from app.partners.gynzy.connection import SUPPLIER
from app.partners.results_supplier import connecting, merging
from models.partners.gynzy import GynzySchool
from screens.partners.gynzy.page import GynzyPage
from screens.partners.home import PartnerHome, Standing, Step
from screens.partners.results_supplier.coupling import REFUSED, delivery_facts, side


class Home(PartnerHome, GynzyPage):
    """The first screen after signing in."""

    WAYS = (
        ("worlds", "Werelden: resultaten aan- of uitzetten, en een groep laten oefenen of een toets laten maken"),
        ("pupils", "Leerlingen: wie er een account heeft, en accounts samenvoegen"),
        ("groups", "Groepen: van dit schooljaar en uit het archief, met hun resultaten"),
        ("settings", "Instellingen: koppelen met ESIS"),
        ("sign-out", "Afmelden"),
    )
    HELP = (
        "Het startscherm van Gynzy: hoeveel accounts en groepen er zijn en hoe het met de koppeling met ESIS is.\n\n"
        "Koppelen doet u bij Instellingen. Na één nacht staan de groepen en leerlingen uit ESIS hier; daarna zet u bij Werelden "
        "per methode de resultaten aan. Met F10 gaat u naar het menu bovenaan, met F6 naar een ander programma."
    )

    def standing(self) -> Standing:
        """The coupling, what is here, and the next step."""
        school = self.school
        own, delivered = len(merging.sources(SUPPLIER, school)), len(merging.targets(SUPPLIER, school))
        on = [row.method.name for row in methods.listed(school) if row.since is not None]
        return Standing(
            side(SUPPLIER, school, "aan", "nog niet gekoppeld"),
            (
                ("Opgehaald", clock.dutch_moment(school.pulled_at) if school.pulled_at else "nog niets"),
                ("Resultaten aan", ", ".join(on) or "van geen enkele methode"),
                *delivery_facts(SUPPLIER, school),
            ),
            (
                ("Leerlingen", f"{delivered} uit ESIS, {own} zelf gemaakt"),
                ("Groepen", str(sum(row.group.active for row in overview.groups(school)))),
            ),
            next_step(school),
        )


def next_step(school: GynzySchool) -> Step:
    """What the school has to do now, and where."""
    if school.connected_at is None:
        return Step(
            "! Koppel met ESIS: Instellingen > ESIS > Koppelen. Activeer de koppeling eerst in ESIS.", "settings"
        )
    if school.pulled_at is None:
        if refused := connecting.refused_now(SUPPLIER, school):
            return Step(f"! {REFUSED} {refused}", "settings")
        return Step("De groepen en leerlingen komen vannacht uit ESIS.")
    if double := merging.doubles(SUPPLIER, school):
        who = counted(double, "leerling heeft", "leerlingen hebben")
        return Step(
            f"! {who} hier twee accounts. Voeg ze samen bij Leerlingen, anders blijft de voortgang achter.", "pupils"
        )
    if not methods.assessments_on(school):
        return Step("! Zet bij Werelden per methode de resultaten aan die naar ESIS mogen.", "worlds")
    return Step()
