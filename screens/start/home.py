"""Startpagina: what needs attention, the school's messages, and shortcuts to the most used screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from app import access, clock
from app.counted import counted
from app.couplings import logbook
from app.diagnosis import attention
from app.diagnosis.attention import Notice
from app.diagnosis.coupling_status import Badge, all_couplings
from app.permissions import Permission
from app.school import groups
from app.school.board import messages
from app.school.people import pupils
from app.targets import Log, MenuItem, MenuTab, Why
from app.workers import nights
from app.workers.nights import Moment
from fixtures import menu
from models.coupling import LogEntry
from models.school import Message
from screens.shared import keys, signs
from screens.shared.block import Block
from screens.shared.dialogs import Reading
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link, WordLink
from screens.shared.records import Column, RecordList, Rows
from screens.shared.sizes import LOW, is_slim
from screens.shared.text import plain
from screens.start import blocks
from screens.start.blocks import Coupled, Room
from screens.start.learned import Learned, learned_by
from screens.start.notices import LONGEST_WAY, of_refresher, urgency, way_to

BORDER = 2
"""Lines of a block that are its border."""
NEWEST = 20
"""Lines of the logbook that are read: more than there is room for."""
AROUND = 14
"""Lines that are not for the blocks at the left: the frame, the welcome, Vannacht and Ga naar."""
NOTICES = 6
"""The most notices that show at once."""


@dataclass(frozen=True)
class Home:
    """What the Startpagina shows."""

    refused: Mapping[Permission, str]
    """Why not, by what this user may not do."""
    place: str
    pupils: int
    groups: int
    school_year: str
    notices: Sequence[Notice]
    no_role: str
    """What a user without a role is told; else empty."""
    messages: Sequence[Message]
    couplings: Sequence[Coupled]
    last_night: Sequence[Moment]
    log: Sequence[LogEntry]
    """The newest lines of the logbook, for a tall window."""
    tonight: Sequence[Moment]


class StartRow(Horizontal):
    """The blocks beside one another: a lesson's panel below takes some of their height."""

    def on_resize(self) -> None:
        """See what there is room for now."""
        if isinstance(self.screen, StartPage):
            self.screen.fit()


