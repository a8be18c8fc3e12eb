"""The start of Gynzy: what the school has here, how the coupling stands, and what to do next."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from app import clock
from app.partners.gynzy import methods, overview
from models.partners.gynzy import GynzySchool
from screens.partners.gynzy.page import GynzyPage
from screens.partners.page import Ways, facts, show_line
from screens.shared.label import Label
from screens.shared.link import Link
from screens.shared.text import paragraphs, plain

WAYS = (
    ("worlds", "Werelden: resultaten aan- of uitzetten, en een groep laten oefenen of een toets laten maken"),
    ("pupils", "Leerlingen: wie er een account heeft, en accounts samenvoegen"),
    ("groups", "Groepen: van dit schooljaar en uit het archief, met hun resultaten"),
    ("settings", "Instellingen: koppelen met ESIS"),
    ("sign-out", "Afmelden"),
)


class Home(GynzyPage):
    """The first screen after signing in."""

    HERE = "home"
    PATH = ("Start",)
    HELP = (
        "Het startscherm van Gynzy: hoeveel accounts en groepen er zijn en hoe het met de koppeling met ESIS is.\n\n"
        "Koppelen doet u bij Instellingen. Na één nacht staan de groepen en leerlingen uit ESIS hier; daarna zet u bij Werelden "
        "per methode de resultaten aan. Met F10 gaat u naar het menu bovenaan, met F6 naar een ander programma."
    )
    BINDINGS = [
        Binding("escape,backspace", "back", "Terug", id="screen.back", show=False,
                tooltip="Dit is het begin van Gynzy; afmelden kan in het menu (F10)."),
    ]  # fmt: skip

    def body(self) -> ComposeResult:
        """Welcome, facts, the next step, ways."""
        yield Label(plain(f"Welkom bij Gynzy, {self.session.location.name}"), classes="title")
        yield Label("", id="gynzy-facts", classes="paragraph")
        yield Label("", id="gynzy-next", classes="paragraph attention")
        with Ways(id="gynzy-ways"):
            for key, title in WAYS:
                yield Link(title, key=key)

    def refresh_data(self) -> None:
        """Read again."""
        super().refresh_data()
        school = self.school
        self.query_one("#gynzy-facts", Label).update(paragraphs(self._facts(school)))
        show_line(self.query_one("#gynzy-next", Label), next_step(school))

    def _facts(self, school: GynzySchool) -> str:
        own, delivered = len(overview.accounts(school, own=True)), len(overview.accounts(school, own=False))
        on = [row.method.name for row in methods.listed(school) if row.since is not None]
        pulled = f"opgehaald {clock.dutch_moment(school.pulled_at)}" if school.pulled_at else "nog niets opgehaald"
        return facts([
            ("Leerlingen uit ESIS", f"{delivered}, {pulled}"),
            ("Zelf gemaakt", str(own)),
            ("Groepen", str(sum(row.group.active for row in overview.groups(school)))),
            ("Koppeling met ESIS", "aan" if school.connected_at else "nog niet gekoppeld"),
            ("Resultaten aan", ", ".join(on) or "van geen enkele methode"),
        ])  # fmt: skip

    @on(Link.Chosen, "#gynzy-ways Link")
    def _go(self, event: Link.Chosen) -> None:
        event.stop()
        self.ROUTES.open_entry(self, event.link.key)

    def action_back(self) -> None:
        """There is nothing behind the start."""


def next_step(school: GynzySchool) -> str:
    """What the school has to do now, as a sentence; empty when nothing."""
    if school.connected_at is None:
        return "! Koppel met ESIS: Instellingen > ESIS > Koppelen. Activeer de koppeling eerst in ESIS."
    if school.pulled_at is None:
        return "De groepen en leerlingen komen vannacht uit ESIS."
    if own := len(overview.accounts(school, own=True)):
        accounts = "1 zelfgemaakt account staat" if own == 1 else f"{own} zelfgemaakte accounts staan"
        return f"! {accounts} naast die uit ESIS. Voeg ze samen bij Leerlingen, anders blijft de voortgang achter."
    if not methods.assessments_on(school):
        return "! Zet bij Werelden per methode de resultaten aan die naar ESIS mogen."
    return ""
