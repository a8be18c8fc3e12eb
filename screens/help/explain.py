"""F1: what this screen is for and what its keys do, read from the screen itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen

from screens.shared.dialogs import CLOSES, Box, Drawer
from screens.shared.facts import Fact, Facts, Section, steps
from screens.shared.frame import EsisScreen
from screens.shared.program import in_keys
from screens.shared.text import plain
from screens.shell import actions


class Explain(Drawer[None]):
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
        with Box("Help bij dit scherm", classes="drawer") as box:
            box.border_subtitle = "Meer: Mijn Menu > Help" if self._of_esis else None
            with VerticalScroll(id="reading"):
                yield Facts((*steps(in_keys(self, self._help)), plain("")), label_width=3)
                told = (Fact(*line, is_key=True) for line in self._lines())
                yield Facts((Section("Sneltoetsen"), *told), label_width=3)

    def _lines(self) -> Iterator[tuple[str, str]]:
        for line in self._keys:
            yield line.keys, f"{line.title}: {line.text}"
        yield "Tab", "Volgende: Gaat naar het volgende veld; Shift+Tab naar het vorige."

    def on_mount(self) -> None:
        """So that the arrow keys scroll."""
        self.query_one("#reading").focus()
