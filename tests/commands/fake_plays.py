"""Plays draaiboeken without the program: each picture is what `type` lines before it say, so a play costs nothing.

`expect "..."` fails unless the text was typed; `press tab` types how often this process has played.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.training.scripts.document import Script, Step
from app.training.scripts.errors import PlayFailed
from app.training.scripts.shots import Shot
from tests.drawn import shot

HEAD = "---\ntitle: Proef\nkind: demo\n---\n"
played = 0


def script_of(*steps: str) -> str:
    """A draaiboek with steps of these lines."""
    blocks = (f"## {number}. Stap {number}\n\n```esis\n{step}\n```\n" for number, step in enumerate(steps, 1))
    return HEAD + "\n".join(blocks)


def play_through(
    script: Script,
    here: object,
    size: tuple[int, int],
    theme: str = "",
    begun: Callable[[Step], Any] = lambda _: None,
    trace: Any = None,
) -> list[Shot]:
    """In the place of `playing.play_through`."""
    global played
    played += 1
    typed, shots = ["", "", ""], list[Shot]()
    for step in script.steps:
        begun(step)
        for command in step.commands:
            if trace is not None:
                trace.before(step, command)
            match command.word:
                case "type":
                    typed[0] = command.given[0]
                case "press":
                    typed[1] = f"keer {played}"
                case "shot":
                    shots.append(shot(command.given[0], *typed, step=step.number))
                case "expect" if command.given[0].strip('"') not in typed:
                    mistake = script.mistake(command, "Dat staat er niet.")
                    raise PlayFailed(mistake, "\n".join(typed), shot("x", *typed).svg, shots, step=step.number)
    return shots
