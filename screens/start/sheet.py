"""Mijn Menu and the other tabs: headings and items in columns, as the seed's picture shows them."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import DescendantFocus, Key

from app.exchange.names import folded
from app.permissions import Permission
from app.targets import MenuItem
from fixtures.menu import Heading, Tab, item_by_id, items
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.text import plain

NOT_BUILT = "Zit nog niet in deze oefenomgeving; Enter vertelt wat het in ESIS is."


class Sheet(ArrowKeys):
    """The columns; arrow keys move through them by position, a letter to the next item that begins with it."""

    def on_key(self, event: Key) -> None:
        """To the next item with this letter, from the top again after the last."""
        letter = folded(event.character or "")
        links = list(self.query(Link))
        here = links.index(self.screen.focused) + 1 if self.screen.focused in links else 0  # type: ignore[arg-type]
        found = [
            link for link in (*links[here:], *links[:here]) if letter.isalpha() and folded(link.text).startswith(letter)
        ]
        if found:
            event.stop()
            found[0].focus()


class HeadingBlock(Vertical):
    """A heading with its items."""

    def __init__(self, heading: Heading, reasons: dict[str, str]) -> None:
        super().__init__(classes="heading")
        self._heading, self._reasons = heading, reasons

    def compose(self) -> ComposeResult:
        """The title, then a link per item; the tree on the left has its own markers."""
        tree = self._heading.column == 0
        yield Label(plain(f"▼ {self._heading.title}" if tree else self._heading.title), classes="heading-title")
        for item in self._heading.items:
            if not (tree and item.id == "startpagina"):
                yield Link(item.title, key=item.id, reason=self._reasons.get(item.id, ""), classes="item")


class MenuSheet(EsisScreen):
    """One tab of the menu as a sheet."""

    # Four columns beside the tree take 120 cells, with space between them 140; a narrower screen gets two.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-medium"), (140, "-wide")]
    HELP = (
        "Dit is het menu van ESIS. Ga met de pijltjestoetsen naar een onderdeel, of typ de letter waarmee het begint, "
        "en druk op Enter om het te openen; Esc gaat terug.\n\n"
        "Een gedimd onderdeel mag u met uw rol niet gebruiken of zit niet in deze oefenomgeving; onderaan staat waarom. "
        "Zoeken op naam gaat sneller met Ctrl+P."
    )

    SIBLINGS = "sheets"

    def __init__(self, tab: Tab) -> None:
        super().__init__()
        self.tab = tab
        self.PATH = (tab.title,)

    def body(self) -> ComposeResult:
        """Columns of headings."""
        columns, reasons = self._columns(), self._reasons()
        # The sheet is inside the scroll container: otherwise its arrow keys would scroll instead of move.
        with VerticalScroll(id="sheet-scroll", can_focus=False), Sheet(id="sheet"), Horizontal(id="sheet-columns"):
            for number, headings in enumerate(columns):
                with Vertical(classes=f"column column-{number}"):
                    for heading in headings:
                        yield HeadingBlock(heading, reasons)
        yield Label("", id="sheet-status")

    def _columns(self) -> list[list[Heading]]:
        shown = self.tab.headings
        if self.tab.title == "Mijn Menu":
            return [[heading for heading in shown if heading.column == number] for number in range(5)]
        left = [heading for heading in shown if heading.everywhere]
        own = [heading for heading in shown if not heading.everywhere]
        by_column: dict[int, list[Heading]] = {}
        for heading in own:
            by_column.setdefault(heading.column, []).append(heading)
        return [left, *by_column.values()]

    def _reasons(self) -> dict[str, str]:
        """Why items are disabled, by item."""
        refused = self.actor.reasons(Permission)
        blocked = {item.id: refused[item.permission] for item in items() if item.permission in refused}
        return blocked | {item.id: NOT_BUILT for item in items() if not item.built}

    def on_mount(self) -> None:
        """Start at the first item of the tab itself."""
        self.set_class(self.tab.title == "Mijn Menu", "-everything")
        links = list(self.query_one("#sheet").query(Link))
        own = [link for link in links if item_by_id(link.key).tab == self.tab.title] or links
        own[0].focus()

    @on(Link.Chosen, ".item")
    def _open(self, event: Link.Chosen) -> None:
        event.stop()
        self.esis.go(MenuItem(event.link.key))

    @on(DescendantFocus)
    def _tell(self, event: DescendantFocus) -> None:
        if isinstance(event.widget, Link) and event.widget.has_class("item"):
            item = item_by_id(event.widget.key)
            self.query_one("#sheet-status", Label).update(plain(event.widget.reason or item.what), layout=False)
