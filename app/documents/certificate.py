"""A certificate: one sheet for who did a lesson, or several; with a line to write on where the name is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.counted import plural
from app.documents.paper import BOTTOM, BRAND, GOOD, HEIGHT, INK, LABEL, LINE, MARGIN, WIDTH, Paper

_LEFT, _INSIDE = 30.0, WIDTH - 60.0


@dataclass(frozen=True)
class Done:
    """A lesson that was done."""

    title: str
    result: str
    """How it went: `geslaagd, 10 van 12 punten`."""
    day: str
    more: str = ""
    """What else there is to say, in one line."""


@dataclass(frozen=True)
class Certificate:
    """What stands on one sheet."""

    name: str
    """Empty: a line to write on."""
    done: tuple[Done, ...]
    day: str
    """The day of the last of them."""


MOST = 14
"""Lessons on one sheet; the rest is counted."""


def certificates(found: Sequence[Certificate], made_at: datetime | None = None) -> bytes:
    """One sheet each, as PDF."""
    paper = Paper(plural(len(found), "Certificaat", "Certificaten"), made_at)
    for one in found:
        _sheet(paper, one)
    return paper.made()


def _sheet(paper: Paper, one: Certificate) -> None:
    paper.page()
    paper.box(MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN, edge=BRAND)
    paper.box(MARGIN + 2, MARGIN + 2, WIDTH - 2 * MARGIN - 4, HEIGHT - 2 * MARGIN - 4)
    y = paper.text("ESIS in de terminal", _LEFT, 34, _INSIDE, size=12, colour=LABEL, align="C")
    y = paper.text("Certificaat", _LEFT, y + 8, _INSIDE, size=38, bold=True, colour=BRAND, align="C", tag="H1")
    y = paper.text("Dit certificaat is voor", _LEFT, y + 10, _INSIDE, size=12, colour=LABEL, align="C")
    y = _name(paper, one.name, y + 6)
    several = len(one.done) > 1
    told = "die deze oefeningen heeft voltooid:" if several else "die deze oefening heeft voltooid:"
    y = paper.text(told, _LEFT, y + 6, _INSIDE, size=12, colour=LABEL, align="C") + 8
    y = _list(paper, one.done, y) if several else _single(paper, one.done[0], y)
    _signatures(paper, one.day)


def _name(paper: Paper, name: str, y: float) -> float:
    if not name:
        paper.line(_LEFT + 25, y + 13, _INSIDE - 50, colour=INK)
        return y + 15
    size = next((size for size in (28, 24, 20, 16) if len(paper.lines(name, _INSIDE, size=size, bold=True)) == 1), 14)
    return paper.text(name, _LEFT, y, _INSIDE, size=size, bold=True, align="C", tag="H2")


def _single(paper: Paper, done: Done, y: float) -> float:
    y = paper.text(done.title, _LEFT, y, _INSIDE, size=18, bold=True, colour=BRAND, align="C", tag="H2")
    y = paper.text(f"✓ {done.result}", _LEFT, y + 8, _INSIDE, size=13, bold=True, colour=GOOD, align="C")
    if done.more:
        y = paper.text(done.more, _LEFT, y + 3, _INSIDE, size=11, colour=LABEL, align="C")
    return y


def _list(paper: Paper, all_done: Sequence[Done], y: float) -> float:
    for done in all_done[:MOST]:
        right = 52.0
        below = paper.text(f"✓ {done.title}", _LEFT, y, _INSIDE - right - 4, size=10.5, bold=True, tag="LI")
        beside = paper.text(done.result, _LEFT + _INSIDE - right, y, right, size=9, colour=LABEL, align="R")
        y = max(below, beside) + 1.2
        paper.line(_LEFT, y, _INSIDE)
        y += 1.6
    if len(all_done) > MOST:
        y = paper.text(f"en nog {len(all_done) - MOST}", _LEFT, y, _INSIDE, size=10, colour=LABEL, tag="LI")
    return y


def _signatures(paper: Paper, day: str) -> None:
    y, half = BOTTOM - 38, 62.0
    paper.text(day, _LEFT, y - 6, half, size=11, align="C")
    for x, said in ((_LEFT, "datum"), (_LEFT + _INSIDE - half, "trainer")):
        paper.line(x, y, half, colour=INK)
        paper.text(said, x, y + 1.5, half, size=9, colour=LABEL, align="C")
    paper.line(_LEFT, y + 13, _INSIDE, colour=LINE)
    paper.text(
        "Gedaan in een oefenomgeving met verzonnen leerlingen en scholen.",
        _LEFT,
        y + 15,
        _INSIDE,
        size=8.5,
        colour=LABEL,
        align="C",
    )
