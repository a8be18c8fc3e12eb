"""F1: what this screen is for and what its keys do, read from the screen itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from screens.shared import signs
from screens.shared.dialogs import CLOSES, Box, Drawer
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.text import paragraphs, plain
from screens.shell import actions
from screens.shell.actions import KeyHelp

TAB = KeyHelp("Tab", "Volgende", "Gaat naar het volgende veld of blok; Shift+Tab naar het vorige.")


class KeyLines(Widget):
    """Keys at the left, and what each does beside it."""

    DEFAULT_CSS = "KeyLines { height: auto; width: 1fr; }"

    def __init__(self, keys: Sequence[KeyHelp]) -> None:
        super().__init__()
        self._keys = [*keys, TAB]

    def _lines(self, width: int) -> Iterator[Content]:
        yield signs.rule("Toetsen", width)
        before = max(len(key.keys) for key in self._keys) + 2
        for key in self._keys:
            told = Content.assemble(plain(key.title).stylize("bold $ink"), plain(f"  {key.text}").stylize("$label"))
            first, *rest = told.wrap(max(10, width - before))
            yield Content.assemble(plain(f"{key.keys:<{before}}").stylize("bold $key"), first)
            yield from (Content.assemble(" " * before, line) for line in rest)

    def render(self) -> Content:
        """All lines."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as it takes at this width."""
        return sum(1 for _ in self._lines(width))


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
                yield Label(paragraphs(self._help), classes="paragraph")
                yield KeyLines(self._keys)

    def on_mount(self) -> None:
        """So that the arrow keys scroll."""
        self.query_one("#reading").focus()
