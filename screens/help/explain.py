"""F1: what this screen is for and what its keys do, read from the screen itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen

from screens.shared.dialogs import CLOSES, Box, Choose, Confirm, Drawer, Reading, Typing
from screens.shared.facts import Fact, Facts, Section, steps
from screens.shared.frame import EsisScreen
from screens.shared.program import in_keys
from screens.shared.text import plain
from screens.shell import actions

KINDS: dict[type[Screen[Any]], str] = {
    Confirm: "Dit venster stelt een vraag. De pijltjes gaan naar de andere knop, Enter drukt erop; Esc doet niets en sluit.",
    Typing: "Dit venster vraagt om iets te typen. Enter bevestigt het; Esc doet niets en sluit.",
    Choose: "Dit venster vraagt een keuze. ↑ en ↓ gaan langs de mogelijkheden, Enter kiest; Esc kiest niets en sluit.",
    Reading: "Dit venster is om te lezen: ↑ en ↓ gaan door de tekst, Esc sluit het.",
}
"""What is said of a kind of window, where it says nothing itself; of a choice always."""
OTHER = "Dit venster vraagt iets. Tab gaat naar het volgende, Esc sluit."


class Explain(Drawer[None]):
    """The help of one screen over that screen."""

    BINDINGS = [CLOSES]

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._of_esis = isinstance(screen, EsisScreen)
        """Partners' programs have no Mijn Menu."""
        about: str = getattr(screen, "HELP", "")
        kind = next((told for kind, told in KINDS.items() if isinstance(screen, kind)), OTHER)
        self._help = "\n\n".join(filter(None, (about, kind))) if isinstance(screen, Choose) else about or kind
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
