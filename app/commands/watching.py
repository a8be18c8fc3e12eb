"""`esis play --watch`: plays what was saved again, until Ctrl+C."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from app.commands import choosing
from app.commands.output import tell
from app.counted import counted
from app.ending import Ended
from app.files.regular import read_text
from app.refusals import Refused
from app.training.scripts.composing import LONGEST

LOOK = 0.1
"""Seconds between looks."""
_QUOTED = re.compile(r'"([^"\n]{1,200})"')
Seen = dict[Path, tuple[int, int] | None]
"""Files, each with its time and size; None if it is not there."""


def play_again(paths: Sequence[Path], play: Callable[[Sequence[Path]], None]) -> None:
    """Play all of them, and then each that is saved, with what it names beside it; ends with Ctrl+C, without an error.

    Raises `Refused` if there is nothing to watch; what `play` refuses is told.
    """

    def told(these: Sequence[Path]) -> None:
        try:
            play(these)
        except Refused as refusal:
            tell(refusal.sentence)

    choosing.named(paths)
    watched = _watched(paths)  # before it plays: what is saved meanwhile is played again too
    try:
        told(paths)
        for these in changed(paths, watched):
            told(these)
    except Ended as end:
        if end.number != signal.SIGINT:
            raise
        tell("Gestopt met kijken.")


def changed(paths: Sequence[Path], watched: dict[Path, Seen]) -> Iterator[list[Path]]:
    """Yield what was changed since the time before, as it was named: `FILE:LINE` stays that. `watched` is how it was at
    first.
    """
    tell(
        f"Ik kijk naar {counted(len(watched), 'draaiboek', 'draaiboeken')}. Bewaar er een, en het speelt opnieuw; Ctrl+C stopt."
    )
    while True:
        time.sleep(LOOK)
        now = _watched(paths)
        if these := [path for path, seen in now.items() if seen != watched.get(path)]:
            yield these
        watched = watched | now  # what is away for a moment, as while an editor saves it, is no change when it is back


def _watched(paths: Sequence[Path]) -> dict[Path, Seen]:
    """Every draaiboek as it is named, with how its files are now."""
    try:
        found = choosing.named(paths)
    except Refused:  # one was taken away; an editor that saves does that for a moment
        found = [one for path in paths for one in _there(path)]
    return {(Path(f"{one.path}:{one.line}") if one.line else one.path): _files(one.path) for one in found}


def _there(path: Path) -> list[choosing.Named]:
    try:
        return choosing.named([path])
    except Refused:
        return []


def _files(path: Path) -> Seen:
    """A draaiboek and the files beside it that it names, such as a message or a part that it includes."""
    seen: Seen = {path: _state(path)}
    waiting = [path]
    while waiting:
        try:
            text = read_text(waiting.pop(), 4 * LONGEST)
        except Refused:
            continue
        for name in _QUOTED.findall(text):
            beside = path.parent / name
            if beside not in seen and _is_file(beside):
                seen[beside] = _state(beside)
                if beside.suffix == ".md":
                    waiting.append(beside)
    return seen


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _state(path: Path) -> tuple[int, int] | None:
    try:
        about = os.stat(path)
    except OSError:
        return None
    return about.st_mtime_ns, about.st_size
