"""Data becomes screen text here, and only here: never as a bare `str`, which Textual would read as markup."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.content import Content


def plain(text: str) -> Content:
    """The text as it is, markup characters included; control characters and line breaks become spaces."""
    return Content(clean(text))


def rich_plain(text: str, style: str = "") -> Text:
    """The same for what draws with rich."""
    return Text(clean(text), style=style, no_wrap=True, overflow="ellipsis", end="")


def fitted(text: str, width: int, right: bool = False) -> str:
    """The text in exactly so many cells, for what draws line by line: cut with an ellipsis, or filled with spaces."""
    shown = clean(text)
    if cell_len(shown) > width:
        shown = f"{set_cell_size(shown, width - 1)}…"
    space = " " * (width - cell_len(shown))
    return space + shown if right else shown + space


def paragraphs(text: str) -> Content:
    """Text of several lines, as it is."""
    return Content("\n".join(clean(line) for line in text.splitlines()))


def clean(text: str) -> str:
    """The text with spaces for line breaks and control characters."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
