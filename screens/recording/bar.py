"""The line that shows that the program records: on whichever screen is in front, and in no picture of it."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from app.counted import counted
from screens.driving.named import PRESENTATION
from screens.shared.text import plain


class RecordingBar(Widget, can_focus=False):
    """How many lines there are, the last of them, and the key for the rest."""

    DEFAULT_CLASSES = PRESENTATION
    DEFAULT_CSS = """
    RecordingBar { dock: bottom; height: 1; width: 100%; background: $danger; color: $on-danger; padding: 0 1;
                   margin: 0 0 1 0; }
    """

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key, self._told = key, ""

    def tell(self, number: int, last: str) -> None:
        """Show another line."""
        told = f"● Opname, {counted(number, 'regel', 'regels')}   {self._key} toevoegen, bekijken, beëindigen"
        told += f"   {last}" if last else ""
        if told != self._told:
            self._told = told
            self.refresh()

    def render(self) -> Content:
        """As much as fits."""
        return plain(self._told).truncate(self.content_size.width, ellipsis=True)
