"""Tabs in a partner's program: each a separate screen under the same tabs."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Button

from screens.partners.page import PartnerPage, Session
from screens.shared import keys
from screens.shared.base import focus_first
from screens.shared.dialogs import unless_changed
from screens.shared.spatial import nearest
from screens.shared.tabs import Tabs

TABS_HELP = (
    "De pijltjes naar links en rechts gaan naar het tabblad ernaast; Enter of pijl omlaag gaat van de tabbladen naar de "
    "inhoud. In een invulveld bewegen de pijltjes de cursor: ga dan met Shift+Tab terug naar de tabbladen."
)


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
        keys.DOWN(
            "down",
            "Naar de inhoud",
            id="partner.tab-content",
            show=False,
            tooltip="Gaat van de tabbladen naar wat eronder staat.",
        ),
        *(
            one(f"open_tab({place})", id=f"partner.tab-{one.keys}", show=False, tooltip=f"Opent tabblad {one.keys}.")
            for place, one in enumerate(keys.TABS)
        ),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.on_tabs = True
        self.tabs = self.TABS or self.ROUTES.tabs
        self.PATH = (*self.ABOVE, dict(self.tabs)[self.TAB])

    def body(self) -> ComposeResult:
        """The tab bar above the content."""
        yield Tabs(self.tabs, self.TAB, id="partner-tabs")
        with Vertical(id="partner-content"):
            yield from self.content()

    def content(self) -> ComposeResult:
        """What the tab is about."""
        yield from ()

    def focus_start(self) -> None:
        """Stay on the tabs when the arrow keys led here, else go to the content."""
        if self.on_tabs:
            self.query_one(Tabs).focus()
        else:
            self.action_content()

    def action_content(self) -> None:
        """Focus the content: its first field, list or button."""
        focus_first(self.query_one("#partner-content"))

    def action_down(self) -> None:
        """From the tabs into the content; elsewhere to what is below."""
        if isinstance(self.focused, Tabs):
            self.action_content()
        else:
            self.action_cross("down")

    def action_tab(self, step: int) -> None:
        """Go to the button beside this one, else to the next or previous tab."""
        here = self.focused
        beside = isinstance(here, Button) and nearest(self, here, "right" if step > 0 else "left", Button)
        if beside:
            beside.focus()
        else:
            self.action_open_tab(self.query_one(Tabs).keys.index(self.TAB) + step)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the tabs that there are."""
        if action == "open_tab":
            return parameters in {(place,) for place in range(len(self.tabs))}
        return super().check_action(action, parameters)

    def action_open_tab(self, place: int) -> None:
        """Go to a tab by its place."""
        if 0 <= place < len(self.tabs):
            self._go_to(self.tabs[place][0], on_tabs=True)

    @on(Tabs.Opened)
    def _chosen_tab(self, event: Tabs.Opened) -> None:
        event.stop()
        if event.key == self.TAB:
            self.action_content()
        else:
            self._go_to(event.key, on_tabs=False)

    def _go_to(self, key: str, *, on_tabs: bool) -> None:
        if key == self.TAB:
            return
        page = self.ROUTES.make(key, self.session)
        assert isinstance(page, TabPage)
        page.on_tabs = on_tabs

        def go() -> None:
            self.app.switch_screen(page)

        unless_changed(self.changed, self.app.push_screen, go)
