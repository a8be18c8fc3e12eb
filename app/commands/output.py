"""How commands show lists: JSON for programs, a plain table for people. Times and keys as in contract.md."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]{8}[+-][0-9:]{5})?")


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


def cell(value: Any, words: Mapping[str, str] = MappingProxyType({})) -> str:
    """A value as people read it: `ja`, lists with commas, counts by name, no control characters; and days and moments, which
    are ISO for programs, as they are written in Dutch.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, dict):
        return ", ".join(f"{number} {words.get(name, name)}" for name, number in value.items() if number)
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    text = str(value)
    if _ISO.fullmatch(text):
        return _dutch(text)
    return "".join(character if character.isprintable() else " " for character in words.get(text, text))


def _dutch(text: str) -> str:
    from datetime import date, datetime

    from app import clock

    try:
        return (
            clock.dutch_moment(datetime.fromisoformat(text))
            if "T" in text
            else clock.dutch_date(date.fromisoformat(text))
        )
    except ValueError:  # it only looks so
        return text
