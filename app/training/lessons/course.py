"""A learner's progress in a lesson, judged by the board and the screen, never by the keys pressed.

A task is done when its checks hold and, after a night, what it goes to look for was seen; if it has no checks, when
what it expects is on the screen, or when the checks of the next task with any start to hold. If the checks already
held when the task was given, the task is to look: it is done when that is on the screen. What is on the screen counts
only once the learner has done something since the task was given, so that no task passes unread.

A remark is for a wrong turn: it is made when that state arises, and goes away when it is put right, which is counted
too. Nothing is ever undone for the learner, but for what the program showed him.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from app.access import Actor
from app.counted import counted
from app.training.lessons import hints, pairs
from app.training.lessons.counting import Mistake, enough, help_and_mistakes, judged
from app.training.lessons.hints import HINTS, Given, Hint
from app.training.lessons.levels import STEPS
from app.training.lessons.tasks import Task, tasks_of
from app.training.scripts.document import Script
from app.training.scripts.expecting import Expected
from app.training.scripts.sending import send

Says = Callable[[Expected], bool]
"""Whether the expected text is on the screen, or the unwanted text is not."""
PASSING: Mapping[str, bool] = {"passing": True}
"""Marks a field of a course that is not kept (`lessons/state.py`): it follows from the rest, or matters only now."""


@dataclass(frozen=True)
class Happened:
    """Something that happened in a lesson, as `LessonEvent` keeps it."""

    kind: str
    step: int
    """The number of the task, from 1."""
    detail: str = ""
    """The stage of a hint (1, 2 or 3), or the check of a remark."""


@dataclass
class Course:
    """A lesson in progress, or the exam of it."""

    script: Script = field(metadata=PASSING)
    exam: bool = field(default=False, metadata=PASSING)
    level: int = STEPS
    """How much is told (`app/training/lessons/levels.py`)."""
    side: str = field(default="", metadata=PASSING)
    """Of a pair: `esis` or `partner`, where this learner is; empty: alone."""
    clock: Callable[[], float] = field(default=time.monotonic, compare=False, metadata=PASSING)
    """Seconds of wall time."""
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
    mended: int = 0
    """How many of the mistakes were put right."""
    remark: str = ""
    """The latest remark, kept until the next step is done."""
    hints_shown: int = 0
    """The stage of help for the present task."""
    closed: bool = False
    """Whether the exam is over, though not everything is done."""
    won: frozenset[int] = frozenset()
    """Indexes of the tasks that were done, also out of order when an exam was closed."""
    made: tuple[Mistake, ...] = ()
    """Each mistake, in order."""
    _before: set[str] = field(default_factory=set)
    """Checks of remarks that held when last checked."""
    _seen: set[Expected] = field(default_factory=set)
    """The expected texts of the present task seen so far: a small terminal may not show all at once."""
    _held: set[int] = field(default_factory=set)
    """Indexes of the tasks whose checks already held when the present one was given."""
    _held_first: set[int] = field(default_factory=set)
    """Indexes of the tasks whose checks held before the learner did anything."""
    _asked_at: float = field(default=0.0, compare=False, metadata=PASSING)
    """When the latest hint was given."""
    _tried: bool = False
    """Whether the learner did anything since."""

    def __post_init__(self) -> None:
        self.tasks = tasks_of(self.script, exam=self.exam)
        self._sides = pairs.sides(task.commands for task in self.tasks)

    @property
    def waiting(self) -> bool:
        """Whether it is the other's turn."""
        return bool(self.side) and self.task is not None and self.side not in self._sides[self.done]

    @property
    def finished(self) -> bool:
        """Whether all tasks are done, or the exam is closed."""
        return self.closed or self.done >= len(self.tasks)

    @property
    def help_and_mistakes(self) -> str:
        """How often help was given, how many mistakes were made, and how many of those were put right."""
        return help_and_mistakes(self.hints, self.mistakes, self.mended)

    @property
    def points(self) -> int:
        """The points won so far."""
        return sum(self.tasks[place].points for place in self.won)

    @property
    def points_of(self) -> int:
        """The points that there are."""
        return sum(task.points for task in self.tasks)

    @property
    def passed(self) -> bool:
        """Whether the points are enough for the exam."""
        return enough(self.points, self.points_of, self.script.pass_mark)

    @property
    def result(self) -> str:
        """The progress as a sentence."""
        tasks = counted(len(self.tasks), "opdracht", "opdrachten")
        if self.exam and self.finished:
            return f"Examen '{self.script.title}': {judged(self.points, self.points_of, passed=self.passed)}"
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
        self._held_first = {place for place, task in enumerate(self.tasks) if task.holds(actor)}
        self._give(0, actor)

    def look(self, actor: Actor, says: Says, *, acted: bool = True) -> bool:
        """Update the progress; returns whether the step or the remark changed.

        `acted`: the learner did something since the task was given.
        """
        before = (self.done, self.remark, self.mended)
        while (task := self.task) is not None:
            if self.side and self.other > self.done:  # the other is past it
                done = self.done + 1
            elif self.waiting:
                done = self._done_by_the_other(task, actor)
            elif self.looking or not task.checks:
                seen = acted and self._sees(task, says)
                done, acted = self.done + 1 if seen else self._reached(actor), acted and not seen
            else:
                held = task.holds(actor) and self._saw(task.after_night, says)
                done = self.done + 1 if held else self.done
            if done == self.done:
                break
            self._give(done, actor)
        self._look_at_remarks(actor)  # after the tasks: a new one clears the remark of the one before
        return before != (self.done, self.remark, self.mended)

    def close(self, actor: Actor) -> None:
        """End an exam before all is done: of what is open, each task counts whose state was reached since it began."""
        if self.finished:
            return
        for place in range(self.done, len(self.tasks)):
            if place not in self._held_first and self.tasks[place].holds(actor):
                self._win(place)
        self.closed = True

    def _win(self, place: int) -> None:
        self.won |= {place}
        self._say(place, "done")

    def _done_by_the_other(self, task: Task, actor: Actor) -> int:
        """The number of tasks done, by what became of the board."""
        if not self.looking and task.holds(actor):
            return self.done + 1
        return self.done if self.looking or task.checks else self._reached(actor)

    def act(self) -> None:
        """The learner does something himself."""
        self._tried = True
        if not self.acted and not self.finished:
            self.acted = True
            self._say(self.done, "act")

    def resume(self) -> None:
        """The learner is back."""
        self._asked_at = self.clock()
        if not self.finished:
            self._say(self.done, "resumed")

    def go_on_with(self, script: Script) -> None:
        """Go on with another text of the lesson, at the same task, of which everything is looked for again."""
        over = self.finished
        self.script = script
        self.__post_init__()
        self.done = min(self.done, len(self.tasks) if over else len(self.tasks) - 1)
        self.won = frozenset(place for place in self.won if place < len(self.tasks))
        self.remark, self.hints_shown, self._seen = "", 0, set()

    def _say(self, place: int, kind: str, detail: str = "") -> None:
        self.happened.append(Happened(kind, min(place + 1, len(self.tasks)), detail))

    def _sees(self, task: Task, says: Says) -> bool:
        """Whether everything expected has been seen by now, where nothing unwanted is."""
        wanted = task.at_the_end if self.looking else task.expected
        if not self.looking and not all(map(says, task.absent)):
            return False
        return bool(wanted) and self._saw(wanted, says)

    def _saw(self, wanted: tuple[Expected, ...], says: Says) -> bool:
        self._seen |= {one for one in wanted if says(one)}
        return self._seen.issuperset(wanted)

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
            self._win(self.done)
            self.done += 1
        self.remark, self.hints_shown, self.acted, self._seen = "", 0, False, set()
        if self.task is not None:
            self._say(self.done, "given")
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
        for text in sorted(found.keys() - self._before):
            self.mistakes += 1
            self.remark = "" if self.exam else found[text]
            self.made = (*self.made, Mistake(min(self.done + 1, len(self.tasks)), text))
            self._say(self.done, "remark", text)
        for one in [one for one in self.made if not one.mended and one.check not in found]:
            self.mended += 1
            self.made = tuple(replace(other, mended=True) if other is one else other for other in self.made)
            self._say(self.done, "mended", one.check)
        if self.remark not in found.values():
            self.remark = ""
        self._before = set(found)

    # ---- help

    def ask(self) -> Given | None:
        """One stage of help further, which is counted; None if there is no task.

        The second comes only after the learner did something with the first, or after `hints.WAIT` seconds.
        """
        if self.task is None or self.waiting:
            return None
        if self.hints_shown == 1 and not self._tried and self.clock() - self._asked_at < hints.WAIT:
            return Given(None, hints.TOO_SOON)
        self.hints_shown = min(self.hints_shown + 1, len(HINTS))
        self.hints += 1
        self._asked_at, self._tried = self.clock(), False
        self._say(self.done, "hint", str(self.hints_shown))
        stage = HINTS[self.hints_shown - 1]
        return Given(stage, hints.text_of(self.task, stage))

    def shown(self, stage: Hint) -> bool:
        """Whether this stage of help was given for the present task."""
        return self.hints_shown > HINTS.index(stage)
