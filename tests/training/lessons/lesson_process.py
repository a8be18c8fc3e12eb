"""A learner in a process for tests to kill: asks hint after hint, and says each only once it is written."""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path

from app.training.lessons.course import Course
from app.training.lessons.keeping import Keeper
from app.training.scripts.document import parse_script
from models.schema import open_database
from models.training import LessonProgress


def main(url: str, run_id: str, path: str) -> None:
    open_database(url)
    script = parse_script(Path(path).read_text(), Path(path))
    run, course = LessonProgress.get_by_id(int(run_id)), Course(script)
    course.clock = count(step=100).__next__  # so that each hint is asked long after the last
    keeper = Keeper(run, course)
    while True:
        course.ask()
        keeper.keep(course)
        while keeper.pending:
            time.sleep(0.001)
        print(course.hints, flush=True)
