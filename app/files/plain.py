"""Text from outside as no more than text: nothing in it is a command to a terminal, a tag to a browser or a sign of Markdown."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_\[\]|#~])")


def clean(text: str) -> str:
    """One line: a space for each line break and control character (ESC, and C1, which is ESC in one character)."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def clean_lines(text: str) -> str:
    """The same of several lines, which stay lines."""
    return text if text.isprintable() else "\n".join(map(clean, text.split("\n")))


def markdown(text: str) -> str:
    """As text within a line of Markdown, whatever is in it."""
    return _SIGNS.sub(r"\\\1", clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
