"""The frame of every ESIS screen: tabs, clock, breadcrumb, left block, body and the keys at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll

from app import clock
from app.permissions import Permission
from app.targets import MenuTab, Target
from fixtures import menu
from screens.shared.base import BaseScreen, focus_first
from screens.shared.key_bar import KeyBar
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.text import plain

SHORT_TABS = {"Overzichten en Exporten": "Overzichten"}


class TopBar(ArrowKeys):
    """The program's name, the tabs, and on a wide screen the clock and the user."""

    def compose(self) -> ComposeResult:
        """Lay out the tabs."""
        with Horizontal(id="tabs"):
            yield Label("ESIS │", id="brand")
            for tab in menu.menu().tabs:
                yield Link(tab.title, key=tab.title, classes="tab")
        yield Label("", id="bar-clock", classes="clock")

    def action_move(self, direction: str) -> None:
        """Down from a tab moves into the screen."""
        if direction == "down":
            focus_first(self.screen.query_one("#body"))
        else:
            super().action_move(direction)

    def on_resize(self) -> None:
        """Shorten the longest tab on a narrow screen."""
        for link in self.query(Link):
            narrow = self.screen.size.width < 100
            link.set_text(SHORT_TABS.get(link.key, link.key) if narrow else link.key, link.key)


LeftEntry = tuple[str | Target, str, str]
"""Target of an entry of the left block, its name, and its name on a narrow screen."""


class LeftBlock(ArrowKeys):
    """The block of related screens on the left; one line of shorter names on a narrow screen."""

    def __init__(self, title: str, entries: Sequence[LeftEntry]) -> None:
        super().__init__(id="left-block")
        self.border_title = title
        self._entries = entries

    def compose(self) -> ComposeResult:
        """One link per entry."""
        for key, text, _short in self._entries:
            yield Link(text, key=str(key))

    def on_resize(self) -> None:
        """Names follow the width."""
        narrow = self.screen.size.width < 100
        for link, (_key, text, short) in zip(self.query(Link), self._entries, strict=True):
            link.set_text(short if narrow else text, text)


class EsisScreen(BaseScreen):
    """A screen of ESIS. Set its menu `ITEM`, fill `body`, and read in `refresh_data`.

    Its breadcrumb `PATH` and `PERMISSION` are those of the item; a screen below the item's own adds `BELOW`.
    """

    ITEM = ""
    BELOW: tuple[str, ...] = ()
    PATH: tuple[str, ...] = ()
    PERMISSION: Permission
    LEFT_TITLE = ""
    LEFT_ENTRIES: tuple[LeftEntry, ...] = ()

    def __init_subclass__(cls, **options: Any) -> None:
        """Derive `PATH` and `PERMISSION` from the menu item."""
        super().__init_subclass__(**options)
        own = cls.__dict__
        if not cls.ITEM or not {"ITEM", "BELOW"} & own.keys():
            return
        item = menu.item_by_id(cls.ITEM)
        cls.PATH = (*item.breadcrumb, *cls.BELOW)
        if item.permission and "ITEM" in own and "PERMISSION" not in own:
            cls.PERMISSION = item.permission

    def compose(self) -> ComposeResult:
        """The frame around `body`."""
        yield TopBar(id="top-bar")
        with Horizontal(id="crumbs"):
            yield Label(plain(" > ".join(self.PATH)), id="breadcrumb")
            yield Label("", id="crumb-clock", classes="clock")
        with Horizontal(id="middle"):
            if self.LEFT_ENTRIES:
                yield LeftBlock(self.LEFT_TITLE, self.LEFT_ENTRIES)
            with VerticalScroll(id="body", can_focus=False):
                yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """The content of the screen."""
        yield from ()

    def focus_start(self) -> None:
        """On the tabs, if the body has nothing to focus."""
        if self.focused is None and not focus_first(self.query_one("#body")):
            self.focus_tabs()

    def on_screen_resume(self) -> None:
        """The clock may have moved meanwhile."""
        if self.is_current and self.query("#bar-clock"):
            self.show_clock()

    def show_clock(self) -> None:
        """School time, location and user, if there is room for them."""
        if self.esis.actor is None:
            return
        actor = self.actor
        moment = clock.dutch_moment(clock.school_now(actor.board))
        place = actor.location.brin6
        self.query_one("#bar-clock", Label).update(plain(f"{place}  {moment}  {actor.label}"))
        short = self.size.width < 100
        who = actor.name if short else actor.label
        self.query_one("#crumb-clock", Label).update(plain(f"{place}  {moment}  {who}"))

    def on_resize(self) -> None:
        """What fits has changed."""
        if self.query("#bar-clock"):
            self.show_clock()

    @on(Link.Chosen, ".tab")
    def _open_tab(self, event: Link.Chosen) -> None:
        event.stop()
        self.esis.go(MenuTab(event.link.key))

    @on(Link.Chosen, "#left-block Link")
    def _open_entry(self, event: Link.Chosen) -> None:
        event.stop()
        self.open_entry(next(key for key, _, _ in self.LEFT_ENTRIES if str(key) == event.link.key))

    def open_entry(self, entry: str | Target) -> None:
        """An entry of the left block was chosen."""
        if isinstance(entry, Target):
            self.esis.go(entry)

    def focus_tabs(self) -> None:
        """Put the focus on the tabs."""
        self.query_one("#tabs .tab", Link).focus()
