"""What a person sees on the screen now: each list cell, line and paragraph, as drawn and with its widget.

It is read from what is drawn, so what is scrolled away, covered or in a masked field is not included. Wrapped text
becomes one paragraph again: the widget knows which lines it had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rich.cells import cell_len
from textual.app import App
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static, TextArea

from app.training.pictures import strips_of
from app.training.scripts.errors import CannotDo, nearest
from app.training.scripts.expecting import Expected
from screens.driving.named import PRESENTATION, fold
from screens.shared.fields import FieldRow
from screens.shared.lined import Lined
from screens.shared.records import RecordList

UNWRAPPED = 1_000
"""So many columns that no paragraph takes two lines."""
_GAP = re.compile(r"\s{2,}")
_FRAME = " \u2500\u2501\u2502\u2503\u256d\u256e\u256f\u2570\u250c\u2510\u2514\u2518"
"""The characters that frames are drawn with: not part of a line's text."""


class Span(NamedTuple):
    """What a widget shows in one row of the screen."""

    row: int
    """Row on the screen, from 0."""
    column: int
    """The first column, from 0."""
    text: str


class Cells(NamedTuple):
    """Cells of one row: from a column up to, and without, another."""

    row: int
    first: int
    end: int


@dataclass(frozen=True)
class Line:
    """Something read as a unit: a cell, a line or a paragraph."""

    text: str
    widget: Widget
    spans: tuple[tuple[int, Span], ...]
    """Where it stands: of each row, the place in the text where that begins."""

    @property
    def row(self) -> int:
        """The row it begins on, from 0."""
        return self.spans[0][1].row

    def cells(self, begin: int, end: int) -> Iterator[Cells]:
        """Where these characters of it stand on the screen."""
        for place, (row, column, text) in self.spans:
            first, last = max(0, begin - place), min(len(text), end - place)
            if first < last:
                left = column + cell_len(text[:first])
                yield Cells(row, left, left + cell_len(text[first:last]))


def sees(app: App[Any], expected: Expected) -> bool:
    """Whether the expected text is visible. Raises `CannotDo` if that part of the screen does not exist."""
    return expected.found_in([line.text for line in seen_in(app, expected.within)])


def seen_in(app: App[Any], name: str) -> list[Line]:
    """What is visible in a part of the screen, or everywhere if it has no name. Raises `CannotDo`."""
    lines = list(seen(app))
    return part(lines, name) if name else lines


def as_expected(app: App[Any], expected: Expected) -> bool:
    """Whether it is visible, or not, as expected. In a part of the screen that does not exist it never is."""
    try:
        return sees(app, expected) == expected.there
    except CannotDo:
        return False


def part(lines: Sequence[Line], name: str) -> list[Line]:
    """What belongs to the part of the screen with this text: the row of a list, the field, or what is beside or below a
    heading. An exact match before a prefix, before a substring. Raises `CannotDo` if there is none.
    """
    asked = fold(name) or name.casefold()
    for rank in (str.__eq__, str.startswith, str.__contains__):
        if found := [line for line in lines if rank(fold(line.text), asked)]:
            return [line for line in lines if any(_belongs(line, to) for to in found)]
    raise CannotDo(f"'{name}' staat niet op het scherm.", nearest(name, [line.text for line in lines]))


def _belongs(line: Line, to: Line) -> bool:
    if isinstance(to.widget, RecordList):
        return line.widget is to.widget and line.row == to.row
    return any(around in line.widget.ancestors_with_self for around in _around(to.widget))


def _around(widget: Widget) -> Sequence[Any]:
    """What a text names: its field, its row, the content of its frame, or everything up to the next of its kind."""
    field = next((node for node in widget.ancestors if isinstance(node, FieldRow)), None)
    if field is not None or isinstance(widget.parent, Horizontal):
        return [field or widget.parent]
    if widget.children or widget.parent is None:
        return [widget]
    after = list(widget.parent.children)
    after = after[after.index(widget) + 1 :]
    last = next((place for place, node in enumerate(after) if _kind(node) == _kind(widget)), len(after))
    return [widget, *after[:last]]


