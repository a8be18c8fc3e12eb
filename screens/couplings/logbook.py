"""Koppelingenlogboek: who did what, when and from where; every exchange and every refusal. Filter it, save it as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Select

from app import clock
from app.access import Actor
from app.couplings import logbook, rollback
from app.couplings.catalogue import all_types, title, transfers
from app.couplings.logbook import Filter, LogKind
from app.refusals import Refused
from app.targets import Log
from models.coupling import LogEntry
from screens.couplings.deliveries import ask_roll_back
from screens.couplings.page import CouplingsPage
from screens.shared import keys
from screens.shared.block import Block
from screens.shared.controls import Choice, TextLine
from screens.shared.dialogs import Reading
from screens.shared.files import free_name, save_text
from screens.shared.label import ErrorLine, Label
from screens.shared.program import EsisProgram
from screens.shared.records import Column, RecordList
from screens.shared.sources import Ready, ready
from screens.shared.text import plain, wrapped

EVERYTHING = ""


@dataclass(frozen=True)
class LogSource:
    """The filtered lines, read a page at a time."""

    actor: Actor
    wanted: Filter

    def count(self) -> int:
        """How many lines there are."""
        return logbook.count(self.actor, self.wanted)

    def page(self, offset: int, limit: int) -> Sequence[Any]:
        """These lines, newest first."""
        return logbook.entries(self.actor, self.wanted, limit, offset)


def told(line: LogEntry) -> str:
    """The message with its counts."""
    counts = logbook.counts_of(line)
    return f"{line.message} {counts}".strip() if counts not in line.message else line.message


class Lines(RecordList):
    """The lines; they are saved by the screen, whole and with the filter."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Saving is the screen's."""
        return False if action == "save_csv" else super().check_action(action, parameters)


def _facts(line: LogEntry) -> list[tuple[str, str]]:
    return [
        ("Wanneer", clock.dutch_moment(line.at)),
        ("Koppeling", title(line.coupling)),
        ("Soort", line.kind),
        ("Gebruiker", line.user or "(vanzelf)"),
        ("Vandaan", line.source),
    ]


def _lines(line: LogEntry, width: int) -> list[Content]:
    """The line in full: who and where in one line, then the whole message."""
    when, coupling, kind, user, source = (value for _label, value in _facts(line))
    head = f"{when}  {coupling}  {kind}  {user if user == source else f'{user}, {source}'}"
    first = plain(head).stylize("$label")
    return [first, Content(""), *(text.stylize("$ink") for text in wrapped(told(line), width))]


def _colour(line: LogEntry) -> str:
    """The colour of a kind: only what went wrong stands out."""
    return "bad" if line.kind == LogKind.REFUSED else ""


