"""The start of Mijnschoolinfo: what it holds, how the coupling stands, the next step, and the ways from here."""

from __future__ import annotations

from datetime import timedelta

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from app import clock
from app.partners.mijnschoolinfo import account, layout, overview
from app.partners.mijnschoolinfo.overview import Summary
from models.partners.mijnschoolinfo import MsiSchool
from screens.partners.mijnschoolinfo.page import MsiPage
from screens.partners.page import Ways, counted, facts, show_line
from screens.shared.label import Label
from screens.shared.link import Link
from screens.shared.text import paragraphs, plain

WAYS = (
    ("pupils", "School: leerlingen, verzorgers, medewerkers, groepen en wie verwijderd is"),
    ("layout", "Klassenindeling: hoe de school haar klassen zelf indeelt"),
    ("coupling", "Koppeling ESIS: de code, en wat er komt"),
    ("tonight", "Wat gebeurt er vannacht"),
    ("doubts", "Twijfellijst: wie misschien al bekend is"),
    ("import", "Importeren: beginnen met een bestand, zonder koppeling"),
    ("sign-out", "Afmelden"),
)


class Home(MsiPage):
    """The first screen after signing in."""

    HERE = "home"
    PATH = ("Start",)
    HELP = (
        "Het startscherm van Mijnschoolinfo: hoeveel er staat, hoe het met de koppeling met ESIS is en wat de volgende stap "
        "is.\n\n"
        "U kunt beginnen met de koppeling, of eerst met een bestand of met de hand en pas later koppelen: wie hier dan al "
        "staat, wordt herkend. Met F10 gaat u naar het menu bovenaan, met F6 terug naar ESIS; u blijft hier dan aangemeld."
    )
    BINDINGS = [
        Binding("escape,backspace", "back", "Terug", id="screen.back", show=False,
                tooltip="Dit is het begin van Mijnschoolinfo; afmelden kan in het menu (F10)."),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        """Welcome, facts, the next step, ways."""
        yield Label("", id="msi-welcome", classes="title")
        yield Label("", id="msi-facts", classes="paragraph")
        yield Label("", id="msi-next", classes="paragraph attention")
        with Ways(id="msi-ways"):
            for key, title in WAYS:
                yield Link(title, key=key)

    def refresh_data(self) -> None:
        """Read again."""
        super().refresh_data()
        school = self.school
        held = overview.summary(school)
        self.query_one("#msi-welcome", Label).update(plain(f"Welkom bij Mijnschoolinfo, {school.name}"))
        self.query_one("#msi-facts", Label).update(paragraphs(_facts(school, held)))
        show_line(self.query_one("#msi-next", Label), _next_step(school, held))

    @on(Link.Chosen, "#msi-ways Link")
    def _go(self, event: Link.Chosen) -> None:
        event.stop()
        self.ROUTES.open_entry(self, event.link.key)

    def action_back(self) -> None:
        """There is nothing behind the start."""


def _facts(school: MsiSchool, held: Summary) -> str:
    cannot = f", van wie {held.cannot_sign_in} niet kan inloggen" if held.cannot_sign_in == 1 else (
        f", van wie {held.cannot_sign_in} niet kunnen inloggen" if held.cannot_sign_in else "")  # fmt: skip
    people = f"{counted(held.pupils, 'leerling', 'leerlingen')} in {counted(held.groups, 'groep', 'groepen')}"
    latest = next(iter(overview.deliveries(school, 0, 1)), None)
    lines = [
        ("Leerlingen", people),
        ("Verzorgers", f"{held.guardians}{cannot}"),
        ("Medewerkers", str(held.staff)),
        ("Koppeling met ESIS", _state(school)),
        (
            "Laatste levering",
            f"{clock.dutch_moment(latest.at)}: {latest.note or 'niets nieuws'}" if latest else "nog geen",
        ),
    ]
    if held.doubts:
        lines.append(("Twijfellijst", f"{counted(held.doubts, 'persoon wacht', 'personen wachten')} op een keuze"))
    return facts(lines, 20)


def _state(school: MsiSchool) -> str:
    if school.connected_at is not None:
        return f"aan sinds {clock.dutch_moment(school.connected_at)}"
    return "de code is bewaard; wacht op ESIS" if school.code else "uit: u werkt hier zonder ESIS"


def _arriving(school: MsiSchool) -> str:
    """What to know while the coupling is on: that the first delivery is still to come, or that last night's did not."""
    if school.delivered_to is None:
        return "De eerste levering komt vannacht om 3:30 (Koppeling > Vannacht)."
    now = clock.school_now(school.location.board)
    expected = clock.cut_off_before(clock.next_at(now, clock.CONTACTS) - timedelta(days=1))
    if school.delivered_to >= expected:
        return ""
    return "! Vannacht is er niets uit ESIS gekomen. Waarom, staat in ESIS bij de koppeling: Waarom komt het niet?"


def _next_step(school: MsiSchool, held: Summary) -> str:
    if school.check_layout:
        return f"! Na de jaarovergang: {layout.CHECK} (Klassen)."
    if held.doubts:
        return "! Kies in de twijfellijst wie het is (Koppeling > Twijfellijst)."
    if account.leads(school):
        return _arriving(school)
    if school.code and account.KEPT in school.last_test:
        return f"! {school.last_test}"
    if school.code:
        return "! Activeer de koppeling in ESIS met dezelfde code (Beheer > Koppelingen)."
    return "! Vul de code van ESIS in (Koppeling > Koppeling ESIS), of begin met een bestand (Importeren)."
