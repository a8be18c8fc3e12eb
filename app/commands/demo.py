"""`esis play --demo`: a draaiboek for an audience, in this terminal; and `--record`, which records the terminal."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import playing
from app.commands.opening import require_terminal
from app.commands.session import Session

if TYPE_CHECKING:
    from app.training.scripts.document import Script


def show(
    session: Session, path: Path, seed: int = 1, *, theme: str, speed: float, roomy: bool, leave: bool, here: bool
) -> None:
    """Play one draaiboek, as the variant of this seed; going back starts on a fresh board. Raises `Refused` without a
    terminal, or when it failed.
    """
    from app.training.scripts.document import read

    require_terminal("Een demo heeft een terminal nodig. Zonder terminal kan het met --check, of met --record.")
    script = read(path, seed)
    begin: int | None = 0
    while begin is not None:
        begin = _once(script, session if here else None, theme, begin, speed, roomy, leave)


def _once(
    script: Script, here: Session | None, theme: str, begin: int, speed: float, roomy: bool, leave: bool
) -> int | None:
    """Play from the first step; return how many steps to fast-forward in the next run, None for no next run."""
    from screens.presenting.demo import Back, DemoApp

    with playing.board_for(script, here, theme) as (settings, board):
        app = playing.make_app(script, settings, board, DemoApp)
        assert isinstance(app, DemoApp)
        app.present(script, begin=begin, speed=speed, roomy=roomy, leave=leave, here=here is not None)
        result = app.run(auto_pilot=partial(DemoApp.play, app))
        if isinstance(result, Back):
            return result.steps
        if app.failed is not None:
            raise app.failed
        return None
