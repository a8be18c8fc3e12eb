"""Each line of a shipped draaiboek broken in turn: the trace names it, and its screens are those of the shots.

A broken line names a button that is not there, which changes nothing, so the real line can follow it: each file is played
once. All of it, with the longest draaiboek, is `TRACES=all uv run pytest tests/training/tracing`.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from app import ending
from app.commands import opening, playing
from app.training.lessons import catalogue
from app.training.pictures import settle
from app.training.scripts import goldens
from app.training.scripts.document import Step
from app.training.scripts.errors import PlayFailed
from app.training.scripts.grammar import Command
from app.training.scripts.playing import Player
from app.training.scripts.shots import Shot
from app.training.tracing.page import page
from app.training.tracing.trace import Trace
from screens.driving.telling_driver import TellingDriver
from tests.training.tracing.reading import data_of, text_of

pytestmark = pytest.mark.usefixtures("economical")
ACTING = ("open", "choose", "fill", "select", "tick", "untick", "press", "type", "go", "sign", "advance")
ABSENT = "Deze knop is er niet"
LARGEST = 3 * 1024 * 1024
"""In bytes, of a page."""
ALL = os.environ.get("TRACES") == "all"
FILES = ["rol-ontbreekt", *(["iep-lvs", "zelfgemaakte-groep-over", "mijnschoolinfo"] if ALL else [])]


class Breaking(Player):
    """Plays each acting line once broken, and then as it is."""

    trace: Trace
    broken: int = 0

    async def do(self, step: Step, command: Command) -> None:
        if command.word in ACTING:
            text = f'choose "{ABSENT}"'
            with pytest.raises(PlayFailed):
                await super().do(step, replace(command, word="choose", form=0, given=(ABSENT,), text=text))
            self.look(command.line)
            self.broken += 1
            self.trace.acts.pop()
        await super().do(step, command)

    def look(self, line: int) -> None:
        """A page made now names the line, with its screen and what was wrong."""
        found = page(self.trace)
        assert f"× Mislukt in regel {line}<" in found
        data = data_of(found)
        assert [act["line"] for act in data["acts"] if act["wrong"]] == [line]
        assert ABSENT in data["acts"][-1]["wrong"]
        assert text_of(data, data["acts"][-1]["after"]) == self.driver.shown()


@pytest.mark.parametrize("name", FILES)
def test_the_trace_names_each_line_that_breaks_and_its_screens_are_the_shots(name: str) -> None:
    script = catalogue.find(name)
    trace = Trace(script, script.path.read_text(encoding="utf-8").splitlines())

    async def play() -> tuple[list[Shot], int]:
        app = playing.make_app(script, settings, board)
        async with app.run_test(size=(120, 36), notifications=True) as pilot:
            await settle(app, pilot)
            with trace.watching(app, board):
                driver = TellingDriver(app, pilot, trace.pressed)
                player = Breaking(script, driver, board, observer=trace)
                player.trace = trace
                return await player.play(), player.broken

    opening.prepare()
    with playing.board_for(script, None) as (settings, board):
        shots, broken = ending.run(play())
    commands = [command for step in script.steps for command in step.commands]
    assert broken == sum(command.word in ACTING for command in commands)
    assert [act.line for act in trace.acts] == [command.line for command in commands]
    found = page(trace)
    assert len(found.encode()) <= LARGEST
    data = data_of(found)
    shown = {shot.name: shot.text for shot in shots}
    for command, act in zip(commands, data["acts"], strict=True):
        if command.word == "shot":
            golden = goldens.folder_of(script.path) / f"{command.given[0]}.txt"
            assert text_of(data, act["after"]) == shown[command.given[0]] == golden.read_text(encoding="utf-8")
        if command.word in ("fill", "press", "sign"):
            assert act["keys"], command.text
    assert any(act["changes"] for act in data["acts"])
    assert str(Path.cwd()) not in found
