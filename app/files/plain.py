"""Makes outside text harmless: no terminal commands, no HTML tags, no Markdown syntax."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_\[\]|#~])")


def clean(text: str) -> str:
    """Return one line, with a space for each line break and control character (ESC, and C1, which is a one-character
    ESC).
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def clean_lines(text: str) -> str:
    """The same for several lines, which stay lines."""
    return text if text.isprintable() else "\n".join(map(clean, text.split("\n")))


def markdown(text: str) -> str:
    """Escape text for use within a line of Markdown."""
    return _SIGNS.sub(r"\\\1", clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
