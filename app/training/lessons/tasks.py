"""The tasks of a lesson: one step whose completion can be observed, together with the steps before it that cannot be.

In an exam only a state of the board can be observed: what is only to be looked at belongs to the task after it, so that
nobody is led along a way by what he has to look at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from app.access import Actor
from app.training.scripts import checks
from app.training.scripts.checks import Check
from app.training.scripts.document import Script, Step
from app.training.scripts.expecting import Expected, text_expected
from app.training.scripts.grammar import TELLING, Command

LOOKING = ("expect", "scroll", "check", "mask", "shot", "fault", "send")
"""Commands that do nothing on the screen."""
LOOK = "Bekijk wat hier te zien is."
"""The goal of a task that is only to look, where the draaiboek gives none: what is to be seen would be the answer."""


@dataclass(frozen=True)
class Remark:
    """What is said when a state arises that a wrong turn leads to."""

    text: str
    check: Check
    line: int = 0
    """Its line in the draaiboek, or in the file that it includes."""
    file: str = ""
    """That file; empty: the draaiboek."""


@dataclass(frozen=True)
class Task:
    """What a learner has to do: one step, or several of which only the last can be observed."""

    steps: tuple[Step, ...]
    checks: tuple[Check, ...]
    expected: tuple[Expected, ...]
    """What must be on the screen; used if there are no checks."""
    absent: tuple[Expected, ...]
    """What must not be on the screen then."""
    at_the_end: tuple[Expected, ...]
    """Which of those texts are expected after everything else in the task."""
    remarks: tuple[Remark, ...]
    points: int = 1
    """What it counts for in an exam."""
    after_night: tuple[Expected, ...] = ()
    """Which of those texts the learner has to go and look for once the night is over: the night alone is not enough."""

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """Its commands, in order."""
        return tuple(command for step in self.steps for command in step.commands)

    @property
    def title(self) -> str:
        """The numbers and titles of its steps: level 1 of a lesson."""
        return "; ".join(f"{step.number}. {step.title}" for step in self.steps)

    @property
    def text(self) -> str:
        """The prose of its steps, as one paragraph."""
        return " ".join(" ".join(step.text.split()) for step in self.steps if step.text)

    @property
    def goal(self) -> str:
        """What is reached by it, and not how: its own `goal`, else its checks without what is to be filled in."""
        own = [command.given[0] for command in self.commands if command.word == "goal"]
        return own[-1] if own else " ".join(check.goal for check in self.checks) or LOOK

    def holds(self, actor: Actor) -> bool:
        """Whether it has checks and they hold."""
        return bool(self.checks) and all(check.holds(actor) for check in self.checks)


def tasks_of(script: Script, *, exam: bool = False) -> tuple[Task, ...]:
    """The tasks of this lesson, or of the exam of it."""
    return tuple(_task(steps, script.points) for steps in _grouped(script, exam=exam))


def _grouped(script: Script, *, exam: bool) -> list[tuple[Step, ...]]:
    """Each observable step, together with the preceding steps that are not."""
    found: list[tuple[Step, ...]] = []
    waiting: list[Step] = []
    for step in script.steps[1:]:
        waiting.append(step)
        if step.checked or (step.shows and (not exam or step is script.steps[-1])):
            found.append(tuple(waiting))
            waiting.clear()
    return found


def _task(steps: tuple[Step, ...], each: int) -> Task:
    last, everything = steps[-1].commands, [command for step in steps for command in step.commands]
    acts = [place for place, command in enumerate(last) if command.word not in (*TELLING, *LOOKING)]
    nights = [place for place, command in enumerate(last) if command.word == "advance" and not command.given]
    at_the_end = _expected(last[acts[-1] + 1 if acts else 0 :])
    points = [int(row.given[0]) for row in everything if row.word == "points"]
    return Task(
        steps,
        tuple(checks.parse(row.given[0]) for row in last if row.word == "check" and not row.for_tests),
        _expected(last),
        _expected(last, there=False),
        at_the_end,
        tuple(
            Remark(row.given[0], checks.parse(row.given[1]), row.line, row.file)
            for row in everything
            if row.word == "remark"
        ),
        sum(points) if points else each,
        at_the_end if nights and acts[-1] > nights[-1] else (),
    )


def _expected(commands: Iterable[Command], *, there: bool = True) -> tuple[Expected, ...]:
    """The texts that should be visible, or should not be."""
    found = (text_expected(command) for command in commands if not command.for_tests)
    return tuple(one for one in found if one is not None and one.there == there)
