"""How far a lesson is, is written as it happens: whoever is killed, or has two windows open, finds it as it was seen."""

from __future__ import annotations

from contextlib import closing
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.training.lessons import keeping, state
from app.training.lessons.course import Course
from app.training.lessons.keeping import Keeper, ProgressRow
from app.training.scripts.document import parse_script
from app.training.scripts.expecting import Expected
from models.board import Board
from models.training import LessonEvent, LessonProgress
from tests.couplings.worlds import small_school
from tests.training.lessons.test_course import TEXT
from tests.workers.processes import Program

SCRIPT = parse_script(TEXT, Path("proef.draaiboek.md"))
KILLS = 4


def a_run(board: Board, mode: str = "practice") -> LessonProgress:
    """One that is on a board of its own."""
    own = Board.create(name="Les proef", now=clock.PRACTICE_START, owner=board)
    now = clock.wall_now()
    return LessonProgress.create(
        board=board, own_board=own, learner="rovict", lesson="proef", mode=mode, started_at=now, seen_at=now, steps=3
    )


def opened(run: LessonProgress) -> tuple[Course, Keeper]:
    """A window on it."""
    course = Course(SCRIPT)
    return course, Keeper(LessonProgress.get_by_id(run.id), course)


def wait(keeper: Keeper) -> None:
    """Until what happened is written."""
    keeper._writer.submit(lambda: None).result()


def kinds(run: LessonProgress) -> list[tuple[str, int, str]]:
    rows = LessonEvent.select().where(LessonEvent.progress == run.id).order_by(LessonEvent.id)
    return [(row.kind, row.step, row.detail) for row in rows]


@pytest.mark.parametrize("finished", [False, True])
def test_what_was_done_is_kept(db: str, finished: bool) -> None:
    actor = small_school()[0]
    run = a_run(actor.board, "exam")
    found, keeper = opened(run)
    found.done, found.hints, found.mistakes = 2, 1, 3
    keeper.keep(found)
    if finished:
        found.done = 3
        keeper.keep(found)
        keeper.keep(found)
    keeper.close(found)
    assert not keeper.lost
    (row,) = keeping.progress(actor.board)
    assert (row.learner, row.lesson, row.mode) == ("rovict", "proef", "exam")
    assert (row.step, row.steps, row.finished) == (found.done, 3, finished)
    assert (row.hints, row.mistakes) == (1, 3)
    assert keeping.best(actor.board, "rovict")["proef"] == row
    assert keeping.as_csv([row]).splitlines()[1].split(";")[1:3] == ["rovict", "proef"]
    assert [kind for kind, _, _ in kinds(run)] == ([] if finished else ["left"])


def test_a_database_that_is_away_stops_no_lesson_and_is_told(sqlite: str) -> None:
    found, keeper = opened(a_run(small_school()[0].board))
    LessonProgress.drop_table()
    found.hints = 1
    keeper.keep(found)
    assert not keeper.overtaken(found)
    keeper.close(found)
    assert keeper.lost
    assert not keeper.pending, "what cannot be written is told all the same"


texts = st.text(max_size=5)
seen = st.frozensets(st.builds(Expected, texts, st.booleans(), st.booleans(), within=texts), max_size=3)


@given(
    st.integers(0, 3),
    st.integers(0, 99),
    texts,
    st.booleans(),
    st.frozensets(texts, max_size=3),
    seen,
    st.frozensets(st.integers(0, 3), max_size=3),
)
def test_a_course_is_read_as_it_was_written(
    done: int,
    hints: int,
    remark: str,
    acted: bool,
    before: frozenset[str],
    seen: frozenset[Expected],
    held: frozenset[int],
) -> None:
    course = Course(SCRIPT, done=done, hints=hints, remark=remark, acted=acted)
    course._before, course._seen, course._held = set(before), set(seen), set(held)
    again = Course(SCRIPT)
    state.take_over(again, state.read(state.written(course, 7)))
    assert again == course
    assert state.written(again, 7) == state.written(course, 7)


def test_a_lesson_that_was_changed_is_not_gone_on_with() -> None:
    other = Course(parse_script(TEXT.replace("Doe het.", "Doe het nu."), SCRIPT.path))
    with pytest.raises(state.Changed, match="Begin haar opnieuw"):
        state.take_over(other, state.read(state.written(Course(SCRIPT), 1)))


