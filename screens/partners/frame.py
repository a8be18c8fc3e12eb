"""The frame of a partner's own program: its name and menu in its own colours, who is signed in, a body and the keys."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll

from app import clock
from app.partners.partner import Partner
from screens.shared import keys
from screens.shared.base import BaseScreen
from screens.shared.key_bar import KeyBar
from screens.shared.label import Label
from screens.shared.link import Link
from screens.shared.sizes import is_narrow
from screens.shared.text import plain
from screens.shared.top_bar import Crumbs, MenuBar

BETWEEN = 9
"""Cells between the parts of the line below the bar, F9 included."""


class PartnerBar(MenuBar):
    """That of a partner's program, with its own menu."""

    DEFAULT_CSS = """
    PartnerBar .partner-menu { width: 1fr; height: 1; }
    PartnerBar .partner-entry { color: $on-brand; padding: 0 1; }
    PartnerBar .partner-entry.-current { text-style: bold underline; }
    PartnerBar .partner-entry:focus { background: $brand-key; color: $brand; text-style: bold; }
    .-narrow PartnerBar .partner-entry { padding: 0 0 0 1; }
    """

    def __init__(self, brand: str, menu: tuple[tuple[str, str], ...], here: str) -> None:
        super().__init__(classes="partner-bar")
        self._brand, self._menu, self._here = brand, menu, here
        self._user = ""

    def compose(self) -> ComposeResult:
        """The name, a link for each entry, the clock."""
        yield from self.named(self._brand, menu=bool(self._menu))
        with Horizontal(classes="partner-menu"):
            for key, title in self._menu:
                yield Link(title, key=key, classes="partner-entry -current" if key == self._here else "partner-entry")
        yield Label(plain(self._user), classes="who")

    def tell(self, user: str) -> None:
        """Show who is signed in here, as soon as the bar is there."""
        self._user = user
        for label in self.query(".who").results(Label):
            label.update(plain(user))


class PartnerScreen(BaseScreen):
    """A screen of a partner system. It does not know who is signed in to ESIS.

    Set `PARTNER`, `MENU` (key and title of each entry) and the entry it belongs to (`HERE`); fill `body`, and say what
    it reads (`read`) and shows (`show`).
    """

    DEFAULT_CLASSES = "partner-screen"
    """For the style sheet, with the partner's id: Textual styles a screen by its first base only, which may be a
    list or a form.
    """
    PARTNER: Partner
    MENU: tuple[tuple[str, str], ...] = ()
    HERE = ""
    PATH: tuple[str, ...] = ()
    look = ""
    """The classes that give it the partner's look, for the dialogs over it too."""
    _bar: Any = None
    BINDINGS = [
        keys.MENU("menu", "Menu", id="app.menu", tooltip="Gaat naar het menu van dit programma."),
    ]

    def __init_subclass__(cls, **options: Any) -> None:
        """Give each partner its own style."""
        super().__init_subclass__(**options)
        if "PARTNER" in cls.__dict__:
            cls.DEFAULT_CLASSES = cls.look = f"{PartnerScreen.DEFAULT_CLASSES} {cls.PARTNER.id}"

    def compose(self) -> ComposeResult:
        """The frame around `body`."""
        yield PartnerBar(self.PARTNER.name, self.MENU, self.HERE)
        yield Crumbs(self.PATH)
        with VerticalScroll(id="body", can_focus=False):
            yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """What the screen is about."""
        yield from ()

    def who(self) -> str:
        """Who is signed in here."""
        return ""

    def place(self, *, short: bool) -> str:  # noqa: ARG002
        """For which school, as text for the line below the bar; `short` if space is limited."""
        return ""

    def read_frame(self) -> Any:
        """Who is signed in for which school, and the school time."""
        return (
            self.who(),
            self.place(short=True),
            self.place(short=False),
            clock.dutch_moment(clock.school_now(self.esis.board)),
        )

    def show_frame(self, found: Any) -> None:
        """Show the two lines at the top."""
        self._bar = found
        if self._bar and self.query("#clock"):
            user, short, long, moment = self._bar
            self.query_one(PartnerBar).tell(user)
            place = short if is_narrow(self) else long
            fits = sum(map(cell_len, (" > ".join(self.PATH), place, moment))) + BETWEEN <= self.app.size.width
            self.query_one(Crumbs).tell(place if fits else "", moment)

    def on_resize(self) -> None:
        """What fits has changed."""
        self.show_frame(self._bar)

    @property
    def changed_below(self) -> bool:
        """Whether leaving this program's screens now would lose input, here or on a screen behind this one."""
        return any(screen.changed for screen in self.app.screen_stack if isinstance(screen, BaseScreen))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the menu only on a screen that has one."""
        return bool(self.MENU) if action == "menu" else super().check_action(action, parameters)

    def action_menu(self) -> None:
        """Focus the menu."""
        self.query_one(PartnerBar).enter()

    @on(Link.Chosen, ".partner-entry")
    def _open_entry(self, event: Link.Chosen) -> None:
        event.stop()
        self.open_menu(event.link.key)

    def open_menu(self, key: str) -> None:
        """Handle the choice of a menu entry."""
