"""How far a learner is in a lesson: looked at from the board and the screen, never from the keys that were pressed.

A task is a step with what shows that it is done, after the steps before it that nothing shows. It is done when its checks
hold; without checks when what it expects is on the screen, or when the checks of the next task that has any came to hold.
Where the checks held already when its turn came, the task is to look: it is done when that is on the screen. What is on the
screen counts once the learner has done something since the task was given, so that no task goes by unread.

A remark is for a wrong way: it is made when its state comes about, and goes when that is mended.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from app.access import Actor
from app.counted import counted
from app.training.scripts import checks
from app.training.scripts.checks import Check
from app.training.scripts.document import Script, Step
from app.training.scripts.expecting import Expected, expected
from app.training.scripts.grammar import TELLING, Command

LOOKING = ("expect", "scroll", "check", "shot", "fault")
"""Words with which nothing is done on the screen."""
Says = Callable[[Expected], bool]
"""Whether what should be on the screen is there, and what should not is not."""


class Hint(StrEnum):
    """The stages of help, each more than the one before."""

    WHAT = "wat"
    WHERE = "waar"
    SHOW = "voordoen"


HINTS = tuple(Hint)


@dataclass(frozen=True)
class Remark:
    """What is said when a state comes about that a wrong way leads to."""

    text: str
    check: Check


@dataclass(frozen=True)
class Task:
    """What a learner has to do: one step, or some of which only the last shows that they were done."""

    steps: tuple[Step, ...]
    checks: tuple[Check, ...]
    expected: tuple[Expected, ...]
    """What is on the screen; it counts where there are no checks."""
    absent: tuple[Expected, ...]
    """What is not there then."""
    at_the_end: tuple[Expected, ...]
    """What of that is expected after all that is done in it."""
    remarks: tuple[Remark, ...]

    @property
    def commands(self) -> list[Command]:
        """What it takes, in order."""
        return [command for step in self.steps for command in step.commands]

    @property
    def title(self) -> str:
        """As in the panel: the numbers and titles of its steps."""
        return "; ".join(f"{step.number}. {step.title}" for step in self.steps)

    @property
    def text(self) -> str:
        """The prose of its steps, as one paragraph."""
        return " ".join(" ".join(step.text.split()) for step in self.steps if step.text)

    @property
    def hint(self) -> str:
        """The first one: what is so when it is done."""
        own = [command.given[0] for command in self.commands if command.word == "hint"]
        texts = " en ".join(one.told for one in self.expected)
        reached = [check.sentence for check in self.checks] or [f"Als dit gelukt is, staat op het scherm {texts}."]
        return " ".join(own or reached)

    @property
    def where(self) -> str:
        """The second one: in which screens and fields, without what to fill in."""
        return "; ".join(found for command in self.commands if (found := _where(command))) or "Op dit scherm."

    def holds(self, actor: Actor) -> bool:
        """Whether it has checks and they hold."""
        return bool(self.checks) and all(check.holds(actor) for check in self.checks)


@dataclass
class Course:
    """A lesson that is going on."""

    script: Script
    tasks: tuple[Task, ...] = field(init=False)
    done: int = 0
    """Tasks done, from the first on."""
    hints: int = 0
    mistakes: int = 0
    remark: str = ""
    """What was last said of a wrong way, until the next step is done."""
    _shown: int = 0
    """Hints given for the present task."""
    _before: set[str] = field(default_factory=set)
    """Checks of remarks that held when last looked at."""
    _seen: set[Expected] = field(default_factory=set)
    """What was seen of what the present task expects: in a small terminal not all of it at once."""
    _held: set[int] = field(default_factory=set)
    """Places of the tasks whose checks held already when the present one was given."""

    def __post_init__(self) -> None:
        self.tasks = tasks_of(self.script)

    @property
    def finished(self) -> bool:
        """Whether all is done."""
        return self.done >= len(self.tasks)

    @property
    def help_and_mistakes(self) -> str:
        """How often help was given, and how often something went wrong."""
        return help_and_mistakes(self.hints, self.mistakes)

    @property
    def result(self) -> str:
        """How far it came, in a sentence."""
        tasks = counted(len(self.tasks), "opdracht", "opdrachten")
        return f"Les '{self.script.title}': {self.done} van {tasks}, {self.help_and_mistakes}."

    @property
    def task(self) -> Task | None:
        """What is to be done now."""
        return None if self.finished else self.tasks[self.done]

    @property
    def looking(self) -> bool:
        """Whether the present task is only to look at what is so already."""
        return self.task is not None and self.done in self._held and bool(self.task.at_the_end)

    def begin(self, actor: Actor) -> None:
        """Look at the board before the learner does anything."""
        self._before = {
            remark.check.text for task in self.tasks for remark in task.remarks if remark.check.holds(actor)
        }
        self._give(0, actor)

    def look(self, actor: Actor, says: Says, *, acted: bool = True) -> bool:
        """Look how far it is; whether that is another step or another remark than before. `acted`: the learner did
        something since the task was given.
        """
        before = (self.done, self.remark)
        while (task := self.task) is not None:
            if self.looking or not task.checks:
                seen = acted and self._sees(task, says)
                done, acted = self.done + 1 if seen else self._reached(actor), acted and not seen
            else:
                done = self.done + 1 if task.holds(actor) else self.done
            if done == self.done:
                break
            self._give(done, actor)
        self._look_at_remarks(actor)  # after the tasks: a new one takes the remark of the one before away
        return before != (self.done, self.remark)

    def _sees(self, task: Task, says: Says) -> bool:
        """Whether all that is to be seen was seen by now, and what should not be there is not."""
        wanted = task.at_the_end if self.looking else task.expected
        self._seen |= {one for one in wanted if says(one)}
        return bool(wanted) and self._seen.issuperset(wanted) and (self.looking or all(map(says, task.absent)))

    def _reached(self, actor: Actor) -> int:
        """The place of the next task with checks where these came to hold: whoever is there did what only the screen would
        have shown. No task with checks is ever passed over.
        """
        place = next((place for place in range(self.done, len(self.tasks)) if self.tasks[place].checks), self.done)
        return place if place not in self._held and self.tasks[place].holds(actor) else self.done

    def _give(self, place: int, actor: Actor) -> None:
        """The task at this place, and what holds already of it and those after it."""
        self.done, self.remark, self._shown, self._seen = place, "", 0, set()
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
        if self.remark not in found.values():
            self.remark = ""
        self._before = set(found)

    def next_hint(self) -> Hint | None:
        """The next stage of help for this task, counted; None when there is no task."""
        if self.task is None:
            return None
        self._shown = min(self._shown + 1, len(HINTS))
        self.hints += 1
        return HINTS[self._shown - 1]


def help_and_mistakes(hints: int, mistakes: int) -> str:
    """`1 hint, 2 fouten`."""
    return f"{counted(hints, 'hint', 'hints')}, {counted(mistakes, 'fout', 'fouten')}"


def tasks_of(script: Script) -> tuple[Task, ...]:
    """What a learner has to do in this lesson."""
    return tuple(map(_task, _grouped(script)))


def _grouped(script: Script) -> list[tuple[Step, ...]]:
    """The steps, each with those before it of which nothing shows that they were done."""
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
        tuple(checks.parse(command.given[0]) for command in last if command.word == "check"),
        _expected(last),
        _expected(last, there=False),
        _expected(last[acts[-1] + 1 if acts else 0 :]),
        tuple(Remark(row.given[0], checks.parse(row.given[1])) for row in everything if row.word == "remark"),
    )


def _expected(commands: list[Command], *, there: bool = True) -> tuple[Expected, ...]:
    """What should be there to be seen, or should not."""
    found = (expected(command) for command in commands if command.word == "expect")
    return tuple(one for one in found if one.there == there)


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
