"""Cropping pictures for a manual: removes empty rows between a screen's content and its keys, so the content is larger.

It reads the SVG that Textual draws, in which everything's row follows from its height
(`rich.console.CONSOLE_SVG_FORMAT`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby

ROW, TOP, BASELINE = 24.4, 1.5, 20.0
"""Row height, the top of the first row's box, and the baseline of its text."""
COLUMN, FRAME = 12.2, 9.0
"""Width of a column, and of the frame at either side."""
LONGEST = 2
"""The number of consecutive empty rows that are kept; longer runs become one."""
_TEXT = re.compile(r'(<text [^>]*? y=")([\d.]+)("[^>]*-line-\d+\)">)([^<]*)(</text>)')
_BOX = re.compile(r'(<rect (?:fill="[^"]*" )?x="[\d.]+" y=")([\d.]+)(" width="[\d.]+" height="24.65"[^>]*/>)')
_HEIGHT = re.compile(
    r'(viewBox="0 0 [\d.]+ |<rect x="0" y="0" width="[\d.]+" height="|height=")([\d.]+)(" (?:xmlns|/>|rx="8"))'
)
_PLACED = re.compile(r'<text [^>]*? x="([\d.]+)" y="([\d.]+)"[^>]*-line-\d+\)">([^<]*)</text>')
_RUN = re.compile(r'(<text [^>]*? x=")([\d.]+)(" y="[\d.]+" textLength=")([\d.]+)("[^>]*-line-\d+\)">)([^<]*)(</text>)')
_MOVED = re.compile(r'<g transform="translate\(([\d.]+), ([\d.]+)\)" clip-path="[^"]*-clip-terminal\)">')
_WIDE = re.compile(r'viewBox="0 0 ([\d.]+) ')
_VIEW = re.compile(r'viewBox="[^"]*"')


def cropped(svg: str) -> str:
    """The same picture with runs of over two empty rows reduced to one; another kind of SVG is returned unchanged."""
    rows = {_row(y, BASELINE) for _, y, _, text, _ in _TEXT.findall(svg) if text.strip()}
    if not rows:
        return svg
    left = _left(rows)
    gone = (max(rows) + 1 - len(left)) * ROW
    return _HEIGHT.sub(lambda found: f"{found[1]}{float(found[2]) - gone:.1f}{found[3]}", _moved(svg, left))


def _row(y: str, first: float) -> int:
    return round((float(y) - first) / ROW)


def _left(rows: set[int]) -> dict[int, int]:
    """The rows that are kept, each with its new position."""
    found: list[int] = []
    for full, run in groupby(range(max(rows) + 1), rows.__contains__):
        these = list(run)
        found += these if full or len(these) <= LONGEST else these[:1]
    return {row: place for place, row in enumerate(found)}


def _moved(svg: str, left: dict[int, int]) -> str:
    """Move a row's content to its new position, and drop the content of removed rows."""
    end = max(left) + 1

    def place(row: int, first: float) -> str | None:
        new = left.get(row) if row < end else row - end + len(left)
        return None if new is None else f"{first + new * ROW:.1f}".removesuffix(".0")

    def moved(found: re.Match[str], first: float) -> str:
        y = place(_row(found[2], first), first)
        return "" if y is None else "".join([found[1], y, *found.groups()[2:]])

    svg = _TEXT.sub(lambda found: moved(found, BASELINE), svg)
    return _BOX.sub(lambda found: moved(found, TOP), svg)


@dataclass(frozen=True)
class Part:
    """A part of a picture: its first row and column, and how many there are."""

    row: int
    column: int
    rows: int
    columns: int


def texts_by_row(svg: str) -> dict[int, str]:
    """The text of each row of a picture that has any, as it is read: a character a column."""
    found: dict[int, str] = {}
    for x, y, text in _PLACED.findall(svg):
        row, text = _row(y, BASELINE), unescape(text).replace("\xa0", " ")
        found[row] = found.get(row, "").ljust(round(float(x) / COLUMN)) + text
    return {row: text for row, text in sorted(found.items()) if text.strip()}


def columns_of(svg: str) -> int:
    """How many columns a picture has; 0 for another kind of SVG."""
    wide = _WIDE.search(svg)
    return 0 if wide is None else round((float(wide[1]) - 2 * FRAME) / COLUMN)


def part_of(svg: str, part: Part) -> str:
    """Only this part of a picture, without the frame around it; another kind of SVG is returned unchanged.

    Where a sentence goes on beyond the right edge it ends with a whole word and `…`.
    """
    moved = _MOVED.search(svg)
    if moved is None:
        return svg
    left, top = float(moved[1]) + part.column * COLUMN, float(moved[2]) + part.row * ROW + TOP
    width, height = part.columns * COLUMN, part.rows * ROW
    view = f'viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return _VIEW.sub(
        view, _RUN.sub(lambda found: _between(found, part.column, part.column + part.columns), svg), count=1
    )


def _between(found: re.Match[str], left: int, right: int) -> str:
    """A run of text, from one column up to another."""
    before, x, between, _, after, written, close = found.groups()
    first, text = round(float(x) / COLUMN), unescape(written).replace("\xa0", " ").rstrip()
    if not any(map(str.isalnum, text)):
        return found[0]
    kept = _begun(_ended(text, right - first), left - first)
    if kept == text:
        return found[0]
    shown = escape(kept, quote=False).replace(" ", "&#160;")
    return f"{before}{x}{between}{len(kept) * COLUMN:g}{after}{shown}{close}"


def _ended(text: str, room: int) -> str:
    """As much as there is room for, up to a whole word."""
    if not 0 < room < len(text):
        return text
    if not text[room : room + 2].strip() or not text[max(room - 2, 0) : room].strip():  # between two columns
        return text[:room].rstrip()
    kept = text[: room - 1]
    if " " not in text[max(room - 2, 0) : room]:
        kept = kept[: kept.rfind(" ") + 1]
    return f"{kept}…"


def _begun(text: str, gone: int) -> str:
    """Without the beginning, from a whole word on; in the same place."""
    if not 0 < gone < len(text) or text[gone - 1] == " " or not text[gone : gone + 2].strip():
        return text
    word = text.find(" ", gone)
    place = gone if word == gone else (word if word > 0 else len(text)) - 1
    return f"{' ' * place}…{text[place + 1 :]}"
