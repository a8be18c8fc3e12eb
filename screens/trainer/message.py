"""A call of the web service in full: why it went as it did, and what went over the line, indented and as it came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells
from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus

from app.permissions import Permission
from app.uwlr import journal, masking, telling
from models.webservice import ExchangedMessage
from screens.shared import keys
from screens.shared.facts import Facts, Row
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.link import Link
from screens.shared.records import Column, ReadingList, Rows
from screens.shared.tab_bar import TabBar
from screens.shared.text import plain
from screens.trainer import calls

WHY, ASKED, ANSWERED, ASKED_RAW, ANSWERED_RAW = "why", "request", "answer", "request-raw", "answer-raw"
TABS = (
    (WHY, "Afloop"),
    (ASKED, "Verzoek"),
    (ANSWERED, "Antwoord"),
    (ASKED_RAW, "Verzoek, bytes"),
    (ANSWERED_RAW, "Antwoord, bytes"),
)
GONE = "Dit bericht is er niet meer: het berichtenverkeer is gewist, of er kwamen te veel berichten na."
_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n"} | {127: 0x2421}
"""Control characters as the sign for them."""
_ROOM = 14
"""Cells of a line that are not text."""


@dataclass(frozen=True)
class TextLine:
    """A piece of a body as wide as the screen: the number of its line where that begins, and whether it is the wrong one."""

    id: int
    number: str
    text: str
    wrong: bool = False


@dataclass(frozen=True)
class Opened:
    """What is shown: a call, and the facts or the lines of the open tab."""

    row: ExchangedMessage
    tab: str
    facts: Sequence[Row] = ()
    lines: Sequence[TextLine] = ()


def pieces(text: str, width: int, numbered: bool, wrong: int = 0) -> Iterator[TextLine]:
    """The lines of a text, cut to this many cells; `wrong`: the line that is marked."""
    place = 0
    for number, line in enumerate(text.split("\n"), 1):
        shown = line.translate(_PICTURES)
        for first, part in enumerate(chop_cells(shown, width) if cell_len(shown) > width else [shown]):
            yield TextLine(place, str(number) if numbered and not first else "", part, numbered and number == wrong)
            place += 1


class MessagePage(EsisScreen):
    """One call; the trainer's list is below it."""

    PATH = ("Trainer", "Berichtenverkeer", "Bericht")
    PERMISSION = Permission.SET_FAULTS
    PROGRAM = "Trainer"
    HELP = (
        "Een aanroep van de webservice in zijn geheel, op tabbladen (1 tot en met 5, of de pijltjes op de rij met namen). "
        "Afloop zegt hoe het ging en waarom: de regel, de plaats in het bericht, wat er stond en wat er verwacht werd.\n\n"
        "Verzoek en Antwoord staan er ingesprongen, en daarnaast zoals de bytes over de lijn gingen, met de regelnummers waar "
        "een weigering naar verwijst; de regel waar het om gaat, is gemerkt. Een teken dat u anders niet ziet, staat er als "
        "␍ of ␉. Van een groot bericht is het begin bewaard. Sleutels zijn onleesbaar gemaakt."
    )
    SCOPED_CSS = False
    CSS = """
    MessagePage #message-name { width: 1fr; padding: 0 1; }
    MessagePage #message-why { height: 1fr; border: round $line; padding: 0 1; background: $bg; }
    MessagePage #message-why:focus { border: heavy $focus; }
    MessagePage.-gone #message-tabs, MessagePage.-gone #message-why, MessagePage.-gone #message-lines { display: none; }
    MessagePage #message-lines { height: 1fr; }
    """
    BINDINGS = [
        number(f"tab('{key}')", title, id=f"message.tab-{key}", show=False, tooltip=f"Tabblad {title}.")
        for number, (key, title) in zip(keys.TABS, TABS, strict=False)
    ]

    def __init__(self, number: int) -> None:
        """The call with this number."""
        super().__init__()
        self._number = number
        self._tab = WHY
        self._width = 0
        self._shown = ""
        """The tab that was shown last."""
        self._into = False
        """Whether to go to what is on the tab as soon as it is shown."""

    def body(self) -> ComposeResult:
        """The name, the tabs, and what is on the open one."""
        yield Label("", id="message-name")
        yield TabBar(TABS, id="message-tabs")
        with VerticalScroll(id="message-why"):
            yield Facts()
        columns = (
            Column("", lambda line: f"× {line.number}" if line.wrong else line.number, 7, right=True),
            Column("", lambda line: line.text, style=lambda line: "bold bad" if line.wrong else ""),
        )
        yield ReadingList(columns, empty="Hier is niets van bewaard.", id="message-lines", title="Verzoek")

    def on_resize(self) -> None:
        """Lines are cut to the width there is."""
        width = max(20, self.size.width - _ROOM)
        if width != self._width:
            self._width = width
            if self.settled:
                self.refresh_data()

    def read(self) -> Opened | None:
        """The call, and what is on the open tab; None once it is gone."""
        tab, width = self._tab, max(20, self._width)
        row = journal.get(self.actor.board.id, self._number)
        if row is None:
            return None
        if tab == WHY:
            return Opened(row, tab, tuple(calls.facts(row)))
        asked = tab in (ASKED, ASKED_RAW)
        text = bytes(row.request if asked else row.answer).decode("utf-8", "replace")
        raw = tab in (ASKED_RAW, ANSWERED_RAW)
        cut = (row.size if asked else row.answer_size) > masking.KEPT
        shown = text if raw else telling.indented(text, cut).rstrip("\n")
        lines = tuple(pieces(shown, width, raw, row.line if asked else 0)) if text else ()
        return Opened(row, tab, (), lines)

    def show(self, found: Opened | None) -> None:
        """Show it."""
        name = self.query_one("#message-name", Label)
        self.set_class(found is None, "-gone")
        if found is None:
            name.update(plain(GONE))
            return
        row, tab = found.row, found.tab
        head = plain(f"Bericht {row.id}  {calls.operation(row)}  ").stylize("bold $ink")
        name.update(Content.assemble(head, calls.sign(row)))
        self.query_one(TabBar).open(tab)
        why, listed = self.query_one("#message-why"), self.query_one("#message-lines", ReadingList)
        why.display, listed.display = tab == WHY, tab != WHY
        if tab == WHY:
            self.query_one(Facts).show(found.facts)
        else:
            self._show_lines(listed, found)
        self._shown = tab
        if self._into and tab == self._tab:
            self._into = False
            (why if tab == WHY else listed).focus()

    def _show_lines(self, listed: ReadingList, found: Opened) -> None:
        same = self._shown == found.tab
        listed.set_title(dict(TABS)[found.tab])
        listed.show(Rows(found.lines), keep_cursor=same)
        wrong = next((line.id for line in found.lines if line.wrong), None)
        if not same and wrong is not None:
            listed.cursor = wrong

    def action_tab(self, key: str) -> None:
        """Open a tab, and go to what is on it."""
        self._tab, self._into = key, True
        self.refresh_data()

    @on(Link.Chosen, ".page-tab")
    def _open_tab(self, event: Link.Chosen) -> None:
        event.stop()
        self.action_tab(event.link.key)

    @on(DescendantFocus, ".page-tab")
    def _along_the_tabs(self, event: DescendantFocus) -> None:
        """The arrow keys open the tab they come to; told late, when the focus is elsewhere again, it opens nothing."""
        key = getattr(event.widget, "key", self._tab)
        if key != self._tab and not self._into and event.widget is self.focused:
            self._tab = key
            self.refresh_data()

    def focus_start(self) -> None:
        """On the open tab."""
        if self.focused is None and not self.has_class("-gone"):
            self.query_one(f"#tab-{self._tab}").focus()
