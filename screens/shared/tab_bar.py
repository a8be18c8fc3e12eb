"""A bar of tabs with their numbers: the arrow keys open the next, a number opens its own; one stop for Tab."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual.app import ComposeResult

from screens.shared.link import KeyLink, Link, OneStop
from screens.shared.sizes import is_narrow


class TabLink(KeyLink):
    """The name of a tab with its number, if there is room."""

    leads_on = False
    """Whether there is something below the open tab that Enter goes on to."""

    @property
    def letter(self) -> str:
        """Its number."""
        return "" if is_narrow(self) else self._number

    @letter.setter
    def letter(self, number: str) -> None:
        self._number = number

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter goes on to what is below the open tab, if anything can have the focus there."""
        if action == "choose" and self.has_class("-here"):
            return self.leads_on
        return super().check_action(action, parameters)


class TabBar(OneStop):
    """The names of the tabs, each a link `.page-tab` with the id `tab-KEY`; the screen opens what is chosen."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    TabBar { height: 1; layout: horizontal; background: $raised; }
    TabBar .page-tab { padding: 0 1; margin: 0 1 0 0; color: $label; }
    TabBar .page-tab.-here { background: $here; color: $ink; text-style: bold; border-left: outer $focus;
                             padding: 0 1 0 0; }
    TabBar .page-tab:focus { background: $focus; color: $on-focus; text-style: bold; border: none; padding: 0 1; }
    .-narrow TabBar .page-tab { margin: 0; }
    """

    def __init__(
        self, tabs: Sequence[tuple[str, str]], leading_on: Collection[str] = (), *, id: str | None = None
    ) -> None:
        """`tabs`: key and title of each; `leading_on`: those below which something can have the focus."""
        super().__init__(id=id)
        self._tabs, self._leading_on = tabs, leading_on

    def compose(self) -> ComposeResult:
        """A link for each tab."""
        for number, (key, title) in enumerate(self._tabs, 1):
            link = TabLink(str(number), title, key=key, id=f"tab-{key}", classes="page-tab")
            link.leads_on = key in self._leading_on
            yield link

    def open(self, key: str) -> None:
        """Show which tab is open."""
        for link in self.query(Link):
            link.set_class(link.key == key, "-here")