class LogbookScreen(CouplingsPage):
    """The logbook of the location."""

    BELOW = (Log.TITLE,)
    HELP = (
        "Het logboek bewaart elke activering, wijziging van de code, stop, hervatting, einde, elk testbericht, elke "
        "uitwisseling met aantallen en elke weigering met de reden. Regels kunnen niet worden gewijzigd of verwijderd, en "
        "er staat nooit een verificatiecode in.\n\n"
        "Filter op koppeling, soort en periode (F gaat naar de filters, Enter terug naar de lijst; data als 14-4-2020). Onder "
        "de lijst staat de regel waar u op staat, Enter toont hem in zijn geheel. E bewaart wat u ziet als CSV-bestand.\n\n"
        "T op de regel van een uitwisseling die resultaten bracht, draait die levering terug: wat zij bracht gaat weg, wat zij "
        "verving komt terug. Daarna kan de andere kant haar opnieuw verzenden. Dat mag met de rol Directie of "
        "Applicatiebeheerder."
    )
    SCOPED_CSS = False
    CSS = """
    LogbookScreen #log-filters { height: 1; padding: 0 1; }
    LogbookScreen #log-filters Choice { width: 1fr; max-width: 32; margin: 0 1 0 0; }
    LogbookScreen #log-filters TextLine { width: 13; }
    LogbookScreen #log-filters .inline-label { color: $label; }
    LogbookScreen #log-error { padding: 0 1; }
    LogbookScreen #log-line { height: 10; }
    LogbookScreen.-low #log-line { height: 6; }
    LogbookScreen.-narrow #log-filters { padding: 0; }
    """
    BINDINGS = [
        keys.FILTER("to_filters", id="log.filter", tooltip="Gaat naar de filters boven de lijst."),
        keys.EXPORT(
            "save_csv",
            "CSV bewaren",
            id="log.csv",
            tooltip="Bewaart de gefilterde regels als CSV-bestand en zegt waar.",
        ),
        keys.ROLL_BACK(
            "roll_back",
            "Terugdraaien",
            id="log.roll-back",
            tooltip="Draait de levering van resultaten van deze regel terug, na een vraag.",
        ),
    ]

    OF_ROW = ("roll_back",)

    @classmethod
    def at(cls, _program: EsisProgram, target: Log) -> LogbookScreen:
        """The logbook of one coupling, or of all."""
        return cls(target.type)

    def __init__(self, coupling: str = EVERYTHING) -> None:
        super().__init__()
        self._wanted = Filter(coupling, EVERYTHING)
        """The latest filter that makes sense."""

    def body(self) -> ComposeResult:
        """Filters over the list."""
        couplings = [
            ("Alle koppelingen", EVERYTHING),
            *((row.row, row.type) for row in all_types()),
            *((text, job) for job, text in transfers().items()),
        ]
        kinds = [("Alle soorten", EVERYTHING), *((kind.value.capitalize(), kind.value) for kind in LogKind)]
        with Horizontal(id="log-filters"):
            yield Choice(couplings, value=self._wanted.coupling, allow_blank=False, id="log-coupling", compact=True)
            yield Choice(kinds, value=EVERYTHING, allow_blank=False, id="log-kind", compact=True)
            yield Label("van ", classes="inline-label")
            yield TextLine(placeholder="d-m-jjjj", id="log-since")
            yield Label(" t/m ", classes="inline-label")
            yield TextLine(placeholder="d-m-jjjj", id="log-until")
        yield ErrorLine(id="log-error")
        yield Lines(
            [
                Column("Wanneer", lambda line: clock.dutch_moment(line.at), 19),
                Column("Koppeling", lambda line: title(line.coupling), 16, from_width=130),
                Column("Soort", lambda line: line.kind, 14, style=_colour),
                Column("Wie", lambda line: line.user or line.source, 12, from_width=100),
                Column("Vandaan", lambda line: line.source, 13, from_width=130),
                Column("Melding", told),
            ],
            empty="Er zijn geen regels die bij dit filter passen.",
            id="log",
            title=Log.TITLE,
        )
        yield Block("Regel", id="log-line", opens=False)

    def focus_start(self) -> None:
        """Start in the list."""
        self.query_one("#log").focus()

    def read(self) -> Ready:
        """The lines that pass the filter."""
        return ready(LogSource(self.actor, self._wanted))

    def show(self, found: Ready) -> None:
        """Show them."""
        self.query_one("#log", RecordList).show(found)

    @on(RecordList.Highlighted, "#log")
    def _tell(self, event: RecordList.Highlighted) -> None:
        line: LogEntry | None = event.row
        self.query_one("#log-line", Block).tell(lambda width: _lines(line, width) if line is not None else ())

    def action_to_filters(self) -> None:
        """Go to the first filter."""
        self.query_one("#log-coupling").focus()

    def _show_error(self, sentence: str) -> None:
        self.query_one(ErrorLine).tell(sentence)

    def _filter(self) -> Filter:
        coupling = self.query_one("#log-coupling", Select).value
        kind = self.query_one("#log-kind", Select).value
        return Filter(str(coupling), str(kind), self._day("#log-since"), self._day("#log-until"))

    def _day(self, field: str) -> date | None:
        text = self.query_one(field, Input).value.strip()
        return clock.parse_date(text) if text else None

    @on(Select.Changed)
    @on(Input.Changed)
    @on(Input.Blurred)
    def _filtered(self) -> None:
        """Read again with the current filters; if a date is invalid, keep what is shown."""
        try:
            wanted = self._filter()
        except Refused as refusal:
            # No error while the user is still typing.
            self._show_error("" if isinstance(self.focused, Input) else refusal.sentence)
            return
        self._show_error("")
        if wanted != self._wanted:
            self._wanted = wanted
            self.refresh_data()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.query_one("#log").focus()

    @on(RecordList.Chosen)
    def _open(self, event: RecordList.Chosen) -> None:
        line: LogEntry = event.row
        facts = "\n".join(f"{label:<13}{value}" for label, value in _facts(line))
        self.app.push_screen(
            Reading("Regel in het koppelingenlogboek", f"{facts}\n\n{line.message}\n{logbook.counts_of(line)}")
        )

    def action_roll_back(self) -> None:
        """Roll back what this line's run delivered."""
        line: LogEntry | None = self.query_one("#log", RecordList).row
        if line is not None:
            ask_roll_back(self, lambda: rollback.of_line(self.actor, line))

    def action_save_csv(self) -> None:
        """Save the filtered lines."""
        try:
            actor, wanted = self.actor, self._filter()
        except Refused as refusal:
            self._show_error(refusal.sentence)
            return
        self.perform(lambda: save_text(free_name("koppelingenlogboek.csv"), logbook.as_csv(actor, wanted)), self._saved)

    def _saved(self, path: Path) -> None:
        self.say(f"Bewaard als {path}")
