"""The starting state of a lesson: kept from one time to the next, and made by a process of its own if it is not there.

Making one takes nights that really pass, in a database of its own, and a process has one database: so a program that has
its own open lets another process do it. `python -m app.training.lessons.beginning FILE SITUATION [MOMENT]` is that one.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from app import own_program
from app.files import temporary
from app.refusals import Refused
from app.training.scripts import kept_situations, sandbox
from app.training.scripts.document import Script

LONGEST = 300.0
"""Seconds that making one may take."""


def state_of(script: Script) -> bytes:
    """The database of a lesson's starting state; takes the seconds of its nights if it is not kept.

    Raises `Refused` if it cannot be made.
    """
    return kept_situations.there(sandbox.name_of(script.board, script.start)) or _made(script)


def get_ready(scripts: Iterable[Script]) -> None:
    """Make the starting states of these lessons that are not there, one by one, so that each begins at once. Of a class
    that opens the list one program does so at a time: most of it is there by the turn of the next.
    """
    states = {sandbox.name_of(script.board, script.start): script for script in scripts}
    with kept_situations.in_turn("gereedmaken") as folder:
        for script in states.values() if folder else ():
            state_of(script)


def _made(script: Script) -> bytes:
    with temporary.folder() as folder:
        path = folder / "begin.db"
        moment = [script.start.isoformat()] if script.start else []
        try:
            done = subprocess.run(
                own_program.command(__name__, str(path), script.board, *moment),
                env=own_program.environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=LONGEST,
                check=False,
            )
            if done.returncode == 0:
                return path.read_bytes()
            why = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        except (OSError, subprocess.TimeoutExpired) as error:
            why = type(error).__name__
    raise Refused(
        f"Het oefenbestuur van de les is niet te maken: {why or 'de reden is onbekend'}. Probeer het nog eens."
    )


def main(path: str, situation: str, moment: str = "") -> None:
    """Make one, and put a copy at the path."""
    sandbox.copy(situation, datetime.fromisoformat(moment) if moment else None, Path(path))


if __name__ == "__main__":
    main(*sys.argv[1:])
