"""The frame of every ESIS screen: program, tabs, breadcrumb, clock, left block, body and the keys at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll

from app import clock
from app.permissions import Permission
from app.targets import MenuTab, Target
from fixtures import menu
from screens.shared.base import BaseScreen, focus_first
from screens.shared.key_bar import KeyBar
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.sizes import is_narrow
from screens.shared.text import plain
from screens.shared.top_bar import Crumbs, TopBar

LeftEntry = tuple[str | Target, str, str]
"""Target of an entry of the left block, its name, and its name on a narrow screen."""


class LeftBlock(ArrowKeys):
    """The block of related screens on the left; one line of shorter names on a narrow screen."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    LeftBlock { width: 26; height: auto; border: round $line; border-title-color: $ink; border-title-style: bold;
                background: $bg; layout: vertical; }
    LeftBlock:focus-within { border: heavy $focus; border-title-color: $on-focus; border-title-background: $focus; }
    LeftBlock Link { color: $label; width: 1fr; padding: 0 1 0 2; }
    LeftBlock Link.-current { color: $ink; text-style: bold; background: $here; border-left: outer $focus; padding: 0 1; }
    LeftBlock Link:focus { background: $focus; color: $on-focus; text-style: bold; }
    .-slim LeftBlock { width: 1fr; height: 1; border: none; layout: horizontal; background: $bg; padding: 0 1; }
    .-slim LeftBlock Link { width: auto; margin: 0 2 0 0; }
    """

    def __init__(self, title: str, entries: Sequence[LeftEntry], current: str = "") -> None:
        super().__init__(id="left-block")
        self._current = current
        self.border_title = title
        self._entries = entries

    def compose(self) -> ComposeResult:
        """One link per entry."""
        for key, text, _short in self._entries:
            yield Link(text, key=str(key), classes="-current" if text == self._current else "")

    def on_resize(self) -> None:
        """Names follow the width."""
        narrow = is_narrow(self)
        for link, (_key, text, short) in zip(self.query(Link), self._entries, strict=True):
            link.set_text(short if narrow else text, text)


class EsisScreen(BaseScreen):
    """A screen of ESIS. Set its menu `ITEM`, fill `body`, and say what it reads (`read`) and shows (`show`).

    Its breadcrumb `PATH` and `PERMISSION` are those of the item; a screen below the item's own adds `BELOW`.
    """

    ITEM = ""
    BELOW: tuple[str, ...] = ()
    PATH: tuple[str, ...] = ()
    PERMISSION: Permission
    PROGRAM = "ESIS"
    """What the top line calls the program."""
    LEFT_TITLE = ""
    LEFT_ENTRIES: tuple[LeftEntry, ...] = ()
    _moment = ""

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
        yield TopBar(self.PATH[0] if self.PATH else "", self.PROGRAM)
        yield Crumbs(self.PATH)
        with Horizontal(id="middle"):
            if self.LEFT_ENTRIES:
                with Vertical(id="left"):
                    yield LeftBlock(self.LEFT_TITLE, self.LEFT_ENTRIES, self._entry())
                    yield from self.below_left()
            with VerticalScroll(id="body", can_focus=False):
                yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """The content of the screen."""
        yield from ()

    def below_left(self) -> ComposeResult:
        """What stands below the left block."""
        yield from ()

    def _entry(self) -> str:
        """The entry of the left block that this screen belongs to."""
        names = [text for _, text, _ in self.LEFT_ENTRIES]
        return next((step for step in reversed(self.PATH) if step in names), names[0])

    def focus_start(self) -> None:
        """On the tabs, if the body has nothing to focus."""
        if self.focused is None and not focus_first(self.query_one("#body")):
            self.focus_tabs()

    def read_frame(self) -> Any:
        """School time."""
        return clock.dutch_moment(clock.school_now(self.actor.board)) if self.esis.actor else ""

    def show_frame(self, found: Any) -> None:
        """School time, location and user, if there is room for them."""
        self._moment = found
        if self.esis.actor is None or not self._moment or not (self.query("#who") and self.query("#clock")):
            return  # the bars are not there yet: this is called again when they have a size
        actor, narrow = self.actor, is_narrow(self)
        where = f"{actor.location.brin6} {actor.location.name}"
        self.query_one("#who", Label).update(plain(actor.label))
        self.query_one(Crumbs).tell(actor.name if narrow else where, self._moment)

    def on_resize(self) -> None:
        """What fits has changed."""
        self.show_frame(self._moment)

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
        """Put the focus on the tab of this screen."""
        self.query_one(TopBar).enter()
