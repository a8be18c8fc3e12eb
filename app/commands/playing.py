"""Finds and plays draaiboeken; shared by the commands that check them, demo them, write the manual and start lessons."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import opening
from app.commands.session import Session

if TYPE_CHECKING:
    from app.settings import Settings
    from app.training.scripts.document import Script, Step
    from app.training.scripts.shots import Shot
    from app.training.tracing.trace import Trace
    from models.board import Board
    from screens.shell.esis import EsisApp


def files(paths: Sequence[Path]) -> list[Path]:
    """The draaiboeken among files and folders, and the included ones by name: `iep-lvs`, or `meegeleverd` for all of
    them. Raises `Misused` if there are none, `NotFound` for a name that there is not.
    """
    from app.refusals import Misused
    from app.training.lessons import catalogue
    from app.training.scripts.document import SUFFIX

    found: list[Path] = []
    for path in paths:
        if os.path.isdir(path):  # which an impossible name is not, without an error
            found += sorted(path.rglob(f"*{SUFFIX}"))
        else:
            found += [path] if os.path.exists(path) else catalogue.shipped(str(path))
    if not found:
        raise Misused(f"In {', '.join(map(str, paths))} staat geen bestand dat eindigt op {SUFFIX}.")
    return found


def play_through(
    script: Script,
    here: Session | None,
    size: tuple[int, int],
    theme: str = "",
    begun: Callable[[Step], object] = lambda _step: None,
    trace: Trace | None = None,
) -> list[Shot]:
    """Play a draaiboek without a terminal and return its pictures. It is played on the board of session `here`, or on one
    of its own; `begun` is called as each step starts, and what happens is kept in `trace`.

    Raises `PlayFailed`.
    """
    from app import ending

    opening.prepare()
    with board_for(script, here, theme) as (settings, board):
        return ending.run(_headless(script, settings, board, size, begun, trace))


@contextmanager
def board_for(script: Script, session: Session | None, theme: str = "") -> Iterator[tuple[Settings, Board]]:
    """Yield the settings and board to play on: its own, deleted afterwards, or the session's as it is (`--here`)."""
    from app.refusals import Refused
    from app.training.scripts.sandbox import own_board
    from screens.shared.files import staying_in

    if session is not None:
        if not (session.board.practice and session.settings.database_url.startswith("sqlite:")):
            raise Refused("--here kan alleen op een oefenbestuur in een eigen SQLite-bestand.")
        yield replace(session.settings, theme=theme), session.board
        return
    with own_board(script.board, script.start) as (settings, board):
        folder = Path(settings.database_url.removeprefix("sqlite:///")).parent / "bestanden"
        with staying_in(folder):  # a draaiboek reads and writes nothing of its user's
            yield replace(settings, theme=theme), board


def make_app(script: Script, settings: Settings, board: Board, kind: Callable[..., EsisApp] | None = None) -> EsisApp:
    """The program at the start of the draaiboek, its user signed in. Raises `InvalidScript` for an unknown user or
    location.
    """
    from app.training.scripts.sandbox import who_and_where

    who_and_where(script, board)
    return opening.make_app(settings, board, script.role, script.location if script.role else "", kind=kind)


async def _headless(
    script: Script,
    settings: Settings,
    board: Board,
    size: tuple[int, int],
    begun: Callable[[Step], object],
    trace: Trace | None,
) -> list[Shot]:
    from app.training.scripts.playing import Player
    from screens.driving.screen_driver import ScreenDriver
    from screens.driving.unseen import unseen

    app = make_app(script, settings, board)
    async with unseen(app, size) as pilot:
        if trace is not None:
            from screens.driving.telling_driver import TellingDriver

            with trace.watching(app, board):
                return await Player(script, TellingDriver(app, pilot, trace.pressed), board, begun, trace).play()
        return await Player(script, ScreenDriver(app, pilot), board, begun).play()
