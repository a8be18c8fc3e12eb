"""A label that only asks for a new layout when it says something else: screens re-read often, and layout is the cost."""

from __future__ import annotations

from textual.visual import VisualType
from textual.widgets import Label as TextualLabel


class Label(TextualLabel):
    """Textual's Label, silent when told what it says already."""

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show this, unless it is what is shown."""
        if content != self.content:
            super().update(content, layout=layout)