def test_what_happened_is_there_once_in_order_with_the_time_of_all_sittings(db: str) -> None:
    actor = small_school()[0]
    run = a_run(actor.board)
    found, keeper = opened(run)
    found.begin(actor)
    keeper.keep(found)
    found.act()
    found.act()
    found.ask()
    keeper.keep(found)
    found.look(actor, lambda _: True)
    keeper.keep(found)
    keeper.keep(found)
    keeper.close(found)
    LessonProgress.update(seconds=100).where(LessonProgress.id == run.id).execute()
    again, keeper = opened(run)
    assert (again, again.hints_shown, again.acted) == (found, 0, False)
    again.ask()
    keeper.keep(again)
    keeper.close(again)
    assert kinds(run) == [
        ("given", 1, ""),
        ("act", 1, ""),
        ("hint", 1, "1"),
        ("done", 1, ""),
        ("given", 2, ""),
        ("left", 2, ""),
        ("hint", 2, "1"),
        ("left", 2, ""),
    ]
    row = LessonProgress.get_by_id(run.id)
    assert (row.step, row.hints) == (1, 2)
    assert 100 <= row.seconds <= 101


def test_the_second_window_takes_over_what_the_first_did(db: str) -> None:
    random, run = Random(1), a_run(small_school()[0].board)
    windows = [opened(run), opened(run)]
    for course, _keeper in windows:
        course.clock = count(step=100).__next__  # each hint is asked long after the last
    asked = 0
    for _ in range(20):
        course, keeper = random.choice(windows)
        if random.random() < 0.7:
            keeper.overtaken(course)
        behind = state.read(LessonProgress.get_by_id(run.id).state).version != keeper._version
        course.ask()
        keeper.keep(course)
        wait(keeper)
        asked += not behind
        assert LessonProgress.get_by_id(run.id).hints == asked == len(kinds(run)), "who was behind writes nothing"
    for course, keeper in windows:
        keeper.overtaken(course)
        assert course.hints == asked
        keeper.close(course)


def test_who_ends_an_exam_by_force_gets_no_time_back(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.wall_now()
    monkeypatch.setattr(clock, "wall_now", lambda: now)
    run = a_run(small_school()[0].board, "exam")
    course = Course(SCRIPT, exam=True)
    keeper = Keeper(run, course)
    for _ in range(9):
        now += keeping.BEAT / 2
        keeper.keep_time(course)
        wait(keeper)
    row = LessonProgress.get_by_id(run.id)
    assert row.seconds == 4 * keeping.BEAT.total_seconds(), "nothing happened, and it was killed"
    assert state.read(row.state).version == 4
    assert not kinds(run)
    practice = Course(SCRIPT)
    now += keeping.BEAT
    Keeper(LessonProgress.get_by_id(run.id), practice).keep_time(practice)
    assert LessonProgress.get_by_id(run.id) == row


def test_a_window_hears_that_the_lesson_was_given_up_elsewhere(db: str) -> None:
    run = a_run(small_school()[0].board)
    course, keeper = opened(run)
    assert not keeper.overtaken(course)
    assert not keeper.over
    LessonProgress.update(given_up_at=clock.wall_now()).execute()
    keeper.overtaken(course)
    assert keeper.over
    keeper.close(course)


def test_a_killed_program_loses_nothing_that_was_told(tmp_path: Path, sqlite: str) -> None:
    run = a_run(small_school()[0].board)
    path = tmp_path / "proef.draaiboek.md"
    path.write_text(TEXT)
    random, told = Random(7), 0
    for _ in range(KILLS):
        with closing(
            Program(sqlite, str(run.id), str(path), module="tests.training.lessons.lesson_process")
        ) as program:
            for _ in range(random.randrange(1, 6)):
                told = int(program._stdout.readline())
            program.kill()
        row = LessonProgress.get_by_id(run.id)
        assert row.hints >= told, "the next one may be written and not yet told"
        assert state.read(row.state).course["hints"] == row.hints == len(kinds(run))
        told = row.hints


def test_how_an_exam_ended_is_in_the_report() -> None:
    def row(passed: bool | None, finished: bool) -> ProgressRow:
        return ProgressRow(
            "Klas 01", "rovict", "iep-lvs", "exam", "2020-04-14T09:00:00+02:00", 1, 2, 3, 0, 0, finished, passed
        )

    rows = [row(True, True), row(False, True), row(None, True), row(None, False)]
    assert [one.outcome for one in rows] == ["geslaagd", "gezakt", "ja", "nee"]
    assert [one.cells[-2:] for one in rows] == [("ja", "ja"), ("ja", "nee"), ("ja", ""), ("nee", "")]
