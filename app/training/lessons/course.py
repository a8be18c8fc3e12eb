"""A learner's progress in a lesson, judged by the board and the screen, never by the keys pressed.

A task is a step whose completion can be observed, together with the preceding steps whose completion cannot. It is done
when its checks hold; if it has no checks, when what it expects is on the screen, or when the checks of the next task
with any start to hold. If the checks already held when the task was given, the task is to look: it is done when that is
on the screen. What is on the screen counts only once the learner has done something since the task was given, so that
no task passes unread.

A remark is for a wrong turn: it is made when that state arises, and goes away when it is put right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.access import Actor
from app.counted import counted
from app.training.lessons import pairs
from app.training.scripts import checks
from app.training.scripts.checks import Check
from app.training.scripts.document import Script, Step
from app.training.scripts.expecting import Expected, text_expected
from app.training.scripts.grammar import TELLING, Command
from app.training.scripts.sending import send

LOOKING = ("expect", "scroll", "check", "mask", "shot", "fault", "send")
"""Commands that do nothing on the screen."""
PASSING: Mapping[str, bool] = {"passing": True}
"""Marks a field of a course that is not kept (`lessons/state.py`): it follows from the rest, or matters only now."""
Says = Callable[[Expected], bool]
"""Whether the expected text is on the screen, or the unwanted text is not."""


class Hint(StrEnum):
    """The levels of help, each revealing more than the one before."""

    WHAT = "wat"
    WHERE = "waar"
    SHOW = "voordoen"


HINTS = tuple(Hint)


@dataclass(frozen=True)
class Remark:
    """What is said when a state arises that a wrong turn leads to."""

    text: str
    check: Check


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

    @property
    def commands(self) -> list[Command]:
        """Its commands, in order."""
        return [command for step in self.steps for command in step.commands]

    @property
    def title(self) -> str:
        """The title in the panel: the numbers and titles of its steps."""
        return "; ".join(f"{step.number}. {step.title}" for step in self.steps)

    @property
    def text(self) -> str:
        """The prose of its steps, as one paragraph."""
        return " ".join(" ".join(step.text.split()) for step in self.steps if step.text)

    @property
    def hint(self) -> str:
        """The first hint: the state to reach."""
        own = [command.given[0] for command in self.commands if command.word == "hint"]
        texts = " en ".join(one.told for one in self.expected)
        reached = [check.sentence for check in self.checks] or [f"Als dit gelukt is, staat op het scherm {texts}."]
        return " ".join(own or reached)

    @property
    def where(self) -> str:
        """The second hint: the screens and fields, without what to fill in."""
        return "; ".join(found for command in self.commands if (found := _where(command))) or "Op dit scherm."

    def holds(self, actor: Actor) -> bool:
        """Whether it has checks and they hold."""
        return bool(self.checks) and all(check.holds(actor) for check in self.checks)


@dataclass(frozen=True)
class Happened:
    """Something that happened in a lesson, as `LessonEvent` keeps it."""

    kind: str
    step: int
    """The number of the task, from 1."""
    detail: str = ""


@dataclass
class Course:
    """A lesson in progress."""

    script: Script = field(metadata=PASSING)
    side: str = field(default="", metadata=PASSING)
    """Of a pair: `esis` or `partner`, where this learner is; empty: alone."""
    other: int = field(default=0, metadata=PASSING)
    """Of a pair: the number of tasks that the other has done."""
    tasks: tuple[Task, ...] = field(init=False, metadata=PASSING)
    happened: list[Happened] = field(default_factory=list, metadata=PASSING)
    """What happened and was not written yet."""
    acted: bool = False
    """Whether the learner did something since the present task was given."""
    done: int = 0
    """The number of tasks done, from the first on."""
    hints: int = 0
    mistakes: int = 0
    remark: str = ""
    """The latest remark, kept until the next step is done."""
    hints_shown: int = 0
    """The number of hints given for the present task."""
    _before: set[str] = field(default_factory=set)
    """Checks of remarks that held when last checked."""
    _seen: set[Expected] = field(default_factory=set)
    """The expected texts of the present task seen so far: a small terminal may not show all at once."""
    _held: set[int] = field(default_factory=set)
    """Indexes of the tasks whose checks already held when the present one was given."""

    def __post_init__(self) -> None:
        self.tasks = tasks_of(self.script)
        self._sides = pairs.sides(task.commands for task in self.tasks)

    @property
    def waiting(self) -> bool:
        """Whether it is the other's turn."""
        return bool(self.side) and self.task is not None and self.side not in self._sides[self.done]

    @property
    def finished(self) -> bool:
        """Whether all tasks are done."""
        return self.done >= len(self.tasks)

    @property
    def help_and_mistakes(self) -> str:
        """The number of times help was given, and the number of mistakes."""
        return help_and_mistakes(self.hints, self.mistakes)

    @property
    def result(self) -> str:
        """The progress as a sentence."""
        tasks = counted(len(self.tasks), "opdracht", "opdrachten")
        return f"Les '{self.script.title}': {self.done} van {tasks}, {self.help_and_mistakes}."

    @property
    def task(self) -> Task | None:
        """The present task."""
        return None if self.finished else self.tasks[self.done]

    @property
    def looking(self) -> bool:
        """Whether the present task is only to look at something that already holds."""
        return self.task is not None and self.done in self._held and bool(self.task.at_the_end)

    def begin(self, actor: Actor) -> None:
        """Examine the board before the learner does anything."""
        self._before = {
            remark.check.text for task in self.tasks for remark in task.remarks if remark.check.holds(actor)
        }
        self._give(0, actor)

    def look(self, actor: Actor, says: Says, *, acted: bool = True) -> bool:
        """Update the progress; returns whether the step or the remark changed.

        `acted`: the learner did something since the task was given.
        """
        before = (self.done, self.remark)
        while (task := self.task) is not None:
            if self.waiting:
                done = self._done_by_the_other(task, actor)
            elif self.looking or not task.checks:
                seen = acted and self._sees(task, says)
                done, acted = self.done + 1 if seen else self._reached(actor), acted and not seen
            else:
                done = self.done + 1 if task.holds(actor) else self.done
            if done == self.done:
                break
            self._give(done, actor)
        self._look_at_remarks(actor)  # after the tasks: a new one clears the remark of the one before
        return before != (self.done, self.remark)

    def _done_by_the_other(self, task: Task, actor: Actor) -> int:
        """The number of tasks done, by what became of the board or how far the other is."""
        if self.other > self.done or (not self.looking and task.holds(actor)):
            return self.done + 1
        return self.done if self.looking or task.checks else self._reached(actor)

    def act(self) -> None:
        """The learner does something."""
        if not self.acted and not self.finished:
            self.acted = True
            self._note("act")

    def resume(self) -> None:
        """The learner is back."""
        if not self.finished:
            self._note("resumed")

    def _note(self, kind: str, detail: str = "") -> None:
        self.happened.append(Happened(kind, min(self.done + 1, len(self.tasks)), detail))

    def _sees(self, task: Task, says: Says) -> bool:
        """Whether everything expected has been seen by now, and nothing unwanted is there."""
        wanted = task.at_the_end if self.looking else task.expected
        self._seen |= {one for one in wanted if says(one)}
        return bool(wanted) and self._seen.issuperset(wanted) and (self.looking or all(map(says, task.absent)))

    def _reached(self, actor: Actor) -> int:
        """The index of the next task with checks, if these have come to hold; that implies the tasks before it.

        A task with checks is never skipped.
        """
        place = next((place for place in range(self.done, len(self.tasks)) if self.tasks[place].checks), self.done)
        return place if place not in self._held and self.tasks[place].holds(actor) else self.done

    def _give(self, place: int, actor: Actor) -> None:
        """Give the task at this index, and note which checks of it and later tasks already hold.

        What a supplier sends in it, it sends now: the learner is to see what came of it.
        """
        while self.done < place:
            self._note("done")
            self.done += 1
        self.remark, self.hints_shown, self.acted, self._seen = "", 0, False, set()
        if self.task is not None:
            self._note("given")
        for command in self.task.commands if self.task is not None else ():
            if command.word == "send" and self.side != pairs.PARTNER:  # of a pair, once
                send(actor.board, command, self.script.path.parent)
        later = range(place, len(self.tasks))
        self._held = {number for number in later if self.tasks[number].holds(actor)}

    def _look_at_remarks(self, actor: Actor) -> None:
        found = {
            remark.check.text: remark.text
            for task in self.tasks
            for remark in task.remarks
            if remark.check.holds(actor)
        }
        for text in found.keys() - self._before:
            self.mistakes += 1
            self.remark = found[text]
            self._note("remark", text)
        for text in self._before - found.keys():
            self._note("mended", text)
        if self.remark not in found.values():
            self.remark = ""
        self._before = set(found)

    def next_hint(self) -> Hint | None:
        """The next level of help for this task, which is counted; None if there is no task."""
        if self.task is None or self.waiting:
            return None
        self.hints_shown = min(self.hints_shown + 1, len(HINTS))
        self.hints += 1
        self._note("hint", str(self.hints_shown))
        return HINTS[self.hints_shown - 1]


