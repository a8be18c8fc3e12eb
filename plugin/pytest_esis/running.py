"""Plays a draaiboek in a process of the esis program, which reports events as lines of JSON."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeAlias

Event: TypeAlias = Mapping[str, Any]
"""A line of `esis play --json`.

`event` is "failed", "skipped" (nothing to compare with) or another; `file`, `line`, `message` and `seen` (the screen)
say what is wrong; for "done", `picture` is the page of differences.
"""
NOT_FOUND = (
    "Het programma '{}' is niet gevonden. Installeer het met 'uv tool install' of 'pipx install', of zeg met --esis (of esis in "
    "het ini-bestand van pytest) hoe het te starten is."
)
NOT_STARTED = "Het programma '{}' is niet te starten: {}."
UNTOLD = "'{}' zei niet hoe het afliep. Is het het programma esis, en van deze versie?"
_OF_OUR_PYTHON = ("PYTHONPATH", "PYTHONHOME", "PYTHONSAFEPATH")
"""Variables that could make the program import modules of the tested project instead of its own."""


@dataclass(frozen=True)
class Play:
    """What to play, and how."""

    path: Path
    size: str
    """Columns and rows, as in 120x36."""
    update: bool
    """Store the actual screens as golden, instead of comparing them."""
    report: Path
    """The path of the page of differences (HTML)."""
    trace: str = ""
    """`fail`: write what happened as a page if it fails; `on`: always; empty: never."""
    trace_folder: Path = Path("verloop")
    """The folder of that page."""


class Runner(Protocol):
    """Plays a draaiboek."""

    def __call__(self, play: Play) -> Iterable[Event]:
        """Play it and return the events."""


class Process:
    """Plays a draaiboek in a process of its own."""

    def __init__(self, command: str) -> None:
        self._command = command

    def __call__(self, play: Play) -> Iterator[Event]:
        """The events; if the program ended without reporting an error, its stderr."""
        way = "--update" if play.update else "--check"
        options = [way, "--json", "--size", play.size, "--report", str(play.report)]
        if play.trace:
            options += ["--trace", play.trace, "--trace-dir", str(play.trace_folder)]
        if (words := words_of(self._command)) is None:
            yield {"event": "failed", "message": NOT_FOUND.format(self._command)}
            return
        try:
            ended = subprocess.run(
                [*words, "play", *options, str(play.path)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                env=environment(),
                encoding="utf-8",
                errors="replace",
                check=False,
            )
        except OSError as error:
            yield {"event": "failed", "message": NOT_STARTED.format(self._command, error.strerror)}
            return
        told = [event for line in ended.stdout.splitlines() if (event := _read(line))]
        yield from told
        happened = {event.get("event") for event in told}
        if "failed" in happened:
            return
        if ended.returncode:
            said = ended.stderr.strip() or f"'{self._command}' eindigde met status {ended.returncode}."
            yield {"event": "failed", "message": said}
        elif "done" not in happened:
            yield {"event": "failed", "message": UNTOLD.format(self._command)}


def words_of(command: str) -> list[str] | None:
    """A command with its arguments; None if there is no such program."""
    if found := shutil.which(command):
        return [found]
    try:
        name, *rest = shlex.split(command, posix=os.name == "posix") or [""]
    except ValueError:  # a quote that is not closed
        return None
    found = shutil.which(name)
    return [found, *rest] if found else None


def environment() -> dict[str, str]:
    """The environment of the program: ours, without what would make it import our modules."""
    return {name: value for name, value in os.environ.items() if name not in _OF_OUR_PYTHON}


def _read(line: str) -> Event | None:
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None
