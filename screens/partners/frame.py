"""The frame of a partner's own program: its name in its own colours, its users, a body and the keys."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, Label

from app import clock
from screens.shared.frame import BaseScreen
from screens.shared.text import plain


class PartnerScreen(BaseScreen):
    """A screen of a partner system. It knows nothing of who is signed in to ESIS."""

    BRAND = ""
    PATH: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The frame around `body`."""
        with Horizontal(classes="partner-bar"):
            yield Label(self.BRAND, classes="partner-brand")
            yield Label("", id="partner-who")
            yield Label("", id="partner-clock", classes="clock")
        with Horizontal(id="crumbs"):
            yield Label(plain(" > ".join(self.PATH)), id="breadcrumb")
        with VerticalScroll(id="body", can_focus=False):
            yield from self.body()
        yield Footer(show_command_palette=False)

    def body(self) -> ComposeResult:
        """What the screen is about."""
        yield from ()

    def who(self) -> str:
        """Who is signed in here, as text for the bar."""
        return ""

    def on_mount(self) -> None:
        """Show the bar and read the data."""
        self.refresh_data()

    def refresh_data(self) -> None:
        """Show the bar again; screens add their own data."""
        self.query_one("#partner-who", Label).update(plain(self.who()))
        self.query_one("#partner-clock", Label).update(plain(clock.dutch_moment(clock.school_now(self.esis.board))))
