"""The frame of a partner's own program: its name and menu in its own colours, who is signed in, a body and the keys."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll

from app import clock
from app.partners.partner import Partner
from screens.shared.base import BaseScreen
from screens.shared.key_bar import KeyBar
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.text import plain


class PartnerBar(ArrowKeys):
    """The top line: the program's name, its menu and the school time."""

    def __init__(self, brand: str, menu: tuple[tuple[str, str], ...], here: str) -> None:
        super().__init__(classes="partner-bar")
        self._brand, self._menu, self._here = brand, menu, here

    def compose(self) -> ComposeResult:
        """The name, a link for each entry, the clock."""
        yield Label(plain(self._brand), classes="partner-brand")
        with Horizontal(classes="partner-menu"):
            for key, title in self._menu:
                yield Link(title, key=key, classes="partner-entry -here" if key == self._here else "partner-entry")
        yield Label("", id="partner-clock", classes="clock")


class PartnerScreen(BaseScreen):
    """A screen of a partner system. It does not know who is signed in to ESIS.

    Set `PARTNER`, `MENU` (key and title of each entry) and the entry it belongs to (`HERE`); fill `body`, and read data
    in `refresh_data`.
    """

    DEFAULT_CLASSES = "partner-screen"
    """For the style sheet, with the partner's id: Textual styles a screen by its first base only, which may be a
    list or a form.
    """
    PARTNER: Partner
    MENU: tuple[tuple[str, str], ...] = ()
    HERE = ""
    PATH: tuple[str, ...] = ()
    BINDINGS = [
        Binding("f10,ctrl+o", "menu", "Menu", id="app.menu", tooltip="Gaat naar het menu van dit programma."),
    ]

    def __init_subclass__(cls, **options: Any) -> None:
        """Give each partner its own style."""
        super().__init_subclass__(**options)
        if "PARTNER" in cls.__dict__:
            cls.DEFAULT_CLASSES = f"{PartnerScreen.DEFAULT_CLASSES} {cls.PARTNER.id}"

    def compose(self) -> ComposeResult:
        """The frame around `body`."""
        yield PartnerBar(self.PARTNER.name, self.MENU, self.HERE)
        with Horizontal(id="crumbs"):
            yield Label(plain(" > ".join(self.PATH)), id="breadcrumb")
            yield Label("", id="partner-who")
        with VerticalScroll(id="body", can_focus=False):
            yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """What the screen is about."""
        yield from ()

    def who(self, *, short: bool) -> str:  # noqa: ARG002
        """Who is signed in here, as text for the bar; `short` if space is limited."""
        return ""

    def refresh_data(self) -> None:
        """Show the bar again; screens add their own data."""
        self.query_one("#partner-who", Label).update(plain(self.who(short=self.app.size.width < 100)))
        self.query_one("#partner-clock", Label).update(plain(clock.dutch_moment(clock.school_now(self.esis.board))))

    def on_resize(self) -> None:
        """Refresh the bar: what fits has changed."""
        if self.is_running and self.query("#partner-who"):
            PartnerScreen.refresh_data(self)

    @property
    def changed_below(self) -> bool:
        """Whether leaving this program's screens now would lose input, here or on a screen behind this one."""
        return any(screen.changed for screen in self.app.screen_stack if isinstance(screen, BaseScreen))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the menu only on a screen that has one."""
        return bool(self.MENU) if action == "menu" else super().check_action(action, parameters)

    def action_menu(self) -> None:
        """Focus the menu, if there is one."""
        entries = list(self.query(".partner-entry").results(Link))
        current = [entry for entry in entries if entry.key == self.HERE]
        for entry in (current or entries)[:1]:
            entry.focus()

    @on(Link.Chosen, ".partner-entry")
    def _open_entry(self, event: Link.Chosen) -> None:
        event.stop()
        self.open_menu(event.link.key)

    def open_menu(self, key: str) -> None:
        """Handle the choice of a menu entry."""
