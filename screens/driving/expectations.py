"""What a draaiboek expects of the screen, waited for: a text, what has the focus, or what a colour means."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from app.training.scripts.errors import CannotDo, NotThere, nearest
from app.training.scripts.expecting import PATIENCE, Expectation, Expected, ExpectedColour, ExpectedFocus
from app.training.scripts.meanings import MEANINGS
from screens.driving.colours import Meanings
from screens.driving.finding import find_named
from screens.driving.focusing import focused_name, has_focus
from screens.driving.seeing import Line, seen, seen_in, sees

if TYPE_CHECKING:
    from screens.shell.esis import EsisApp

Found = TypeVar("Found")
BETWEEN, LONGEST_BETWEEN, SLOWER = 0.02, 0.2, 1.25
"""Seconds of wall time between the first two looks and between the last; and how much longer each time."""


async def until(app: EsisApp, expected: Expectation, settle: Callable[[], Awaitable[None]]) -> None:
    """Wait until it is so, as long as the expectation says. Raises `CannotDo`, saying how it is instead."""
    wrong = await lasting(lambda: wrong_with(app, expected), expected.seconds, settle)
    if wrong is not None:
        raise wrong if expected.seconds == PATIENCE else wrong.waited(expected.seconds)


async def lasting(
    look: Callable[[], Found | None], seconds: float, settle: Callable[[], Awaitable[None]]
) -> Found | None:
    """What a look still finds after so many seconds of wall time; None as soon as it finds nothing."""
    end, between = time.monotonic() + seconds, BETWEEN
    while (found := look()) is not None and (left := end - time.monotonic()) > 0:
        await asyncio.sleep(min(between, left))
        await settle()
        between = min(between * SLOWER, LONGEST_BETWEEN)
    return found


def wrong_with(app: EsisApp, expected: Expectation) -> CannotDo | None:
    """What is not as expected. A part that is not on the screen is always wrong, also where nothing should be in it."""
    try:
        match expected:
            case Expected():
                return _text(app, expected)
            case ExpectedFocus():
                return _focus(app, expected)
            case ExpectedColour():
                return wrong_colour(seen_in(app, expected.within), Meanings(app), expected)
    except CannotDo as wrong:
        return wrong


def _text(app: EsisApp, expected: Expected) -> CannotDo | None:
    if sees(app, expected) == expected.there:
        return None
    known = [line.text for line in seen(app)] if expected.there and not expected.pattern else []
    state = "niet" if expected.there else "nog"
    return NotThere(f"{expected.told} staat {state} op het scherm.", nearest(expected.text, known))


def _focus(app: EsisApp, expected: ExpectedFocus) -> CannotDo | None:
    try:
        found = find_named(app.screen, expected.label, expected.within)
    except CannotDo:
        if sees(app, Expected(expected.label, within=expected.within)):
            return CannotDo(f"{expected.told} kan de focus niet hebben: het is geen veld, knop of regel om te kiezen.")
        raise
    if any(has_focus(app.screen, thing) for thing in found) == expected.there:
        return None
    if not expected.there:
        return CannotDo(f"De focus staat nog op {expected.told}.")
    name = focused_name(app.screen)
    state = f"op '{name}'" if name else "op iets zonder naam" if app.screen.focused else "nergens"
    return CannotDo(f"De focus staat {state}, niet op {expected.told}.")


def wrong_colour(around: Sequence[Line], known: Meanings, expected: ExpectedColour) -> CannotDo | None:
    """Why none of these lines has the text in a colour with that meaning; None if one has."""
    text = re.compile(re.escape(expected.text), re.IGNORECASE)
    found = [known.of(line, *one.span()) for line in around for one in text.finditer(line.text)]
    if any(expected.meaning in meanings for meanings in found):
        return None
    if not found:
        meant = nearest(expected.text, [line.text for line in around])
        return NotThere(f"{expected.told} staat niet op het scherm.", meant)
    others = [meaning for meaning in MEANINGS if any(meaning in meanings for meanings in found)]
    instead = f"wel {', '.join(others)}" if others else "en geen kleur die iets betekent"
    return CannotDo(f"{expected.told} heeft niet de kleur {expected.meaning}, {instead}.")
