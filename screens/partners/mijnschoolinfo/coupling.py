"""Tab Koppeling ESIS: the code, the state of the coupling, and a summary of its rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from app import clock
from app.couplings.codes import masked
from app.diagnosis.coupling_status import Badge
from app.partners.connecting import Connection
from app.partners.mijnschoolinfo import account
from models.partners.mijnschoolinfo import MsiSchool
from screens.partners.filling_in import CodePage
from screens.partners.home import Side
from screens.partners.mijnschoolinfo.page import CouplingTab, MsiPage
from screens.partners.page import News
from screens.partners.tabs import TABS_HELP
from screens.shared import keys
from screens.shared.controls import Buttons, name_button, push_button
from screens.shared.dialogs import Confirm
from screens.shared.facts import Fact, Facts
from screens.shared.label import Label
from screens.shared.panel import Panel

REFUSED = "De koppeling staat hier aan, maar ESIS levert nu niets."
ENTER, CHANGE = "Code invullen", "Code wijzigen"
SHOW, HIDE = "Code tonen", "Code verbergen"
RULES = (
    ("Elke nacht, 3:30", "wie nieuw is in ESIS, zoals het daar om 17:00 stond"),
    ("Komt ook", "een andere groep; een verzorger of leerkracht erbij"),
    ("Komt nooit", "een gewijzigde naam, adres of nummer; de klassenindeling"),
    ("Blijft staan", "wie in ESIS weg is, tot u verwijdert of de jaarovergang"),
    ("Na de jaarovergang", "gaat weg wie van school is; eigen groepen blijven"),
    ("Toevoegen", "doet u in ESIS, zodra de koppeling aanstaat; hier maakt u alleen eigen groepen"),
)


@dataclass(frozen=True)
class Half:
    """Mijnschoolinfo's half of the coupling, as shown."""

    school: MsiSchool
    test: News
    side: Side
    facts: Sequence[Fact]


