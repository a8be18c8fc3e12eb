"""A lesson that a trainer gives: the learner's own variant of it, with the text that it was begun with."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from app.access import actor_for, find_user
from app.commands.opening import Host
from app.training.boards import NAME
from app.training.lessons import catalogue, own, runs
from models.board import Board
from models.training import LessonProgress
from screens.lessons.choosing import start_given
from tests.screens.driving import driving

TEXT = """---
title: Van ons
role: rovict
vary: groep = 6 | 7 | 5
---
Groep {groep} mist iets.

1. Activeer de koppeling van groep {groep}

```esis
open Koppelingen
check coupling iep-lvs active
```
"""


def given(user: str, lesson: str, *, exam: bool = False) -> LessonProgress:
    """The run that a learner of the practice board gets."""
    made: list[LessonProgress] = []

    def begins(_app: Any, begin: Callable[[], LessonProgress]) -> None:
        made.append(begin())

    actor = actor_for(find_user(Board.get(Board.name == NAME), user))
    screen = SimpleNamespace(look_up=lambda work, then: then(work()))
    app: Any = SimpleNamespace(actor=actor, host=SimpleNamespace(start=begins), screen=screen)
    start_given(app, lesson, exam=exam, then=lambda: None)
    return made[0]


@pytest.mark.usefixtures("practice_sqlite")
def test_neighbours_get_another_variant_and_who_is_in_it_goes_on() -> None:
    first, second = given("rovict", "brin-verschilt", exam=True), given("ib", "brin-verschilt", exam=True)
    assert first.seed != second.seed
    assert given("rovict", "brin-verschilt", exam=True).id == first.id
    assert runs.script_of(second).seed == second.seed


@pytest.mark.usefixtures("practice_sqlite")
def test_a_lesson_of_ones_own_keeps_the_text_that_it_was_begun_with() -> None:
    trainer = actor_for(find_user(Board.get(Board.name == NAME), "trainer"))
    own.add(trainer, "van-ons", TEXT, catalogue.reserved())
    run = given("rovict", "van-ons")
    own.remove(trainer, "van-ons")
    assert LessonProgress.get_by_id(run.id).text == TEXT
    assert runs.script_of(LessonProgress.get_by_id(run.id)).title == "Van ons"


async def test_what_would_be_lost_is_asked_first(practice: Board) -> None:
    run = runs.begin(practice, "rovict", catalogue.find("brin-verschilt"))
    async with driving(practice) as program:
        program.app.host = Host()
        program.app.guide.hear(
            {"say": "begin", "lesson": "brin-verschilt", "title": "BRIN", "exam": True, "by": "trainer"}
        )
        await program.find("Les van de trainer beginnen")
        assert "U bent met deze les nog bezig (oefenen). U was bij stap 1 van" in program.words
        await program.press("enter")
        assert program.app.guest is None
        assert LessonProgress.get_by_id(run.id).given_up_at is None
        await program.find("Les van de trainer beginnen")
        await program.press("left", "enter")
        await program.until(lambda: program.app.guest is not None)
        assert LessonProgress.get_by_id(run.id).given_up_at is not None
