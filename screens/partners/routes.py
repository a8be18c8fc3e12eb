"""The routes between the screens of a partner's program: its menu entries, and whatever else opens by a key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from textual.app import App

HOME, SIGN_OUT = "home", "sign-out"
"""Keys without a screen here: the first screen after signing in, opened by the sign-in screen, and signing out."""


class SignedIn(Protocol):
    """A page of a partner's program, with the session of its user."""

    session: Any

    @property
    def app(self) -> App[object]:
        """The program."""


@dataclass(frozen=True)
class Routes:
    """A program's menu, tabs and other palette entries (key and title of each), and its screens (`module:Class` within
    the package, by key).
    """

    package: str
    menu: tuple[tuple[str, str], ...]
    screens: Mapping[str, str]
    tabs: tuple[tuple[str, str], ...] = ()
    more: tuple[tuple[str, str], ...] = ()

    def make(self, key: str, session: Any) -> Any:
        """The screen with this key."""
        return self.kind(key)(session)

    def kind(self, key: str) -> Any:
        """The class of the screen with this key."""
        module, _, name = self.screens[key].partition(":")
        return getattr(import_module(f"screens.partners.{self.package}.{module}"), name)

    def open_entry(self, page: SignedIn, key: str) -> None:
        """Go to an entry: back to the program's start page, then to the screen."""
        app, session = page.app, page.session
        floor = 1 if key == SIGN_OUT else 2
        while len(app.screen_stack) > floor:
            app.pop_screen()
        if key in self.screens:
            app.push_screen(self.make(key, session))
