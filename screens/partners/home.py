"""The start page of a partner's program: what the school has there, the state of the coupling, and links onward."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult

from screens.partners.page import PartnerPage, Ways, show_line
from screens.shared import keys
from screens.shared.label import Label
from screens.shared.link import Link
from screens.shared.text import paragraphs, plain


@dataclass(frozen=True)
class Welcome:
    """What the start page shows."""

    school: str
    told: str
    step: str
    """What to do now; empty if nothing."""


class PartnerHome(PartnerPage):
    """The first screen after signing in. Set `WAYS` (route key and title of each), and implement `standing`."""

    HERE = "home"
    PATH = ("Start",)
    WAYS: tuple[tuple[str, str], ...] = ()
    BINDINGS = [
        keys.BACK(
            "back",
            "Terug",
            id="screen.back",
            show=False,
            tooltip="Dit is het begin van het programma; afmelden kan in het menu (F10).",
        ),
    ]

    def body(self) -> ComposeResult:
        """Welcome, facts, next step and links."""
        yield Label("", id="home-welcome", classes="title")
        yield Label("", id="home-facts", classes="paragraph")
        yield Label("", id="home-next", classes="paragraph attention")
        with Ways(id="home-ways"):
            for key, title in self.WAYS:
                yield Link(title, key=key)

    def read(self) -> Welcome:
        """The school's name and how it stands."""
        return Welcome(self.called()[0], *self.standing())

    def show(self, found: Welcome) -> None:
        """Show it."""
        self.query_one("#home-welcome", Label).update(plain(f"Welkom bij {self.PARTNER.name}, {found.school}"))
        self.query_one("#home-facts", Label).update(paragraphs(found.told))
        show_line(self.query_one("#home-next", Label), found.step)

    @abstractmethod
    def standing(self) -> tuple[str, str]:
        """The facts, one per line, and what to do now as a sentence (empty if nothing)."""

    @on(Link.Chosen, "#home-ways Link")
    def _go(self, event: Link.Chosen) -> None:
        event.stop()
        self.ROUTES.open_entry(self, event.link.key)

    def action_back(self) -> None:
        """Do nothing: there is nothing behind the start page."""
