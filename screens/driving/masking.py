"""Hiding texts in a picture: the cells that they take on the screen get another sign before they are drawn.

The characters and the drawing are both made of those cells, so that they agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from app.training.pictures import svg_of, text_of
from app.training.scripts.masking import SIGN, Mask
from app.training.scripts.shots import Taken
from screens.driving.seeing import Cells, seen

if TYPE_CHECKING:
    from screens.shell.esis import EsisApp

SIGN_COLOUR, GROUND = "hint", "raised"
"""The tokens of hidden cells: nothing is left of what they looked like."""


def taken(app: EsisApp, masks: Sequence[Mask]) -> Taken:
    """The screen as characters and as SVG, with these hidden. Raises `CannotDo` for a pattern that takes too long."""
    hidden: dict[int, list[Cells]] = {}
    used = set()
    for line in seen(app) if masks else ():
        for number, mask in enumerate(masks):
            for place in mask.places(line.text):
                used.add(number)
                for cells in line.cells(*place):
                    hidden.setdefault(cells.row, []).append(cells)
    with _hidden(app, hidden):
        return Taken(text_of(app), svg_of(app), frozenset(used))


@contextmanager
def _hidden(app: EsisApp, hidden: Mapping[int, Sequence[Cells]]) -> Iterator[None]:
    """Within this context, everything that is made of the screen has the sign in these cells."""
    compositor: Any = app.screen._compositor
    style, drawn = _style(app), compositor._render_chops

    def with_signs(*where: Any) -> list[Mapping[int, Strip]]:
        return [
            {0: _covered(Strip.join(row.values()), hidden[place], style)} if place in hidden else row
            for place, row in enumerate(drawn(*where))
        ]

    compositor._render_chops = with_signs
    try:
        yield
    finally:
        del compositor._render_chops


def _covered(strip: Strip, hidden: Sequence[Cells], style: Style) -> Strip:
    for _, first, end in hidden:
        sign = Strip([Segment(SIGN * (end - first), style)])
        strip = Strip.join([strip.crop(0, first), sign, strip.crop(end)])
    return strip


def _style(app: EsisApp) -> Style:
    sign, ground = (Color.parse(app.theme_variables[name]).rich_color for name in (SIGN_COLOUR, GROUND))
    return Style(color=sign, bgcolor=ground)
