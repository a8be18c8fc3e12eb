"""Trainer > Berichtenverkeer: every call of the web service as it comes, why it was refused, and what went over the line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from textual import on
from textual.timer import Timer

from app.counted import counted
from app.exchange.names import folded
from app.exchange.uwlr_xml.operations import OPERATIONS
from app.permissions import Permission
from app.uwlr import journal
from app.uwlr.journal import OUTCOMES
from models.webservice import ExchangedMessage
from screens.shared import keys
from screens.shared.dialogs import Choose, Confirm
from screens.shared.facts import Row
from screens.shared.files import free_name, save_text
from screens.shared.filter_line import Filter
from screens.shared.kept import Kept
from screens.shared.link import Link
from screens.shared.records import RecordList
from screens.shared.sources import Ready, Source
from screens.trainer import calls
from screens.trainer.calls import Calls, Wanted
from screens.trainer.following import SECONDS, Following
from screens.trainer.message import MessagePage
from screens.trainer.page import TrainerPage

ALL = "alle"


class MessagesPage(TrainerPage):
    """The calls of the board, newest first; the list follows them."""

    PATH = ("Trainer", "Berichtenverkeer")
    PERMISSION = Permission.SET_FAULTS
    CHANGE = "Openen"
    CHANGES = ("delete",)
    DELETE = "Wissen"
    ONE = "Bericht"
    NOTE = "Wat bij de UWLR-webservice van dit bestuur komt, het nieuwste bovenaan."
    EMPTY = (
        "Er is nog niets binnengekomen. Open de webservice op de opdrachtregel: esis webservice --practice geeft een eigen "
        "oefenbestuur met adressen en een sleutel; zonder --practice antwoordt dit bestuur."
    )
    COLUMNS = calls.COLUMNS
    HELP = (
        "Elke aanroep van de UWLR-webservice (esis webservice): wie, waarvandaan, welke bewerking, hoe groot, hoe lang en hoe "
        "het afliep. Een nieuw bericht komt vanzelf in de lijst; de cursor blijft op zijn regel. Ook wat geen SOAP is, een "
        "verkeerd adres of een afgebroken verbinding staat hier.\n\n"
        "Ernaast staat waarom een bericht geweigerd is: de regel van de standaard, de plaats in het bericht, wat er stond en "
        "wat er verwacht werd, de waarde die er het dichtst bij komt, en wat daarna ook fout zou gaan. Enter laat verzoek en "
        "antwoord zien. Sleutels zijn onleesbaar gemaakt, persoonsgegevens ook, tenzij de webservice met --keep-bodies loopt.\n\n"
        "F3 zoekt in alles wat er staat, F kiest een afloop; een bewerking kiest u met A of in de regel boven de lijst. E "
        "bewaart de lijst als CSV, met A ook als JSON-regels. Del wist alles, na een vraag."
    )
    SCOPED_CSS = False
    CSS = """
    MessagesPage.-medium Detail { width: 44; }
    """
    BINDINGS = [
        keys.OPEN(
            "change", "Openen", id="messages.open", show=False, tooltip="Toont het hele bericht met het antwoord."
        ),
        keys.FILTER(
            "choose_outcome", "Afloop", id="messages.outcome", tooltip="Toont alleen berichten met een afloop."
        ),
        keys.no_key(
            "choose_operation",
            "Bewerking",
            id="messages.operation",
            tooltip="Toont alleen berichten met een bewerking.",
        ),
        keys.REMOVE("delete", "Alles wissen", id="messages.clear", tooltip="Wist het berichtenverkeer, na een vraag."),
        keys.no_key(
            "save_json",
            "JSON-regels bewaren",
            id="messages.json",
            tooltip="Bewaart de gevonden berichten als bestand met een JSON-object per regel.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._outcome = self._operation = ""
        self._following: Following | None = None
        self._due: Timer | None = None

    def on_mount(self) -> None:
        """Follow the calls, as long as this is in view."""
        app = self.app  # which the other thread cannot ask for

        def came() -> None:
            with suppress(RuntimeError):  # the program is just ending
                app.call_later(self._read_calls)

        self._following = Following(self.actor.board.id, came, lambda: self in app.screen_stack[-2:])
        self._following.start()

    def on_unmount(self) -> None:
        """Leave no thread running."""
        if self._following is not None:
            self._following.stop()

    def _read_calls(self) -> None:
        """Read again; what comes while it is read is read after it."""
        if not self.is_attached:
            return
        if self.settled and not self.esis.busy:
            self._due = None
            self.read_again()
        elif self._due is None:  # a little later: what came is not told again
            self._due = self.set_timer(SECONDS, self._read_later)

    def _read_later(self) -> None:
        self._due = None
        self._read_calls()

    def filters(self) -> Sequence[Filter]:
        """Outcome and operation."""
        return (
            Filter(keys.FILTER, "Afloop", id="message-outcome"),
            Filter(None, "Bewerking", id="message-operation"),
        )

    def _wanted(self, asked: str) -> Wanted:
        return Wanted(tuple(folded(asked).split()), self._outcome, self._operation)

    def source(self, asked: str) -> tuple[Source, int]:
        """Those that fit, read by the page."""
        board = self.actor.board.id
        return Calls.wanted(board, self._wanted(asked)), journal.count(board)

    def show(self, found: Kept) -> None:
        """Show it; the cursor stays on its row, however many came above it."""
        listed = self.query_one("#keep", RecordList)
        row, same = listed.row, found.asked == self._shown
        super().show(found)
        source = found.source.source if isinstance(found.source, Ready) else None
        if row is not None and same and isinstance(source, Calls) and row.id in source.numbers:
            listed.cursor = source.numbers.index(row.id)

    def read_above(self) -> Wanted:
        """The filters."""
        return self._wanted("")

    def show_above(self, found: Wanted) -> None:
        """Show what they are."""
        self.query_one("#message-outcome", Filter).set_value(dict(OUTCOMES).get(found.outcome, ALL))  # type: ignore[call-overload]
        self.query_one("#message-operation", Filter).set_value(found.operation or ALL)

    def detail(self, row: ExchangedMessage) -> Iterator[Row]:
        """How it went, and why."""
        return calls.detail(row)

    @on(Link.Chosen, "#message-outcome")
    def _outcome_link(self, event: Link.Chosen) -> None:
        event.stop()
        self.action_choose_outcome()

    @on(Link.Chosen, "#message-operation")
    def _operation_link(self, event: Link.Chosen) -> None:
        event.stop()
        self.action_choose_operation()

    def action_choose_outcome(self) -> None:
        """Choose an outcome, or all."""
        options = [(ALL, ALL), *((str(one), word) for one, word in OUTCOMES.items())]
        self.app.push_screen(Choose("Afloop kiezen", options, now=self._outcome or ALL), self._with_outcome)

    def _with_outcome(self, chosen: str | None) -> None:
        if chosen is not None:
            self._outcome = "" if chosen == ALL else chosen
            self.refresh_data()

    def action_choose_operation(self) -> None:
        """Choose an operation, or all."""
        options = [(ALL, ALL), *((one.name, one.name) for one in OPERATIONS)]
        self.app.push_screen(Choose("Bewerking kiezen", options, now=self._operation or ALL), self._with_operation)

    def _with_operation(self, chosen: str | None) -> None:
        if chosen is not None:
            self._operation = "" if chosen == ALL else chosen
            self.refresh_data()

    def action_change(self) -> None:
        """Open the whole page of a call."""
        row: ExchangedMessage | None = self.chosen
        if row is not None:
            self.app.push_screen(MessagePage(row.id))

    def action_delete(self) -> None:
        """Ask, then clear."""
        actor, many = self.actor, self._total
        if not many or not self._may():
            return
        title = f"{counted(many, 'bericht', 'berichten')} wissen?"
        question = (
            "Het hele berichtenverkeer van dit bestuur gaat weg, ook wat het filter niet toont. Wat de berichten aan "
        )
        question += "resultaten brachten, blijft."

        def work() -> str:
            return f"{counted(journal.clear(actor), 'bericht is', 'berichten zijn')} gewist."

        def answered(yes: bool | None) -> None:
            if yes:
                self.perform(work, self.say)

        self.app.push_screen(Confirm(title, question, "Wissen", danger=True), answered)

    def action_save_json(self) -> None:
        """Save what is found, a JSON object a line, as `esis uwlr tail --json` prints it, the oldest first."""
        board, wanted = self.actor.board.id, self._wanted(self._asked)

        def work() -> Path:
            found = Calls.wanted(board, wanted)
            rows = reversed(found.page(0, found.count()))
            lines = [json.dumps(journal.as_json(row), ensure_ascii=False) + "\n" for row in rows]
            return save_text(free_name("berichtenverkeer.jsonl"), "".join(lines))

        self.perform(work, lambda path: self.say(f"Bewaard als {path}"))
