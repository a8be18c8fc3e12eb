"""The coupling's side in a results supplier's program: its state, the code, and resending."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Button

from app import clock
from app.counted import counted
from app.diagnosis import advice
from app.diagnosis.coupling_status import Badge
from app.partners.connecting import Connection
from app.partners.results_supplier import connecting, delivery_status
from app.partners.results_supplier.connecting import CONNECTED
from app.partners.results_supplier.delivery_status import Sent
from app.partners.results_supplier.supplier import Supplier
from models.shared import SupplierAccount
from screens.partners.filling_in import CodePage, FormPage
from screens.partners.home import Side
from screens.partners.page import Explained, News, talks_to
from screens.partners.results_supplier.page import SupplierPage
from screens.partners.results_supplier.told import sent_lines, ways_to_couple
from screens.shared import keys
from screens.shared.block import Block
from screens.shared.controls import Buttons, name_button, push_button
from screens.shared.facts import Fact, Facts
from screens.shared.fields import ChoiceField, TextField
from screens.shared.forms import Form
from screens.shared.label import Label
from screens.shared.panel import Empty, Panel

ANY, AGAIN = "alles", "Opnieuw verzenden"
NIGHTS = 10
"""How many deliveries are shown."""
BEFORE, AFTER = "Zo koppelt u", "Naar ESIS verstuurd"
REFUSED = "De koppeling is hier ingeschakeld, maar ESIS neemt nu niets aan."


def test_of(supplier: Supplier, account: SupplierAccount) -> News:
    """The last test's outcome, or that ESIS accepts nothing any more; empty if no test was sent."""
    if account.last_test != CONNECTED:
        kept = "" if account.connected_at is None else " De code die eerder is ingesteld, blijft bewaard."
        return News(f"{account.last_test}{kept}" if account.last_test else "", "bad")
    if refused := connecting.refused_now(supplier, account):
        return News(f"{REFUSED} {refused}", "bad")
    return News(_connected(account), "good")


def _connected(account: SupplierAccount) -> str:
    """`vanaf dit moment` on the day it was switched on; after that, since when."""
    since = account.connected_at
    if since is None or since.astimezone(clock.AMSTERDAM).date() == clock.school_today(account.location.board):
        return f"Testbericht gelukt.\n{CONNECTED}"
    return (
        f"De koppeling met ESIS is ingeschakeld: sinds {clock.dutch_moment(since)} gaan de resultaten elke nacht door."
    )


def side(supplier: Supplier, account: SupplierAccount, on: str, off: str) -> Side:
    """How the coupling stands in a few words: `on` unless ESIS accepts nothing, or `off` if it was never set up."""
    if account.connected_at is None:
        return Side(Badge.AVAILABLE, off)
    if connecting.refused_now(supplier, account):
        return Side(Badge.FAILED, "ESIS neemt nu niets aan")
    return Side(Badge.ACTIVE, on)


def delivery_facts(supplier: Supplier, account: SupplierAccount) -> list[tuple[str, str]]:
    """How far the delivery to ESIS is, as labels with their values."""
    sent = delivery_status.deliveries(supplier, account)
    return [
        ("Verstuurde resultaten", str(sent.sent)),
        ("Nog te versturen", str(sent.waiting)),
        ("Geweigerd door ESIS", str(sent.refused)),
        *(("", f"{number} keer: {reason}") for reason, number in sent.refusals),
    ]


def couple_binding(id: str, title: str, tooltip: str) -> Binding:
    """Open the form for the code."""
    return keys.CHANGE("couple", title, id=id, tooltip=tooltip)


def send_again_binding(id: str) -> Binding:
    """Open Opnieuw verzenden."""
    return keys.no_key(
        "send_again", AGAIN, id=id, tooltip="Laat resultaten die ESIS al had, vannacht opnieuw verzenden."
    )


