"""How commands show lists: JSON for programs, a plain table for people. Times and keys as in contract.md."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any


def show_records(
    records: Iterable[dict[str, Any]],
    as_json: bool,
    columns: Sequence[tuple[str, str]],
    words: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Print records as a JSON list, or as a table with these columns of (field, title).

    `words` has what a table says in Dutch instead of the words of the contract.
    """
    if as_json:
        show_json(list(records))
        return
    rows = [[cell(record.get(field), words) for field, _ in columns] for record in records]
    titles = [title for _, title in columns]
    widths = [max([len(title), *(len(row[place]) for row in rows)]) for place, title in enumerate(titles)]
    for line in [titles, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def show_json(data: Any) -> None:
    """Print JSON, readable and in Unicode."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def tell(sentence: str) -> None:
    """Say something to the person at the terminal: stderr, so that stdout stays data."""
    print(sentence, file=sys.stderr)


class WaitingIsTold:
    """What waits for the database is said at the terminal, now and then (`models.waiting`)."""

    EVERY = 5.0

    def __init__(self) -> None:
        self._said = 0.0

    def patience(self) -> float:
        """The usual."""
        from models import waiting

        return waiting.LONGEST

    def waits(self, sentence: str) -> None:
        """Something waits, and is tried again by itself."""
        if time.monotonic() - self._said > self.EVERY:
            self._said = time.monotonic()
            tell(sentence)


def cell(value: Any, words: Mapping[str, str] = MappingProxyType({})) -> str:
    """A value as people read it: `ja`, lists with commas, counts by name, no control characters."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, dict):
        return ", ".join(f"{number} {words.get(name, name)}" for name, number in value.items() if number)
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return "".join(character if character.isprintable() else " " for character in words.get(str(value), str(value)))
