"""Output of commands: JSON for programs, a plain table for people. Times and keys as in sources.md#json."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.files.plain import clean, clean_lines

if TYPE_CHECKING:
    from app.training.scripts.events import Say

_UNSAID = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]{8}[+-][0-9:]{5})?")


def show_records(
    records: Iterable[dict[str, Any]],
    as_json: bool,
    columns: Sequence[tuple[str, str]],
    words: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Print records as a JSON list, or as a table with these columns of (field, title).

    `words` translates the words of the contract to Dutch in a table.
    """
    if as_json:
        show_json(list(records))
        return
    rows = [[cell(record.get(field), words) for field, _ in columns] for record in records]
    titles = [title for _, title in columns]
    widths = [max([len(title), *(len(row[place]) for row in rows)]) for place, title in enumerate(titles)]
    for line in [titles, *rows]:
        say("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def show_json(data: Any) -> None:
    """Print JSON, indented and in Unicode."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    print(_UNSAID.sub(lambda found: f"\\u{ord(found[0]):04x}", text))  # JSON escapes only characters before the space


def event_writer() -> Say:
    """Return a function that prints an event as one line of JSON, immediately; works while a program with screens has
    stdout.
    """
    out = sys.stdout
    return lambda event: print(json.dumps(event.fields()), file=out, flush=True)


def say(text: str) -> None:
    """Print for people: to stdout, without terminal control sequences."""
    print(clean_lines(text))


def tell(sentence: str) -> None:
    """Tell the person at the terminal something: on stderr, so that stdout stays data."""
    print(clean_lines(sentence), file=sys.stderr)


def ask(question: str) -> None:
    """Print a question, and stay on the line."""
    print(clean_lines(question), end="", file=sys.stderr, flush=True)


def cell(value: Any, words: Mapping[str, str] = MappingProxyType({})) -> str:
    """A value for people: `ja`, lists with commas, counts by name, no control characters; days and moments, which are
    ISO for programs, in Dutch form.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, dict):
        return ", ".join(f"{number} {words.get(name, name)}" for name, number in value.items() if number)
    if isinstance(value, list | tuple):
        return clean(",".join(map(str, value)))
    text = str(value)
    return _dutch(text) if _ISO.fullmatch(text) else clean(words.get(text, text))


def _dutch(text: str) -> str:
    from datetime import date, datetime

    from app import clock

    try:
        return (
            clock.dutch_moment(datetime.fromisoformat(text))
            if "T" in text
            else clock.dutch_date(date.fromisoformat(text))
        )
    except ValueError:  # it only looks like one
        return text
