"""A hand-out: a lesson on one sheet, its tasks in two columns with pictures below them.

The text is as large as fits, from 10 to 8 points. Pictures get the room that is left, in two columns as the text: those that
matter most first, as many as fit. A sheet with answers that does not fit at 8 points leaves the prose to the one without, and
says so. What does not fit then is refused; nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.documents.paper import BOTTOM, BRAND, INK, INSIDE, LABEL, LINE, MARGIN, SMALLEST, Paper
from app.refusals import Refused

SIZES = (10.0, 9.5, 9.0, 8.5, SMALLEST)
_GUTTER = 7.0
_COLUMN = (INSIDE - _GUTTER) / 2
_NUMBER = 6.0
"""Millimetres for the number of a task."""
_BETWEEN = 1.6
_FOOT = 6.0
_CAPTION = SMALLEST
_LEAST = 30.0
"""Millimetres for pictures for which the text becomes smaller."""


@dataclass(frozen=True)
class Task:
    """One thing to do."""

    number: int
    title: str
    text: str = ""
    answer: str = ""
    """How it is done; empty on a hand-out without answers."""


@dataclass(frozen=True)
class Cut:
    """A part of a screen: its size in any unit, and how it is drawn, as PNG, if it is chosen."""

    width: float
    height: float
    png: Callable[[], bytes]


@dataclass(frozen=True)
class Picture:
    """A picture, cut wide, and closer."""

    caption: str
    cuts: tuple[Cut, ...]
    """As many as every other picture of the hand-out has."""


@dataclass(frozen=True)
class Handout:
    """What stands on it."""

    title: str
    audience: str
    story: str
    tasks: tuple[Task, ...]
    pictures: tuple[Picture, ...] = ()
    """In the order of the lesson."""
    matter: tuple[int, ...] = ()
    """The places of the pictures, that which matters most first."""
    foot: str = ""


def handouts(found: Sequence[Handout], made_at: datetime | None = None) -> bytes:
    """One sheet each, as PDF. Raises `Refused` for a lesson that does not fit on one."""
    paper = Paper(found[0].title if len(found) == 1 else "Oefeningen", made_at)
    for one in found:
        _Sheet(paper, one).draw()
    return paper.made()


class _Sheet:
    """One sheet in the making."""

    def __init__(self, paper: Paper, found: Handout) -> None:
        self._paper, self._found = paper, found

    def draw(self) -> None:
        """Draw it."""
        paper = self._paper
        paper.page()
        size, cut = self._fitting()
        found = self._found
        y = self._head(size)
        tops = [self._column(found.tasks[:cut], MARGIN, y, size), self._column(found.tasks[cut:], self._right, y, size)]
        self._pictures(max(tops) + 2)
        if found.foot:
            paper.line(MARGIN, BOTTOM - _FOOT + 1.5, INSIDE)
            paper.text(found.foot, MARGIN, BOTTOM - _FOOT + 2.5, INSIDE, size=SMALLEST, colour=LABEL)

    _right = MARGIN + _COLUMN + _GUTTER

    def _fitting(self) -> tuple[float, int]:
        """The size of the text, and the number of tasks in the left column. Raises `Refused`."""
        wanted = [_LEAST, 0.0] if self._found.pictures else [0.0]
        for least in wanted:
            if fits := self._fits(least):
                return fits
        if any(task.answer for task in self._found.tasks):
            self._found = _brief(self._found)
            if fits := self._fits(0.0):
                return fits
        raise Refused(
            f"'{self._found.title}' past niet op één A4: daarvoor moet de tekst kleiner worden dan {SMALLEST:g} punten. Kort "
            "de tekst van het draaiboek in, of maak er twee lessen van."
        )

    def _fits(self, least: float) -> tuple[float, int] | None:
        """The largest text that leaves so many millimetres for pictures."""
        for size in SIZES:
            heights = [self._task_height(task, size) for task in self._found.tasks]
            cut = _balanced(heights)
            longest = max(sum(heights[:cut]), sum(heights[cut:]))
            if MARGIN + self._head_height(size) + longest + least <= BOTTOM - _FOOT:
                return size, cut
        return None

    def _head(self, size: float) -> float:
        paper, found = self._paper, self._found
        y = paper.text(found.title, MARGIN, MARGIN, INSIDE, size=17, bold=True, colour=BRAND, tag="H1")
        if found.audience:
            y = paper.text(f"Voor: {found.audience}", MARGIN, y, INSIDE, size=SMALLEST + 0.5, colour=LABEL)
        if found.story:
            y = paper.text(found.story, MARGIN, y + 1.5, INSIDE, size=size)
        paper.line(MARGIN, y + 2, INSIDE, thick=0.5, colour=BRAND)
        return y + 4.5

    def _head_height(self, size: float) -> float:
        paper, found = self._paper, self._found
        audience = paper.height(f"Voor: {found.audience}", INSIDE, size=SMALLEST + 0.5) if found.audience else 0.0
        story = paper.height(found.story, INSIDE, size=size) + 1.5 if found.story else 0.0
        return paper.height(found.title, INSIDE, size=17, bold=True) + audience + story + 4.5

    def _column(self, tasks: Sequence[Task], x: float, y: float, size: float) -> float:
        for task in tasks:
            y = self._task(task, x, y, size)
        return y

    def _task(self, task: Task, x: float, y: float, size: float) -> float:
        paper, inside, width = self._paper, x + _NUMBER, _COLUMN - _NUMBER
        paper.text(f"{task.number}.", x, y, _NUMBER - 1.5, size=size, bold=True, colour=BRAND, align="R", tag="LI")
        y = paper.text(task.title, inside, y, width, size=size, bold=True, tag="H2")
        if task.text:
            y = paper.text(task.text, inside, y, width, size=size, colour=LABEL)
        if task.answer:
            y = paper.text(f"→ {task.answer}", inside, y, width, size=size, colour=INK)
        return y + _BETWEEN

    def _task_height(self, task: Task, size: float) -> float:
        paper, width = self._paper, _COLUMN - _NUMBER
        title = paper.height(task.title, width, size=size, bold=True)
        texts = [task.text, task.answer and f"→ {task.answer}"]
        return title + sum(paper.height(text, width, size=size) for text in texts if text) + _BETWEEN

    def _pictures(self, top: float) -> None:
        """All pictures below, cut as wide as fits; or of those cut closest as many as fit."""
        pictures = self._found.pictures
        if not pictures:
            return
        order = self._found.matter or tuple(range(len(pictures)))
        level, chosen = next(
            ((level, list(order)) for level in range(len(pictures[0].cuts)) if self._fit_pictures(order, level, top)),
            (len(pictures[0].cuts) - 1, []),
        )
        for place in order if not chosen else ():
            if self._fit_pictures([*chosen, place], level, top):
                chosen.append(place)
        for place, x, y in self._placed(sorted(chosen), level, top)[0]:
            cut, said = pictures[place].cuts[level], pictures[place].caption
            height = _COLUMN * cut.height / cut.width
            self._paper.picture(cut.png(), x, y, _COLUMN, height, said=said)
            self._paper.box(x, y, _COLUMN, height, edge=LINE)
            self._paper.text(said, x, y + height + 0.6, _COLUMN, size=_CAPTION, colour=LABEL)

    def _fit_pictures(self, places: Sequence[int], level: int, top: float) -> bool:
        return self._placed(sorted(places), level, top)[1] <= BOTTOM - _FOOT

    def _placed(self, places: Sequence[int], level: int, top: float) -> tuple[list[tuple[int, float, float]], float]:
        """The place of each picture, row by row, and where the last row ends."""
        found: list[tuple[int, float, float]] = []
        for first in range(0, len(places), 2):
            row = places[first : first + 2]
            found += [(place, x, top) for place, x in zip(row, (MARGIN, self._right), strict=False)]
            top += max(self._high(place, level) for place in row) + 2.5
        return found, top

    def _high(self, place: int, level: int) -> float:
        """A picture with its caption."""
        picture = self._found.pictures[place]
        cut = picture.cuts[level]
        return _COLUMN * cut.height / cut.width + 0.6 + self._paper.height(picture.caption, _COLUMN, size=_CAPTION)


def _brief(found: Handout) -> Handout:
    """The same with the answers only."""
    tasks = tuple(replace(task, text="") if task.answer else task for task in found.tasks)
    return replace(found, tasks=tasks, foot=f"{found.foot}. De toelichting staat op het blad zonder antwoorden.")


def _balanced(heights: Sequence[float]) -> int:
    """How many of these come in the first of two columns, so that the longest is as short as can be."""
    return min(range(len(heights) + 1), key=lambda cut: max(sum(heights[:cut]), sum(heights[cut:])))
