"""The results of a class: who did which lessons and how it went, as many sheets as it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.documents.paper import (
    BOTTOM,
    BRAND,
    GOOD,
    GROUND,
    INK,
    INSIDE,
    LABEL,
    MARGIN,
    POOR,
    SMALLEST,
    Paper,
    line_height,
)

_NAMES = 50.0
_COLUMNS = 6
"""Lessons beside one another on a sheet."""
_LEGEND = 9.0


@dataclass(frozen=True)
class Outcome:
    """How somebody's best run of a lesson went."""

    state: str
    """`✓ klaar`, `✓ geslaagd`, `× gezakt`, `3 van 15`."""
    more: str = ""
    """Below it, small: `12 min., 2 hints`."""
    good: bool = False


@dataclass(frozen=True)
class ResultsSheet:
    """What stands on it."""

    title: str
    about: str
    lessons: tuple[str, ...]
    """Their titles, in order."""
    people: tuple[tuple[str, Mapping[int, Outcome]], ...]
    """Each name, with the outcomes by the place of the lesson."""


def results_sheet(found: ResultsSheet, made_at: datetime | None = None) -> bytes:
    """All sheets, as PDF: lessons beside one another six at a time, everybody below one another."""
    paper = Paper(found.title, made_at)
    places = range(len(found.lessons))
    for first in range(0, max(len(places), 1), _COLUMNS):
        _Table(paper, found, tuple(places[first : first + _COLUMNS])).draw()
    return paper.made()


class _Table:
    """Everybody, with some of the lessons."""

    def __init__(self, paper: Paper, found: ResultsSheet, places: Sequence[int]) -> None:
        self._paper, self._found, self._places = paper, found, places
        self._width = (INSIDE - _NAMES) / max(len(places), 4)
        self._row = 2 * line_height(SMALLEST) + 2.4
        self._y = 0.0

    def draw(self) -> None:
        """Draw it over as many sheets as it takes; each has the names of the lessons at its foot."""
        self._begin()
        legend = self._legend_height()
        for name, outcomes in self._found.people:
            if self._y + self._row > BOTTOM - legend:
                self._legend(legend)
                self._begin()
            self._person(name, outcomes)
        self._legend(legend)

    def _begin(self) -> None:
        paper = self._paper
        paper.page()
        y = paper.text(self._found.title, MARGIN, MARGIN, INSIDE, size=18, bold=True, colour=BRAND, tag="H1")
        y = paper.text(self._found.about, MARGIN, y + 1, INSIDE, size=9.5, colour=LABEL) + 4
        paper.box(MARGIN, y, INSIDE, 8, fill=GROUND, edge=GROUND)
        paper.text("Naam", MARGIN + 2, y + 1.8, _NAMES - 4, size=9.5, bold=True, tag="TH")
        for number, place in enumerate(self._places):
            x = self._x(number)
            paper.text(f"{place + 1}", x, y + 1.8, self._width, size=9.5, bold=True, align="C", tag="TH")
        self._y = y + 9

    def _person(self, name: str, outcomes: Mapping[int, Outcome]) -> None:
        paper, y = self._paper, self._y
        long = len(paper.lines(name, _NAMES - 4, size=9.5)) > 1
        size, above = (8.5, 0.0) if long else (9.5, 1.6)
        first, *rest = paper.lines(name, _NAMES - 4, size=size) or ["–"]
        more = f" {paper.cut(' '.join(rest), _NAMES - 4, size=size)}" if rest else ""
        paper.text(first + more, MARGIN + 2, y + above, _NAMES - 4, size=size, tag="TH")
        for number, place in enumerate(self._places):
            if (one := outcomes.get(place)) is not None:
                x = self._x(number)
                colour = GOOD if one.good else INK if not one.state.startswith("×") else POOR
                below = paper.text(
                    one.state, x, y, self._width, size=8.5, bold=one.good, colour=colour, align="C", tag="TD"
                )
                if one.more:
                    paper.text(one.more, x, below, self._width, size=SMALLEST, colour=LABEL, align="C", tag="TD")
        self._y = y + self._row
        paper.line(MARGIN, self._y - 0.8, INSIDE)

    def _x(self, number: int) -> float:
        return MARGIN + _NAMES + number * self._width

    def _legend_height(self) -> float:
        return sum(self._paper.height(text, INSIDE - 4, size=_LEGEND) for text in self._named()) + 4

    def _legend(self, height: float) -> None:
        y = min(self._y + 4, BOTTOM - height)
        for text in self._named():
            y = self._paper.text(text, MARGIN + 2, y, INSIDE - 4, size=_LEGEND, colour=LABEL)

    def _named(self) -> list[str]:
        return [f"{place + 1}. {self._found.lessons[place]}" for place in self._places]
