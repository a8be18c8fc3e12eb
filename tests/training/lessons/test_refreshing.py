"""When what was learned is to be done again, and which lessons: the rules, and what is kept of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.training.lessons import refreshing
from app.training.lessons.refreshing import GAP, LESSONS, MODE, MONTHS, WEEKS, Done, Planned, due, falls_back, moments
from models.board import PRACTICE_NAME, Board
from models.training import LessonProgress

COURSE = date(2026, 9, 1)
CAUSES = {"a": "code", "b": "brin", "c": "groep", "d": "rol", "e": "rol"}
LEARNED = [Done(name, "practice", 1, COURSE, COURSE) for name in "abcde"]
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
ROWS = st.lists(
    st.builds(
        Done,
        st.sampled_from(["a", "b", "c", "d", "e", "elders"]),
        st.sampled_from(["practice", "exam", MODE]),
        st.integers(1, 9),
        DAYS,
        st.none(),
        st.booleans(),
    ).flatmap(lambda row: st.sampled_from([None, row.begun]).map(lambda ended: Done(**{**vars(row), "ended": ended}))),
    max_size=25,
)


def again(day: date, *names: str, seed: int = 2, failed: bool = False) -> list[Done]:
    return [Done(name, MODE, seed, day, day, failed=failed) for name in names]


@pytest.mark.parametrize(
    ("day", "since", "why"),
    [
        (COURSE + WEEKS - timedelta(days=1), None, ""),
        (COURSE + WEEKS, COURSE + WEEKS, "weeks"),
        (COURSE + MONTHS, COURSE + MONTHS, "months"),
        (date(2027, 7, 17), COURSE + MONTHS, "months"),
        (date(2027, 7, 18), date(2027, 7, 18), "transition"),
        (date(2027, 7, 31), date(2027, 7, 18), "transition"),
        (date(2027, 8, 1), COURSE + MONTHS, "months"),
    ],
)
def test_it_is_due_after_three_weeks_four_months_and_two_weeks_before_the_jaarovergang(
    day: date, since: date | None, why: str
) -> None:
    found = due(LEARNED, CAUSES, day)
    assert (found and found.since, found.why if found else "") == (since, why)


def test_each_of_the_three_is_done_and_then_it_is_over_until_the_next_moment() -> None:
    day = COURSE + WEEKS + timedelta(days=4)
    rows, seen = list(LEARNED), []
    while (found := due(rows, CAUSES, day)) is not None:
        seen.append(found.left[0].lesson)
        rows += again(day, seen[-1])
    assert seen == ["a", "b", "c"]
    assert due(rows, CAUSES, COURSE + MONTHS - timedelta(days=1)) is None
    later = due(rows, CAUSES, COURSE + MONTHS)
    assert later is not None
    assert [one.lesson for one in later.lessons] == ["d", "a", "b"], "each in turn, and e has the cause of d"
    assert [one.seed for one in later.lessons] == [2, 3, 3], "another variant than each before"


def test_with_fewer_causes_there_is_nothing_to_mix() -> None:
    assert due([row for row in LEARNED if row.lesson in "ade"], CAUSES, COURSE + WEEKS) is None


def test_what_was_given_up_or_is_left_open_was_not_learned() -> None:
    rows = [Done(name, "practice", 1, COURSE, COURSE, failed=True) for name in "abc"]
    assert due([*rows, *(Done(name, "practice", 1, COURSE) for name in "abc")], CAUSES, COURSE + WEEKS) is None


def test_failing_brings_level_1_back_until_the_lesson_is_done_again() -> None:
    rows = [*LEARNED, *again(COURSE + WEEKS, "a", failed=True), *again(COURSE + WEEKS, "b")]
    assert [name for name in "abc" if falls_back(rows, name)] == ["a"]
    done = Done("a", "practice", 3, COURSE + MONTHS, COURSE + MONTHS)
    assert not falls_back([*rows, done], "a")


@given(ROWS, DAYS)
def test_what_is_due_mixes_causes_of_lessons_done_before_in_variants_not_seen(rows: list[Done], today: date) -> None:
    found = due(rows, CAUSES, today)
    if found is None:
        return
    assert found.since <= today
    assert len({CAUSES[one.lesson] for one in found.lessons}) == len(found.lessons) == LESSONS
    assert set(found.left) <= set(found.lessons)
    for one in found.lessons:
        before = [row for row in rows if row.lesson == one.lesson and row.begun < found.since]
        assert any(row.mode != MODE and row.ended and row.ended < found.since for row in before)
        assert one.seed not in {row.seed for row in before}
        assert one.level == 3


@given(ROWS, DAYS)
def test_the_choice_stands_while_it_is_done_and_doing_it_ends_it(rows: list[Done], today: date) -> None:
    first = found = due(rows, CAUSES, today)
    for _ in range(LESSONS):
        if found is None or first is None:
            break
        assert found.lessons == first.lessons
        rows = [*rows, Done(found.left[0].lesson, MODE, found.left[0].seed, today, today)]
        found = due(rows, CAUSES, today)
    assert found is None


@given(ROWS, DAYS)
def test_the_order_of_the_rows_does_not_matter_and_between_moments_nothing_becomes_due(
    rows: list[Done], today: date
) -> None:
    assert due(rows, CAUSES, today) == due(rows[::-1], CAUSES, today)
    days = [day for day, _why in moments(rows, today)]
    assert days == sorted(days)
    starts = sorted({day - WEEKS for day, why in moments(rows, today) if why == "weeks"})
    assert all(later - earlier > GAP for earlier, later in pairwise(starts))


def test_the_shipped_lessons_are_of_enough_causes_and_the_long_ones_are_not_among_them() -> None:
    causes = refreshing.causes()
    assert len(set(causes.values())) >= 10
    assert not {"iep-lvs", "mijnschoolinfo", "rondleiding"} & causes.keys()


def test_what_is_kept_of_a_learner_becomes_due_by_the_wall_clock(
    practice_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = Board.get(Board.name == PRACTICE_NAME)
    begun = datetime(2026, 9, 1, 12, tzinfo=UTC)
    for name in ("brin-verschilt", "rol-ontbreekt", "toets-staat-uit"):
        for learner in ("rovict", "ib"):
            LessonProgress.create(
                board=practice,
                learner=learner,
                lesson=name,
                started_at=begun,
                seen_at=begun,
                finished_at=begun,
                steps=4,
                hints=5,
            )
    monkeypatch.setattr(clock, "wall_now", lambda: begun + timedelta(days=20))
    assert refreshing.due_for(practice, "rovict") is None
    assert "De volgende keer is op 22-9-2026." in str(refreshing.due_or_why(practice, "rovict"))
    monkeypatch.setattr(clock, "wall_now", lambda: begun + timedelta(days=21))
    found = refreshing.due_for(practice, "rovict")
    assert found is not None
    assert found.left[0] == Planned("brin-verschilt", 2)
    assert refreshing.sentence(found).startswith("Tijd om op te frissen: 3 oefeningen, 10 minuten. ")
    moment = clock.wall_now()
    LessonProgress.create(
        board=practice,
        learner="rovict",
        lesson="brin-verschilt",
        mode=MODE,
        seed=2,
        level=3,
        started_at=moment,
        seen_at=moment,
        given_up_at=moment,
        steps=4,
    )
    left = refreshing.due_for(practice, "rovict")
    assert left is not None
    assert refreshing.sentence(left).startswith("Tijd om op te frissen: nog 2 van de 3. ")
    assert falls_back(refreshing.done_by(practice, "rovict"), "brin-verschilt")
    assert refreshing.due_for(practice, "ib") == found, "another learner is not concerned"
