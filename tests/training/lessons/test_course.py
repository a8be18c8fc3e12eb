"""A lesson judges the result: any right way counts, a wrong turn gets a remark, help comes in three stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.access import Actor
from app.couplings import lifecycle
from app.training.lessons import catalogue
from app.training.lessons.course import Course, Hint
from app.training.scripts.document import parse_script
from app.training.scripts.expecting import Expected
from tests.couplings.worlds import CODE, OTHER, small_school

TEXT = """---
title: Proef
---
1. Openen

```esis
open Beheer > Koppelingen
expect "Koppelingen"
```

2. Naam

```esis
fill "Uw naam" "A"
```

3. Activeren

Doe het.

```esis
choose "Gereed"
hint "Met een code."
check coupling iep-lvs active
remark "Zonder code staat het stil." when coupling iep-lvs paused
```

4. Beëindigen

```esis
check coupling iep-lvs ended
```
"""


def course() -> Course:
    return Course(parse_script(TEXT, Path("proef.draaiboek.md")))


def nothing(expected: Expected) -> bool:
    """Nothing is on the screen."""
    return not expected.there


def everything(expected: Expected) -> bool:
    """All of it is on the screen."""
    return expected.there


@pytest.fixture
def actor(sqlite: str) -> Actor:
    return small_school()[0]


def test_steps_of_which_nothing_shows_that_they_were_done_are_one_task_with_the_next() -> None:
    assert [task.title for task in course().tasks] == ["1. Openen", "2. Naam; 3. Activeren", "4. Beëindigen"]


def test_what_is_reached_counts_step_by_step_or_at_once(actor: Actor) -> None:
    found = course()
    found.begin(actor)
    assert not found.look(actor, nothing)
    assert found.look(actor, everything)
    assert found.done == 1
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
    assert found.look(actor, nothing)
    assert found.done == 2
    lifecycle.end(actor, "iep-lvs")
    found.look(actor, nothing)
    assert found.finished
    assert found.task is None


def test_who_is_further_did_what_goes_before_it(actor: Actor) -> None:
    found = course()
    found.begin(actor)
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
    found.look(actor, nothing)
    assert (found.done, found.mistakes) == (2, 0)


def test_a_state_of_before_the_lesson_is_not_the_learners_doing(actor: Actor) -> None:
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
    found = course()
    found.begin(actor)
    found.look(actor, nothing)
    assert found.done == 0


def test_a_wrong_way_is_told_once_each_time_it_is_gone(actor: Actor) -> None:
    found = course()
    found.begin(actor)
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True)
    assert found.look(actor, nothing)
    assert (found.remark, found.mistakes) == ("Zonder code staat het stil.", 1)
    found.look(actor, nothing)
    assert found.mistakes == 1
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    found.look(actor, nothing)
    assert (found.remark, found.done) == ("", 2)


def test_help_comes_in_three_stages_for_each_task(actor: Actor) -> None:
    found = course()
    found.begin(actor)
    found.look(actor, everything)
    assert [found.next_hint() for _ in range(4)] == [Hint.WHAT, Hint.WHERE, Hint.SHOW, Hint.SHOW]
    task = found.task
    assert task is not None
    assert task.hint == "Met een code."
    assert task.where == "vul 'Uw naam' in; kies 'Gereed'"
    assert found.hints == 4
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
    found.look(actor, nothing)
    assert found.next_hint() is Hint.WHAT


LOOKING = (
    TEXT
    + """
5. Kijken

```esis
open Koppelingen
expect "(nog geen)"
check coupling iep-lvs ended
```

6. Kijken in het logboek

```esis
expect "beëindigd"
expect no "actief"
```
"""
)


def test_what_is_to_be_looked_at_is_never_passed_unread(actor: Actor) -> None:
    found = Course(parse_script(LOOKING, Path("proef.draaiboek.md")))
    found.begin(actor)
    assert not found.look(actor, everything, acted=False), "nothing was done yet"
    found.look(actor, everything)
    assert found.done == 1
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
    found.look(actor, nothing)
    lifecycle.end(actor, "iep-lvs")
    found.look(actor, nothing)
    assert found.task is not None
    assert found.task.title == "5. Kijken"
    assert not found.look(actor, nothing)
    assert found.look(actor, lambda one: one.text == "(nog geen)")
    assert not found.look(actor, everything), "what must not be there is"
    assert found.look(actor, lambda one: (one.text == "beëindigd") == one.there)
    assert found.finished


def test_what_is_to_be_seen_need_not_be_in_sight_at_once(actor: Actor) -> None:
    text = TEXT.replace('expect "Koppelingen"', 'expect "Koppelingen"\nexpect "Logboek"\nexpect no "Zoeken"')
    found = Course(parse_script(text, Path("proef.draaiboek.md")))
    found.begin(actor)
    assert not found.look(actor, lambda one: (one.text == "Koppelingen") == one.there, acted=False)
    assert not found.look(actor, lambda one: (one.text == "Logboek") == one.there)
    assert not found.look(actor, lambda one: one.text != "Logboek" and one.there), "what should not be there is"
    assert found.look(actor, nothing), "both were seen"


def test_every_lesson_that_comes_along_reads_and_begins_with_the_easy_ones() -> None:
    found = catalogue.lessons()
    assert found
    assert [row.difficulty for row in found] == sorted(row.difficulty for row in found)
    assert all(Course(row).tasks for row in found)
