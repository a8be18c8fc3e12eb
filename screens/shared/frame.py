"""The frame of every ESIS screen: program, tabs, breadcrumb, clock, left block, body and the keys at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.widget import Widget

from app import clock
from app.permissions import Permission
from app.targets import MenuTab, Target
from fixtures import menu
from screens.shared import keys
from screens.shared.base import BaseScreen, focus_first
from screens.shared.key_bar import KeyBar
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.program import EsisProgram
from screens.shared.text import plain

SHORT_TABS = {"Overzichten en Exporten": "Overzichten"}


class KeyName(Label):
    """The key of what stands beside it, as the settings have it; a click presses it."""

    SCOPED_CSS = False
    DEFAULT_CSS = "KeyName { width: auto; height: 1; padding: 0 0 0 1; text-style: bold; }"

    def __init__(self, meaning: keys.Meaning, name: str) -> None:
        super().__init__("", classes="key-name")
        self._key = meaning.each[0]
        self._binding = name

    def on_mount(self) -> None:
        """Follow the settings."""
        self._key = cast("EsisProgram", self.app).settings.keymap.get(self._binding, self._key).split(",")[0]
        self.update(plain(self.app.get_key_display(Binding(self._key, ""))))

    def on_click(self, event: Click) -> None:
        """Press the key."""
        event.stop()
        self.app.simulate_key(self._key)


class MenuBar(ArrowKeys):
    """The links of the top line: F10 goes to the current one; Esc or Down returns to where one was."""

    BINDINGS = [
        keys.BACK("leave", "Naar het scherm", id="menu.leave", tooltip="Gaat terug naar waar u was."),
    ]
    _left: Widget | None = None
    """Where one was."""

    def enter(self) -> None:
        """To the entry in which the screen lies, else the first."""
        focused = self.screen.focused
        if focused is None or self not in focused.ancestors:
            self._left = focused
        links = list(self.query(Link))
        for link in ([one for one in links if one.has_class("-current")] or links)[:1]:
            self.screen.set_focus(link)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a place to return to, Esc leaves the screen."""
        return self._may_return if action == "leave" else super().check_action(action, parameters)

    @property
    def _may_return(self) -> bool:
        return self._left is not None and self._left.is_attached and self._left.focusable

    def action_leave(self) -> None:
        """Back to where one was, else into the screen."""
        if self._may_return:
            self.screen.set_focus(self._left)
        else:
            focus_first(self.screen.query_one("#body"))
        self._left = None

    def action_move(self, direction: str) -> None:
        """Down goes back into the screen."""
        if direction == "down":
            self.action_leave()
        else:
            super().action_move(direction)


class TopBar(MenuBar):
    """F6 and the program's name, F10 and the tabs, and who is signed in."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    TopBar { height: 1; background: $brand; color: $on-brand; layout: horizontal; }
    TopBar .key-name { color: $brand-key; }
    TopBar .program { width: auto; background: $brand-chip; color: $on-brand-chip; text-style: bold; padding: 0 1;
                      margin: 0 2 0 1; }
    TopBar #tabs { width: 1fr; height: 1; padding: 0 0 0 1; }
    TopBar .tab { color: $on-brand; padding: 0 1; }
    TopBar .tab.-current { background: $raised; color: $ink; text-style: bold; border-left: outer $focus;
                           padding: 0 1 0 0; }
    TopBar .tab:focus { background: $focus; color: $on-focus; text-style: bold; }
    TopBar .who { width: auto; padding: 0 1; }
    .-narrow TopBar .who { display: none; }
    .-narrow TopBar .tab { padding: 0 1 0 0; }
    .-narrow TopBar .tab.-current { padding: 0 1 0 0; }
    .-narrow TopBar .program { margin: 0 1 0 1; }
    """

    def __init__(self, current: str) -> None:
        super().__init__(id="top-bar")
        self._current = current

    def compose(self) -> ComposeResult:
        """Lay out the names."""
        yield KeyName(keys.PROGRAM, "app.program")
        yield Label("ESIS", classes="program")
        yield KeyName(keys.MENU, "app.menu")
        with Horizontal(id="tabs"):
            for tab in menu.menu().tabs:
                yield Link(tab.title, key=tab.title, classes="tab -current" if tab.title == self._current else "tab")
        yield Label("", id="who", classes="who")

    def on_resize(self) -> None:
        """Shorten the longest tab on a narrow screen."""
        for link in self.query(Link):
            narrow = self.screen.size.width < 100
            link.set_text(SHORT_TABS.get(link.key, link.key) if narrow else link.key, link.key)


