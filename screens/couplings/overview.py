"""Koppelingenoverzicht: Geactiveerde and Beschikbare koppelingen (sources.md#overview), and the two shorter lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from app import clock
from app.counted import counted
from app.couplings.catalogue import CouplingType, by_type
from app.diagnosis.coupling_status import CouplingStatus, all_couplings, headings
from app.permissions import Permission
from app.targets import Activation, ActivationList, EndingList, Why
from screens.couplings.detail import CouplingScreen
from screens.couplings.page import CouplingsPage
from screens.couplings.terms import TermsScreen
from screens.shared import keys
from screens.shared.base import focus_first
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain


@dataclass(frozen=True)
class Live:
    """A line of Geactiveerde koppelingen."""

    kind: CouplingType
    start: str
    state: str
    code: str
    last: str


LIVE = (
    Column("Naam", lambda row: row.kind.row),
    Column("Startdatum", lambda row: row.start, 10),
    Column("Status", lambda row: row.state, 17),
    Column("Verificatiecode", lambda row: row.code, 15, from_width=110),
    Column("Laatste uitwisseling", lambda row: row.last, 20, from_width=100),
)


def live(rows: Sequence[CouplingStatus]) -> list[Live]:
    """The lines of those that are activated."""
    return [
        Live(
            row.kind,
            clock.dutch_date(row.coupling.start_date),
            row.state_title,
            row.code_masked or "geen code",
            clock.dutch_moment(row.last_exchange.slot) if row.last_exchange else "nog geen",
        )
        for row in rows
        if row.coupling is not None
    ]


class Available(ArrowKeys):
    """Beschikbare koppelingen; rebuilt only when what is available changes."""

    def action_move(self, direction: str) -> None:
        """Going up from the first one leads to the activated couplings."""
        try:
            super().action_move(direction)
        except SkipAction:
            live = self.screen.query_one("#live")
            if direction != "up" or not (live.can_focus and live.display):
                raise
            live.focus()


class HeadingLink(Link):
    """A heading that opens and closes."""


class AvailableRow(Horizontal):
    """A coupling that can be activated: name, terms, Activeren."""

    def __init__(self, kind: CouplingType, reason: str) -> None:
        super().__init__(classes=f"available-row heading-{_slug(kind.heading)}")
        self._kind, self._reason = kind, reason

    def compose(self) -> ComposeResult:
        """The three parts of the row."""
        kind = self._kind
        yield Label(plain(kind.row), classes="available-name")
        yield Link("Gebruikersvoorwaarden", key=kind.type, classes="terms")
        yield Link("Activeren", key=kind.type, reason=self._reason, classes="activate", id=f"activate-{kind.type}")


class CouplingOverview(CouplingsPage):
    """The overview of all couplings of the location."""

    HELP = (
        "Bovenaan staan de geactiveerde koppelingen: Enter opent er een, om de verificatiecode te wijzigen, tijdelijk te "
        "stoppen of te beëindigen. Eronder staan de beschikbare koppelingen: kies Activeren.\n\n"
        "Activeren mag met de rol Directie of Applicatiebeheerder. Een koppeling werkt pas als ook het systeem aan de "
        "andere kant is ingesteld. ! zoekt uit waarom iets niet komt."
    )
    BINDINGS = [
        keys.WHY(
            "why",
            Why.TITLE,
            id="couplings.why",
            tooltip="Kiest een koppeling of overdracht, en zegt wat er mis is en waar u het herstelt.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, list[str]] | None = None
        """Why none can be activated, and the available types, as last shown."""
        self._folded: set[str] = set()

    def body(self) -> ComposeResult:
        """The two sections."""
        yield Label("Geactiveerde koppelingen", classes="section")
        yield RecordList(LIVE, empty="(nog geen)", id="live")
        yield Label("Beschikbare koppelingen", classes="section")
        yield from self._available()

    def action_why(self) -> None:
        """Let the user choose a coupling to explain."""
        self.esis.go(Why())

    def _available(self) -> ComposeResult:
        yield Available(id="available")
        yield Label("", id="activating-reason", classes="note")

    def focus_start(self) -> None:
        """Focus the first thing to do."""
        if self.focused is None:
            self._focus_first()

    def read(self) -> tuple[list[Live], list[CouplingStatus], str]:
        """The activated couplings, the available ones, and why none can be activated."""
        rows = all_couplings(self.actor)
        available = [row for row in rows if row.coupling is None]
        return live(rows), available, self.actor.reason(Permission.MANAGE_COUPLINGS)

    def show(self, found: tuple[list[Live], list[CouplingStatus], str]) -> None:
        """Show them."""
        rows, available, reason = found
        listed = self.query_one("#live", RecordList)
        listed.styles.height = len(rows) + 1
        listed.show(Rows(rows))
        listed.can_focus = bool(rows)
        self.query_one("#activating-reason", Label).update(plain(reason))
        shown = reason, [row.kind.type for row in available]
        if shown != self._shown:
            self._shown = shown
            self.call_later(self._rebuild, available, reason)

    async def _rebuild(self, available: list[CouplingStatus], reason: str) -> None:
        box = self.query_one("#available", Available)
        await box.remove_children()
        await box.mount(*self._blocks(available, reason))
        self.focus_start()

    def _blocks(self, available: list[CouplingStatus], reason: str) -> list[Widget]:
        """What is available, under its headings."""
        self._folded.clear()
        blocks: list[Widget] = [] if available else [Label("(geen: alle koppelingen zijn geactiveerd)")]
        for heading, found in headings(available).items():
            title = HeadingLink(self._heading(heading, len(found)), key=heading, classes="heading-link")
            blocks.append(
                Vertical(title, *(AvailableRow(row.kind, reason) for row in found), classes="available-heading")
            )
        return blocks

    def _focus_first(self) -> None:
        links = [link for link in self.query("#available .activate").results(Link) if not link.reason]
        live = self.query_one("#live", RecordList)
        if links:
            self.set_focus(links[0])
        elif live.can_focus and live.display:
            self.set_focus(live)
        else:
            focus_first(self.query_one("#available"))

    def _heading(self, heading: str, number: int) -> str:
        mark = "►" if heading in self._folded else "▼"
        return f"{mark} {heading} ({counted(number, 'koppeling', 'koppelingen')})"

    @on(Link.Chosen, ".heading-link")
    def _toggle(self, event: Link.Chosen) -> None:
        event.stop()
        heading = event.link.key
        self._folded ^= {heading}
        rows = self.query(f".heading-{_slug(heading)}")
        for row in rows:
            row.display = heading not in self._folded
        event.link.set_text(self._heading(heading, len(rows)))

    @on(Link.Chosen, ".terms")
    def _terms(self, event: Link.Chosen) -> None:
        event.stop()
        self.app.push_screen(TermsScreen(by_type(event.link.key)))

    @on(Link.Chosen, ".activate")
    def _activate(self, event: Link.Chosen) -> None:
        event.stop()
        self.esis.go(Activation(event.link.key))

    @on(RecordList.Chosen, "#live")
    def _open(self, event: RecordList.Chosen) -> None:
        self.app.push_screen(CouplingScreen(event.row.kind))


class ActivateList(CouplingOverview):
    """Koppeling activeren with no coupling chosen: the available ones."""

    BELOW = (ActivationList.TITLE,)
    HELP = "Kies de koppeling die u wilt activeren. U heeft er de rol Directie of Applicatiebeheerder voor nodig."

    def body(self) -> ComposeResult:
        """Only the available ones."""
        yield Label(ActivationList.TITLE, classes="title")
        yield Label("Kies welke koppeling u wilt activeren.", classes="note")
        hidden = RecordList(LIVE, empty="", id="live")
        hidden.display = False
        yield hidden
        yield from self._available()


class EndList(CouplingsPage):
    """Koppeling beëindigen: the live couplings, to choose one to end."""

    BELOW = (EndingList.TITLE,)
    HELP = (
        "Kies de koppeling die u wilt beëindigen. Ontvangen resultaten blijven staan. Wilt u alleen even stoppen, "
        "verwijder dan de verificatiecode op de pagina van de koppeling."
    )

    def body(self) -> ComposeResult:
        """The live couplings."""
        yield Label(EndingList.TITLE, classes="title")
        yield RecordList(LIVE, empty="Er is geen geactiveerde koppeling om te beëindigen.", id="live")

    def focus_start(self) -> None:
        """Start in the list."""
        self.query_one(RecordList).focus()

    def read(self) -> list[Live]:
        """The live couplings."""
        return live(all_couplings(self.actor))

    def show(self, found: list[Live]) -> None:
        """Show them."""
        self.query_one(RecordList).show(Rows(found))

    @on(RecordList.Chosen)
    def _open(self, event: RecordList.Chosen) -> None:
        self.app.push_screen(CouplingScreen(event.row.kind, ending=True))


def _slug(heading: str) -> str:
    return "".join(character if character.isalnum() else "-" for character in heading.lower())
