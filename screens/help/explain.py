"""F1: what this screen is for and what its keys do, read from the screen itself."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen

from screens.shared.dialogs import CLOSES, Dialog
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.text import paragraphs, plain
from screens.shell import actions


class Explain(Dialog[None]):
    """The help of one screen over that screen."""

    BINDINGS = [CLOSES]

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._of_esis = isinstance(screen, EsisScreen)
        """Partners' programs have no Mijn Menu."""
        self._help = (
            getattr(screen, "HELP", "") or "Dit venster vraagt een keuze. Tab gaat naar het volgende, Esc sluit."
        )
        self._keys = actions.of_screen(screen)

    def compose(self) -> ComposeResult:
        """The text, then the keys."""
        width = max((len(line.keys) for line in self._keys), default=0)
        with Vertical(classes="dialog dialog-wide"):
            yield Label("Help bij dit scherm", classes="dialog-title")
            with VerticalScroll(id="reading"):
                yield Label(paragraphs(self._help), classes="paragraph")
                yield Label("Toetsen", classes="subtitle")
                for line in self._keys:
                    yield Label(plain(f"{line.keys:<{width}}  {line.title}: {line.text}"), classes="key-line")
                yield Label(
                    plain(f"{'Tab':<{width}}  Volgende: Gaat naar het volgende veld; Shift+Tab naar het vorige."),
                    classes="key-line",
                )
            more = " Meer staat in Mijn Menu > Help." if self._of_esis else ""
            yield Label(f"Esc sluit.{more}", classes="help")

    def on_mount(self) -> None:
        """So that the arrow keys scroll."""
        self.query_one("#reading").focus()
