"""Arrow keys that move by position: to the nearest widget in that direction, even one scrolled out of sight."""

from __future__ import annotations

from textual.geometry import Offset, Region
from textual.screen import Screen
from textual.widget import Widget


def nearest(
    container: Widget, current: Widget, direction: str, kind: type[Widget], *, aside: bool = False
) -> Widget | None:
    """The nearest focusable widget of this kind in a direction (`up`, `down`, `left`, `right`), if any; `aside`: not only
    straight above or below.
    """
    here = _place(container, current)
    best: tuple[int, Widget] | None = None
    for widget in container.query(kind):
        if widget is current or not widget.focusable or not widget.virtual_region or not is_displayed(widget):
            continue
        cost = _cost(here, _place(container, widget), direction, aside=aside)
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, widget)
    return best[1] if best else None


def is_displayed(widget: Widget) -> bool:
    """Whether the widget and all that it is in are displayed."""
    return all(node.display for node in widget.ancestors_with_self if isinstance(node, Widget))


def cross(current: Widget, direction: str) -> bool:
    """Go on to what can have the focus in this direction, across panels; returns whether there is something.

    Only within the body of the screen and what stands beside it: the tabs at the top have F10.
    """
    containers = (node for node in current.ancestors if node.id in _BODIES or isinstance(node, Screen))
    target = nearest(next(containers), current, direction, Widget)  # type: ignore[arg-type]  # all are widgets
    if target is not None:
        _stop(current, target).focus()
    return target is not None


def _stop(current: Widget, target: Widget) -> Widget:
    """A bar of tabs is entered where it is open."""
    entered = target.parent is not current.parent and isinstance(target.parent, Widget)
    return next((one for one in target.parent.children if entered and one.has_class("-here")), target)  # type: ignore[union-attr]


_BODIES = ("middle", "body")
"""What holds the body of a screen and the block beside it, or the body alone."""


def _place(container: Widget, widget: Widget) -> Region:
    region = widget.virtual_region
    offset = region.offset
    parent = widget.parent
    while isinstance(parent, Widget) and parent is not container:
        offset += parent.virtual_region.offset
        parent = parent.parent
    return Region(offset.x, offset.y, region.width, region.height)


def _cost(here: Region, there: Region, direction: str, *, aside: bool) -> int | None:
    """The distance, or None if it is not in that direction: straight above or below, or anywhere left or right."""
    sideways = direction in ("left", "right")
    if sideways:
        here, there = _turned(here), _turned(there)
    ahead = there.y - here.bottom if direction in ("down", "right") else here.y - there.bottom
    overlap = min(here.right, there.right) - max(here.x, there.x)
    if ahead < 0 or (overlap <= 0 and not (sideways or aside)):
        return None
    off = 0 if overlap > 0 else 1 - overlap
    # From edge to edge, not the gap: everything in a column is equally far, however long its name.
    return abs(there.y - here.y) * 2 + off * 3


def _turned(region: Region) -> Region:
    origin = Offset(region.y * 2, region.x)
    return Region(origin.x, origin.y, region.height * 2, region.width)
