"""The speed of scripts: a command, and a picture."""

from __future__ import annotations

import sys

from benchmarks.measuring import Row, Scale, in_turns
from benchmarks.stage import Stage, bare, esis, inside

SCREEN = "Mijn Menu"


def command(stage: Stage, scale: Scale) -> list[Row]:
    """`esis coupling list`, compared with importing its dependencies."""
    ours = [*esis(stage.copy("command")), "coupling", "list"]
    return beside(stage, scale, "esis coupling list", ours, [sys.executable, "-c", "import peewee, typer"], 2.0)


def screenshot(stage: Stage, scale: Scale) -> list[Row]:
    """`esis screenshot`, compared with a bare app that saves its own picture."""
    url = stage.copy("screenshot")
    picture, bare_picture = inside(stage, "pictures", url, str(min(scale.rounds, 3)))
    ours = [*esis(url), "screenshot", SCREEN, "--yes", "--out", str(stage.folder / "ours.svg")]
    base = bare("menu", "--svg", str(stage.folder / "bare.svg"))
    return [
        Row("screenshot of an open screen", picture, bare_picture, goal=1.3),
        *beside(stage, scale, "esis screenshot", ours, base, 1.3),
    ]


def beside(stage: Stage, scale: Scale, what: str, ours: list[str], base: list[str], goal: float) -> list[Row]:
    """Time whole processes, with their memory."""
    memory: tuple[list[float], list[float]] = ([], [])

    def ran(command: list[str], kept: list[float]) -> float:
        ended = stage.run(command)
        kept.append(ended.megabytes)
        return ended.milliseconds

    times = in_turns(scale.rounds, lambda: ran(ours, memory[0]), lambda: ran(base, memory[1]))
    return [Row(what, times[0], times[1], goal=goal), Row(f"memory, {what}", memory[0], memory[1], "MB")]