def _kind(widget: Any) -> object:
    return type(widget), widget.classes


def seen(app: App[Any]) -> Iterator[Line]:
    """Everything visible, except the panel of a demo or lesson."""
    for widget, spans in _spans(app).items():
        if not any(isinstance(node, Widget) and node.has_class(PRESENTATION) for node in widget.ancestors_with_self):
            yield from _lines(widget, spans)


def _lines(widget: Widget, spans: Sequence[Span]) -> Iterator[Line]:
    if isinstance(widget, RecordList) and widget.row_count:
        for span in spans:
            yield from (Line(cell.text, widget, ((0, cell),)) for cell in _split(span))
        return
    whole = _source(widget).replace("\u00a0", " ").splitlines()
    text, parts = "", list[tuple[int, Span]]()
    for span in spans:
        more = span.text
        joined = next((one for one in (f"{text} {more}", f"{text}{more}") if text and _in_one(one, whole)), "")
        if text and not joined:
            yield Line(text, widget, tuple(parts))
            parts = []
        text = joined or more
        parts.append((len(text) - len(more), span))
    if text:
        yield Line(text, widget, tuple(parts))


def _split(span: Span) -> Iterator[Span]:
    """The cells of a list's row."""
    begin = 0
    for gap in (*_GAP.finditer(span.text), None):
        if cell := span.text[begin : gap.start() if gap else None]:
            yield Span(span.row, span.column + cell_len(span.text[:begin]), cell)
        begin = gap.end() if gap else begin


def _in_one(text: str, lines: Sequence[str]) -> bool:
    return any(text in line for line in lines)


def _source(widget: Widget) -> str:
    """The text a widget was given, with its own line breaks: all others are wrapping."""
    if isinstance(widget, RecordList):
        return widget.empty
    if isinstance(widget, OptionList):
        return "\n".join(str(option.prompt) for option in widget.options)
    if isinstance(widget, Lined):
        return "\n".join(line.plain for line in widget.lines(UNWRAPPED))
    if isinstance(widget, Static):  # a label, a passing message
        drawn = widget.render()
        return drawn.plain if isinstance(drawn, Content) else str(drawn)
    return widget.text if isinstance(widget, TextArea) else ""


def _spans(app: App[Any]) -> dict[Widget, list[Span]]:
    """What each widget shows, row by row: for each place on screen the topmost widget, windows included."""
    strips = strips_of(app)
    owners: list[list[Widget | None]] = [[None] * app.size.width for _ in strips]
    for screen in [*app._background_screens, app.screen]:
        for widget, (region, clip) in reversed(screen._compositor.visible_widgets.items()):
            shown = region.intersection(clip)
            if isinstance(widget, Screen) or not widget.visible:
                continue
            for row in range(max(0, shown.y), min(len(strips), shown.bottom)):
                owners[row][shown.x : shown.right] = [widget] * len(owners[row][shown.x : shown.right])
    found: dict[Widget, list[Span]] = {}
    for row, strip in enumerate(strips):
        for widget, first, end in _runs(owners[row]):
            whole = strip.crop(first, end).text.replace("\u00a0", " ")  # by cells, so wide characters count too
            if text := whole.strip(_FRAME):
                column = first + cell_len(whole[: len(whole) - len(whole.lstrip(_FRAME))])
                found.setdefault(widget, []).append(Span(row, column, text))
    return found


def _runs(owners: Sequence[Widget | None]) -> Iterator[tuple[Widget, int, int]]:
    first = 0
    for place in range(1, len(owners) + 1):
        if place == len(owners) or owners[place] is not owners[first]:
            if (widget := owners[first]) is not None:
                yield widget, first, place
            first = place
