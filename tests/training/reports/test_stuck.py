"""Where people get stuck: the figures of steps, from what happened."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.training import boards
from app.training.lessons import catalogue
from app.training.lessons.levels import level_for
from app.training.lessons.tasks import tasks_of
from app.training.reports import happened, stuck
from app.training.reports.happened import Event, open_time
from app.training.reports.stuck import StepFigures, Visit
from app.training.reports.titles import alike, remarks_of, titled
from models.board import Board
from models.training import LessonProgress
from tests.builders import make_board
from tests.training.reports.logs import at, log, run_of, smooth, store

KINDS = ("given", "act", "hint", "remark", "mended", "helped", "done", "left", "resumed")
EVENTS = st.lists(
    st.tuples(st.floats(0, 300), st.sampled_from(KINDS), st.integers(1, 4), st.sampled_from(["1", "2", "3"])),
    max_size=25,
).map(lambda rows: log(*sorted(rows, key=lambda row: row[0])))
VISITS = st.builds(
    Visit,
    step=st.just(1),
    minutes=st.none() | st.floats(0, 500),
    last_hint=st.booleans(),
    remarks=st.lists(st.sampled_from(["a", "b"]), max_size=3).map(tuple),
    left=st.booleans(),
    helped=st.booleans(),
)


def of_step(step: int, *runs: happened.Run) -> StepFigures:
    return next(one for one in stuck.steps(runs) if one.step == step)


def klas(number: int) -> Board:
    board = make_board()
    board.name, board.password_hash = f"Klas {number:02d}", "x"
    board.save()
    return board


def test_twenty_learners_of_whom_eight_err_at_the_third_step(db: str) -> None:
    for number in range(20):
        trouble = [(2.5, "remark", 3, "codes iep-lvs different"), (2.6, "mended", 3, "")] if number < 8 else []
        store(klas(number), *smooth(steps=2), (2, "given", 3, ""), *trouble, (2 + 1 + number, "done", 3, ""))
    store(make_board(), (0, "given", 1, ""), (5, "hint", 1, "3"), learner="gast")
    runs = happened.runs(only_class=True)
    first, *others = stuck.steps(runs)
    assert (first.step, first.given, first.done, first.stuck, first.remarked) == (3, 20, 20, 8, 8)
    assert first.share(first.stuck) == 0.4
    assert first.remarks == (("codes iep-lvs different", 8),)
    assert (first.median, first.p90) == (pytest.approx(10.5), pytest.approx(18))
    assert {other.stuck for other in others} == {0}
    assert of_step(1, *happened.runs()).given == 21
    assert happened.runs(lesson="gynzy") == []


def test_reading_asks_two_queries_whatever_there_is(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from models.base import real_database

    board = klas(1)
    for _ in range(5):
        store(board, *smooth())
    asked: list[str] = []
    usual = real_database().execute_sql

    def counting(sql: str, *more: object) -> object:
        asked.append(sql)
        return usual(sql, *more)

    monkeypatch.setattr(real_database(), "execute_sql", counting)
    assert len(happened.runs(board)) == 5
    assert len(asked) == 2


def test_time_that_the_lesson_was_closed_does_not_count() -> None:
    night = [(0, "given", 1, ""), (2, "left", 1, ""), (900, "resumed", 1, ""), (903, "done", 1, "")]
    assert of_step(1, run_of(*night)).median == pytest.approx(5)


def test_a_killed_program_was_closed_from_the_last_thing_that_happened() -> None:
    killed = [(0, "given", 1, ""), (2, "act", 1, ""), (900, "resumed", 1, ""), (903, "done", 1, "")]
    assert of_step(1, run_of(*killed)).median == pytest.approx(5)


def test_a_window_that_closes_while_another_is_open_closes_nothing() -> None:
    """Of a connection that was cut the server hears late: by then the learner may be at it again in a new page."""
    cut = [(0, "given", 1, ""), (2, "resumed", 1, ""), (3, "left", 1, ""), (6, "done", 1, "")]
    after = [(6, "given", 2, ""), (9, "done", 2, ""), (9, "left", 3, ""), (10, "left", 3, ""), (99, "resumed", 3, "")]
    run = run_of(*cut, (6, "given", 3, ""), *after, (101, "done", 3, ""))
    assert of_step(1, run).median == pytest.approx(4), "without the time before it was opened again"
    assert of_step(2, run).median == pytest.approx(3)
    assert of_step(3, run).median == pytest.approx(6)


def test_who_comes_back_did_not_leave_and_who_does_not_did() -> None:
    away = [*smooth(steps=1), (2, "given", 2, ""), (3, "left", 2, "")]
    assert of_step(2, run_of(*away)).left == 1
    assert of_step(2, run_of(*away, (60, "resumed", 2, ""))).left == 0
    assert of_step(2, run_of(*away, (60, "resumed", 2, ""), given_up_at=at(61))).left == 1
    assert of_step(1, run_of(*away)).left == 0


def test_a_reset_of_the_board_by_the_trainer_is_nobody_giving_up(db: str) -> None:
    board = make_board()
    lesson = Board.create(name="Les iep-lvs", now=board.now, owner=board)
    trouble = [*smooth(steps=1), (2, "given", 2, "")]
    store(board, *smooth(), finished_at=at(0), level=1)
    reset = store(board, *trouble, own_board=lesson, step=1, level=2)
    store(board, *trouble, learner="ib", given_up_at=at(9))
    boards._end_lessons(board)
    (figures,) = stuck.lessons(happened.runs())
    assert (figures.runs, figures.given_up) == (3, 1)
    assert {step.step: step.left for step in figures.steps} == {1: 0, 2: 1, 3: 0}
    own = LessonProgress.get_by_id(reset.id)
    assert level_for(board, own.learner, own.lesson) == 2, "it brings no lower level"
    assert own.given_up_at is not None


def test_who_closes_a_lesson_that_is_done_left_nowhere() -> None:
    assert {step.left for step in stuck.steps([run_of(*smooth(), (4, "left", 3, ""))])} == {0}


def test_only_the_last_hint_and_the_trainers_help_count_as_stuck() -> None:
    one = of_step(1, run_of((0, "given", 1, ""), (1, "hint", 1, "1"), (2, "hint", 1, "2")))
    assert (one.stuck, one.last_hint, one.median) == (0, 0, None)
    three = run_of((0, "given", 1, ""), (1, "hint", 1, "3"))
    helped = run_of((0, "given", 1, ""), (1, "helped", 1, ""))
    both = of_step(1, three, helped)
    assert (both.given, both.stuck, both.last_hint, both.helped) == (2, 2, 1, 1)


def test_steps_of_all_lessons_are_ranked_together_and_each_lesson_has_its_own() -> None:
    bad = run_of(*smooth(steps=1), (1, "given", 2, ""), (9, "hint", 2, "3"), lesson="gynzy")
    fine = run_of(*smooth())
    assert next((row.lesson, row.step) for row in stuck.steps([fine, bad])) == ("gynzy", 2)
    lessons = stuck.lessons([fine, bad])
    assert [(row.lesson, row.runs, row.stuck) for row in lessons] == [("gynzy", 1, 1), ("iep-lvs", 1, 0)]


def test_the_steps_of_an_exam_count_with_those_of_the_lesson_that_they_are() -> None:
    """Of an exam what is only to be looked at is no step, so its steps are numbered otherwise."""
    script = catalogue.find("iep-lvs")
    practised, exam = tasks_of(script), tasks_of(script, exam=True)
    assert len(exam) < len(practised)
    for number, task in enumerate(exam, start=1):
        run = run_of((0, "given", number, ""), (1, "done", number, ""), mode="exam")
        (found,) = stuck.steps(alike([run]))
        assert practised[found.step - 1].steps[-1] == task.steps[-1]
    assert [one.step for one in alike([run_of(*smooth())])[0].events] == [1, 1, 2, 2, 3, 3]


def test_a_remark_is_the_same_in_every_variant_and_told_in_words() -> None:
    def run(seed: int) -> happened.Run:
        script = catalogue.find("gewijzigd-in-esis", seed)
        (check, *_) = [remark.check.text for task in tasks_of(script) for remark in task.remarks]
        rows = (0, "given", 1, ""), (1, "remark", 1, check), (2, "mended", 1, check)
        return run_of(*rows, lesson="gewijzigd-in-esis", seed=seed)

    runs = [run(seed) for seed in (1, 2, 3)]
    assert len({one.events[1].detail for one in runs}) > 1, "each has another pupil"
    (step,) = stuck.steps(alike(runs))
    ((check, times),) = step.remarks
    assert times == 3
    assert remarks_of(runs[-1].progress)[check]


@pytest.mark.usefixtures("sqlite")
def test_lessons_and_steps_are_named_also_when_the_lesson_is_gone() -> None:
    runs = [run_of(*smooth()), run_of(*smooth(), lesson="weg")]
    gone, known = sorted(titled(stuck.lessons(runs), runs), key=lambda one: one.lesson != "weg")
    assert (gone.title, gone.steps[0].title) == ("weg", "")
    assert known.title.startswith("De koppeling tussen ESIS en IEP LVS")
    assert known.steps[0].title.startswith("Meld aan") or known.steps[0].title


def test_the_csv_has_a_line_for_each_step_and_shares_as_numbers() -> None:
    text = stuck.as_csv(stuck.steps([run_of(*smooth(), (2.5, "remark", 3, "=rare"))]))
    head, first, *_ = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";")
    assert (len(head), head[:3]) == (len(first), ["les", "stap", "wat"])
    assert (first[0], first[1], first[6], first[7]) == ("iep-lvs", "3", "1,0", "1,0")


@given(EVENTS)
def test_no_time_is_negative_and_none_is_longer_than_the_clock(events: tuple[Event, ...]) -> None:
    begin, end = at(0), at(300)
    taken = open_time(events, begin, end)
    assert timedelta() <= taken <= end - begin
    halfway = at(120)
    parts = open_time(events, begin, halfway) + open_time(events, halfway, end)
    assert abs(parts - taken) < timedelta(seconds=1)


@given(EVENTS)
def test_every_step_that_was_given_is_there_once(events: tuple[Event, ...]) -> None:
    visits = list(stuck.visited(events))
    given_steps = {event.step for event in events if event.kind == "given"}
    assert [visit.step for visit in visits] == sorted(given_steps)
    assert sum(visit.left for visit in visits) <= 1
    done = {event.step for event in events if event.kind == "done"}
    assert all((visit.minutes is None) == (visit.step not in done) for visit in visits)


@given(st.lists(VISITS, min_size=1, max_size=30))
def test_figures_are_counts_of_the_visits(visits: list[Visit]) -> None:
    made = stuck.figures("les", 1, visits)
    assert made.given == len(visits)
    assert max(made.last_hint, made.remarked, made.left, made.helped) <= made.stuck <= made.given
    assert made.stuck <= made.last_hint + made.remarked + made.left + made.helped
    times = [visit.minutes for visit in visits if visit.minutes is not None]
    assert (made.median is None) == (made.p90 is None) == (not times)
    if made.median is not None and made.p90 is not None:
        assert min(times) <= made.median <= max(times)
        assert made.p90 in times
        assert sum(time <= made.p90 for time in times) >= 0.9 * len(times)
        assert sum(time < made.p90 for time in times) < 0.9 * len(times)
    assert stuck.figures("les", 1, visits[::-1]) == made


@given(st.lists(st.lists(VISITS, min_size=1, max_size=5), min_size=1, max_size=8))
def test_where_more_get_stuck_comes_first(groups: list[list[Visit]]) -> None:
    ranked = sorted((stuck.figures("les", 1, visits) for visits in groups), key=stuck.rank)
    assert [row.stuck for row in ranked] == sorted((row.stuck for row in ranked), reverse=True)
