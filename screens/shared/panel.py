"""A block with its title in the border; the one that has the focus is heavy, and as large as before."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from screens.shared.label import Label
from screens.shared.text import plain


class Panel(Vertical):
    """A block of a screen. `told` says how many or which place, in the border below."""

    DEFAULT_CSS = """
    Panel { height: auto; border: round $line; border-title-color: $ink; border-title-background: $bg;
            border-title-style: bold; border-subtitle-color: $label; background: $bg; padding: 0 1; }
    Panel:focus-within { border: heavy $focus; border-title-color: $on-focus; border-title-background: $focus;
                         border-subtitle-color: $key; }
    Panel.-list { padding: 0; }
    Panel > Label { width: 1fr; }
    """

    def __init__(
        self, title: str, *children: Widget, told: str = "", id: str | None = None, classes: str | None = None
    ) -> None:
        """`-list` among the classes leaves no room at the sides."""
        super().__init__(*children, id=id, classes=classes)
        self.border_title = plain(title)
        self.tell(told)

    def tell(self, told: str) -> None:
        """Show this in the border below."""
        self.border_subtitle = plain(told)


class Empty(Vertical):
    """Instead of what is not there: that it is not, and what to do, with its key."""

    DEFAULT_CSS = """
    Empty { height: auto; padding: 0 1; }
    Empty Label { width: 1fr; color: $label; }
    """

    def __init__(self, what: str, remedy: str = "", key: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = [plain(what).stylize("bold $ink")]
        if remedy:
            self._lines.append(Content.assemble((f"{key}  " if key else "", "bold $key"), plain(remedy)))

    def compose(self) -> ComposeResult:
        """One text."""
        yield Label(Content("\n").join(self._lines))
