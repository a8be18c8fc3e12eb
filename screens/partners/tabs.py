"""Tabs in a partner's program: each a separate screen under the same tab bar."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from screens.partners.page import PartnerPage, Session
from screens.shared import keys
from screens.shared.base import focus_first
from screens.shared.dialogs import unless_changed
from screens.shared.label import Label
from screens.shared.link import Link
from screens.shared.text import plain

TABS_HELP = (
    "De pijltjes naar links en rechts gaan naar het tabblad ernaast; Enter of pijl omlaag gaat van de tabbladen naar de "
    "inhoud. In een invulveld bewegen de pijltjes de cursor: ga dan met Shift+Tab terug naar de tabbladen."
)


class TabBar(Horizontal):
    """The tabs; the open one is in brackets."""

    BINDINGS = [
        keys.DOWN(
            "screen.content",
            "Naar de inhoud",
            id="partner.tab-content",
            show=False,
            tooltip="Gaat van de tabbladen naar wat eronder staat.",
        ),
    ]

    def __init__(self, tabs: tuple[tuple[str, str], ...], here: str) -> None:
        super().__init__(id="partner-tabs")
        self._tabs, self._here = tabs, here

    def compose(self) -> ComposeResult:
        """A link for each tab, the same width whether open or not."""
        for key, title in self._tabs:
            here = key == self._here
            name = "partner-tab -here" if here else "partner-tab"
            yield Link(f"[{title}]" if here else f" {title} ", key=key, classes=name)


class TabPage(PartnerPage):
    """One of the tabs of `ROUTES`: set which (`TAB`) and where they are (`ABOVE`), and fill `content`; also set `TABS`
    if the program has several tab bars.

    `on_tabs`: whether the focus starts on the tab bar, so that the arrow keys move on, or in the content.
    """

    TAB = ""
    TABS: tuple[tuple[str, str], ...] = ()
    ABOVE: tuple[str, ...] = ()
    BINDINGS = [
        keys.LEFT(
            "tab(-1)",
            "Tabblad links",
            id="partner.tab-left",
            show=False,
            tooltip="Naar het tabblad links hiervan.",
        ),
        keys.RIGHT(
            "tab(1)",
            "Tabblad rechts",
            id="partner.tab-right",
            show=False,
            tooltip="Naar het tabblad rechts hiervan.",
        ),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.on_tabs = True
        self.tabs = self.TABS or self.ROUTES.tabs
        self.PATH = (*self.ABOVE, dict(self.tabs)[self.TAB])

    def body(self) -> ComposeResult:
        """The tab bar above the content."""
        yield TabBar(self.tabs, self.TAB)
        yield Label(plain(dict(self.tabs)[self.TAB]), classes="title")
        with Vertical(id="partner-content"):
            yield from self.content()

    def content(self) -> ComposeResult:
        """What the tab is about."""
        yield from ()

    def focus_start(self) -> None:
        """Stay on the tabs when the arrow keys led here, else go to the content."""
        if self.on_tabs:
            self.query_one("#partner-tabs .-here", Link).focus()
        else:
            self.action_content()

    def action_content(self) -> None:
        """Focus the content: its first field, list or button."""
        focus_first(self.query_one("#partner-content"))

    def action_tab(self, step: int) -> None:
        """Go to the next or previous tab."""
        keys = [key for key, _ in self.tabs]
        place = keys.index(self.TAB) + step
        if 0 <= place < len(keys):
            self._go_to(keys[place], on_tabs=True)

    @on(Link.Chosen, ".partner-tab")
    def _chosen_tab(self, event: Link.Chosen) -> None:
        event.stop()
        if event.link.key == self.TAB:
            self.action_content()
        else:
            self._go_to(event.link.key, on_tabs=False)

    def _go_to(self, key: str, *, on_tabs: bool) -> None:
        page = self.ROUTES.make(key, self.session)
        assert isinstance(page, TabPage)
        page.on_tabs = on_tabs

        def go() -> None:
            self.app.switch_screen(page)

        unless_changed(self.changed, self.app.push_screen, go)
