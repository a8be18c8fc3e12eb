"""The other of a pair, as the panel of a lesson tells it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from textual.content import Content

from app.training.lessons import pairs
from app.training.lessons.course import Course
from app.training.lessons.tasks import Task
from screens.shared.text import plain

_COPY = re.compile(r"Kopieer de code (?:in ESIS )?met F8\.")
ASK = "Vraag de ander om de code die in ESIS staat."


class Together:
    """Who does a lesson with somebody at the other side."""

    def __init__(self, done: Callable[[], int | None], where: str, code: str) -> None:
        """`done` tells how many tasks the other has done, None if nobody is there; `where` is where one sits oneself, and
        `code` how the other comes.
        """
        self._done, self.where, self._code = done, where, code
        self._alone = False

    def asked(self, course: Course, task: Task) -> Task:
        """The steps of a task that are one's own."""
        return replace(task, steps=pairs.own_steps(course.script, task.steps, course.side))

    def told(self, text: str, side: str) -> str:
        """A text for who sits at this side: what he cannot do at the other, he asks."""
        return _COPY.sub(ASK, text) if side == pairs.PARTNER else text

    def look(self, course: Course) -> None:
        """See how far the other is."""
        done = self._done()
        self._alone, course.other = done is None, max(course.other, done or 0)

    def turn(self, task: Task, *, exam: bool) -> Content:
        """That it is the other's turn, without the answer."""
        title = "" if exam else f": {task.title}"
        return plain(f"Nu is de ander aan de beurt{title}").stylize("bold $ink")

    def joining(self) -> list[Content]:
        """How the other comes, while nobody is there."""
        told = f"De ander is er nog niet: die doet mee bij Oefeningen, met code {self._code}."
        return [plain(told).stylize("bold $warn")] if self._alone else []
