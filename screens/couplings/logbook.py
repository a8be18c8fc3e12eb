"""Koppelingenlogboek: who did what, when and from where; every exchange and every refusal. Filter it, save it as CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from app import clock
from app.access import Actor
from app.couplings import logbook, rollback
from app.couplings.catalogue import all_types, title, transfers
from app.couplings.logbook import Filter, LogKind
from app.refusals import Refused
from app.runs import State
from app.targets import Log
from models.coupling import LogEntry
from screens.couplings.deliveries import ask_roll_back
from screens.couplings.page import CouplingsPage
from screens.shared import keys, signs
from screens.shared.block import Block
from screens.shared.controls import TextLine
from screens.shared.dialogs import Choose, Reading
from screens.shared.files import free_name, save_text
from screens.shared.filter_line import Filter as FilterLink
from screens.shared.filter_line import FilterLine
from screens.shared.label import ErrorLine
from screens.shared.link import Link
from screens.shared.program import EsisProgram
from screens.shared.records import Column, RecordList
from screens.shared.sources import Ready, ready
from screens.shared.text import plain, wrapped

EVERYTHING = ""
ALL = "alle"
EVERY_COUPLING, EVERY_KIND = "alle koppelingen", "alle soorten"


@dataclass(frozen=True)
class LogSource:
    """The filtered lines, read a page at a time."""

    actor: Actor
    wanted: Filter
    states: dict[int, State]
    """How the exchanges went of the lines that were read, by line."""

    def count(self) -> int:
        """How many lines there are."""
        return logbook.count(self.actor, self.wanted)

    def page(self, offset: int, limit: int) -> Sequence[Any]:
        """These lines, newest first."""
        lines = logbook.entries(self.actor, self.wanted, limit, offset)
        self.states.update(logbook.states_of(lines))
        return lines


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
        ("Via", line.source),
    ]


def _lines(line: LogEntry, width: int) -> list[Content]:
    """The line in full: who and where in one line, then the whole message."""
    when, coupling, kind, user, source = (value for _label, value in _facts(line))
    head = f"{when}  {coupling}  {kind}  {user if user == source else f'{user}, {source}'}"
    first = plain(head).stylize("$label")
    return [first, Content(""), *(text.stylize("$ink") for text in wrapped(logbook.told(line), width))]


def _sign(line: LogEntry, states: Mapping[int, State]) -> tuple[str, str]:
    """How it went, and the colour of that; nothing if it is not something that can go wrong."""
    state = State.FAILED if line.kind == LogKind.REFUSED else states.get(line.id)
    return signs.RUNS[state] if state is not None else ("", "")


class LogbookScreen(CouplingsPage):
    """The logbook of the location."""

    BELOW = (Log.TITLE,)
    HELP = (
        "Het logboek bewaart elke activering, wijziging van de code, stop, hervatting, einde, elk testbericht, elke "
        "uitwisseling met aantallen en elke weigering met de reden. Regels kunnen niet worden gewijzigd of verwijderd, en "
        "er staat nooit een verificatiecode in.\n\n"
        "Filter op koppeling, soort en periode: F kiest een koppeling, F3 gaat naar de periode (data als 14-4-2020) en Enter "
        "terug naar de lijst. Onder de lijst staat de regel waar u op staat, Enter toont hem in zijn geheel. E bewaart wat u "
        "ziet als CSV-bestand.\n\n"
        "T op de regel van een uitwisseling die resultaten bracht, draait die levering terug: wat zij bracht gaat weg, wat zij "
        "verving komt terug. Daarna kan de andere kant haar opnieuw verzenden. Dat mag met de rol Directie of "
        "Applicatiebeheerder."
    )
    SCOPED_CSS = False
    CSS = """
    LogbookScreen #log-error { padding: 0 1; }
    LogbookScreen #log-line { height: 10; }
    LogbookScreen.-low #log-line { height: 6; }
    """
    BINDINGS = [
        keys.FILTER(
            "choose_coupling",
            "Koppeling",
            id="log.filter",
            tooltip="Toont alleen de regels van een koppeling.",
            show=False,
        ),
        keys.no_key("choose_kind", "Soort", id="log.kind", tooltip="Toont alleen de regels van een soort."),
        keys.SEARCH("to_search", "Periode", id="log.search", tooltip="Gaat naar de periode.", show=False),
        keys.DOWN("to_list", "Naar de lijst", id="log.list", show=False, tooltip="Gaat van de periode naar de lijst."),
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
        self._states: dict[int, State] = {}
        """How exchanges went, by line."""
        self._couplings = {row.type: row.row for row in all_types()} | transfers()

    def body(self) -> ComposeResult:
        """Filters over the list."""
        since, until = (TextLine(placeholder="d-m-jjjj", id=f"log-{day}") for day in ("since", "until"))
        filters = (FilterLink(keys.FILTER, id="log-coupling"), FilterLink(id="log-kind"))
        yield FilterLine(since, "log.search", filters=filters, until=until)
        yield ErrorLine(id="log-error")
        yield Lines(self._columns(), empty="Er zijn geen regels die bij dit filter passen.", id="log", title=Log.TITLE)
        yield Block("Regel", id="log-line", opens=False)

    def _columns(self) -> list[Column]:
        """What differs by line: not what it is filtered by. The block below has the year, and all the rest."""
        of_one, of_a_kind = bool(self._wanted.coupling), bool(self._wanted.kind)
        return [
            Column("", lambda line: _sign(line, self._states)[0], 1, style=lambda line: _sign(line, self._states)[1]),
            Column("Wanneer", lambda line: clock.short_moment(line.at), 14),
            *(() if of_one else [Column("Koppeling", lambda line: title(line.coupling), 23)]),
            *(() if of_a_kind else [Column("Soort", lambda line: line.kind, 14, from_width=140)]),
            Column("Wie", lambda line: line.user or line.source, 12, from_width=140),
            Column("Via", lambda line: line.source, 13, from_width=160),
            Column("Melding", logbook.told),
        ]

    def focus_start(self) -> None:
        """Start in the list."""
        self.query_one("#log").focus()

    def read(self) -> Ready:
        """The lines that pass the filter."""
        return ready(LogSource(self.actor, self._wanted, self._states))

    def show(self, found: Ready) -> None:
        """Show them, and what they are filtered by."""
        coupling, kind = self._wanted.coupling, self._wanted.kind
        self.query_one("#log-coupling", FilterLink).set_value(title(coupling) if coupling else EVERY_COUPLING)
        self.query_one("#log-kind", FilterLink).set_value(kind or EVERY_KIND)
        listed = self.query_one("#log", RecordList)
        listed.columns = self._columns()
        listed.show(found)

    @on(RecordList.Highlighted, "#log")
    def _tell(self, event: RecordList.Highlighted) -> None:
        line: LogEntry | None = event.row
        self.query_one("#log-line", Block).tell(lambda width: _lines(line, width) if line is not None else ())

    @on(Link.Chosen, "#log-coupling")
    def _coupling_link(self, event: Link.Chosen) -> None:
        event.stop()
        self.action_choose_coupling()

    def action_choose_coupling(self) -> None:
        """Choose one coupling or transfer, or all."""
        options = [(ALL, EVERY_COUPLING), *self._couplings.items()]

        def chosen(key: str | None) -> None:
            if key is not None:
                self._chosen(replace(self._wanted, coupling=EVERYTHING if key == ALL else key))

        self.app.push_screen(Choose("Koppeling kiezen", options, now=self._wanted.coupling or ALL), chosen)

    @on(Link.Chosen, "#log-kind")
    def _kind_link(self, event: Link.Chosen) -> None:
        event.stop()
        self.action_choose_kind()

    def action_choose_kind(self) -> None:
        """Choose one kind of line, or all."""
        options = [(ALL, EVERY_KIND), *((kind.value, kind.value) for kind in LogKind)]

        def chosen(key: str | None) -> None:
            if key is not None:
                self._chosen(replace(self._wanted, kind=EVERYTHING if key == ALL else key))

        self.app.push_screen(Choose("Soort kiezen", options, now=self._wanted.kind or ALL), chosen)

    def _chosen(self, wanted: Filter) -> None:
        self._wanted = wanted
        self.refresh_data()

    def action_to_search(self) -> None:
        """Go to the period."""
        self.query_one("#log-since").focus()

    def _show_error(self, sentence: str) -> None:
        self.query_one(ErrorLine).tell(sentence)

    def _filter(self) -> Filter:
        return replace(self._wanted, since=self._day("#log-since"), until=self._day("#log-until"))

    def _day(self, field: str) -> date | None:
        text = self.query_one(field, Input).value.strip()
        return clock.parse_date(text) if text else None

    @on(Input.Changed)
    @on(Input.Blurred)
    def _filtered(self) -> None:
        """Read again with the current period; if a date is invalid, keep what is shown."""
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
    def action_to_list(self) -> None:
        """Go to the list."""
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
