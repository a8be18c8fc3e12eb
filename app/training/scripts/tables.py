"""Tables of values in a draaiboek: the Markdown table that `for each` plays a step for, row by row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.training.scripts.errors import WrongLine

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_ROWS = 200
LONGEST_NAME = 60
"""The number of characters of a picture's name, and of a row in a sentence."""
_NOT_IN_NAME = re.compile("[^a-z0-9]+")


@dataclass(frozen=True)
class Row:
    """A row of a table, from 1, with the value of each column."""

    number: int
    values: Mapping[str, str]

    @property
    def told(self) -> str:
        """How a sentence names it."""
        values = ", ".join(value for value in self.values.values() if value)
        shown = values if len(values) <= LONGEST_NAME else f"{values[: LONGEST_NAME - 1]}…"
        return f"rij {self.number}: {shown}" if shown else f"rij {self.number}"

    def shot(self, name: str) -> str:
        """The name of a picture in this row: with what the first column says, or the number where that says nothing."""
        value = name_of(next(iter(self.values.values()))) or str(self.number)
        return f"{name}-{value}"[:LONGEST_NAME].rstrip("-")


def name_of(text: str) -> str:
    """A text as a name of a picture: `Jörn van Dam` as `jorn-van-dam`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_NAME.sub("-", plain).strip("-")[:LONGEST_NAME].rstrip("-")


def rows(prose: Sequence[str]) -> list[Row]:
    """The rows of the last table in these texts, as a reader sees their cells. Raises `WrongLine` if there is none, or it
    cannot be filled in.
    """
    found: list[list[str]] = []
    for text in prose:
        found = _last_table(text) or found
    if not found:
        raise WrongLine(
            "Boven 'for each' staat in deze stap geen tabel. Zet hem boven het blok: een regel '| naam | groep |', een "
            "regel '| --- | --- |' en dan een regel voor elke keer."
        )
    head, *others = found
    if not all(head) or len(set(head)) < len(head):
        raise WrongLine("In de tabel heeft niet elke kolom een naam van zichzelf.")
    if not 0 < len(others) <= MOST_ROWS:
        raise WrongLine(f"De tabel heeft {len(others) or 'geen'} rijen; het kunnen er 1 tot {MOST_ROWS} zijn.")
    return [Row(number, dict(zip(head, row, strict=True))) for number, row in enumerate(others, 1)]


def _last_table(text: str) -> list[list[str]]:
    """The cells of the last table in a Markdown text, its head first; empty if there is none."""
    if "|" not in text:
        return []
    from markdown_it import MarkdownIt

    lines = "\n".join(line.strip() for line in text.splitlines())  # in a list, the table is set in
    found: list[list[str]] = []
    inside = False
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(lines):
        if token.type in ("table_open", "table_close"):
            inside = token.type == "table_open"
            found = [] if inside else found
        elif token.type == "tr_open":
            found.append([])
        elif token.type == "inline" and inside:
            found[-1].append(_plain(token))
    return found


def _plain(token: Token) -> str:
    """What a reader sees of it."""
    return "".join(part.content for part in token.children or () if part.type in ("text", "code_inline")).strip()
