"""`esis play --demo`: a draaiboek for an audience, in this terminal."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import playing
from app.commands.opening import require_terminal
from app.commands.session import Session
from app.platform_parts import WINDOWS

if TYPE_CHECKING:
    from app.training.scripts.document import Script


@dataclass(frozen=True)
class Ways:
    """How a demo is shown."""

    theme: str
    speed: float = 1.0
    roomy: bool = False
    leave: bool = False
    by_step: bool = False
    """Whether each step waits for a key."""
    size: tuple[int, int] | None = None
    """Columns and rows to ask of the terminal."""


def show(session: Session, path: Path, seed: int, ways: Ways, *, here: bool) -> None:
    """Play one draaiboek, as the variant of this seed; going back starts on a fresh board. Raises `Refused` without a
    terminal, or when it failed.
    """
    from app.training.scripts.document import read
    from screens.presenting import beamer

    require_terminal("Een demo heeft een terminal nodig. Zonder terminal kan het met --check, of met --record.")
    script = read(path, seed)
    before = os.get_terminal_size()
    with ExitStack() as after:
        if ways.size:
            _write(beamer.ASK.format(*ways.size))
            after.callback(_write, beamer.ASK.format(*before))
        begin: int | None = 0
        while begin is not None:
            begin, ways = _once(script, session if here else None, ways, begin)


def _write(text: str) -> None:
    """Write what a terminal understands; a console of Windows may not do so now."""
    if not WINDOWS:
        sys.stdout.write(text)
        sys.stdout.flush()


def _once(script: Script, here: Session | None, ways: Ways, begin: int) -> tuple[int | None, Ways]:
    """Play from the first step; return the step to begin the next run at, None for no next run, and how that is shown."""
    from screens.presenting.cover import covered
    from screens.presenting.demo import Back, DemoApp

    with playing.board_for(script, here, ways.theme) as (settings, board):
        app = playing.make_app(script, settings, board, DemoApp)
        assert isinstance(app, DemoApp)
        app.present(
            script,
            begin=begin,
            speed=ways.speed,
            roomy=ways.roomy,
            leave=ways.leave,
            here=here is not None,
            by_step=ways.by_step,
            wanted=ways.size,
        )
        result = app.run(auto_pilot=partial(DemoApp.play, app))
        if isinstance(result, Back):
            _write(covered(app))
            return result.to, replace(ways, theme=app.theme, by_step=app.by_step)
        if app.failed is not None:
            raise app.failed
        return None, ways
