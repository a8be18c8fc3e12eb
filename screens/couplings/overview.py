"""Koppelingenoverzicht: Geactiveerde and Beschikbare koppelingen (sources.md#overview), and the two shorter lists."""

from __future__ import annotations

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
from app.targets import Activation, ActivationList, EndingList, Log, Why
from screens.couplings.detail import CouplingScreen
from screens.couplings.page import CouplingsPage, copy_code
from screens.couplings.terms import TermsScreen
from screens.shared import keys
from screens.shared.base import focus_first
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain


def live_columns() -> list[Column]:
    """The columns of Geactiveerde koppelingen."""
    return [
        Column("Naam", lambda row: row.kind.row),
        Column("Startdatum", lambda row: clock.dutch_date(row.start_date), 10),
        Column("Status", lambda row: row.state_title, 17),
        Column("Verificatiecode", lambda row: row.code_masked or "geen code", 15, from_width=110),
        Column(
            "Laatste uitwisseling",
            lambda row: clock.dutch_moment(row.last_exchange.slot) if row.last_exchange else "nog geen",
            20,
            from_width=100,
        ),
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

    def __init__(self, row: CouplingStatus, reason: str) -> None:
        super().__init__(classes=f"available-row heading-{_slug(row.kind.heading)}")
        self._row, self._reason = row, reason

    def compose(self) -> ComposeResult:
        """The three parts of the row."""
        kind = self._row.kind
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
            tooltip="Zegt wat er mis is en waar u het herstelt: bij de koppeling waar u op staat, of bij een die u kiest.",
        ),
        keys.CHANGE(
            "change",
            id="couplings.change",
            show=False,
            tooltip="Opent de koppeling waar u op staat: de code, stoppen, beëindigen.",
        ),
        keys.COPY(
            "copy_code",
            "Code kopiëren",
            id="coupling.copy",
            tooltip="Kopieert de verificatiecode, om hem bij de andere kant te plakken met Ctrl+V.",
        ),
        keys.REMOVE("end", "Koppeling beëindigen", id="coupling.end", tooltip="Beëindigt de koppeling, na een vraag."),
        keys.LOGBOOK(
            "logbook", Log.TITLE, id="coupling.log", show=False, tooltip="Toont wat er met de koppeling gebeurde."
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[str] = []
        self._folded: set[str] = set()

    def body(self) -> ComposeResult:
        """The two sections."""
        yield Label("Geactiveerde koppelingen", classes="section")
        yield RecordList(live_columns(), empty="(nog geen)", id="live")
        yield Label("Beschikbare koppelingen", classes="section")
        yield self._available()
        yield Label(plain(self.actor.reason(Permission.MANAGE_COUPLINGS)), classes="note")

    @property
    def _chosen(self) -> CouplingType | None:
        """The live coupling with the cursor, if the focus is there."""
        listed = self.query_one("#live", RecordList) if self.query("#live") else None
        return listed.row.kind if listed is not None and listed.has_focus and listed.row is not None else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is done with a live coupling only where there is one."""
        if action in ("change", "copy_code", "end", "logbook"):
            return self._chosen is not None
        return super().check_action(action, parameters)

    def action_why(self) -> None:
        """Explain the live coupling with the cursor, else let the user choose one."""
        self.esis.go(Why(self._chosen.type if self._chosen else ""))

    def action_change(self) -> None:
        """Its page."""
        if self._chosen:
            self.app.push_screen(CouplingScreen(self._chosen))

    def action_copy_code(self) -> None:
        """Its code."""
        if self._chosen:
            copy_code(self, self._chosen)

    def action_end(self) -> None:
        """Its page, at the button that ends it."""
        if self._chosen:
            self.app.push_screen(CouplingScreen(self._chosen, ending=True))

    def action_logbook(self) -> None:
        """What happened with it."""
        if self._chosen:
            self.esis.go(Log(self._chosen.type))

    def _available(self) -> Available:
        available = [row for row in all_couplings(self.actor) if row.coupling is None]
        return Available(*self._blocks(available), id="available")

    def focus_start(self) -> None:
        """Focus the first thing to do."""
        if self.focused is None:
            self._focus_first()

    def refresh_data(self) -> None:
        """Read again."""
        rows = all_couplings(self.actor)
        live = [row for row in rows if row.coupling is not None]
        listed = self.query_one("#live", RecordList)
        listed.styles.height = len(live) + 1
        listed.show(Rows(live))
        listed.can_focus = bool(live)
        available = [row for row in rows if row.coupling is None]
        if [row.kind.type for row in available] != self._shown:
            self.call_later(self._rebuild, available)

    async def _rebuild(self, available: list[CouplingStatus]) -> None:
        box = self.query_one("#available", Available)
        await box.remove_children()
        await box.mount(*self._blocks(available))
        self.focus_start()

    def _blocks(self, available: list[CouplingStatus]) -> list[Widget]:
        """What is available, under its headings."""
        self._shown = [row.kind.type for row in available]
        self._folded.clear()
        reason = self.actor.reason(Permission.MANAGE_COUPLINGS)
        blocks: list[Widget] = [] if available else [Label("(geen: alle koppelingen zijn geactiveerd)")]
        for heading, rows in headings(available).items():
            title = HeadingLink(self._heading(heading, len(rows)), key=heading, classes="heading-link")
            blocks.append(Vertical(title, *(AvailableRow(row, reason) for row in rows), classes="available-heading"))
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
        yield RecordList(live_columns(), empty="", id="live")
        yield self._available()
        yield Label(plain(self.actor.reason(Permission.MANAGE_COUPLINGS)), classes="note")

    def refresh_data(self) -> None:
        """Read again, hiding the live couplings."""
        super().refresh_data()
        self.query_one("#live").display = False


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
        yield RecordList(live_columns(), empty="Er is geen geactiveerde koppeling om te beëindigen.", id="live")

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(RecordList).focus()

    def refresh_data(self) -> None:
        """Read again."""
        self.query_one(RecordList).show(Rows([row for row in all_couplings(self.actor) if row.coupling is not None]))

    @on(RecordList.Chosen)
    def _open(self, event: RecordList.Chosen) -> None:
        self.app.push_screen(CouplingScreen(event.row.kind, ending=True))


def _slug(heading: str) -> str:
    return "".join(character if character.isalnum() else "-" for character in heading.lower())
