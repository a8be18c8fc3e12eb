"""Koppelingenoverzicht: Geactiveerde and Beschikbare koppelingen (sources.md#overview)."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus
from textual.widget import Widget

from app.counted import counted
from app.couplings.catalogue import CouplingType, by_type
from app.diagnosis.coupling_status import Badge, CouplingStatus, all_couplings, headings
from app.permissions import Permission
from app.targets import Activation, Log, Why
from screens.couplings.available import Available, AvailableRow, HeadingLink, Legend, slug
from screens.couplings.detail import CouplingScreen
from screens.couplings.detail_block import Row, exchanges, facts, row_of
from screens.couplings.page import CopiesCode
from screens.couplings.terms import TermsScreen
from screens.shared import keys, signs
from screens.shared.base import focus_first
from screens.shared.block import Block
from screens.shared.label import Label
from screens.shared.link import Link
from screens.shared.panel import Panel
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import plain

NONE = "Nog geen koppeling geactiveerd."
HOW = "Kies hieronder bij een koppeling Activeren en druk op Enter."
LIVE = (
    Column("Naam", lambda row: row.kind.row),
    Column("Startdatum", lambda row: row.start, 10, from_width=100),
    Column(
        "Status",
        lambda row: f"{signs.BADGES[row.badge][0]} {row.badge}",
        26,
        style=lambda row: f"{signs.BADGES[row.badge][1]}-bg",
    ),
    Column("Laatste uitwisseling", lambda row: row.last_told, 20, from_width=100),
)


class CouplingOverview(CopiesCode):
    """The overview of all couplings of the location."""

    HELP = (
        "Bovenaan staan de geactiveerde koppelingen: Enter opent er een, om de verificatiecode te wijzigen, tijdelijk te "
        "stoppen of te beëindigen. Eronder staan de beschikbare koppelingen: kies Activeren.\n\n"
        "Activeren mag met de rol Directie of Applicatiebeheerder. Een koppeling werkt pas als ook het systeem aan de "
        "andere kant is ingesteld. Met ! zoekt u uit waarom iets niet komt."
    )
    BINDINGS = [
        keys.CHANGE("change", id="row.change", tooltip="Opent de koppeling: de code wijzigen, of tijdelijk stoppen."),
        keys.WHY(
            "why",
            "Waarom?",
            id="couplings.why",
            tooltip="Zegt van de koppeling waar u op staat wat er mis is en waar u het herstelt.",
        ),
        keys.COPY(
            "copy_code", id="coupling.copy", tooltip="Kopieert de verificatiecode van de koppeling waar u op staat."
        ),
        keys.REMOVE("end", "Beëindigen", id="row.end", tooltip="Beëindigt de koppeling, na een vraag."),
        keys.LOGBOOK("log", id="row.log", tooltip="Toont wie wat deed en wat er is uitgewisseld."),
    ]
    SCOPED_CSS = False
    CSS = """
    CouplingOverview #legend { padding: 0; }
    CouplingOverview #live { height: auto; max-height: 9; }
    CouplingOverview Available { height: auto; }
    CouplingOverview .available-heading { height: auto; }
    CouplingOverview .available-row { height: 1; padding: 0 0 0 4; }
    CouplingOverview .available-row:focus-within { background: $here; border-left: outer $focus; padding: 0 0 0 3; }
    CouplingOverview .available-name { width: 25; text-style: bold; color: $ink; }
    CouplingOverview .heading-link { width: 1fr; color: $label; text-style: bold; padding: 0 0 0 2; }
    CouplingOverview .terms { width: 25; margin: 0 2 0 0; }
    CouplingOverview Available Link:focus { background: $focus; color: $on-focus; }
    CouplingOverview .activate.-blocked { color: $hint; }
    CouplingOverview #coupling-detail, CouplingOverview #coupling-detail Block { height: 1fr; }
    CouplingOverview #activating-reason { color: $hint; width: 1fr; }
    CouplingOverview #coupling-detail { min-height: 7; }
    CouplingOverview.-narrow #coupling-exchanges, CouplingOverview #coupling-exchanges.-none { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, list[str]] | None = None
        """Why none can be activated, and the available types, as last shown."""
        self._folded: set[str] = set()
        self._under: dict[str, str] = {}
        """The first type below each heading."""
        self._rows: dict[str, Row] = {}
        """Every coupling, by type."""

    def below_left(self) -> ComposeResult:
        """The legend below the left block."""
        yield Legend()

    def body(self) -> ComposeResult:
        """The two lists, and the detail of the coupling one stands on."""
        yield RecordList(LIVE, empty=NONE, id="live", title="Geactiveerde koppelingen")
        yield from self.available()
        yield from self.beside_lists()

    def beside_lists(self) -> ComposeResult:
        """What is known of the coupling one stands on."""
        with Horizontal(id="coupling-detail"):
            yield Block("Koppeling", id="coupling-facts", opens=False)
            yield Block("Uitwisselingen", id="coupling-exchanges", opens=False)

    def available(self, told: str = "") -> ComposeResult:
        """What can be activated, under headings; `told` in the border."""
        with Panel("Beschikbare koppelingen", told=told, id="available-panel", classes="-list"):
            yield Available(id="available")
            yield Label("", id="activating-reason")

    def focus_start(self) -> None:
        """Where the next act is: a coupling that needs something, else one to activate, else the first."""
        if self.focused is None:
            self._focus_first()

    def read(self) -> tuple[list[Row], list[CouplingStatus], str]:
        """Every coupling, the available ones, and why none can be activated."""
        rows = all_couplings(self.actor)
        available = [row for row in rows if row.coupling is None]
        return [row_of(self.actor, row) for row in rows], available, self.actor.reason(Permission.MANAGE_COUPLINGS)

    def show(self, found: tuple[list[Row], list[CouplingStatus], str]) -> None:
        """Show them."""
        rows, available, reason = found
        self._rows = {row.kind.type: row for row in rows}
        live, listed = [row for row in rows if row.live], self.query_one("#live", RecordList)
        listed.empty = NONE if reason or not available else f"{NONE} {HOW}"
        listed.show(Rows(live))
        listed.can_focus = bool(live)
        self.query_one("#activating-reason", Label).update(plain(reason))
        self.query_one("#activating-reason").display = bool(reason)
        shown = reason, [row.kind.type for row in available]
        if shown != self._shown:
            self._shown = shown
            self.call_later(self._rebuild, available, reason)
        self._tell_detail()

    @property
    def here(self) -> Row | None:
        """The coupling one stands on, in either list (the first below a heading); else the first."""
        focused = self.focused
        if isinstance(focused, Link) and (type := self._under.get(focused.key, focused.key)) in self._rows:
            return self._rows[type]
        row: Row | None = self.query_one("#live", RecordList).row
        return row or next(iter(self._rows.values()), None)

    def _tell_detail(self) -> None:
        row = self.here
        if row is None or not self.query("#coupling-facts"):
            return
        block = self.query_one("#coupling-facts", Block)
        block.border_title = plain(row.kind.row)
        block.tell(lambda width: facts(row, width, block.content_size.height, self.esis.in_keys))
        runs = self.query_one("#coupling-exchanges", Block)
        runs.set_class(not row.live, "-none")
        runs.tell(lambda width: exchanges(row, width, runs.content_size.height))

    @on(DescendantFocus)
    @on(RecordList.Highlighted, "#live")
    def _moved(self) -> None:
        self._tell_detail()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done only with a coupling that is activated."""
        if action in ("change", "end", "copy_code"):
            return self.is_mounted and (row := self.here) is not None and row.live
        return super().check_action(action, parameters)

    def action_why(self) -> None:
        """Compare both sides of the coupling one stands on."""
        row = self.here
        self.esis.go(Why(row.kind.type if row and row.live else ""))

    def action_change(self) -> None:
        """Open its page."""
        if (row := self.here) is not None:
            self.app.push_screen(CouplingScreen(row.kind))

    def action_end(self) -> None:
        """Open its page and ask."""
        if (row := self.here) is not None:
            self.app.push_screen(CouplingScreen(row.kind, ending=True))

    def action_log(self) -> None:
        """What was done and exchanged, of the coupling one stands on."""
        row = self.here
        self.esis.go(Log(row.kind.type if row and row.live else ""))

    def copied(self) -> CouplingType | None:
        """The coupling whose code is copied."""
        return row.kind if (row := self.here) is not None else None

    async def _rebuild(self, available: list[CouplingStatus], reason: str) -> None:
        box = self.query_one("#available", Available)
        await box.remove_children()
        await box.mount(*self._blocks(available, reason))
        self.focus_start()

    def _blocks(self, available: list[CouplingStatus], reason: str) -> list[Widget]:
        """What is available, under its headings."""
        self._folded.clear()
        self._under = {heading: found[0].kind.type for heading, found in headings(available).items()}
        blocks: list[Widget] = [] if available else [Label("(geen: alle koppelingen zijn geactiveerd)")]
        for heading, found in headings(available).items():
            title = HeadingLink(self._heading(heading, len(found)), key=heading, classes="heading-link")
            blocks.append(
                Vertical(title, *(AvailableRow(row.kind, reason) for row in found), classes="available-heading")
            )
        return blocks

    def _focus_first(self) -> None:
        listed = self.query_one("#live", RecordList)
        live = [row for row in self._rows.values() if row.live]
        waiting = next((place for place, row in enumerate(live) if row.badge is not Badge.ACTIVE), None)
        links = [link for link in self.query("#available .activate").results(Link) if not link.reason]
        if live and listed.display and (waiting is not None or not links):
            listed.cursor = waiting or 0
            self.set_focus(listed)
        elif links:
            self.set_focus(links[0])
        else:
            focus_first(self.query_one("#available"))

    def _heading(self, heading: str, number: int) -> str:
        mark = "›" if heading in self._folded else "▼"
        return f"{mark} {heading} ({counted(number, 'koppeling', 'koppelingen')})"

    @on(Link.Chosen, ".heading-link")
    def _toggle(self, event: Link.Chosen) -> None:
        event.stop()
        heading = event.link.key
        self._folded ^= {heading}
        rows = self.query(f".heading-{slug(heading)}")
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
