"""Leveringen: what a supplier delivered each night, and <Terugdraaien> of one delivery (sources.md#rollback)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult

from app import clock
from app.couplings import rollback
from app.couplings.catalogue import CouplingType, by_type
from app.refusals import Refused
from app.school.assessment.deliveries import TakeBack
from app.targets import Deliveries
from models.assessment import Delivery
from screens.couplings.page import CouplingsPage
from screens.shared.dialogs import Confirm
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.program import EsisProgram
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain


def ask_roll_back(screen: EsisScreen, find: Callable[[], Delivery]) -> None:
    """Show what rolling back a delivery would do, ask, and do it; `find` may refuse."""
    actor = screen.actor
    try:
        delivery = find()
        kind, found = by_type(delivery.supplier), rollback.preview(actor, delivery)
    except Refused as refusal:
        screen.show_refusal(refusal)
        return

    def answered(answer: bool | None) -> None:
        if answer:
            screen.perform(lambda: rollback.roll_back(actor, delivery), done)

    def done(result: TakeBack) -> None:
        screen.say(f"Teruggedraaid: {result.sentence}")

    question = rollback.question(kind, delivery, found)
    screen.app.push_screen(Confirm("Levering terugdraaien?", question, "Terugdraaien"), answered)


def _state(row: Delivery) -> str:
    if row.rolled_back_at is None:
        return ""
    return f"teruggedraaid door {row.rolled_back_by}, {clock.dutch_moment(row.rolled_back_at)}"


class DeliveriesScreen(CouplingsPage):
    """The deliveries of one supplier, newest first; Enter rolls one back."""

    HELP = (
        "Elke levering die nieuwe of gewijzigde resultaten bracht. Enter draait er een terug: ESIS laat eerst zien wat er weg "
        "gaat en wat zijn vorige waarde terugkrijgt, en vraagt dan of u het zeker weet. Wat daarna door een nieuwere levering "
        "is vervangen of is uitgesloten, blijft staan.\n\n"
        "Staan resultaten bij de verkeerde leerling? Verbeter ze eerst bij de andere kant, draai de levering hier terug en "
        "laat de andere kant opnieuw verzenden. Terugdraaien mag met de rol Directie of Applicatiebeheerder."
    )

    @classmethod
    def at(cls, _program: EsisProgram, target: Deliveries) -> DeliveriesScreen:
        """The screen for this type of coupling. Raises `NotFound`."""
        return cls(by_type(target.type))

    def __init__(self, kind: CouplingType) -> None:
        super().__init__()
        self.kind = kind
        self.PATH = (*self.PATH, kind.row, Deliveries.TITLE)

    def body(self) -> ComposeResult:
        """The list."""
        yield Label(plain(f"Leveringen van {self.kind.partner}"), classes="title")
        yield Label("Enter draait de levering waar u op staat terug, na een vraag.", classes="note")
        yield RecordList(
            [
                Column("Verstuurd", lambda row: clock.dutch_moment(row.sent_at), 20, order=lambda row: row.sent_at),
                Column("Nieuw", lambda row: str(row.stored), 7, right=True, order=lambda row: row.stored),
                Column("Vervangen", lambda row: str(row.replaced), 9, right=True, order=lambda row: row.replaced),
                Column("Staat", _state),
            ],
            empty=f"{self.kind.partner} heeft nog geen resultaten gebracht.",
            id="deliveries",
        )

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#deliveries").focus()

    def read(self) -> Sequence[Delivery]:
        """The deliveries."""
        return rollback.listed(self.actor, self.kind.type)

    def show(self, found: Sequence[Delivery]) -> None:
        """Show them."""
        self.query_one("#deliveries", RecordList).show(Rows(found))

    @on(RecordList.Chosen, "#deliveries")
    def _choose(self, event: RecordList.Chosen) -> None:
        ask_roll_back(self, lambda: event.row)
