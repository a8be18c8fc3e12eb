"""Makes a program that nobody looks at cheaper by omitting what Textual repeats for a terminal that does not exist.

Without a terminal Textual still renders every repaint and throws it away, several for each key; here nothing is drawn
until a picture or the text is asked for. Each program reads the same style sheets; here each is read once for each set
of colours. A row is drawn once, so nothing is kept for the next time. And to wait, Textual's pilot asks every widget to
answer; here only those with something to do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from rich.segment import Segment
from textual import screen
from textual._compositor import Compositor
from textual.cache import FIFOCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.geometry import Size
from textual.message_pump import MessagePump
from textual.pilot import Pilot, WaitForScreenTimeout
from textual.strip import Strip
from textual.widget import Widget

from screens.driving.dispatching import dispatching
from screens.driving.styling import styling

SOON = 1 / 250
"""Seconds until the next repaint: what waits for one that nobody sees need not wait a 60th of a second."""
_render_update = Compositor.render_update
_screen_resized = screen.Screen._screen_resized
_check_refresh = Widget._check_refresh
_parse, _parse_rules = Stylesheet.parse, Stylesheet._parse_rules
_rules: dict[tuple[Any, ...], list[RuleSet]] = {}
"""Of one style sheet."""
_together: dict[tuple[Any, ...], list[RuleSet]] = {}
"""Of all sheets that a program had read at some moment: with each new kind of widget it reads one more."""


@contextmanager
def economy() -> Iterator[None]:
    """Within this context, programs draw on demand, share parsed style sheets, and wait for busy widgets only."""
    with (
        patch.object(Compositor, "render_update", _later),
        patch.object(Stylesheet, "parse", _read_together),
        patch.object(Stylesheet, "_parse_rules", _read_once),
        patch.object(RuleSet, "__hash__", object.__hash__),
        patch.object(Pilot, "_wait_for_screen", _wait_for_the_busy),
        patch.object(Strip, "__init__", _begin_strip),
        patch.object(Widget, "_check_refresh", _check_if_asked),
        patch.object(screen, "UPDATE_PERIOD", SOON),
        patch.object(screen.Screen, "_screen_resized", _resized),
        styling(),
        dispatching(),
    ):
        yield


def _later(compositor: Compositor, full: bool = False, **how: Any) -> Any:
    """A whole screen is asked for only by a picture of it; nobody sees what changed meanwhile."""
    return _render_update(compositor, full=True, **how) if full else None


def _colours(sheet: Stylesheet) -> frozenset[tuple[str, str]]:
    """The variables of a sheet, made into a key once."""
    of, known = sheet.__dict__.get("_colours") or (None, frozenset())
    if of is not sheet._variables:
        known = frozenset(sheet._variables.items())
        sheet.__dict__["_colours"] = (sheet._variables, known)
    return known


def _read_together(sheet: Stylesheet) -> None:
    key = (_colours(sheet), *sheet.source.items())
    if key in _together:
        sheet._rules, sheet._rules_map, sheet._require_parse = _together[key], None, False
    else:
        _parse(sheet)
        assert sheet._rules is not None
        _together[key] = sheet._rules


def _read_once(sheet: Stylesheet, css: str, read_from: Any, **how: Any) -> list[RuleSet]:
    key = (_colours(sheet), css, read_from, *sorted(how.items()))
    if key not in _rules:
        _rules[key] = _parse_rules(sheet, css, read_from, **how)
    return _rules[key]


class _Forgetful(FIFOCache[Any, Any]):
    """Keeps nothing, so that all rows can share it."""

    def set(self, key: Any, value: Any) -> None:
        """Not kept."""

    __setitem__ = set


_forgetful = _Forgetful(0)


def _begin_strip(strip: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    """As Textual, which makes seven dictionaries for each piece of each row; only how it was cut is asked for again."""
    strip._segments = list(segments)
    strip._cell_length = cell_length
    strip._divide_cache = FIFOCache(4)
    strip._crop_cache = strip._style_cache = strip._filter_cache = _forgetful
    strip._line_length_cache = strip._crop_extend_cache = strip._offsets_cache = _forgetful
    strip._render_cache = strip._link_ids = strip._cell_count = None


def _check_if_asked(widget: Widget) -> None:
    """Whenever a widget has no more messages Textual looks for its screen, and then whether something is to be done."""
    if (
        widget._repaint_required
        or widget._layout_required
        or widget._refresh_styles_required
        or widget._scroll_required
    ):
        _check_refresh(widget)


def _is_idle(pump: MessagePump) -> bool:
    """Whether it waits for a message and there is none."""
    ready: asyncio.Event = pump._message_queue.ready_event
    return bool(ready._waiters) and not ready.is_set()


async def _wait_for_the_busy(pilot: Pilot[Any], timeout: float = 30.0) -> bool:
    """Wait until what had messages has handled them; False if the program crashed meanwhile."""
    app = pilot.app
    answers = []
    pumps: list[MessagePump] = [app, app.screen]
    for pump in pumps:
        if isinstance(pump, Widget):
            pumps += pump._nodes
        answer = asyncio.Event()
        if not _is_idle(pump) and pump.call_later(answer.set):
            answers.append(answer)
    handled = asyncio.gather(*(answer.wait() for answer in answers))
    crashed: asyncio.Future[Any] = asyncio.ensure_future(app._exception_event.wait())
    done, pending = await asyncio.wait([handled, crashed], timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    if not done:
        raise WaitForScreenTimeout("the screen did not handle its messages")
    return crashed not in done


def _resized(shown: screen.Screen[Any], size: Size) -> None:
    """A screen is told of its size when it has just been laid out in it; what changed since asks for a layout itself."""
    if shown._compositor.size != size or not shown._compositor._full_map:
        _screen_resized(shown, size)