class Coupling(CouplingTab):
    """Mijnschoolinfo's side of the coupling."""

    TAB = "coupling"
    HELP = (
        "De koppeling gaat eenzijdig van ESIS naar Mijnschoolinfo. Zij werkt als beide kanten dezelfde verificatiecode "
        "hebben. U mag in ESIS of hier beginnen: een code die ESIS nog niet kent, wordt bewaard.\n\n"
        "Voordat de koppeling in ESIS aan kan, moeten alle verzorgers daar een e-mailadres hebben (bereikbaarheid). De code "
        "is afgeschermd; Code tonen toont hem.\n\n"
        "Verbreken (Del) zet de koppeling hier uit. Wat hier staat, blijft, en toevoegen met de hand kan dan weer. "
        + TABS_HELP
    )
    BINDINGS = [
        keys.CHANGE(
            "enter_code", "Code", id="msi.code", tooltip="Opent het formulier met de verificatiecode van ESIS."
        ),
        keys.REMOVE(
            "disconnect", "Verbreken", id="msi.disconnect", tooltip="Verbreekt de koppeling hier, na een vraag."
        ),
        keys.no_key(
            "show_code",
            "Code tonen",
            id="msi.show-code",
            tooltip="Toont de ingevulde verificatiecode, of schermt hem weer af.",
        ),
    ]

    _code_shown = False
    _school: MsiSchool | None = None
    """As it was last shown."""

    def content(self) -> ComposeResult:
        """The test's outcome, facts, buttons and rules."""
        with Panel("Koppeling met ESIS"):
            yield Label("", id="msi-side")
            yield Label("", id="msi-test")
            yield Facts(id="msi-facts", label_width=24)
            with Buttons():
                yield push_button(ENTER, id="enter_code", variant="primary")
                yield push_button(SHOW, id="show_code")
                yield push_button("Verbreken", id="disconnect", variant="error")
        yield Panel("Wat de koppeling doet", Facts([Fact(*rule) for rule in RULES], label_width=20))

    def read(self) -> Half:
        """How this side stands."""
        school = self.school
        return Half(school, test_of(school), side_of(school), self._facts(school))

    def show(self, found: Half) -> None:
        """Show it, and what can be done now."""
        self._school = found.school
        self.refresh_bindings()
        found.test.show(self.query_one("#msi-test", Label))
        self.query_one("#msi-side", Label).update(found.side.drawn(self.PARTNER.name))
        self.query_one("#msi-facts", Facts).show(found.facts)
        name_button(self.query_one("#enter_code", Button), CHANGE if self._coded else ENTER)
        button = self.query_one("#show_code", Button)
        name_button(button, HIDE if self._code_shown else SHOW)
        button.display = self.query_one("#disconnect").display = self._coded

    @property
    def _coded(self) -> bool:
        return self._school is not None and bool(self._school.code)

    def _facts(self, school: MsiSchool) -> list[Fact]:
        since = clock.dutch_moment(school.connected_at) if school.connected_at else ""
        to = clock.dutch_moment(school.delivered_to) if school.delivered_to else "nog geen"
        code = school.code if self._code_shown else masked(school.code)
        return [
            Fact("Koppeling", f"aan sinds {since}" if since else "uit"),
            Fact("Verificatiecode", code or "nog niet ingevuld"),
            Fact("Laatste stand van ESIS", to),
        ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to show the code or disconnect only once a code was entered."""
        return self._coded if action in ("show_code", "disconnect") else super().check_action(action, parameters)

    @on(Button.Pressed, ".buttons Button")
    async def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        await self.run_action(str(event.button.id))

    def action_enter_code(self) -> None:
        """Open the form for the code."""
        self.app.push_screen(EnterCode(self.session))

    def action_show_code(self) -> None:
        """Show the code, or mask it again."""
        self._code_shown = not self._code_shown
        self.refresh_data()

    def action_disconnect(self) -> None:
        """Ask, then disconnect."""
        school = self._school
        assert school is not None, "only with a code"
        question = Confirm(
            "Koppeling verbreken?",
            "Er komt dan niets meer uit ESIS. Wat hier staat, blijft. Koppelt u later opnieuw, dan begint het met een eerste "
            "levering, waarin iedereen wordt herkend.",
            "Verbreken",
            danger=True,
        )
        self.app.push_screen(question, lambda yes: self._disconnect(school) if yes else None)

    def _disconnect(self, school: MsiSchool) -> None:
        told = "De koppeling is verbroken. Beëindig haar ook in ESIS als zij niet terugkomt."
        self.perform(lambda: account.disconnect(school), lambda _: self.say(told))


class EnterCode(CodePage, MsiPage):
    """The form for the code."""

    HERE = "esis"
    PATH = ("Koppeling", "Koppeling ESIS", "Code")
    HELP = (
        "Vul de verificatiecode in die in ESIS bij de koppeling Mijnschoolinfo staat, en druk op F2. Mijnschoolinfo vraagt "
        "ESIS meteen of de code klopt. Kent ESIS hem nog niet, dan wordt hij bewaard en gaat de koppeling aan zodra u haar in "
        "ESIS activeert met dezelfde code."
    )

    TITLE = "Code van ESIS"
    COUPLING = "Mijnschoolinfo"
    SUBMIT = "Opslaan en testen"

    def kept_code(self) -> str:
        """Empty: the saved code is not shown but retyped."""
        return ""

    def tested(self) -> News:
        """As on the tab."""
        return test_of(self.school)

    def connect(self, values: dict[str, Any]) -> Connection:
        """Save and test the code."""
        return account.connect(self.school, values["code"])


def side_of(school: MsiSchool) -> Side:
    """How this side of the coupling stands."""
    if account.refused_now(school):
        return Side(Badge.FAILED, "ESIS levert nu niets")
    if school.connected_at is not None:
        return Side(Badge.ACTIVE, "aan")
    return Side(Badge.HALF, "wacht op ESIS") if school.code else Side(Badge.AVAILABLE, "uit")


def test_of(school: MsiSchool) -> News:
    """The last test's outcome, or that ESIS no longer delivers; empty if no test was sent."""
    if refused := account.refused_now(school):
        return News(f"{REFUSED} {refused}", "bad")
    return News(str(school.last_test), "good" if school.last_test == account.CONNECTED else "bad")
