"""The other of a pair, as the panel of a lesson tells it."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from app.training.lessons.course import Course
from app.training.lessons.tasks import Task
from screens.shared.text import plain


class Together:
    """Who does a lesson with somebody at the other side."""

    def __init__(self, done: Callable[[], int | None], where: str, code: str) -> None:
        """`done` tells how many tasks the other has done, None if nobody is there; `where` is where one sits oneself, and
        `code` how the other comes.
        """
        self._done, self.where, self._code = done, where, code
        self._alone = False

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
