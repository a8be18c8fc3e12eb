"""The start page of Mijnschoolinfo: its contents, the state of the coupling, the next step, and links onward."""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.counted import counted
from app.partners.mijnschoolinfo import account, layout, overview
from app.partners.mijnschoolinfo.overview import Summary
from models.partners.mijnschoolinfo import MsiSchool
from screens.partners.home import PartnerHome, Standing, Step
from screens.partners.mijnschoolinfo.coupling import REFUSED, side_of
from screens.partners.mijnschoolinfo.page import MsiPage


class Home(PartnerHome, MsiPage):
    """The first screen after signing in."""

    WAYS = (
        ("pupils", "School: leerlingen, verzorgers, medewerkers en groepen"),
        ("layout", "Klassenindeling: hoe de school haar klassen zelf indeelt"),
        ("coupling", "Koppeling ESIS: de code, en wat er komt"),
        ("tonight", "Wat gebeurt er vannacht"),
        ("doubts", "Twijfellijst: wie misschien al bekend is"),
        ("import", "Importeren: beginnen met een bestand, zonder koppeling"),
        ("sign-out", "Afmelden"),
    )
    HELP = (
        "Het startscherm van Mijnschoolinfo: hoeveel er staat, hoe het met de koppeling met ESIS is en wat de volgende stap "
        "is.\n\n"
        "U kunt beginnen met de koppeling, of eerst met een bestand of met de hand en pas later koppelen: wie hier dan al "
        "staat, wordt herkend. Met F10 gaat u naar het menu bovenaan, met F6 terug naar ESIS; u blijft hier dan aangemeld."
    )

    def standing(self) -> Standing:
        """The coupling, what is here, and the next step."""
        school = self.school
        held = overview.summary(school)
        return Standing(side_of(school), _coupling(school, held), _here(held), next_step(school, held))


def _here(held: Summary) -> list[tuple[str, str]]:
    without = held.cannot_sign_in
    cannot = f", {counted(without, 'kan', 'kunnen')} niet inloggen" if without else ""
    people = f"{counted(held.pupils, 'leerling', 'leerlingen')} in {counted(held.groups, 'groep', 'groepen')}"
    return [("Leerlingen", people), ("Verzorgers", f"{held.guardians}{cannot}"), ("Medewerkers", str(held.staff))]


def _coupling(school: MsiSchool, held: Summary) -> list[tuple[str, str]]:
    latest = next(iter(overview.deliveries(school, 0, 1)), None)
    told = f"{clock.dutch_moment(latest.at)}: {latest.note or 'niets nieuws'}" if latest else "nog geen"
    waiting = f"{counted(held.doubts, 'persoon wacht', 'personen wachten')} op een keuze"
    lines = [("Koppeling", _state(school)), ("Laatste levering", told)]
    return [*lines, *[("Twijfellijst", waiting)] * bool(held.doubts)]


def _state(school: MsiSchool) -> str:
    if account.refused_now(school):
        return "hier aan, maar ESIS levert nu niets"
    if school.connected_at is not None:
        return f"aan sinds {clock.dutch_moment(school.connected_at)}"
    return "de code is bewaard; wacht op ESIS" if school.code else "uit: u werkt hier zonder ESIS"


def _arriving(school: MsiSchool) -> Step:
    """A note while the coupling is on: the first delivery is yet to come, or last night's did not come."""
    if school.delivered_to is None:
        if refused := account.refused_now(school):
            return Step(f"! {REFUSED} {refused}", "coupling")
        return Step("De eerste levering komt vannacht om 3:30 (Koppeling > Vannacht).", "tonight")
    now = clock.school_now(school.location.board)
    expected = clock.cut_off_before(clock.next_at(now, clock.CONTACTS) - timedelta(days=1))
    if school.delivered_to >= expected:
        return Step()
    return Step(
        "! Vannacht is er niets uit ESIS gekomen. Waarom, staat in ESIS bij de koppeling: Waarom komt het niet?"
    )


def next_step(school: MsiSchool, held: Summary) -> Step:
    """What the school has to do now, and where."""
    if school.check_layout:
        return Step(f"! Na de jaarovergang: {layout.CHECK} (Klassen).", "layout")
    if held.doubts:
        return Step("! Kies in de twijfellijst wie het is (Koppeling > Twijfellijst).", "doubts")
    if account.leads(school):
        return _arriving(school)
    if school.code and account.KEPT in school.last_test:
        return Step(f"! {school.last_test}", "coupling")
    if school.code:
        return Step("! Activeer de koppeling in ESIS met dezelfde code (Beheer > Koppelingen).")
    return Step(
        "! Vul de code van ESIS in (Koppeling > Koppeling ESIS), of begin met een bestand (Importeren).", "coupling"
    )
