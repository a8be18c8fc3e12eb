"""A label that only asks for a new layout when it says something else: screens re-read often, and layout is the cost."""

from __future__ import annotations

from textual.visual import VisualType
from textual.widgets import Label as TextualLabel

from screens.shared.text import plain


class Label(TextualLabel):
    """Textual's Label, silent when told what it says already."""

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show this, unless it is what is shown."""
        if content != self.content:
            super().update(content, layout=layout)


class ErrorLine(Label):
    """The line that says what is wrong; there is no such line when nothing is."""

    def __init__(self, *, id: str) -> None:
        super().__init__("", id=id, classes="error")
        self.display = False

    def tell(self, sentence: str) -> None:
        """Say this; empty takes the line away."""
        self.update(plain(f"▲ {sentence}" if sentence else ""))
        self.display = bool(sentence)