class Breadcrumb(Label):
    """The path with its end in bold; where it does not fit, its beginning gives way."""

    def __init__(self, path: Sequence[str]) -> None:
        super().__init__(_crumbs(path), id="breadcrumb", classes="breadcrumb")
        self._path = self._shown = tuple(path)

    def on_resize(self) -> None:
        """Leave out what does not fit."""
        shown = rest = self._path
        while len(rest) > 1 and _crumbs(shown).cell_length > self.content_size.width:
            rest = rest[1:]
            shown = ("…", *rest)
        if shown != self._shown:
            self._shown = shown
            self.update(_crumbs(shown))


def _crumbs(path: Sequence[str]) -> Content:
    before = "".join(f"{part} > " for part in path[:-1])
    return Content.assemble(plain(before), plain(path[-1] if path else "").stylize("bold $ink"))


class Crumbs(Horizontal):
    """Where the screen lies, for which location, and F9 with the school time."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Crumbs { height: 1; background: $raised; }
    Crumbs .breadcrumb { width: 1fr; padding: 0 1; color: $label; text-wrap: nowrap; text-overflow: ellipsis; }
    Crumbs .place { width: auto; color: $label; padding: 0 1; }
    Crumbs .clock { width: auto; color: $ink; padding: 0 1; }
    Crumbs .key-name { color: $key; }
    """

    def __init__(self, path: Sequence[str]) -> None:
        super().__init__(id="crumbs")
        self._path = path

    def compose(self) -> ComposeResult:
        """The path with its end in bold, the place, the clock."""
        yield Breadcrumb(self._path)
        yield Label("", id="place", classes="place")
        yield KeyName(keys.TIME, "app.time")
        yield Label("", id="clock", classes="clock")

    def tell(self, place: str, moment: str) -> None:
        """Show where, and the school time."""
        self.query_one("#place", Label).update(plain(place))
        self.query_one("#clock", Label).update(plain(moment))


LeftEntry = tuple[str | Target, str, str]
"""Target of an entry of the left block, its name, and its name on a narrow screen."""


class LeftBlock(ArrowKeys):
    """The block of related screens on the left; one line of shorter names on a narrow screen."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    LeftBlock { width: 26; height: auto; border: round $line; border-title-color: $ink; border-title-style: bold;
                background: $bg; layout: vertical; }
    LeftBlock:focus-within { border: heavy $focus; border-title-color: $on-focus; border-title-background: $focus; }
    LeftBlock Link { color: $label; width: 1fr; padding: 0 1; }
    LeftBlock Link.-current { color: $ink; text-style: bold; background: $here; border-left: outer $focus; padding: 0 1 0 0; }
    LeftBlock Link:focus { background: $focus; color: $on-focus; text-style: bold; }
    .-narrow LeftBlock { width: 1fr; height: 1; border: none; layout: horizontal; background: $bg; padding: 0 1; }
    .-narrow LeftBlock Link { width: auto; margin: 0 2 0 0; }
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
        narrow = self.screen.size.width < 100
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
        yield TopBar(self.PATH[0] if self.PATH else "")
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
        if self.esis.actor is None or not self._moment or not self.query(Crumbs):
            return
        actor, narrow = self.actor, self.size.width < 100
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
