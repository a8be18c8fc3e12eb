"""A label and what stands beside it, in the columns of a form."""

from __future__ import annotations

from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from screens.shared.label import Label
from screens.shared.text import plain


class Line(Horizontal):
    """A label and what stands beside it."""

    SCOPED_CSS = False
    DEFAULT_CLASSES = "line"
    DEFAULT_CSS = """
    .line { height: auto; }
    .line > .label { width: 25; height: auto; padding: 0 1 0 0; color: $label; }
    .line > .fixed { width: 1fr; color: $ink; }
    .-narrow .line > .label { width: 24; }
    """


def labelled(label: str, required: bool = False) -> Content:
    """A label, with a star if the field must be filled in."""
    return Content.assemble(plain(label), (" *", "bold $ink") if required else "")


def fact(label: str, value: Widget) -> Line:
    """A read-only line in the columns of a form."""
    return Line(Label(plain(label), classes="label"), value)
