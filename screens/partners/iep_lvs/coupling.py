"""Tab Resultaatkoppeling: not set up yet, or how it stands; from here one sets it up or changes it (seed 000 B4-B5)."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Button

from app import clock
from app.couplings.codes import masked
from app.partners.iep_lvs.connection import SUPPLIER
from models.partners.iep_lvs import IepSchool
from screens.partners.iep_lvs.page import IepPage
from screens.partners.iep_lvs.school_page import TABS_HELP, SchoolPage
from screens.partners.iep_lvs.setup import SetUp
from screens.partners.page import Explained, facts, show_line
from screens.partners.results_supplier import SendAgain, delivery_facts, show_test
from screens.shared.controls import push_button
from screens.shared.label import Label
from screens.shared.text import paragraphs, plain

SET_UP, CHANGE = "Koppeling instellen", "Code wijzigen"
SHOW, HIDE = "Code tonen (F7)", "Code verbergen (F7)"
AGAIN = "Opnieuw verzenden"
NOT_SET_UP = "De resultaatkoppeling is nog niet ingesteld."
WHAT_IT_DOES = (
    "Met de resultaatkoppeling gaan de resultaten van de IEP-toetsen elke nacht naar ESIS; de eindtoets niet. Activeer de "
    "koppeling eerst in ESIS en bedenk daar een verificatiecode. Die code vult u hier in."
)
AT_NIGHT = (
    "Elke nacht om 4:00 gaat naar ESIS wat daar nog niet is; wat ESIS weigert, wordt elke nacht opnieuw aangeboden."
)


class IepSendAgain(IepPage, SendAgain):
    """Opnieuw verzenden of IEP LVS."""

    HERE = "management"
    PATH = ("Beheer", "School", "Resultaatkoppeling", AGAIN)
    SUPPLIER = SUPPLIER


class ResultsCoupling(Explained, SchoolPage):
    """IEP LVS's half of the results coupling."""

    TAB = "coupling"
    WHY = SUPPLIER.client
    HELP = (
        "Met de resultaatkoppeling stuurt IEP LVS de toetsresultaten elke nacht naar ESIS. Zij werkt als beide kanten "
        "zijn ingesteld met dezelfde verificatiecode: eerst in ESIS (Beheer > Import-Export-Koppelingen > Koppelingen), "
        "dan hier. Kies Koppeling instellen (F3).\n\n"
        "Staat de koppeling aan, dan ziet u hier sinds wanneer en hoeveel resultaten zijn verstuurd. De code is "
        "afgeschermd; F7 toont hem. Wijzigt de code in ESIS, wijzig hem dan hier ook en test opnieuw.\n\n"
        "F8 verzendt resultaten opnieuw, bijvoorbeeld nadat ESIS een levering heeft teruggedraaid.\n\n" + TABS_HELP
    )
    BINDINGS = [
        Binding(
            "f3",
            "set_up",
            SET_UP,
            id="iep.set-up",
            tooltip="Opent het formulier met het LAS en de ESIS-verificatiecode.",
        ),
        Binding(
            "f7",
            "show_code",
            "Code tonen",
            id="iep.show-code",
            tooltip="Toont de ingestelde verificatiecode, of schermt hem weer af.",
        ),
        Binding(
            "f8",
            "send_again",
            AGAIN,
            id="iep.send-again",
            tooltip="Laat resultaten die ESIS al had, vannacht opnieuw verzenden.",
        ),
    ]

    _connected = False
    _code_shown = False

    def content(self) -> ComposeResult:
        """State, the last test message, facts, buttons."""
        yield Label("", id="iep-state", classes="paragraph")
        yield Label("", id="iep-test", classes="paragraph")
        yield Label("", id="iep-facts", classes="paragraph")
        yield Label("", id="iep-about", classes="note")
        with Horizontal(classes="buttons"):
            yield push_button(SET_UP, id="iep-set-up", variant="primary")
            yield push_button(SHOW, id="iep-show")
            yield push_button(f"{AGAIN} (F8)", id="iep-again")

    def refresh_data(self) -> None:
        """Read again."""
        super().refresh_data()
        school = self.school
        connected = self._connected = school.connected_at is not None
        self.refresh_bindings()
        show_line(self.query_one("#iep-state", Label), "" if connected else NOT_SET_UP)
        show_test(SUPPLIER, self.query_one("#iep-test", Label), school)
        self.query_one("#iep-facts", Label).update(paragraphs(self._facts(school) if connected else ""))
        self.query_one("#iep-facts").display = connected
        self.query_one("#iep-about", Label).update(AT_NIGHT if connected else WHAT_IT_DOES)
        self.query_one("#iep-set-up", Button).label = plain(f"[ {CHANGE if connected else SET_UP} ]")
        show = self.query_one("#iep-show", Button)
        show.display = self.query_one("#iep-again").display = connected
        show.label = plain(f"[ {HIDE if self._code_shown else SHOW} ]")

    def _facts(self, school: IepSchool) -> str:
        assert school.connected_at is not None
        lines = [
            ("LAS", school.las),
            ("ESIS-verificatiecode", school.code if self._code_shown else masked(school.code)),
            ("Laatst ingeschakeld", clock.dutch_moment(school.connected_at)),
            *delivery_facts(SUPPLIER, school),
        ]
        return facts(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a code to show, and something to send, only once the coupling is set up."""
        if action in ("show_code", "send_again"):
            return self._connected
        return super().check_action(action, parameters)

    def action_show_code(self) -> None:
        """Show the code, or mask it again."""
        self._code_shown = not self._code_shown
        self.refresh_data()

    def action_set_up(self) -> None:
        """To the form."""
        self.app.push_screen(SetUp(self.session))

    def action_send_again(self) -> None:
        """To Opnieuw verzenden."""
        self.app.push_screen(IepSendAgain(self.session))

    @on(Button.Pressed, "#iep-again")
    def _again(self) -> None:
        self.action_send_again()

    @on(Button.Pressed, "#iep-set-up")
    def _set_up(self) -> None:
        self.action_set_up()

    @on(Button.Pressed, "#iep-show")
    def _show(self) -> None:
        self.action_show_code()
