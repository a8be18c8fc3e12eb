"""Tab Resultaatkoppeling: the state of the coupling, and setting it up or changing it (sources.md#iep-lvs)."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from app import clock
from app.couplings.codes import masked
from app.partners.iep_lvs.connection import SUPPLIER
from models.partners.iep_lvs import IepSchool
from screens.partners.iep_lvs.page import IepPage, SchoolPage
from screens.partners.iep_lvs.setup import SetUp
from screens.partners.results_supplier.coupling import (
    AGAIN,
    CouplingPage,
    Half,
    SendAgain,
    couple_binding,
    send_again_binding,
)
from screens.partners.tabs import TABS_HELP
from screens.shared import keys
from screens.shared.controls import name_button, push_button

SET_UP = "Koppeling instellen"
SHOW, HIDE = "Code tonen", "Code verbergen"


class IepSendAgain(SendAgain, IepPage):
    """IEP LVS's Opnieuw verzenden."""

    HERE = "management"
    PATH = ("Beheer", "School", "Resultaatkoppeling", AGAIN)


class ResultsCoupling(CouplingPage, SchoolPage):
    """IEP LVS's side of the results coupling."""

    TAB = "coupling"
    WHY = SUPPLIER.id
    HELP = (
        "Met de resultaatkoppeling stuurt IEP LVS de toetsresultaten elke nacht naar ESIS. Zij werkt als beide kanten "
        "zijn ingesteld met dezelfde verificatiecode: eerst in ESIS (Beheer > Import-Export-Koppelingen > Koppelingen), "
        "dan hier. Kies Koppeling instellen (F7).\n\n"
        "Staat de koppeling aan, dan ziet u hier sinds wanneer en hoeveel resultaten zijn verstuurd. De code is "
        "afgeschermd; Code tonen toont hem. Wijzigt de code in ESIS, wijzig hem dan hier ook en test opnieuw.\n\n"
        "Opnieuw verzenden (A) verzendt resultaten nog eens, bijvoorbeeld nadat ESIS een levering heeft teruggedraaid.\n\n"
        + TABS_HELP
    )
    BINDINGS = [
        couple_binding("iep.set-up", SET_UP, "Opent het formulier met het LAS en de ESIS-verificatiecode."),
        keys.no_key(
            "show_code",
            "Code tonen",
            id="iep.show-code",
            tooltip="Toont de ingestelde verificatiecode, of schermt hem weer af.",
        ),
        send_again_binding("iep.send-again"),
    ]

    PANEL, PANEL_BEFORE = "Resultaatkoppeling", SET_UP
    COUPLE = SET_UP
    ON, OFF = "ingeschakeld", "niet ingeschakeld"
    NOT_COUPLED = "De resultaatkoppeling is nog niet ingesteld."
    ABOUT = (
        "Met de resultaatkoppeling gaan de resultaten van de IEP-toetsen elke nacht naar ESIS; de eindtoets niet. Activeer de "
        "koppeling eerst in ESIS en bedenk daar een verificatiecode. Die code vult u hier in."
    )
    AT_NIGHT = (
        "Elke nacht om 4:00 gaat naar ESIS wat daar nog niet is; wat ESIS weigert, wordt elke nacht opnieuw aangeboden."
    )
    CODE_PAGE = SetUp
    AGAIN_PAGE = IepSendAgain

    _code_shown = False

    def content(self) -> ComposeResult:
        """The state, and this side of the coupling."""
        yield from self.half()

    def more_buttons(self) -> ComposeResult:
        """The button that shows the code."""
        yield push_button(SHOW, id="iep-show")

    def show(self, found: Half) -> None:
        """Show it, and the button for the code once it is set up."""
        super().show(found)
        button = self.query_one("#iep-show", Button)
        button.display = found.connected
        name_button(button, HIDE if self._code_shown else SHOW)

    def coupled_facts(self, school: IepSchool) -> list[tuple[str, str]]:
        """The LAS, the code and when it was last switched on."""
        assert school.connected_at is not None
        return [
            ("LAS", school.las),
            ("ESIS-verificatiecode", school.code if self._code_shown else masked(school.code)),
            ("Laatst ingeschakeld", clock.dutch_moment(school.connected_at)),
        ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to show the code only once the coupling is set up."""
        return self.connected if action == "show_code" else super().check_action(action, parameters)

    @on(Button.Pressed, "#iep-show")
    def action_show_code(self) -> None:
        """Show the code, or mask it again."""
        self._code_shown = not self._code_shown
        self.refresh_data()
