"""A tick box and a push button that read as such without colour: `[x]` and `[ Gereed ]`."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Button, Checkbox

from screens.shared.text import plain


class Tick(Checkbox):
    """`[x]` when ticked, `[ ]` when not; Space or Enter changes it."""

    def render(self) -> Content:
        """The box; its label stands before it, in the form."""
        return Content("[x]" if self.value else "[ ]")

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """Three cells."""
        return 3


def push_button(text: str, **options: Any) -> Button:
    """A button of one line with its text between brackets; `options` as for Textual's Button."""
    return Button(plain(f"[ {text} ]"), compact=True, **options)
