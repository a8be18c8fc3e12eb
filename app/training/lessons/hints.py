"""Help in three stages, each revealing more: where to look, what to do, and how it is done in the real program.

A hint never repeats the check of its step: who is told what will be there has not learned how to get it there. The
first two are the `hint` lines of the step, in that order; where the draaiboek gives none, they are made from its lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.training.lessons.tasks import Task
from app.training.scripts.grammar import Command

WAIT = 20.0
"""Seconds of wall time after which the second hint is given to who did nothing since the first."""
TOO_SOON = (
    "Probeer het eerst zelf met wat u nu weet. De volgende hint kunt u vragen zodra u iets heeft gedaan, of na "
    f"{WAIT:.0f} seconden."
)
"""What is said to who asks for the second hint at once."""
HERE = "Kijk op het scherm dat u voor u heeft."


class Hint(StrEnum):
    """The stages of help."""

    WHERE = "waar"
    WHAT = "wat"
    SHOW = "voordoen"


HINTS = tuple(Hint)


@dataclass(frozen=True)
class Given:
    """The answer to somebody who asks for help."""

    stage: Hint | None
    """None: not yet."""
    text: str


def own_hints(task: Task) -> list[Command]:
    """The `hint` lines of the last of its steps that has any: those of the stages where and what."""
    for step in reversed(task.steps):
        if found := [command for command in step.commands if command.word == "hint"]:
            return found
    return []


def text_of(task: Task, stage: Hint) -> str:
    """What the learner is told at this stage; empty for what is shown."""
    place = HINTS.index(stage)
    own = own_hints(task)
    if place < min(len(own), 2):
        return own[place].given[0]
    if stage is Hint.SHOW:
        return ""
    return _where(task) if stage is Hint.WHERE else _what(task)


def _where(task: Task) -> str:
    """The place, as far as the lines of the draaiboek say it."""
    places = [command for command in task.commands if command.word in ("open", "go")]
    if not places:
        return HERE
    last = places[-1]
    name = last.given[0].strip('"')
    return f"Kijk bij {name}." if last.word == "open" else f"Kijk in {name} (F6)."


def _what(task: Task) -> str:
    """The acts, without what is to be filled in."""
    acts = "; ".join(_acts(task))
    return f"{acts[0].upper()}{acts[1:]}." if acts else HERE


def _acts(task: Task) -> Iterator[str]:
    for command in task.commands:
        if told := act(command):
            yield told


def act(command: Command) -> str:
    """What a line does, as an order, without what is to be filled in; empty if it is no act."""
    given = command.given
    match command.word:
        case "open":
            return f"ga naar {given[0]}"
        case "choose":
            within = f" bij '{given[1]}'" if len(given) > 1 else ""
            return f"kies '{given[0]}'{within}"
        case "fill":
            return f"vul '{given[0]}' in"
        case "select":
            return f"kies iets bij '{given[0]}'"
        case "tick":
            return f"kruis '{given[0]}' aan"
        case "untick":
            return f"haal het kruisje bij '{given[0]}' weg"
        case "go":
            return f"ga naar {given[0]} (F6)"
        case "sign":
            return f"meld u aan als {given[0]}" if given else "meld u af"
        case "advance":
            return "verzet de schooltijd (F9)"
        case "scroll":
            return f"blader tot '{given[0]}'"
        case "press":
            return f"druk op {given[0]}"
    return ""
