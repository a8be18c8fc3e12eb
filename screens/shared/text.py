"""Data becomes screen text here, and only here: never as a bare `str`, which Textual would read as markup."""

from __future__ import annotations

from rich.text import Text
from textual.content import Content


def plain(text: str) -> Content:
    """The text as it is, markup characters included; control characters and line breaks become spaces."""
    return Content(_clean(text))


def rich_plain(text: str, style: str = "") -> Text:
    """The same for what draws with rich."""
    return Text(_clean(text), style=style, no_wrap=True, overflow="ellipsis", end="")


def paragraphs(text: str) -> Content:
    """Text of several lines, as it is."""
    return Content("\n".join(_clean(line) for line in text.splitlines()))


def _clean(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
