"""What happens while draaiboeken are checked, as data: `esis play --json` writes one JSON object a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from app.refusals import Refused
from app.training.scripts.document import Script
from app.training.scripts.errors import InvalidScript, PlayFailed
from app.training.scripts.goldens import Difference, folder_of
from app.training.scripts.shots import Shot


class Happened(StrEnum):
    """The kinds of event."""

    STARTED = "started"
    """A draaiboek begins."""
    STEP = "step"
    """A step of it begins."""
    PASSED = "passed"
    """All of it went as it says, and its pictures are the golden ones, or were kept."""
    FAILED = "failed"
    """Something is wrong: in the file, on the screen or in a picture. There may be more of them for one draaiboek."""
    SKIPPED = "skipped"
    """A picture that was compared with nothing, because the draaiboek has no golden screens yet."""
    DONE = "done"
    """All draaiboeken were played."""


@dataclass(frozen=True)
class Event:
    """Something that happened; what does not apply is None."""

    event: Happened
    file: str | None = None
    """The draaiboek, as it was named."""
    line: int | None = None
    """Of the file, from 1."""
    step: int | None = None
    """The number of the step; 0 is what comes before the first."""
    message: str | None = None
    """A Dutch sentence."""
    expected: str | None = None
    """The characters of the golden screen."""
    seen: str | None = None
    """The characters of the screen as it was."""
    picture: str | None = None
    """The page (HTML) with what was expected and what was seen, side by side."""
    golden: str | None = None
    """The file of the golden screen; where all of them are alike, their folder."""
    seconds: float | None = None
    """Wall time that it took."""

    def fields(self) -> dict[str, str | int | float]:
        """Those that apply, by the names of the contract."""
        return {name: value for name, value in asdict(self).items() if value is not None}


Say: TypeAlias = Callable[[Event], object]


def of_refusal(path: Path, refusal: Refused, script: Script | None = None) -> Iterator[Event]:
    """That a draaiboek cannot be read, is written wrong (each line), or did not go as a line says."""
    match refusal:
        case InvalidScript(mistakes=mistakes):
            for one in mistakes:
                yield Event(Happened.FAILED, one.file, one.line, message=one.sentence)
        case PlayFailed(mistake=one, shown=shown):
            step = _step_at(script, one.line)
            yield Event(Happened.FAILED, one.file, one.line, step, one.sentence, seen=shown)
        case _:
            yield Event(Happened.FAILED, str(path), message=refusal.sentence)


def of_difference(script: Script, difference: Difference) -> Event:
    """That a picture is not the golden one."""
    return Event(
        Happened.FAILED,
        str(script.path),
        line=(line := _line_of(script, difference.name)),
        step=_step_at(script, line),
        message=difference.sentence(),
        expected=difference.expected_text,
        seen=difference.text,
        golden=_golden(script, difference.name),
    )


def of_first(script: Script, shot: Shot) -> Event:
    """That there is nothing to compare a picture with."""
    message = Difference(script.path.name, shot.name, None, "", shot.text, shot.svg).sentence()
    golden = _golden(script, shot.name)
    return Event(
        Happened.SKIPPED,
        str(script.path),
        _line_of(script, shot.name),
        shot.step,
        message,
        seen=shot.text,
        golden=golden,
    )


def _golden(script: Script, name: str) -> str:
    return str(folder_of(script.path) / f"{name}.txt")


def _line_of(script: Script, name: str) -> int | None:
    """Where a picture is asked for; None for one that no line makes any more."""
    commands = (command for step in script.steps for command in step.commands)
    return next((one.line for one in commands if one.word == "shot" and one.given[0] == name), None)


def _step_at(script: Script | None, line: int | None) -> int | None:
    steps = script.steps if script and line else ()
    return max((step.number for step in steps if step.line <= (line or 0)), default=None)
