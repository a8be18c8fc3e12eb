"""The sizes at which screens and dialogs are laid out otherwise, as classes for their styles."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.widget import Widget

WIDTHS = [(0, "-narrow"), (100, "-medium"), (140, "-wide")]
HEIGHTS = [(0, "-low"), (32, "-high"), (44, "-tall")]
NARROW, LOW = WIDTHS[1][0], HEIGHTS[1][0]
"""Columns and lines from which a screen is not narrow or low."""
SLIM = 120
"""Columns from which there is room for the left block, and for a detail beside its list. What is narrow is slim too, so
this is a class besides: `-slim`.
"""


def is_narrow(widget: Widget) -> bool:
    """Whether the terminal is, now: for what a style cannot say."""
    return widget.app.size.width < NARROW


def is_slim(widget: Widget) -> bool:
    """The same of the columns that stand beside one another."""
    return widget.app.size.width < SLIM


def set_slim(screen: Screen[Any]) -> None:
    """Set the class that Textual does not: of the widths it sets only one."""
    screen.set_class(is_slim(screen), "-slim")


def set_sizes(screen: Screen[Any]) -> None:
    """Set the classes for the terminal's size before anything is mounted, or Textual styles everything twice."""
    size = screen.app.size
    for breakpoints, now in ((WIDTHS, size.width), (HEIGHTS, size.height)):
        screen.add_class(max(one for one in breakpoints if one[0] <= now)[1])
    set_slim(screen)
