"""Data becomes screen text here, and only here: never as a bare `str`, which Textual would read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.content import Content

from app.files.plain import clean


def plain(text: str) -> Content:
    """The text as it is, including markup characters; control characters and line breaks become spaces."""
    return Content(clean(text))


def rich_plain(text: str, style: str = "") -> Text:
    """The same for code that draws with rich."""
    return Text(clean(text), style=style, no_wrap=True, overflow="ellipsis", end="")


def fitted(text: str, width: int, right: bool = False) -> str:
    """The text in exactly this many cells, for line drawing: cut with an ellipsis or padded with spaces."""
    shown = clean(text)
    if cell_len(shown) > width:
        shown = f"{set_cell_size(shown, width - 1)}…"
    space = " " * (width - cell_len(shown))
    return space + shown if right else shown + space


def replaced(text: str, places: Iterable[tuple[int, int, str]]) -> str:
    """The text with other words at these places, each from where to where, in order."""
    parts, at = [], 0
    for start, end, other in places:
        parts += [text[at:start], other]
        at = end
    return "".join([*parts, text[at:]])


def at_slashes(text: str, width: int) -> str:
    """The text with a break in each path longer than a line, after a slash instead of in the middle of a name."""
    made, column = "", 0
    for word in re.findall(r"\s+|\S+", text):
        parts = re.findall("[^/]*/|[^/]+", word) if cell_len(word) > width else [word]
        for part in parts:
            fits = column + cell_len(part) <= width
            column = column * fits + cell_len(part)
            made += part if fits or not made.endswith("/") else f"\n{part}"
    return made


def paragraphs(text: str) -> Content:
    """Multi-line text as it is."""
    return Content("\n".join(clean(line) for line in text.splitlines()))


def prose(text: str) -> str:
    """Prose without Markdown marks; each paragraph is a line, with an empty one between."""
    return "\n\n".join(" ".join(re.sub(r"[*_`#>]", "", part).split()) for part in text.split("\n\n") if part.strip())


def wrapped(text: str, width: int) -> list[Content]:
    """Multi-line text in lines of at most this many cells."""
    return paragraphs(text).wrap(max(1, width))


def going_on(line: Content, width: int) -> Content:
    """A line with an ellipsis at its end: what comes after it is not shown."""
    shown = line.rstrip()
    if shown.plain.endswith("…"):
        return shown
    return Content.assemble(shown.truncate(max(0, width - 1)), "…")


def hanging(head: Content, text: str, width: int, style: str = "") -> list[Content]:
    """A text behind its head; what does not fit beside it goes on below, as far in."""
    room = head.cell_length
    first, *more = wrapped(text, width - room) or [Content("")]
    return [
        Content.assemble(head, first.stylize(style)),
        *(Content.assemble(" " * room, line.stylize(style)) for line in more),
    ]
