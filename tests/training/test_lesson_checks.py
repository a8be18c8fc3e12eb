"""A lesson notices mistakes: per task doing nothing, a wrong value or place, or a role without permission.

And what is done right counts. No screen: use cases on the board of the lesson.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from app import access
from app.access import Actor, NotAllowed
from app.refusals import Refused
from app.settings import Settings
from app.training.lessons import catalogue
from app.training.lessons.course import Course
from app.training.scripts.sandbox import own_board
from models.base import real_database
from models.board import Board
from models.schema import open_database
from tests.training.lesson_deeds import Deed, Doing
from tests.training.lesson_table import LESSONS


class Practice:
    """The board of a lesson, that can be put aside while something wrong is tried."""

    def __init__(self, settings: Settings, board: Board) -> None:
        self.url, self._id = settings.database_url, board.id

    def actor(self, name: str = "rovict") -> Actor:
        return access.actor_for(access.find_user(Board.get_by_id(self._id), name))

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What happens in it is undone."""
        path = Path(self.url.removeprefix("sqlite:///"))
        kept = path.with_suffix(".kept")
        real_database().execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(path, kept)
        try:
            yield
        finally:
            real_database().close()
            for tail in ("-wal", "-shm"):
                path.with_name(path.name + tail).unlink(missing_ok=True)
            shutil.copy(kept, path)
            open_database(self.url)


def nothing(_text: str) -> bool:
    return False


def everything(_text: str) -> bool:
    return True


def look(course: Course, board: Practice) -> int:
    """Nothing is on the screen; only a task that is to look is done, and after a night what has to be looked for is seen."""
    while course.look(board.actor(), everything if looks(course) else nothing) and course.looking:
        pass
    return course.done


def looks(course: Course) -> bool:
    return course.looking or (course.task is not None and bool(course.task.after_night))


def wrongly(course: Course, board: Practice, deed: Deed) -> Course:
    """The lesson after doing something wrong, which may be refused; afterwards it is undone."""
    seen = copy.copy(course)
    with board.aside():
        with suppress(Refused):
            deed(board.actor())
        look(seen, board)
    return seen


@contextmanager
def nothing_sent() -> Iterator[None]:
    """The lesson sends what a supplier sends; the exam that is done beside it must not send it once more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.training.lessons.course.send", lambda *_: None)
        yield


def next_checked(course: Course) -> int:
    return next(place for place in range(course.done, len(course.tasks)) if course.tasks[place].checks)


def go_through(course: Course, exam: Course, board: Practice, doing: Doing) -> int:
    """One task, wrongly and then rightly. Returns how often a wrong way was remarked upon."""
    place = next_checked(course)
    title = course.tasks[place].title
    assert look(course, board) <= place, f"nothing was done: {title}"
    tried = [wrongly(course, board, deed) for deed in doing.wrong]
    assert all(seen.done <= place for seen in tried), f"done wrongly: {title}"
    if doing.not_by:
        with board.aside():
            with pytest.raises(NotAllowed):
                doing.right(board.actor(doing.not_by))
            assert look(copy.copy(course), board) <= place, f"done by {doing.not_by}: {title}"
    doing.right(board.actor())
    assert look(course, board) > place, f"done rightly: {title}"
    with nothing_sent():
        look(exam, board)
    return sum(seen.mistakes for seen in tried)


@pytest.mark.parametrize("name", LESSONS)
def test_every_task_done_wrongly_is_noticed_and_done_rightly_counts(name: str) -> None:
    script = catalogue.find(name)
    course = Course(script)
    remarks = [remark for task in course.tasks for remark in task.remarks]
    with own_board(script.board, script.start) as made:
        board = Practice(*made)
        assert not [remark.check.text for remark in remarks if remark.check.holds(board.actor())]
        course.begin(board.actor())
        exam = Course(script, exam=True)
        with nothing_sent():
            exam.begin(board.actor())
        remarked = sum(go_through(course, exam, board, doing) for doing in LESSONS[name])
        assert exam.finished
        assert (exam.points, exam.mistakes, exam.passed) == (exam.points_of, 0, True)
        assert course.finished
        assert course.mistakes == 0, f"a remark on the right way: {course.remark}"
        assert remarked or not remarks


def test_the_table_has_every_lesson() -> None:
    assert set(LESSONS) == {script.name for script in catalogue.lessons()}
