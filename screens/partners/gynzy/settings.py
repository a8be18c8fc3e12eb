"""Instellingen: the box ESIS, from which one couples, changes the code, or sends results again (domain.md 7.4)."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Button

from app import clock
from app.couplings.codes import masked
from app.partners.connecting import Connection
from app.partners.gynzy import connection
from app.partners.gynzy.connection import SUPPLIER
from models.partners.gynzy import GynzySchool
from screens.partners.gynzy.page import GynzyPage
from screens.partners.page import Explained, facts
from screens.partners.results_supplier import SendAgain, SupplierCode, delivery_facts, show_test
from screens.shared.controls import push_button
from screens.shared.label import Label
from screens.shared.text import paragraphs, plain

COUPLE, CHANGE, AGAIN = "Koppelen", "Code wijzigen", "Opnieuw verzenden"
ABOUT = (
    "Met de koppeling komen groepen en leerlingen elke nacht uit ESIS naar Gynzy, en gaan de resultaten van de methodes die "
    "aan staan naar ESIS. Activeer de koppeling eerst in ESIS en bedenk daar een verificatiecode. Die vult u hier in."
)
AT_NIGHT = (
    "Elke nacht om 4:00 haalt Gynzy de groepen en leerlingen op en verstuurt het de resultaten die ESIS nog niet heeft. Wat "
    "ESIS weigert, wordt elke nacht opnieuw aangeboden."
)


class Settings(Explained, GynzyPage):
    """The box ESIS."""

    HERE = "settings"
    PATH = ("Instellingen",)
    WHY = SUPPLIER.client
    HELP = (
        "Kies in het vak ESIS voor Koppelen (F3), vul de verificatiecode in die u in ESIS hebt bedacht en kies Bevestigen. "
        "Gynzy stuurt een testbericht naar ESIS; klopt de code, dan staat de koppeling aan.\n\n"
        "Na één nacht staan de groepen en leerlingen hier. Zet daarna bij Werelden de resultaten aan, per methode. Wijzigt de "
        "code in ESIS, wijzig hem dan hier ook. F8 verzendt resultaten opnieuw, bijvoorbeeld nadat ESIS een levering heeft "
        "teruggedraaid."
    )
    BINDINGS = [
        Binding(
            "f3", "couple", COUPLE, id="gynzy.couple", tooltip="Opent het formulier voor de verificatiecode van ESIS."
        ),
        Binding(
            "f8",
            "send_again",
            AGAIN,
            id="gynzy.send-again",
            tooltip="Laat resultaten die ESIS al had, vannacht opnieuw verzenden.",
        ),
    ]

    _connected = False

    def body(self) -> ComposeResult:
        """The box."""
        yield Label("Instellingen", classes="title")
        with Vertical(id="gynzy-box"):
            yield Label("ESIS", classes="section")
            yield Label("", id="gynzy-test", classes="paragraph")
            yield Label("", id="gynzy-facts", classes="paragraph")
            yield Label("", id="gynzy-about", classes="note")
            with Horizontal(classes="buttons"):
                yield push_button(COUPLE, id="gynzy-couple", variant="primary")
                yield push_button(f"{AGAIN} (F8)", id="gynzy-again")

    def focus_start(self) -> None:
        """On the button."""
        self.query_one("#gynzy-couple").focus()

    def refresh_data(self) -> None:
        """Read again."""
        super().refresh_data()
        school = self.school
        self._connected = school.connected_at is not None
        self.refresh_bindings()
        show_test(SUPPLIER, self.query_one("#gynzy-test", Label), school)
        self.query_one("#gynzy-facts", Label).update(paragraphs(self._facts(school)))
        self.query_one("#gynzy-about", Label).update(AT_NIGHT if self._connected else ABOUT)
        self.query_one("#gynzy-couple", Button).label = plain(f"[ {CHANGE if self._connected else COUPLE} ]")
        self.query_one("#gynzy-again").display = self._connected

    def _facts(self, school: GynzySchool) -> str:
        if school.connected_at is None:
            return "Gynzy is nog niet met ESIS gekoppeld."
        pulled = "nog niet; dat gebeurt vannacht"
        if school.pulled_at is not None:
            pulled = (
                f"{clock.dutch_moment(school.pulled_at)}: {school.added} nieuw, {school.changed} gewijzigd, "
                f"{school.left} vertrokken"
            )
        return facts(
            [
                ("Gekoppeld", clock.dutch_moment(school.connected_at)),
                ("Verificatiecode", masked(school.code)),
                ("Leerlingen opgehaald", pulled),
                ("Schooljaar", school.school_year or "nog onbekend"),
                *delivery_facts(SUPPLIER, school),
            ]
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to send only once the coupling is set up."""
        return self._connected if action == "send_again" else super().check_action(action, parameters)

    @on(Button.Pressed, "#gynzy-couple")
    def action_couple(self) -> None:
        """To the form."""
        self.app.push_screen(Couple(self.session))

    @on(Button.Pressed, "#gynzy-again")
    def action_send_again(self) -> None:
        """To Opnieuw verzenden."""
        self.app.push_screen(GynzySendAgain(self.session))


class Couple(GynzyPage, SupplierCode):
    """The code of ESIS, and Bevestigen."""

    HERE = "settings"
    PATH = ("Instellingen", "ESIS", COUPLE)
    HELP = (
        "Vul de verificatiecode in die in ESIS bij de koppeling Gynzy resultatenkoppeling staat en kies Bevestigen (F2).\n\n"
        "Lukt het niet, dan staat er waarom: de code verschilt van die in ESIS, de koppeling is in ESIS niet geactiveerd of "
        "tijdelijk gestopt, of ESIS is niet bereikbaar. Wat u typte blijft staan."
    )

    TITLE = "Koppelen met ESIS"
    COUPLING = "Gynzy resultatenkoppeling"
    SUPPLIER = SUPPLIER
    SUBMIT = "Bevestigen"

    def connect(self, values: dict[str, Any]) -> Connection:
        """Bevestigen."""
        return connection.connect(self.school, values["code"])


class GynzySendAgain(GynzyPage, SendAgain):
    """Opnieuw verzenden of Gynzy."""

    HERE = "settings"
    PATH = ("Instellingen", "ESIS", AGAIN)
    SUPPLIER = SUPPLIER