@dataclass(frozen=True)
class Half:
    """The supplier's half of the coupling, as shown."""

    connected: bool
    test: News
    side: Side
    facts: Sequence[Fact]
    sent: Sequence[Sent]
    advises: bool
    """Whether may be told how to couple (`app.diagnosis.advice`)."""


class CouplingPage(Explained, SupplierPage):
    """The page of a supplier's side: put `half` in its body. Set the texts, the two pages that open from here (with
    `couple_binding` and `send_again_binding`) and `coupled_facts`.
    """

    PANEL, PANEL_BEFORE = "ESIS", "ESIS"
    """The panel's title once the coupling is set up, and before."""
    COUPLE, CHANGE = "", "Code wijzigen"
    """The button's text, before and after the coupling is set up."""
    ABOUT = AT_NIGHT = ""
    """What the coupling does, before and after."""
    ON, OFF = "aan", "nog niet gekoppeld"
    """How it stands, in a few words."""
    NOT_COUPLED = ""
    """Shown below the buttons until the coupling is set up; empty for nothing."""
    CODE_PAGE: type[SupplierCode]
    AGAIN_PAGE: type[SendAgain]

    SCOPED_CSS = False
    DEFAULT_CSS = "CouplingPage #coupling-sent.-untold { display: none; }"

    connected = False

    @abstractmethod
    def coupled_facts(self, school: Any) -> list[tuple[str, str]]:
        """Labels with their values, once the coupling is set up; `delivery_facts` follow them."""

    def half(self) -> ComposeResult:
        """The last test's outcome; how it stands, the facts, what the coupling does and the buttons; what was sent."""
        yield Label("", id="coupling-test")
        with Horizontal(classes="panels"):
            with Panel(self.PANEL_BEFORE, id="coupling-panel"):
                yield Label("", id="coupling-side")
                yield Facts(id="coupling-facts", label_width=24)
                yield Label("", id="coupling-about", classes="note space")
                with Buttons():
                    yield push_button(self.COUPLE, id="coupling-couple", variant="primary")
                    yield from self.more_buttons()
                    yield push_button(AGAIN, id="coupling-again")
                yield Label(self.NOT_COUPLED, id="coupling-not")
            yield Block(BEFORE, id="coupling-sent", opens=False)

    def more_buttons(self) -> ComposeResult:
        """Buttons between the two standard ones."""
        yield from ()

    def read(self) -> Half:
        """How this side stands."""
        school = self.school
        return Half(
            school.connected_at is not None,
            test_of(self.SUPPLIER, school),
            side(self.SUPPLIER, school, self.ON, self.OFF),
            self._facts(school),
            delivery_status.sent(self.SUPPLIER, school, NIGHTS),
            advice.is_given(self.esis.board),
        )

    def show(self, found: Half) -> None:
        """Show it, and what can be done now."""
        self.connected = found.connected
        self.refresh_bindings()
        self.query_one("#coupling-panel").border_title = self.PANEL if found.connected else self.PANEL_BEFORE
        self.query_one("#coupling-side", Label).update(found.side.drawn(self.PARTNER.name))
        found.test.show(self.query_one("#coupling-test", Label))
        told = self.query_one("#coupling-facts", Facts)
        told.show(found.facts)
        told.display = bool(found.facts)
        about = self.AT_NIGHT if self.connected else self.ABOUT * found.advises
        self.query_one("#coupling-about", Label).update(about)
        name_button(self.query_one("#coupling-couple", Button), self.CHANGE if self.connected else self.COUPLE)
        self.query_one("#coupling-again").display = self.connected
        self.query_one("#coupling-not").display = not found.connected and bool(self.NOT_COUPLED)
        block = self.query_one("#coupling-sent", Block)
        block.set_class(not (found.connected or found.advises), "-untold")
        block.border_title = AFTER if found.connected else BEFORE
        to_do = partial(ways_to_couple, self.COUPLE, self.esis.in_keys)
        block.tell(partial(sent_lines, found.sent) if found.connected else to_do)

    def _facts(self, school: Any) -> list[Fact]:
        lines = talks_to(school.location.board_id, self.SUPPLIER.id)
        if school.connected_at is not None:
            lines += [*self.coupled_facts(school), *delivery_facts(self.SUPPLIER, school)]
        return [Fact(*line) for line in lines]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to resend only once the coupling is set up."""
        return self.connected if action == "send_again" else super().check_action(action, parameters)

    @on(Button.Pressed, "#coupling-couple")
    def action_couple(self) -> None:
        """Open the form."""
        self.app.push_screen(self.CODE_PAGE(self.session))

    @on(Button.Pressed, "#coupling-again")
    def action_send_again(self) -> None:
        """Open Opnieuw verzenden."""
        self.app.push_screen(self.AGAIN_PAGE(self.session))


class SupplierCode(CodePage, SupplierPage):
    """The form for the code."""

    CHECKS = (
        "ESIS is bereikbaar",
        "het BRIN6 van de school is hier hetzelfde als in ESIS",
        "de koppeling is in ESIS geactiveerd en niet tijdelijk gestopt",
        "de verificatiecode is dezelfde als in ESIS",
    )

    def kept_code(self) -> str:
        """The code in the account."""
        return str(self.school.code)

    def tested(self) -> News:
        """The same as on the page that opened the form."""
        return test_of(self.SUPPLIER, self.school)

    def connect(self, values: dict[str, Any]) -> Connection:
        """Send the test message."""
        return connecting.connect(self.SUPPLIER, self.school, values["code"])


class SendAgain(FormPage, SupplierPage):
    """Opnieuw verzenden."""

    HELP = (
        "Kies welke resultaten vannacht opnieuw naar ESIS gaan: alles, wat in één nacht is verstuurd, of de toetsen van een "
        "periode (data als 14-4-2020). F2 zet ze klaar.\n\n"
        "Wat ESIS al zo heeft, telt daar als ongewijzigd; er komt niets dubbel. Heeft ESIS een levering teruggedraaid, dan "
        "komt zij zo weer terug, met wat u hier intussen hebt verbeterd."
    )

    def body(self) -> ComposeResult:
        """The form, or that there is nothing yet."""
        nights = delivery_status.sent(self.SUPPLIER, self.school)
        if not nights:
            yield Panel(AGAIN, Empty("Er is nog niets naar ESIS verstuurd; wat klaarstaat gaat vannacht vanzelf."))
            return
        yield from self.panel(
            AGAIN,
            Form(
                [
                    ChoiceField(
                        "sent",
                        "Verstuurd",
                        value=ANY,
                        options=(("alle leveringen", ANY), *(_option(night) for night in nights)),
                    ),
                    TextField("since", "Toetsdatum van", check=_day),
                    TextField("until", "Tot en met", check=_day, help="Laat de data leeg voor alle toetsdata."),
                ],
                submit=AGAIN,
            ),
        )

    @on(Form.Submitted)
    def _mark(self, event: Form.Submitted) -> None:
        values, school, supplier = event.values, self.school, self.SUPPLIER
        chosen = None if values["sent"] == ANY else clock.parse_date(values["sent"])
        days = chosen, _day(values["since"]), _day(values["until"])
        self.perform(partial(delivery_status.send_again, supplier, school, *days), self._marked)

    def _marked(self, number: int) -> None:
        self.query_one(Form).keep()
        self.tell(f"{counted(number, 'resultaat gaat', 'resultaten gaan')} vannacht opnieuw naar ESIS.")


def _day(text: str) -> Any:
    return clock.parse_date(text) if text.strip() else None


def _option(night: Sent) -> tuple[str, str]:
    day = night.at.astimezone(clock.AMSTERDAM).date()
    return f"{clock.dutch_moment(night.at)} ({counted(night.results, 'resultaat', 'resultaten')})", day.isoformat()