def help_and_mistakes(hints: int, mistakes: int) -> str:
    """`1 hint, 2 fouten`."""
    return f"{counted(hints, 'hint', 'hints')}, {counted(mistakes, 'fout', 'fouten')}"


def tasks_of(script: Script) -> tuple[Task, ...]:
    """The tasks of this lesson."""
    return tuple(map(_task, _grouped(script)))


def _grouped(script: Script) -> list[tuple[Step, ...]]:
    """Each observable step, together with the preceding steps that are not."""
    found: list[tuple[Step, ...]] = []
    waiting: list[Step] = []
    for step in script.steps[1:]:
        waiting.append(step)
        if step.shows:
            found.append(tuple(waiting))
            waiting.clear()
    return found


def _task(steps: tuple[Step, ...]) -> Task:
    last, everything = steps[-1].commands, [command for step in steps for command in step.commands]
    acts = [place for place, command in enumerate(last) if command.word not in (*TELLING, *LOOKING)]
    return Task(
        steps,
        tuple(checks.parse(row.given[0]) for row in last if row.word == "check" and not row.for_tests),
        _expected(last),
        _expected(last, there=False),
        _expected(last[acts[-1] + 1 if acts else 0 :]),
        tuple(Remark(row.given[0], checks.parse(row.given[1])) for row in everything if row.word == "remark"),
    )


def _expected(commands: list[Command], *, there: bool = True) -> tuple[Expected, ...]:
    """The texts that should be visible, or should not be."""
    found = (text_expected(command) for command in commands if not command.for_tests)
    return tuple(one for one in found if one is not None and one.there == there)


def _where(command: Command) -> str:
    match command.word:
        case "open":
            return f"ga naar {command.given[0]}"
        case "choose":
            within = f" bij '{command.given[1]}'" if len(command.given) > 1 else ""
            return f"kies '{command.given[0]}'{within}"
        case "fill" | "select":
            return f"vul '{command.given[0]}' in"
        case "tick":
            return f"kruis '{command.given[0]}' aan"
        case "untick":
            return f"haal het kruisje bij '{command.given[0]}' weg"
        case "go":
            return f"ga naar {command.given[0]} (F6)"
        case "sign":
            return f"meld aan als {command.given[0]}" if command.given else "meld af"
        case "advance":
            return "verzet de schooltijd (F9)"
        case "scroll":
            return f"blader tot '{command.given[0]}'"
        case "press":
            return f"druk op {command.given[0]}"
    return ""
