"""Mijn Menu and the other tabs: headings and items in columns, as the seed's picture shows them."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus, Key
from textual.geometry import Size

from app.exchange.names import folded
from app.permissions import Permission
from app.targets import MenuItem
from fixtures.menu import EVERYTHING, Heading, Item, Tab, item_by_id, items
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.text import plain

NARROW, WIDE, SPREAD = 118, 140, 158
"""Columns below which there is no room for the sheet, from which the tree stands at its left, and from which its columns
are spread.
"""
NOT_BUILT = "Zit nog niet in deze oefenomgeving; Enter vertelt wat het in ESIS is."
OPEN, EXPLAINED, REFUSED = " ", "?", "×"
"""The mark before an item: to open, explanation only, not with this role."""
LEGEND = ((OPEN, "te openen", ""), (EXPLAINED, "alleen uitleg", "$key"), (REFUSED, "niet met uw rol", "$bad"))


class ItemLink(Link):
    """An item of the menu, with a mark that says what Enter does."""

    DEFAULT_CSS = """
    ItemLink { color: $ink; width: 1fr; }
    ItemLink.-blocked { color: $hint; text-style: none; }
    ItemLink:focus, ItemLink.-blocked:focus { background: $focus; color: $on-focus; text-style: bold; }
    """

    def __init__(self, item: Item, reason: str) -> None:
        super().__init__(item.title, key=item.id, reason=reason, classes="item")
        self.mark = OPEN if not reason else EXPLAINED if not item.built else REFUSED

    def render(self) -> Content:
        """The mark, or the cursor, and the title."""
        if self.has_focus:
            return plain(f"▶ {self.text}")
        colour = "$bad" if self.mark == REFUSED else "$key"
        return Content.assemble(plain(f"{self.mark} ").stylize(colour), plain(self.text))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """With the mark."""
        return super().get_content_width(container, viewport) + 2


class HeadLink(Link):
    """A heading on a narrow screen, where its items stand beside the headings."""

    DEFAULT_CSS = """
    HeadLink { width: 1fr; color: $ink; }
    HeadLink.-here { background: $here; text-style: bold; }
    """

    def __init__(self, heading: Heading) -> None:
        super().__init__(heading.title, key=heading.id, id=f"head-{heading.id}", classes="head")
        self._number = len(heading.items)

    def render(self) -> Content:
        """The cursor, the title, and the number of items at the right."""
        mark = "▶ " if self.has_focus else "▌ " if self.has_class("-here") else "  "
        number = str(self._number)
        title = Content.assemble((mark, "" if self.has_focus else "$focus"), plain(self.text))
        space = self.content_size.width - title.cell_length - len(number)
        return Content.assemble(title, " " * max(1, space), number)


class Rule(Label):
    """A heading with a line to the end of its column."""

    DEFAULT_CSS = """
    Rule { height: 1; width: 1fr; color: $ink; text-style: bold; }
    """

    def __init__(self, title: str) -> None:
        super().__init__(plain(title))
        self._title = title

    def render(self) -> Content:
        """The title and the line."""
        line = "─" * max(0, self.content_size.width - len(self._title) - 2)
        return Content.assemble(plain(f"{self._title} "), Content(line).stylize("not bold $line"))

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """The title and a bit of line."""
        return len(self._title) + 4


class Sheet(ArrowKeys, Horizontal):
    """The columns; arrow keys move through them by position, a letter to the next item that begins with it."""

    key_hints = (("", "←↑↓→", "Kiezen"), ("", "a…z", "Springen"))

    def action_move(self, direction: str) -> None:
        """On a narrow screen, left from an item goes to its heading."""
        block = next(
            (node for node in getattr(self.screen.focused, "ancestors", ()) if isinstance(node, HeadingBlock)), None
        )
        if direction == "left" and block is not None and self.query_one("#heads").display:
            self.query_one(f"#head-{block.heading.id}").focus()
        else:
            super().action_move(direction)

    def on_key(self, event: Key) -> None:
        """Jump to an item by its first letter."""
        letter = (event.character or "").casefold()
        if not letter.isalpha():
            return
        links = [link for link in self.screen.focus_chain if isinstance(link, Link) and self in link.ancestors]
        here = links.index(self.screen.focused) if self.screen.focused in links else -1
        for link in [*links[here + 1 :], *links[: here + 1]]:
            if folded(link.text).startswith(folded(letter)):
                event.stop()
                link.focus()
                return


class HeadingBlock(Vertical):
    """A heading with its items."""

    def __init__(self, heading: Heading, reasons: dict[str, str]) -> None:
        super().__init__(classes="heading", id=f"block-{heading.id}")
        self.heading, self._reasons = heading, reasons

    def compose(self) -> ComposeResult:
        """The title, then a link per item; the tree on the left has its own mark."""
        tree = self.heading.column == 0
        yield Rule(f"▼ {self.heading.title}" if tree else self.heading.title)
        for item in self.heading.items:
            if not (tree and item.id == "startpagina"):
                yield ItemLink(item, self._reasons.get(item.id, ""))


class MenuSheet(EsisScreen):
    """One tab of the menu as a sheet."""

    HELP = (
        "Dit is het menu van ESIS. Ga met de pijltjestoetsen naar een onderdeel en druk op Enter om het te openen; "
        "Esc gaat terug. Een letter springt naar het volgende onderdeel dat daarmee begint.\n\n"
        "Voor een onderdeel staat een ? als er in deze oefenomgeving alleen uitleg van is, en een × als u het met uw rol "
        "niet mag gebruiken; onderaan staat waarom. Zoeken op naam gaat sneller met Ctrl+P."
    )
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-medium"), (WIDE, "-wide"), (SPREAD, "-spread")]
    SCOPED_CSS = False
    CSS = """
    MenuSheet #sheet { height: 1fr; layout: horizontal; }
    MenuSheet #columns { width: 1fr; height: 1fr; layout: grid; grid-size: 5; grid-rows: auto; grid-gutter: 0 1;
                         grid-columns: auto auto auto auto auto; }
    MenuSheet .column { width: auto; height: auto; }
    MenuSheet .heading { width: auto; height: auto; margin: 0 0 1 0; }
    MenuSheet #heads { display: none; }
    MenuSheet #about { height: 5; border: round $line; border-title-style: bold; border-title-color: $ink; padding: 0 1; }
    MenuSheet #about-item { height: 2; width: 1fr; color: $ink; }
    MenuSheet #about-legend { height: 1; color: $hint; }
    MenuSheet.-spread #columns { grid-gutter: 0 5; }
    MenuSheet.-spread.-tall #sheet, MenuSheet.-spread.-tall #columns { height: auto; }
    MenuSheet.-spread.-tall #sheet { margin: 1 0 0 0; }
    MenuSheet.-medium #columns { layout: grid; grid-size: 4; grid-rows: auto auto; grid-columns: auto auto auto auto;
                                 grid-gutter: 0 1; }
    MenuSheet.-medium .-tree { column-span: 4; width: 1fr; height: 2; }
    MenuSheet.-medium .-tree .heading { layout: horizontal; width: 1fr; height: 1; margin: 0; }
    MenuSheet.-medium .-tree Rule { width: 16; }
    MenuSheet.-medium .-tree ItemLink { width: auto; margin: 0 2 0 0; }
    MenuSheet.-narrow .column { width: 1fr; }
    MenuSheet.-narrow #about { height: 4; }
    MenuSheet.-narrow #about-item { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    MenuSheet.-narrow Rule, MenuSheet.-narrow .heading { display: none; margin: 0; width: 1fr; }
    MenuSheet.-narrow .heading.-shown { display: block; }
    MenuSheet.-narrow #heads { display: block; width: 34; height: 1fr; }
    MenuSheet.-narrow #columns { layout: vertical; width: 1fr; }
    MenuSheet.-narrow #heads, MenuSheet.-narrow #columns { border: round $line; border-title-style: bold;
                                                           border-title-color: $ink; }
    MenuSheet.-narrow #heads:focus-within, MenuSheet.-narrow #columns:focus-within {
        border: heavy $focus; border-title-color: $on-focus; border-title-background: $focus; }
    """

    SIBLINGS = "sheets"
    _heading = ""
    """The heading whose items a narrow screen shows."""

    def __init__(self, tab: Tab) -> None:
        super().__init__()
        self.tab = tab
        self.PATH = (tab.title,)

    def body(self) -> ComposeResult:
        """Columns of headings; on a narrow screen the headings at the left and the items of one at the right."""
        columns, reasons = self._columns(), self._reasons()
        with Sheet(id="sheet"):
            with VerticalScroll(id="heads", can_focus=False) as heads:
                heads.border_title = self.tab.title
                for heading in self.tab.headings:
                    yield HeadLink(heading)
            with VerticalScroll(id="columns", can_focus=False):
                for number, headings in enumerate(columns):
                    tree = number == 0 and self.tab.title == EVERYTHING
                    with Vertical(classes="column -tree" if tree else "column"):
                        for heading in headings:
                            yield HeadingBlock(heading, reasons)
        with Vertical(id="about"):
            yield Label("", id="about-item")
            yield Label(
                Content("    ").join(
                    Content.assemble((mark, colour), (f" {told}", "$hint")) for mark, told, colour in LEGEND
                ),
                id="about-legend",
            )

    def _columns(self) -> list[list[Heading]]:
        shown = self.tab.headings
        if self.tab.title == EVERYTHING:
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

    @property
    def narrow(self) -> bool:
        """Whether the headings stand at the left, and the items of one beside them."""
        return self.app.size.width < NARROW

    def focus_start(self) -> None:
        """The first item of the tab itself."""
        own = [item for heading in self.tab.headings for item in heading.items if item.tab == self.tab.title]
        self._show_heading(next(row.id for row in self.tab.headings if own[0] in row.items))
        if self.focused is None:
            next(link for link in self.query(ItemLink) if link.key == own[0].id).focus()

    def _show_heading(self, heading: str) -> None:
        if heading == self._heading:
            return
        self._heading = heading
        for block in self.query(HeadingBlock):
            block.set_class(block.id == f"block-{heading}", "-shown")
        for link in self.query(HeadLink):
            link.set_class(link.key == heading, "-here")
            if link.key == heading:
                self.query_one("#columns").border_title = link.text if self.narrow else None

    def on_resize(self) -> None:
        """The title of the items stands in their border on a narrow screen only."""
        for link in self.query("HeadLink.-here").results(HeadLink):
            self.query_one("#columns").border_title = link.text if self.narrow else None

    @on(Link.Chosen, ".item")
    def _open(self, event: Link.Chosen) -> None:
        event.stop()
        self.esis.go(MenuItem(event.link.key))

    @on(Link.Chosen, ".head")
    def _into(self, event: Link.Chosen) -> None:
        event.stop()
        self.query_one(f"#block-{event.link.key} ItemLink", ItemLink).focus()

    @on(DescendantFocus)
    def _tell(self, event: DescendantFocus) -> None:
        if isinstance(event.widget, HeadLink):
            self._show_heading(event.widget.key)
        elif isinstance(event.widget, ItemLink):
            item = item_by_id(event.widget.key)
            self.query_one("#about").border_title = item.title
            self.query_one("#about-item", Label).update(plain(event.widget.reason or item.what), layout=False)
            self._show_heading(next(row.id for row in self.tab.headings if item in row.items))
