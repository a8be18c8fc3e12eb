"""Events while draaiboeken are checked, as data: `esis play --json` writes one JSON object per line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from app.refusals import Refused
from app.training.scripts.differences import Difference
from app.training.scripts.document import Script
from app.training.scripts.errors import InvalidScript, PlayFailed
from app.training.scripts.goldens import folder_of
from app.training.scripts.shots import Shot

if TYPE_CHECKING:
    from app.training.scripts.repeating import Unequal


class Happened(StrEnum):
    """The kinds of event."""

    STARTED = "started"
    """A draaiboek starts."""
    STEP = "step"
    """A step of it starts."""
    PASSED = "passed"
    """It succeeded entirely, and its pictures match the golden ones, or were saved."""
    FAILED = "failed"
    """Something is wrong, in the file, on the screen or in a picture; possibly several for one draaiboek."""
    SKIPPED = "skipped"
    """A picture was not compared, because the draaiboek has no golden screens yet."""
    DONE = "done"
    """All draaiboeken have been played."""


@dataclass(frozen=True)
class Event:
    """An event; fields that do not apply are None."""

    event: Happened
    file: str | None = None
    """The draaiboek, as named by the caller."""
    line: int | None = None
    """The line in the file, from 1."""
    step: int | None = None
    """The number of the step; 0 is what precedes the first."""
    message: str | None = None
    """A Dutch sentence."""
    expected: str | None = None
    """The characters of the golden screen."""
    seen: str | None = None
    """The characters of the actual screen."""
    picture: str | None = None
    """The page (HTML) with expected and actual side by side."""
    golden: str | None = None
    """The file of the golden screen; if all of them match, their folder."""
    seconds: float | None = None
    """The wall time it took."""

    def fields(self) -> dict[str, str | int | float]:
        """The fields that apply, by the names of the contract."""
        return {name: value for name, value in asdict(self).items() if value is not None}


Say: TypeAlias = Callable[[Event], object]


def of_refusal(path: Path, refusal: Refused) -> Iterator[Event]:
    """A draaiboek cannot be read, is invalid (one event per line), or failed at one or more lines."""
    match refusal:
        case InvalidScript(mistakes=mistakes):
            for one in mistakes:
                yield Event(Happened.FAILED, one.file, one.line, message=one.sentence)
        case PlayFailed(each=each):
            for failed in each:
                one = failed.mistake
                yield Event(Happened.FAILED, one.file, one.line, failed.step, one.sentence, seen=failed.shown)
        case _:
            yield Event(Happened.FAILED, str(path), message=refusal.sentence)


def of_difference(script: Script, difference: Difference) -> Event:
    """A picture differs from the golden one."""
    return Event(
        Happened.FAILED,
        str(script.path),
        line=(line := _line_of(script, difference.name)),
        step=_step_at(script, line),
        message=difference.sentence(),
        expected=difference.expected_text,
        seen=difference.text,
        golden=golden_of(difference),
    )


def of_first(script: Script, shot: Shot) -> Event:
    """A picture has nothing to be compared with."""
    difference = Difference(script.path, shot.name, None, "", shot.text, shot.svg)
    return Event(
        Happened.SKIPPED,
        str(script.path),
        _line_of(script, shot.name),
        shot.step,
        difference.sentence(),
        seen=shot.text,
        golden=golden_of(difference),
    )


def with_more(found: Iterable[Event], sentence: str) -> list[Event]:
    """The events, the last of them with one more sentence in its message."""
    told = list(found)
    if told and sentence:
        told[-1] = replace(told[-1], message=" ".join(filter(None, [told[-1].message, sentence])))
    return told


def of_unequal(script: Script, unequal: Unequal) -> Event:
    """A play of it was not the same as the first."""
    return Event(
        Happened.FAILED,
        str(script.path),
        line=_line_of(script, unequal.name),
        step=unequal.step,
        message=unequal.sentence,
        expected=unequal.was,
        seen=unequal.now,
    )


def golden_of(difference: Difference) -> str:
    """The file of its golden screen."""
    return str(folder_of(difference.path) / f"{difference.name}.txt")


def _line_of(script: Script, name: str) -> int | None:
    """The line of the draaiboek that takes a picture; None if no line does any more."""
    commands = (command for step in script.steps for command in step.commands)
    return next((one.at for one in commands if one.word == "shot" and one.given[0] == name), None)


def _step_at(script: Script, line: int | None) -> int | None:
    steps = script.steps if line else ()
    return max((step.number for step in steps if step.line <= (line or 0)), default=None)
