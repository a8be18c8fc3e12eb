"""An exam counts points for what was reached, may take so long, and is closed rather than lost."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.access import Actor
from app.couplings import lifecycle
from app.training.lessons import exam
from app.training.lessons.counting import enough
from app.training.lessons.course import Course
from app.training.lessons.exam import Limit
from app.training.scripts.document import parse_script
from app.training.scripts.errors import InvalidScript
from app.training.scripts.expecting import Expected
from models.training import LessonProgress
from tests.couplings.worlds import CODE, small_school

TEXT = """---
title: Proef
points: 2
pass: 60
time: 20
---
1. Kijken

```esis
expect "Koppelingen"
```

2. Activeren

```esis
check coupling iep-lvs active
points 3
remark "Zonder code staat het stil. Er komt niets." when coupling iep-lvs paused
```

3. Mijnschoolinfo

```esis
check coupling mijnschoolinfo active
```

4. Gynzy

```esis
check coupling gynzy active
```
"""


def nothing(expected: Expected) -> bool:
    return not expected.there


@pytest.fixture
def actor(sqlite: str) -> Actor:
    return small_school()[0]


def begun(actor: Actor) -> Course:
    found = Course(parse_script(TEXT, Path("proef.draaiboek.md")), exam=True)
    found.begin(actor)
    return found


def activate(actor: Actor, kind: str) -> None:
    lifecycle.activate(actor, kind, "R. de Vries", True, CODE if kind == "iep-lvs" else f"{CODE}{kind}")


def test_only_states_are_tasks_and_the_points_are_those_of_the_steps(actor: Actor) -> None:
    found = begun(actor)
    assert [[step.number for step in task.steps] for task in found.tasks] == [[1, 2], [3], [4]]
    assert [task.points for task in found.tasks] == [3, 2, 2]
    assert (found.points, found.points_of) == (0, 7)


def test_when_the_time_is_up_what_was_reached_counts_also_out_of_order(actor: Actor) -> None:
    found = begun(actor)
    activate(actor, "iep-lvs")
    found.look(actor, nothing)
    activate(actor, "gynzy")
    found.look(actor, nothing)
    assert not found.finished
    found.close(actor)
    assert found.finished
    assert (found.points, found.passed) == (5, True)
    assert [one.step for one in found.happened if one.kind == "done"] == [1, 3]
    assert exam.judgement(found) == {"mended": 0, "points": 5, "points_of": 7, "passed": True}
    assert found.result == "Examen 'Proef': 5 van 7 punten: geslaagd."
    found.close(actor)
    assert found.points == 5


def test_what_was_so_before_the_exam_began_is_no_merit(actor: Actor) -> None:
    activate(actor, "gynzy")
    found = begun(actor)
    found.close(actor)
    assert (found.points, found.passed) == (0, False)


def test_it_makes_no_remarks_but_remembers_the_mistakes(actor: Actor) -> None:
    found = begun(actor)
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True)
    found.look(actor, nothing)
    assert (found.remark, found.mistakes) == ("", 1)
    lifecycle.change_code(actor, "iep-lvs", CODE)
    found.look(actor, nothing)
    assert [(one.task, one.mended) for one in found.made] == [(1, True)]


@given(st.integers(1, 200), st.integers(1, 100), st.data())
def test_enough_is_at_least_the_percentage(of: int, mark: int, data: st.DataObject) -> None:
    points = data.draw(st.integers(0, of))
    assert enough(points, of, mark) == (points / of >= mark / 100 - 1e-12)


@given(st.integers(1, 7200), st.integers(0, 7200), st.lists(st.floats(0, 15000), min_size=2, max_size=30).map(sorted))
def test_the_time_runs_down_to_its_end_with_each_warning_once(seconds: int, extra: int, moments: list[float]) -> None:
    limit = Limit(seconds, extra)
    lefts = [limit.left(moment) for moment in moments]
    assert lefts == sorted(lefts, reverse=True)
    assert all((left == 0) == limit.over(moment) for left, moment in zip(lefts, moments, strict=True))
    said = [limit.warning(before, now) for before, now in pairwise(moments)]
    assert sum(map(bool, said)) <= len(exam.WARNINGS)
    assert Limit().left(moments[-1]) is None
    assert not Limit().over(moments[-1])


def test_extra_time_is_of_a_person_and_may_come_while_it_lasts(actor: Actor) -> None:
    script = parse_script(TEXT, Path("proef.draaiboek.md"))
    assert exam.limit_of(script) == Limit(1200)
    row = LessonProgress.create(
        board=actor.board,
        own_board=actor.board,
        learner="rovict",
        lesson="proef",
        mode="exam",
        started_at=clock.wall_now(),
        seen_at=clock.wall_now(),
        steps=1,
        limit_seconds=1200,
    )
    assert exam.limit_now(row.id) == Limit(1200)
    LessonProgress.update(extra_seconds=300).where(LessonProgress.id == row.id).execute()
    assert exam.limit_now(row.id).whole == 1500
    assert Limit(1200).warning(899, 901) == "U heeft nog 5 minuten."


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("pass: 101", "'101' kan niet. Schrijf een getal van 1 tot 100."),
        ("time: lang", "'lang' kan niet. Schrijf een getal van 1 tot 1440."),
        ("points: 0", "'0' kan niet."),
    ],
)
def test_a_wrong_figure_is_named_with_its_line(wrong: str, told: str) -> None:
    name = wrong.partition(":")[0]
    lines = [wrong if line.startswith(f"{name}:") else line for line in TEXT.splitlines()]
    with pytest.raises(InvalidScript) as refused:
        parse_script("\n".join(lines), Path("proef.draaiboek.md"))
    assert told in refused.value.sentence
    with pytest.raises(InvalidScript, match="aantal punten"):
        parse_script(TEXT.replace("points 3", "points 101"), Path("proef.draaiboek.md"))
