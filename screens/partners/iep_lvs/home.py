"""The start of IEP LVS: what the school has here, how the coupling stands, and the ways from here."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from app import clock
from app.partners.iep_lvs import overview
from models.partners.iep_lvs import IepSchool
from screens.partners.iep_lvs.page import IepPage
from screens.partners.page import Ways, facts, show_line
from screens.shared.label import Label
from screens.shared.link import Link
from screens.shared.text import paragraphs, plain

WAYS = (
    ("pupils", "Leerlingen: wie er in IEP LVS staan"),
    ("assessments", "Toetsen: overzicht, en een groep een toets laten maken"),
    ("management", "Beheer: school, Basispoort, resultaatkoppeling en vensters"),
    ("sign-out", "Afmelden"),
)


class Home(IepPage):
    """The first screen after signing in."""

    HERE = "home"
    PATH = ("Start",)
    HELP = (
        "Het startscherm van IEP LVS: hoeveel leerlingen en toetsafnames er zijn en hoe het met de resultaatkoppeling is.\n\n"
        "De resultaatkoppeling stelt u in bij Beheer > School, tabblad Resultaatkoppeling. Met F10 gaat u naar het menu "
        "bovenaan, met F6 terug naar ESIS; u blijft hier dan aangemeld."
    )
    BINDINGS = [
        Binding("escape,backspace", "back", "Terug", id="screen.back", show=False,
                tooltip="Dit is het begin van IEP LVS; afmelden kan in het menu (F10)."),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        """Welcome, facts, the next step, ways."""
        yield Label("", id="iep-welcome", classes="title")
        yield Label("", id="iep-facts", classes="paragraph")
        yield Label("", id="iep-next", classes="paragraph attention")
        with Ways(id="iep-ways"):
            for key, title in WAYS:
                yield Link(title, key=key)

    def refresh_data(self) -> None:
        """Read again."""
        super().refresh_data()
        school = self.school
        self.query_one("#iep-welcome", Label).update(plain(f"Welkom bij IEP LVS, {school.name}"))
        self.query_one("#iep-facts", Label).update(paragraphs(self._facts(school)))
        show_line(self.query_one("#iep-next", Label), self._next_step(school))

    def _facts(self, school: IepSchool) -> str:
        held, latest = overview.summary(school), overview.transfers(school, 0, 1)
        sent = overview.deliveries(school)
        return facts([
            ("Leerlingen", str(held.pupils)),
            ("Groepen", str(held.groups)),
            ("Toetsafnames", str(held.sittings)),
            ("Basispoort", f"laatste levering {clock.dutch_moment(latest[0].at)}" if latest else "nog niets geleverd"),
            ("Resultaatkoppeling", f"ingeschakeld, {sent.sent} resultaten verstuurd" if school.connected_at
             else "nog niet ingesteld"),
        ])  # fmt: skip

    @staticmethod
    def _next_step(school: IepSchool) -> str:
        if school.connected_at:
            return ""
        return "! Stel de resultaatkoppeling in: Beheer > School > Resultaatkoppeling."

    @on(Link.Chosen, "#iep-ways Link")
    def _go(self, event: Link.Chosen) -> None:
        event.stop()
        self.ROUTES.open_entry(self, event.link.key)

    def action_back(self) -> None:
        """There is nothing behind the start."""
