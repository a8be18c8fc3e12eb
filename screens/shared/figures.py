"""Figures drawn with characters: cells, bars and the progress line. Only characters in Fira Code (no braille)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from textual.content import Content

from app.clock import dutch_date
from app.school.assessment.dashboard import Cell
from screens.shared.sources import Part

FULL_GROWTH = 16
"""Growth in points that fills a bar; most pupils grow less between two sittings (our choice)."""
NOTHING = "–"
BY_HAND = "*"
_WHOLE, _HALF = "━", "╸"
_BLOCK, _EIGHTHS = "█", " ▏▎▍▌▋▊▉"


@dataclass(frozen=True)
class Point:
    """A point on the progress line, with its label."""

    day: date
    score: int
    text: str


def bar(share: float, width: int) -> str:
    """A bar filling this share (0 to 1) of a width, in half characters; anything above 0 is visible."""
    halves = max(1, round(min(1.0, share) * width * 2)) if share > 0 else 0
    return (_WHOLE * (halves // 2) + _HALF * (halves % 2)).ljust(width)


def growth_text(growth: int | None) -> str:
    """`▲ 9`, `▼12`, `= 0`; a dash for a first sitting. The arrow shows the direction, so colour is not needed."""
    if growth is None:
        return f"{NOTHING:>3}"
    return f"{'▲' if growth > 0 else '▼' if growth < 0 else '='}{abs(growth):>2}"


def growth_bar(growth: int | None, width: int) -> str:
    """How much was gained, or lost: the arrow before it tells which. In eighths, so that two characters show each point."""
    whole, rest = divmod(round(min(1.0, abs(growth or 0) / FULL_GROWTH) * width * 8), 8)
    return (_BLOCK * whole + _EIGHTHS[rest]).rstrip().ljust(width)


LEVELS = ("I", "II", "III", "IV", "V")
"""The best level first; each has a tint of its own."""
LEVEL_WIDTH = 5


def level_part(level: str) -> Part:
    """A level in the middle of its tint, for a cell of a list; an unknown one without."""
    return f"{level:^{LEVEL_WIDTH}}", f"l{LEVELS.index(level) + 1}" if level in LEVELS else ""


def growth_part(growth: int | None) -> Part:
    """Growth or decline in its colour, for a cell of a list."""
    return growth_text(growth), "hint" if not growth else "grow" if growth > 0 else "fall"


def level_cell(level: str, width: int = LEVEL_WIDTH) -> Content:
    """A level on its tint; an unknown one without."""
    text, token = level_part(level)
    return Content.styled(f"{text.strip():^{width}}", f"bold $on-level on ${token}" if token else "$ink")


def growth_cell(growth: int | None, width: int = 0) -> Content:
    """`▲ 9 █▏`: growth or decline, and a bar if there is room for one."""
    text, token = growth_part(growth)
    return Content.styled(f"{text} {growth_bar(growth, width)}" if width else text, f"${token}")


def cell_width(bar_width: int, *, reference: bool) -> int:
    """The width of `cell_parts`."""
    return LEVEL_WIDTH + (12 if reference else 7) + (1 + bar_width if bar_width else 0)


def cell_parts(cell: Cell | None, bar_width: int, *, reference: bool) -> tuple[Part, ...]:
    """` III   64 1F  ▲ 9 █▏`: level, ontwikkelscore, with `reference` the reference level, growth and perhaps its bar.

    A school's own assessment may have only a level or only a score; a star marks one that was typed in.
    """
    if cell is None:
        return ((f"{NOTHING:^{LEVEL_WIDTH}}", "hint"),)
    latest = cell.latest
    room = 4 if reference else 3
    hand = BY_HAND if latest.by_hand else " "
    level = [level_part(latest.level)] if latest.level else []
    score = f"{latest.number:>{room if level else room + LEVEL_WIDTH}}{hand}"
    told = f"{score}{latest.reference_level:<3} " if reference else score
    text, token = growth_part(cell.growth)
    return (*level, (told, ""), (f"{text} {growth_bar(cell.growth, bar_width)}" if bar_width else text, token))


def cell_aloud(cell: Cell | None) -> str:
    """The same in words: `niveau III, score 64, referentieniveau 1F, groei 9`."""
    if cell is None:
        return "geen"
    latest, growth = cell.latest, cell.growth
    grown = "eerste afname" if growth is None else "gelijk gebleven" if not growth else ""
    parts = (
        f"niveau {latest.level}" if latest.level else "",
        f"score {latest.number}" if latest.number != "" else "",
        f"referentieniveau {latest.reference_level}" if latest.reference_level else "",
        "met de hand ingevoerd" if latest.by_hand else "",
        grown or f"{'groei' if growth and growth > 0 else 'daling'} {abs(growth or 0)}",
    )
    return ", ".join(filter(None, parts))


def spread_strip(spread: Mapping[str, int], width: int) -> Content:
    """How many have each level, as widths of one strip; a level that somebody has can always be read."""
    there = {level: spread[level] for level in LEVELS if spread.get(level)}
    total = sum(there.values())
    widths = {level: max(len(level), round(number * width / total)) for level, number in there.items()}
    while widths and (over := sum(widths.values()) - width):
        widest = max(widths, key=lambda level: widths[level] - len(level))
        widths[widest] -= 1 if over > 0 else -1
    return Content.assemble(*(level_cell(level, cells) for level, cells in widths.items()))


def level_legend() -> Content:
    """What the tints mean."""
    best, *middle, worst = (level_cell(level) for level in LEVELS)
    return Content.assemble(best, (" hoogste ", "$label"), *middle, worst, (" laagste", "$label"))


def chart(points: Sequence[Point], width: int, height: int) -> list[str]:
    """The progress line as lines of text: scores up the side, dates below, each point with its label above it."""
    if not points or width < 24 or height < 5:
        return []
    canvas = _Canvas(points, width, height - 2)
    canvas.draw_line()
    canvas.draw_points()
    return [*canvas.lines(), *canvas.axis()]


class _Canvas:
    """A grid of characters to draw the line in."""

    MARGIN = 6
    """Columns for the scores up the side."""
    SIDE = 5
    """Columns left and right of the outer points, for half a date."""

    def __init__(self, points: Sequence[Point], width: int, rows: int) -> None:
        self.points = points
        self.columns = width - self.MARGIN
        self.rows = rows
        self.cells = [[" "] * self.columns for _ in range(rows)]
        scores = [point.score for point in points]
        self.low, self.high = min(scores) // 10 * 10, max(scores) // 10 * 10 + 10
        self.first = min(point.day for point in points)
        self.days = max(1, (max(point.day for point in points) - self.first).days)

    def row(self, score: float) -> int:
        """The row of a score; the top row is kept for the label above the highest."""
        return round((self.high - score) / (self.high - self.low) * (self.rows - 2)) + 1

    def column(self, point: Point) -> int:
        """The column of a day."""
        room = self.columns - 1 - 2 * self.SIDE
        return self.SIDE + round((point.day - self.first).days / self.days * room)

    def draw_line(self) -> None:
        """Dots between the points."""
        for one, other in pairwise(self.points):
            start, end = self.column(one), self.column(other)
            for x in range(start + 1, end):
                score = one.score + (other.score - one.score) * (x - start) / (end - start)
                self.cells[self.row(score)][x] = "·"

    def draw_points(self) -> None:
        """The points and their labels."""
        for point in self.points:
            x, y = self.column(point), self.row(point.score)
            self._write(y - 1, x - len(point.text) // 2, point.text)
            self.cells[y][x] = "●"

    def _write(self, y: int, x: int, text: str) -> None:
        x = max(0, min(self.columns - len(text), x))
        self.cells[y][x : x + len(text)] = text

    def lines(self) -> list[str]:
        """The drawing with the scores up the side."""
        marks = {self.row(score): score for score in range(self.low, self.high + 1, 10)}
        return [
            (f"{marks[y]:>4} ┤" if y in marks else f"{'':>4} │") + "".join(cells) for y, cells in enumerate(self.cells)
        ]

    def axis(self) -> list[str]:
        """The axis with the dates below it, newest first; older ones only if there is room."""
        axis, dates = ["─"] * self.columns, [" "] * self.columns
        for point in reversed(self.points):
            x, text = self.column(point), dutch_date(point.day)
            axis[x] = "┴"
            start = max(0, min(self.columns - len(text), x - len(text) // 2))
            if not "".join(dates[max(0, start - 1) : start + len(text) + 1]).strip():
                dates[start : start + len(text)] = text
        return [f"{'':>4} └" + "".join(axis), f"{'':>6}" + "".join(dates)]
