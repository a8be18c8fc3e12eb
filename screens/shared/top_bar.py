"""The two lines at the top of a screen: program and tabs, where one is and the school time, each with its key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.widget import Widget

from fixtures import menu
from screens.shared import keys
from screens.shared.base import focus_first
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.program import EsisProgram
from screens.shared.sizes import is_narrow
from screens.shared.text import plain

SHORT_TABS = {"Overzichten en Exporten": "Overzichten"}
SHORTER_TABS = SHORT_TABS | {"Startpagina": "Start"}
"""In a browser, where the keys before the program and the tabs are longer."""


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
    """The top line: F6 and the name of the program, F10 and its links, and who is signed in. F10 goes to the current link;
    Esc or Down returns to where one was.

    The focus is filled with the colour of its keys: that of the rest of the screen can hardly be seen on it.
    """

    SCOPED_CSS = False
    DEFAULT_CSS = """
    MenuBar { height: 1; background: $brand; color: $on-brand; layout: horizontal; }
    MenuBar .key-name { color: $brand-key; }
    MenuBar .program { width: auto; background: $brand-chip; color: $on-brand-chip; text-style: bold; padding: 0 1;
                       margin: 0 2 0 1; }
    MenuBar .who { width: auto; padding: 0 1; }
    .-narrow MenuBar .program { margin: 0 1 0 1; }
    """
    BINDINGS = [
        keys.BACK("leave", id="menu.leave", tooltip="Gaat terug naar waar u was."),
    ]
    _left: Widget | None = None
    """Where one was."""

    def named(self, program: str, *, menu: bool = True) -> ComposeResult:
        """F6 and the name of the program; F10 before the links, if there is a `menu`."""
        yield KeyName(keys.PROGRAM, "app.program")
        yield Label(plain(program), classes="program")
        if menu:
            yield KeyName(keys.MENU, "app.menu")

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
    """That of ESIS, with the tabs of the menu."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    TopBar #tabs { width: auto; height: 1; padding: 0 0 0 1; }
    TopBar .tab { color: $on-brand; padding: 0 1; }
    TopBar .tab.-current { background: $raised; color: $ink; text-style: bold; border-left: outer $focus;
                           padding: 0 1 0 0; }
    TopBar .tab:focus { background: $brand-key; color: $brand; text-style: bold; }
    TopBar .who { width: 1fr; text-align: right; text-wrap: nowrap; text-overflow: ellipsis; }
    .-narrow TopBar .who { display: none; }
    .-narrow TopBar #tabs { padding: 0; }
    .-narrow TopBar .tab { padding: 0 0 0 1; }
    .-narrow TopBar .tab.-current { padding: 0; margin: 0 0 0 1; }
    """

    def __init__(self, current: str, program: str = "ESIS") -> None:
        """`current`: the tab, or what of ESIS has none of its own and is found in Mijn Menu."""
        super().__init__(id="top-bar")
        tabs = {tab.title for tab in menu.menu().tabs}
        self._current = current if current in tabs or program != "ESIS" else menu.EVERYTHING
        self._program = program

    def compose(self) -> ComposeResult:
        """Lay out the names."""
        yield from self.named(self._program)
        with Horizontal(id="tabs"):
            for tab in menu.menu().tabs:
                yield Link(tab.title, key=tab.title, classes="tab -current" if tab.title == self._current else "tab")
        yield Label("", id="who", classes="who")

    def on_resize(self) -> None:
        """Shorten the longest tab on a narrow screen."""
        for link in self.query(Link):
            narrow, short = is_narrow(self), SHORTER_TABS if cast("EsisProgram", self.app).in_browser else SHORT_TABS
            link.set_text(short.get(link.key, link.key) if narrow else link.key, link.key)


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
