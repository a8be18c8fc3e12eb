"""A label that only asks for a new layout when its text changes: screens re-read often, and layout is costly."""

from __future__ import annotations

from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Label as TextualLabel

from screens.shared.text import plain


class Label(TextualLabel):
    """Textual's Label, ignoring updates to the same text."""

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show this, unless it is already shown."""
        if content != self.content:
            super().update(content, layout=layout)


WRONG = "×"
"""The mark before the sentence that says what is wrong."""


def wrong(sentence: str) -> Content:
    """The sentence with its mark; nothing without a sentence."""
    return plain(f"{WRONG} {sentence}" if sentence else "")


class ErrorLine(Label):
    """The error line; it takes no space when empty."""

    DEFAULT_CSS = "ErrorLine { color: $bad; width: 1fr; background: transparent; }"

    def __init__(self, *, id: str) -> None:
        super().__init__("", id=id, classes="error")
        self.display = False

    def tell(self, sentence: str) -> None:
        """Show this; an empty text hides the line."""
        self.update(wrong(sentence))
        self.display = bool(sentence)