class StartPage(EsisScreen):
    """The first screen after signing in."""

    ITEM = "startpagina"
    HELP = (
        "De Startpagina toont wat aandacht vraagt, hoe de koppelingen ervoor staan, wat er vannacht kwam en wat er komt. "
        "Enter op een regel of een blok opent het scherm dat erbij hoort; Tab gaat naar het volgende blok.\n\n"
        "Alle onderdelen staan onder de tab Mijn Menu (F10). Zoeken op naam gaat met Ctrl+P."
    )
    SHORTCUTS = ("mijn-groep", "leerlingenadministratie", "koppelingen")
    _messages: Sequence[Message] = ()
    key_hints = (("tab", "Tab", "Volgend blok"),)
    BINDINGS = [
        keys.WHY("why", "Waarom?", id="start.why", tooltip="Zoekt uit waarom iets van een koppeling niet komt."),
        keys.BACK("back", "Terug", id="screen.back", show=False, tooltip="Dit is het begin van het programma."),
        keys.LOGBOOK("log", "Logboek", id="row.log", tooltip="Toont wie wat deed en wat er is uitgewisseld."),
    ]

    def body(self) -> ComposeResult:
        """Welcome, and the blocks; what this user may not see has none."""
        yield Label("", id="hello")
        with StartRow(id="start-row"):
            with Vertical(id="start-main"):
                yield RecordList(
                    [
                        Column("", lambda row: "!" if row.urgent else "·", 1, style=urgency),
                        Column("", lambda row: row.short),
                        Column("", way_to, LONGEST_WAY, right=True, style=lambda _row: "key"),
                    ],
                    empty="",
                    id="notices",
                    title="Vraagt aandacht",
                )
                yield Block("Koppelingen", id="block-couplings")
                yield Block("Afgelopen nacht", id="block-last-night")
                yield Block("Logboek", id="block-log")
            with Vertical(id="start-side"):
                yield Block("Vannacht", id="block-tonight-small")
                with Vertical(id="start-two"):
                    yield Block("Berichten", id="block-messages")
                    if self.esis.has_lessons:
                        yield Block("Oefeningen", id="block-lessons")
        yield Block("Vannacht", id="block-tonight")
        with ArrowKeys(id="go-to") as links:
            links.border_title = "Ga naar"
            yield WordLink("Mijn Menu", key="mijn-menu", classes="tab-way")
            for key in self.SHORTCUTS:
                yield WordLink(menu.item_by_id(key).title, key=key, classes="way")
            yield WordLink("Vestiging kiezen", key="location", classes="act")
            yield WordLink("Afmelden / andere gebruiker", key="sign-out", classes="act")

    def read(self) -> Home:
        """Everything but the lessons, which are slower."""
        actor = self.actor
        location, now = actor.location, clock.school_now(actor.board)
        sees = actor.may(Permission.VIEW_COUPLINGS)
        rows = all_couplings(actor) if sees else []
        may_count = actor.may(Permission.VIEW_ALL_PUPILS)
        return Home(
            actor.reasons(Permission),
            location.school.name,
            pupils.count(actor) if may_count else 0,
            len(groups.listed(actor)) if may_count else 0,
            groups.this_year(actor),
            attention.notices(actor, rows if sees else None),
            "" if actor.roles else access.no_role(actor.board),
            messages.visible(actor),
            [Coupled(row, row.badge, nights.last_nights(location, row.job, now)) for row in rows],
            nights.last_night(location, now) if sees else (),
            logbook.entries(actor, limit=NEWEST) if sees else (),
            nights.tonight(location, now) if sees else (),
        )

    def show(self, found: Home) -> None:
        """Show them, and hide what this user may not see (any more)."""
        self._greet(found)
        self.set_class(not found.tonight, "-blind")
        self.refresh_bindings()
        listed = self.query_one("#notices", RecordList)
        listed.empty = "Niets vraagt nu uw aandacht." if self.actor.roles else found.no_role
        listed.show(Rows(found.notices))
        for link in self.query("#go-to .way").results(Link):
            permission = menu.item_by_id(link.key).permission
            link.block(found.refused.get(permission, "") if permission else "")
        self._messages = found.messages
        self._tell("#block-messages", partial(blocks.written, found.messages))
        if found.tonight:
            active = sum(1 for row in found.couplings if row.badge is Badge.ACTIVE)
            told = f"{active} van {len(found.couplings)} actief"
            self._tell("#block-couplings", partial(self._couplings, found), told)
            self._tell("#block-last-night", partial(self._last_night, found.last_night), "L logboek")
            self._tell("#block-log", partial(blocks.log, found.log))
            tonight, moves = partial(blocks.tonight, found.tonight), self.esis.in_keys("F9 zet de schooltijd vooruit")
            self._tell("#block-tonight-small", tonight, moves.split()[0])
            self._tell("#block-tonight", tonight, moves)
        self.fit()
        if self.query("#block-lessons"):
            self.look_up(
                partial(learned_by, self.actor.board, self.actor.name), partial(self._show_lessons, found.notices)
            )

    def fit(self) -> None:
        """Say as much of the couplings as there is room for, and of the last night nothing rather than an empty frame."""
        for block in self.query("#block-couplings"):  # none yet, if the size is told while the page is being built
            block.refresh(layout=True)
        self.call_after_refresh(self._fit_night)

    def _fit_night(self) -> None:
        row, above = self.query_one("#start-row"), self.query("#notices, #block-couplings")
        left = row.size.height - sum(block.outer_size.height for block in above)
        self.set_class(self._room() is not Room.LITTLE and left <= BORDER, "-no-night")

    def _show_lessons(self, notices: Sequence[Notice], learned: Learned) -> None:
        self._tell("#block-lessons", partial(blocks.lessons, learned.lessons, learned.begun))
        if learned.refresher is not None:
            self.query_one("#notices", RecordList).show(Rows([*notices, of_refresher(learned.refresher)]))

    def _greet(self, found: Home) -> None:
        welcome = plain(f"Welkom, {self.actor.name}.  ").stylize("bold $ink")
        how_many = counted(found.pupils, "leerling", "leerlingen"), counted(found.groups, "groep", "groepen")
        counts = f"{'   '.join(how_many)}   " if found.pupils else ""
        year = plain(f"{counts}schooljaar {found.school_year}").stylize("$label")
        left = Content.assemble(welcome, plain(found.place).stylize("$label"))
        self.query_one("#hello", Label).update(signs.beside(left, year, self.app.size.width - 3))

    def _tell(self, block: str, draw: Callable[[int, Room], Iterable[Content]], subtitle: str = "") -> None:
        self.query_one(block, Block).tell(lambda width: list(draw(width, self._room())), subtitle)

    def _room(self) -> Room:
        """How much room there is now: the window may have another size than when this was read."""
        return Room.LITTLE if self.app.size.height < LOW or is_slim(self) else Room.ENOUGH

    def _couplings(self, found: Home, width: int, room: Room) -> list[Content]:
        """As much of the couplings as leaves a line for each run of the last night."""
        others = min(max(1, len(found.notices)), NOTICES), max(1, len(found.last_night))
        height = self.query_one("#start-row").size.height or self.app.size.height - AROUND
        free = height - sum(others) - 3 * BORDER
        for more in () if room is Room.LITTLE else (Room.MUCH, Room.ENOUGH):
            if len(made := list(blocks.couplings(found.couplings, width, more))) <= free:
                return made
        return list(blocks.couplings(found.couplings, width, Room.LITTLE))

    def _last_night(self, moments: Sequence[Moment], width: int, room: Room) -> list[Content]:
        if not moments:
            return [plain(self.esis.in_keys(blocks.NO_NIGHT)).stylize("$hint")]
        if room is Room.LITTLE:
            return blocks.last_night(moments, width, len(moments))
        tall = self.has_class("-tall")
        return blocks.last_night(
            moments, width, None if tall else self.query_one("#block-last-night").content_size.height
        )

    def focus_start(self) -> None:
        """What asks for attention, or the first block."""
        if self.focused is None:
            way = "#go-to Link" if self.query_one("#go-to").display else "#block-couplings"
            self.query_one("#notices" if self.query_one("#notices", RecordList).row_count else way).focus()

    @on(RecordList.Chosen, "#notices")
    def _solve(self, event: RecordList.Chosen) -> None:
        event.stop()
        self.esis.go(event.row.target)

    @on(Block.Opened)
    def _open_block(self, event: Block.Opened) -> None:
        event.stop()
        if event.block.id == "block-messages":
            told = "\n\n".join(f"{message.title}\n{message.text}" for message in self._messages)
            self.app.push_screen(Reading("Berichten", told or "Er zijn geen berichten."))
        else:
            self.esis.go(blocks.LEADS[str(event.block.id)])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Who may not see couplings is not offered what explains them."""
        if action == "why":
            return not self.has_class("-blind")
        return super().check_action(action, parameters)

    def action_why(self) -> None:
        """What is wrong, of a coupling to choose."""
        self.esis.go(Why(""))

    def action_log(self) -> None:
        """What was exchanged."""
        self.esis.go(Log())

    @on(Link.Chosen, ".way")
    def _go(self, event: Link.Chosen) -> None:
        event.stop()
        self.esis.go(MenuItem(event.link.key))

    @on(Link.Chosen, ".tab-way")
    def _menu(self, event: Link.Chosen) -> None:
        event.stop()
        self.esis.go(MenuTab(menu.EVERYTHING))

    @on(Link.Chosen, ".act")
    def _act(self, event: Link.Chosen) -> None:
        event.stop()
        if event.link.key == "location":
            self.esis.choose_location()
        else:
            self.esis.sign_out()
