"""What the programs of every supplier of results show of their half of the coupling: the test, and sending again."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult

from app import clock
from app.counted import counted
from app.partners.results_supplier import connecting
from app.partners.results_supplier import delivery_status as far
from app.partners.results_supplier.connecting import CONNECTED
from app.partners.results_supplier.delivery_status import Sent
from app.partners.results_supplier.supplier import Supplier
from models.shared import SupplierAccount
from screens.partners.filling_in import CodePage, FormPage
from screens.partners.page import show_line
from screens.shared.fields import ChoiceField, TextField
from screens.shared.forms import Form
from screens.shared.label import Label

ANY = "alles"
REFUSED = "De koppeling is hier ingeschakeld, maar ESIS neemt nu niets aan."


def show_test(supplier: Supplier, label: Label, account: SupplierAccount) -> None:
    """Show what the last test message found, or that ESIS takes nothing any more; nothing when none was sent."""
    if account.last_test != CONNECTED:
        kept = "" if account.connected_at is None else " De code die eerder is ingesteld, blijft bewaard."
        show_line(label, f"{account.last_test}{kept}" if account.last_test else "", "bad")
    elif refused := connecting.refused_now(supplier, account):
        show_line(label, f"{REFUSED} {refused}", "bad")
    else:
        show_line(label, _connected(account), "good")


def _connected(account: SupplierAccount) -> str:
    """`vanaf dit moment` on the day it was switched on, and after that since when."""
    since = account.connected_at
    if since is None or since.astimezone(clock.AMSTERDAM).date() == clock.school_today(account.location.board):
        return CONNECTED
    return (
        f"De koppeling met ESIS is ingeschakeld: sinds {clock.dutch_moment(since)} gaan de resultaten elke nacht door."
    )


def standing(supplier: Supplier, account: SupplierAccount, on: str, off: str) -> str:
    """How the coupling stands in a word or two: `on`, unless ESIS takes nothing, or `off` where it was never set up."""
    if account.connected_at is None:
        return off
    return "ESIS neemt nu niets aan" if connecting.refused_now(supplier, account) else on


def delivery_facts(supplier: Supplier, account: SupplierAccount) -> list[tuple[str, str]]:
    """How far the delivery to ESIS is, as labels with their values."""
    sent = far.deliveries(supplier, account)
    return [
        ("Verstuurde resultaten", str(sent.sent)),
        ("Nog te versturen", str(sent.waiting)),
        ("Geweigerd door ESIS", str(sent.refused)),
        *(("", f"{number} keer: {reason}") for reason, number in sent.refusals),
    ]


class SupplierCode(CodePage):
    """The form of the code. Say `SUPPLIER`; the program's own page class, which knows the account, comes first in the bases."""

    SUPPLIER: Supplier

    @property
    @abstractmethod
    def school(self) -> Any:
        """The account, read afresh."""

    def kept_code(self) -> str:
        """As in the account."""
        return str(self.school.code)

    def show_test(self, label: Label) -> None:
        """As where the form is opened from."""
        show_test(self.SUPPLIER, label, self.school)


class SendAgain(FormPage):
    """Opnieuw verzenden. Say `SUPPLIER`; the program's own page class, which knows the account, comes first in the bases."""

    SUPPLIER: Supplier
    HELP = (
        "Kies welke resultaten vannacht opnieuw naar ESIS gaan: alles, wat in één nacht is verstuurd, of de toetsen van een "
        "periode (data als 14-4-2020). F2 zet ze klaar.\n\n"
        "Wat ESIS al zo heeft, telt daar als ongewijzigd; er komt niets dubbel. Heeft ESIS een levering teruggedraaid, dan "
        "komt zij zo weer terug, met wat u hier intussen hebt verbeterd."
    )

    @property
    @abstractmethod
    def school(self) -> Any:
        """The account, read afresh."""

    def body(self) -> ComposeResult:
        """The form, or that there is nothing yet."""
        nights = far.sent(self.SUPPLIER, self.school)
        yield Label("Opnieuw verzenden", classes="title")
        yield self.told_line()
        if not nights:
            yield Label(
                "Er is nog niets naar ESIS verstuurd; wat klaarstaat gaat vannacht vanzelf.", classes="paragraph"
            )
            return
        yield Form(
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
            submit="Opnieuw verzenden",
        )

    @on(Form.Submitted)
    def _mark(self, event: Form.Submitted) -> None:
        values, school, supplier = event.values, self.school, self.SUPPLIER
        chosen = None if values["sent"] == ANY else clock.parse_date(values["sent"])
        days = chosen, _day(values["since"]), _day(values["until"])
        self.perform(partial(far.send_again, supplier, school, *days), self._marked)

    def _marked(self, number: int) -> None:
        self.query_one(Form).keep()
        goes = "gaat" if number == 1 else "gaan"
        self.tell(f"{counted(number, 'resultaat', 'resultaten')} {goes} vannacht opnieuw naar ESIS.")


def _day(text: str) -> Any:
    return clock.parse_date(text) if text.strip() else None


def _option(night: Sent) -> tuple[str, str]:
    day = night.at.astimezone(clock.AMSTERDAM).date()
    return f"{clock.dutch_moment(night.at)} ({counted(night.results, 'resultaat', 'resultaten')})", day.isoformat()
