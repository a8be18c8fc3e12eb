"""How much of what a person does is recorded as a person would write it: `python -m benchmarks.recorder [NAME ...]`.

Each shipped draaiboek is played with keys in a program that records. The recorder hears the program, not the player. What
was recorded is compared with the file line by line, and is played in its turn, on a fresh board.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

from app import ending
from app.commands import opening, playing
from app.refusals import Refused
from app.training.pictures import keys_of, parse_size
from app.training.scripts.document import Script, Step, read
from app.training.scripts.grammar import Command
from app.training.scripts.playing import Player
from app.training.scripts.recorded import Kind, Recording

GOAL = 95.0
"""Per cent of the lines that must be equal."""
ACTS = ("open", "choose", "fill", "select", "tick", "untick", "press", "type", "go", "sign", "advance")
"""The words that are acts on the screen; what is added by hand (check, shot, expect) or sent from outside is not."""
SIZE = "120x36"


@dataclass(frozen=True)
class Compared:
    """A draaiboek and what was recorded of it."""

    name: str
    written: list[str]
    """Its acts."""
    recorded: list[str]
    same: int
    """Lines that are the same, letter by letter, but for the capitals of a key."""
    alike: int
    """And those that say the same otherwise: a place by more or less of its path."""
    wrong: str
    """Why the recorded one does not play; empty if it does."""


def main(names: list[str]) -> int:
    """Compare all, or those named; returns the exit status."""
    opening.prepare()
    found = playing.files([Path(name) for name in names or ["meegeleverd"]])
    total = written = alike = failed = 0
    begun = time.process_time()
    for path in found:
        one = compare(read(path))
        print(told(one), flush=True)
        total, written, alike = total + one.same, written + len(one.written), alike + one.alike
        failed += bool(one.wrong)
    percent = 100 * total / max(1, written)
    print(
        f"{percent:5.1f} %  of {written} lines in {len(found)} draaiboeken are equal, {100 * alike / max(1, written):.1f} % "
        f"mean the same; {failed} do not play; {time.process_time() - begun:.0f} s CPU"
    )
    return int(percent < GOAL or failed > 0)


def told(one: Compared) -> str:
    """The figures of a draaiboek, and the lines that differ."""
    most = max(1, len(one.written))
    lines = [
        f"{100 * one.same / most:5.1f} %  {one.name}: {one.same} of {len(one.written)}, {one.alike} alike; "
        + ("plays" if not one.wrong else "DOES NOT PLAY")
    ]
    matcher = SequenceMatcher(None, [_key(line) for line in one.written], [_key(line) for line in one.recorded], False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            lines += [f"      - {line}" for line in one.written[a:b]] + [
                f"      + {line}" for line in one.recorded[c:d]
            ]
    return "\n".join([*lines, *(f"      ! {line}" for line in one.wrong.splitlines()[:40])])


def compare(script: Script) -> Compared:
    """Play it through a recorder, and what was recorded after it."""
    recording = record(script)
    fields = {
        "title": script.title,
        "role": script.role,
        "location": script.location,
        "start": f"{script.start:%d-%m-%Y %H:%M}" if script.start else "",
        "board": script.board,
        "kind": "demo",
    }
    written = [command.text for step in script.steps for command in step.commands if command.word in ACTS]
    recorded = [line for line in recording.lines if line.split()[0] in ACTS]
    wrong = ""
    with TemporaryDirectory() as folder:
        path = Path(folder) / script.path.name
        path.write_text(recording.written(fields), encoding="utf-8")
        for beside in script.path.parent.glob("*.xml"):
            (path.parent / beside.name).write_bytes(beside.read_bytes())
        try:
            playing.play_through(read(path), None, parse_size(SIZE))
        except Refused as refusal:
            wrong = refusal.sentence
    same, alike = _in_common(written, recorded, _key), _in_common(written, recorded, _meant)
    return Compared(script.name, written, recorded, same, alike, wrong)


def _in_common(written: list[str], recorded: list[str], by: object) -> int:
    ours, theirs = [list(map(by, lines)) for lines in (written, recorded)]  # type: ignore[call-overload]
    return sum(block.size for block in SequenceMatcher(None, ours, theirs, False).get_matching_blocks())


def _key(line: str) -> str:
    """The line, with the keys of `press` as the program calls them."""
    word, _, rest = line.partition(" ")
    return f"press {' '.join(keys_of(rest.split()))}" if word == "press" else line


def _meant(line: str) -> str:
    """The line, with a place as it is found."""
    from screens.navigation import written

    word, _, rest = line.partition(" ")
    try:
        return f"open {written.find(rest).target}" if word == "open" else _key(line)
    except Refused:
        return line


def record(script: Script) -> Recording:
    """What a recorder hears while a draaiboek is played; what a user adds by hand is added too."""
    with playing.board_for(script, None, "") as (settings, board):
        return ending.run(_record(script, settings, board))


async def _record(script: Script, settings: object, board: object) -> Recording:
    from screens.driving.screen_driver import ScreenDriver
    from screens.driving.unseen import unseen
    from screens.recording.program import RecordingApp

    app = playing.make_app(script, settings, board, RecordingApp)  # type: ignore[arg-type]
    assert isinstance(app, RecordingApp)
    async with unseen(app, parse_size(SIZE)) as pilot:
        recorder = app.begin_recording(recording := Recording(), bar=False)
        player = Player(script, ScreenDriver(app, pilot), board)  # type: ignore[arg-type]
        for step in script.steps:
            if step.number:
                recorder.note(Kind.HEADING, step.title)
            for command in step.commands:
                await _do(player, recorder, step, command)
        app.end_recording()
        return recording


async def _do(player: Player, recorder: object, step: Step, command: Command) -> None:
    if command.word in ACTS:
        await player.do(step, command)
        return
    await player.do(step, command)
    shows = command.given[0] if command.word == "expect" and "no" not in command.said and command.form == 0 else ""
    recorder.note(Kind.LINE, command.text, shows)  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
