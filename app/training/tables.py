"""Pages of the documentation with tables that are made from the code, between marks: `<!-- tabel: NAAM -->`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

_PART = re.compile(r"(<!-- tabel: (\w+)[^>]*-->\n).*?(<!-- einde tabel -->)", re.DOTALL)


def filled(text: str, tables: Mapping[str, Callable[[], str]]) -> str:
    """The page with up-to-date tables. Raises `KeyError` for an unknown table."""
    return _PART.sub(lambda part: f"{part[1]}\n{tables[part[2]]()}\n\n{part[3]}", text)


def table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    lines = [list(titles), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
