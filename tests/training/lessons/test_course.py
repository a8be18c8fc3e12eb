"""A lesson judges the result: any right way counts, a wrong turn gets a remark, help comes in three stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.access import Actor
from app.couplings import lifecycle
from app.training.lessons import state
from app.training.lessons.course import Course
from app.training.lessons.hints import WAIT, Hint
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
goal "De koppeling staat aan."
hint "Kijk op het formulier."
hint "Vul ook een code in."
points 3
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


def test_what_was_seen_beside_what_should_be_gone_does_not_count(actor: Actor) -> None:
    lines = 'press f10\nexpect "Jaarovergang"\nexpect not "Dossiers"'
    found = Course(parse_script(f"---\ntitle: T\n---\n1. Tab\n\n```esis\n{lines}\n```\n", Path("t.draaiboek.md")))
    found.begin(actor)
    for screen, done in (("Jaarovergang, Dossiers", 0), ("Gebruikers", 0), ("Jaarovergang", 1)):
        found.look(actor, lambda expected, screen=screen: (expected.text in screen) == expected.there)
        assert found.done == done, screen


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


def asked(found: Course) -> tuple[Hint | None, str]:
    """What is given to who did something since the last time."""
    found.act()
    given = found.ask()
    assert given is not None
    return given.stage, given.text


def test_help_comes_in_three_stages_for_each_task(actor: Actor) -> None:
    found = course()
    found.begin(actor)
    found.look(actor, everything)
    assert asked(found) == (Hint.WHERE, "Kijk op het formulier.")
    assert asked(found) == (Hint.WHAT, "Vul ook een code in.")
    assert [asked(found) for _ in range(2)] == [(Hint.SHOW, "")] * 2
    assert found.hints == 4
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
    found.look(actor, nothing)
    assert asked(found)[0] is Hint.WHERE


def test_a_draaiboek_without_hints_gives_places_and_acts_but_nothing_to_fill_in(actor: Actor) -> None:
    found = Course(parse_script(TEXT.replace("hint ", "# "), Path("proef.draaiboek.md")))
    found.begin(actor)
    assert asked(found) == (Hint.WHERE, "Kijk bij Beheer > Koppelingen.")
    found.look(actor, everything)
    assert asked(found) == (Hint.WHERE, "Kijk op het scherm dat u voor u heeft.")
    assert asked(found) == (Hint.WHAT, "Vul 'Uw naam' in; kies 'Gereed'.")


def test_the_second_hint_is_only_for_who_tried_the_first_or_waited(actor: Actor) -> None:
    now = 100.0
    found = course()
    found.clock = lambda: now
    found.begin(actor)
    found.act()
    assert found.ask()
    refused = found.ask()
    assert refused is not None
    assert (refused.stage, found.hints) == (None, 1)
    assert "nog" not in refused.text.replace("nog eens", ""), "no countdown"
    now += WAIT
    given = found.ask()
    assert given is not None
    assert given.stage is Hint.WHAT


def test_what_happens_is_told_with_the_number_of_its_task(actor: Actor) -> None:
    found = course()
    found.begin(actor)
    found.look(actor, everything)
    found.ask()
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True)
    found.look(actor, nothing)
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    found.look(actor, nothing)
    assert [(one.step, one.kind, one.detail) for one in found.happened] == [
        (1, "given", ""),
        (1, "done", ""),
        (2, "given", ""),
        (2, "hint", "1"),
        (2, "remark", "coupling iep-lvs paused"),
        (2, "done", ""),
        (3, "given", ""),
        (3, "mended", "coupling iep-lvs paused"),
    ]


def test_what_is_put_right_is_counted_each_time(actor: Actor) -> None:
    found = course()
    found.begin(actor)
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True)
    found.look(actor, nothing)
    assert found.help_and_mistakes == "0 hints, 1 fout, 0 hersteld"
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    found.look(actor, nothing)
    lifecycle.pause(actor, "iep-lvs")
    found.look(actor, nothing)
    assert found.help_and_mistakes == "0 hints, 2 fouten, 1 hersteld"
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    found.look(actor, nothing)
    assert found.help_and_mistakes == "0 hints, 2 fouten, 2 hersteld"


def test_a_course_goes_on_from_its_state_as_if_nothing_happened(actor: Actor) -> None:
    found = course()
    found.begin(actor)
    found.look(actor, everything)
    asked(found)
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True)
    found.look(actor, nothing)
    again = course()
    state.take_over(again, state.read(state.written(found, 1)))
    again.happened = list(found.happened)
    assert again == found
    assert (again.remark, again.hints_shown) == ("Zonder code staat het stil.", 1)
    for one in (found, again):
        one.look(actor, nothing)
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    for one in (found, again):
        one.look(actor, nothing)
    assert again == found
    assert (again.done, again.mended) == (2, 1)


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
    assert not found.look(actor, lambda one: (one.text == "Koppelingen") == one.there)
    assert not found.look(actor, everything), "what should not be there is"
    assert found.look(actor, lambda one: (one.text == "Logboek") == one.there), "both were seen"


def after_a_night(*lines: str) -> Course:
    rows = "\n".join(["advance until morning", *lines, "check coupling iep-lvs active"])
    text = f"---\ntitle: Nacht\n---\n1. Wacht\n\n```esis\n{rows}\n```\n"
    return Course(parse_script(text, Path("nacht.draaiboek.md")))


def test_who_is_to_look_for_it_after_the_night_is_not_done_by_the_night_alone(actor: Actor) -> None:
    looks, waits = after_a_night("open Koppelingen", 'expect "Koppelingen"'), after_a_night()
    for one in (looks, waits):
        one.begin(actor)
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
    for one in (looks, waits):
        one.look(actor, nothing)
    assert (looks.finished, waits.finished) == (False, True)
    looks.look(actor, everything)
    assert looks.finished
