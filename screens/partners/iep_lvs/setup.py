"""Resultaatkoppeling instellen: the LAS, the code of ESIS, and the test message that switches it on (seed 000 B6-B8)."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList

from app.partners.iep_lvs import connection
from app.partners.iep_lvs.connection import Connection
from app.refusals import Refused
from screens.partners.iep_lvs.page import IepPage
from screens.partners.supplying import CODE_HELP, show_test
from screens.shared.forms import Field, Form
from screens.shared.label import Label

SUBMIT = "Testbericht versturen en koppeling inschakelen"
ELSEWHERE = "(niet in deze oefenomgeving)"


class SetUp(IepPage):
    """The form of the other half."""

    HERE = "management"
    PATH = ("Beheer", "School", "Resultaatkoppeling", "Instellen")
    HELP = (
        "Kies bij LAS voor ESIS, vul de verificatiecode in die u in ESIS heeft bedacht en kies Testbericht versturen en "
        "koppeling inschakelen (F2). IEP LVS stuurt dan een testbericht naar ESIS. Klopt de code, dan staat de koppeling "
        "aan en gaan de resultaten elke nacht naar ESIS.\n\n"
        "Lukt het niet, dan staat er waarom: de code verschilt van die in ESIS, de koppeling is in ESIS niet geactiveerd "
        "of tijdelijk gestopt, het BRIN6 op tabblad Details klopt niet, of ESIS is niet bereikbaar. Wat u typte blijft "
        "staan."
    )

    def body(self) -> ComposeResult:
        """The form, with what the last test message found above it."""
        others = tuple((f"{name} {ELSEWHERE}", name) for name in connection.OTHER_LAS)
        yield Label("Resultaatkoppeling instellen", classes="title")
        yield Label("", id="iep-test", classes="paragraph")
        yield Form(
            [
                Field("las", "Leerlingadministratiesysteem (LAS)", kind="select", value=connection.LAS,
                      options=((connection.LAS, connection.LAS), *others)),
                Field("code", "ESIS-verificatiecode", required=True, value=self.school.code, help=CODE_HELP.format("IEP LVS")),
            ],
            submit=SUBMIT,
        )  # fmt: skip

    def focus_start(self) -> None:
        """Start in the code; the other systems are shown but not to be chosen."""
        systems = self.query_one("#field-las").query_one(OptionList)
        for place in range(1, 1 + len(connection.OTHER_LAS)):
            systems.disable_option_at_index(place)
        self.query_one(Form).focus_field("code")

    def refresh_data(self) -> None:
        """Show what the last test message found."""
        super().refresh_data()
        show_test(self.query_one("#iep-test", Label), self.school)

    @on(Form.Submitted)
    def _test(self, event: Form.Submitted) -> None:
        school, values = self.school, event.values
        self.perform(lambda: connection.connect(school, values["code"], values["las"]), self._tested, self._refused)

    @on(Form.Cancelled)
    def _cancel(self) -> None:
        self.action_back()

    def _refused(self, refusal: Refused) -> None:
        if not self.query_one(Form).show_refusal(refusal):
            self.show_refusal(refusal)

    def _tested(self, found: Connection) -> None:
        form = self.query_one(Form)
        if found.ok:
            form.keep()
            self.app.pop_screen()
        else:
            form.focus_field("code")
