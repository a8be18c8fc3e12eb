"""Leveringen: what a supplier delivered each night, and <Terugdraaien> of one delivery (sources.md#rollback)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult

from app import clock
from app.access import Actor
from app.couplings import rollback
from app.couplings.catalogue import CouplingType, by_type
from app.refusals import Refused
from app.school.assessment.deliveries import TakeBack
from app.targets import Deliveries
from models.assessment import Delivery
from screens.couplings.page import CouplingsPage
from screens.shared import keys
from screens.shared.block import Block
from screens.shared.dialogs import Confirm
from screens.shared.frame import EsisScreen
from screens.shared.program import EsisProgram
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import wrapped


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


def what_it_would_do(actor: Actor, kind: CouplingType, delivery: Delivery) -> str:
    """What rolling it back would do, or why it cannot be done, as sentences."""
    try:
        return rollback.question(kind, delivery, rollback.preview(actor, delivery))
    except Refused as refusal:
        return refusal.sentence


class DeliveriesScreen(CouplingsPage):
    """The deliveries of one supplier, newest first; Enter rolls one back."""

    HELP = (
        "Elke levering die nieuwe of gewijzigde resultaten bracht. Enter draait er een terug: ESIS laat eerst zien wat er weg "
        "gaat en wat zijn vorige waarde terugkrijgt, en vraagt dan of u het zeker weet. Wat daarna door een nieuwere levering "
        "is vervangen of is uitgesloten, blijft staan.\n\n"
        "Staan resultaten bij de verkeerde leerling? Verbeter ze eerst bij de andere kant, draai de levering hier terug en "
        "laat de andere kant opnieuw verzenden. Terugdraaien mag met de rol Directie of Applicatiebeheerder."
    )

    SCOPED_CSS = False
    CSS = """
    DeliveriesScreen #delivery { height: 8; }
    DeliveriesScreen.-low #delivery { height: 6; }
    """
    BINDINGS = [
        keys.ROLL_BACK(
            "roll_back",
            id="deliveries.roll-back",
            tooltip="Draait de levering waar u op staat terug, na een vraag.",
        ),
    ]

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
        yield RecordList(
            [
                Column("Verstuurd", lambda row: clock.dutch_moment(row.sent_at), 20, order=lambda row: row.sent_at),
                Column("Nieuw", lambda row: str(row.stored), 7, right=True, order=lambda row: row.stored),
                Column("Vervangen", lambda row: str(row.replaced), 9, right=True, order=lambda row: row.replaced),
                Column("Staat", _state, style=lambda row: "hint" if row.rolled_back_at else ""),
            ],
            empty=f"{self.kind.partner} heeft nog geen resultaten gebracht.",
            id="deliveries",
            title=f"Leveringen van {self.kind.partner}",
        )
        yield Block("Terugdraaien", id="delivery", opens=False)

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#deliveries").focus()

    def read(self) -> Sequence[Delivery]:
        """The deliveries."""
        return rollback.listed(self.actor, self.kind.type)

    def show(self, found: Sequence[Delivery]) -> None:
        """Show them."""
        self.query_one("#deliveries", RecordList).show(Rows(found))

    @on(RecordList.Highlighted, "#deliveries")
    def _here(self, event: RecordList.Highlighted) -> None:
        """Tell what rolling this one back would do, or why it cannot be done."""
        delivery: Delivery | None = event.row
        if delivery is not None:
            actor, kind = self.actor, self.kind
            self.look_up(lambda: what_it_would_do(actor, kind, delivery), self._tell)
        else:
            self._tell("")

    def _tell(self, sentence: str) -> None:
        block = self.query_one("#delivery", Block)
        block.tell(lambda width: wrapped(sentence, width))

    def action_roll_back(self) -> None:
        """The same as Enter."""
        self.query_one("#deliveries", RecordList).action_choose()

    @on(RecordList.Chosen, "#deliveries")
    def _choose(self, event: RecordList.Chosen) -> None:
        ask_roll_back(self, lambda: event.row)
