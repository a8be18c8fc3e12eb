"""Shared by the tests of demos and lessons: wait for something, and read the panel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

from app.training.scripts.document import Script
from screens.presenting.panel import PresentationPanel
from screens.shell.esis import EsisApp


async def until(condition: Callable[[], object], seconds: int = 30) -> None:
    """Wait until this holds; fails when it does not come in so long."""
    for _ in range(50 * seconds):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come")


def panel(app: EsisApp) -> str:
    """The text of the panel below the screen in front."""
    return "\n".join(one.caption.text for one in app.screen.query(PresentationPanel))


def words(script: Script) -> list[str]:
    """The words of the language of draaiboeken in it, in order."""
    return [command.word for step in script.steps for command in step.commands]


def covering(scripts: Mapping[str, Sequence[str]]) -> list[str]:
    """The names of some of these, short ones, that have every word of any."""
    chosen, left = [], set[str]().union(*scripts.values())
    while left:
        best = max(scripts, key=lambda name: (len(left & set(scripts[name])), -len(scripts[name])))
        chosen.append(best)
        left -= set(scripts[best])
    return chosen
