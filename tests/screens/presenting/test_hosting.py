"""A lesson begins and ends in the program that runs: on a board of its own, gone on with later, alone or in a pair."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from textual.events import Key

from app.commands.opening import Host
from app.training import boards
from app.training.lessons import pairs, runs
from app.training.pictures import settle, text_of
from app.training.scripts.document import parse_script
from models.board import OWN, Board
from models.training import LessonEvent, LessonProgress
from screens.driving.screen_driver import ScreenDriver
from screens.lessons.overview import Lessons
from screens.presenting.hosting import LATER
from screens.presenting.windows import Story
from screens.shell.programs import ESIS
from tests.screens.driving import SMALL, Driver, driving
from tests.screens.presenting.hosted import Hosted, activate, begun, hosted
from tests.screens.presenting.test_lesson import STORY
from tests.screens.presenting.test_lesson import TEXT as WITH_STORY
from tests.screens.presenting.watching import panel, until

pytestmark = pytest.mark.usefixtures("economical")
TEXT = WITH_STORY.replace(STORY, "")
SCRIPT = parse_script(TEXT, Path("activeren.draaiboek.md"))
BOTH = """---
title: Samen
role: rovict
---

U doet dit samen.

1. Code in ESIS

```esis
open Beheer > Import-Export-Koppelingen > Koppelingen
choose "Activeren" in "IEP LVS"
check coupling iep-lvs active
```

2. Aanmelden bij IEP LVS

```esis
go to IEP LVS
sign in as schoolbeheerder
expect "Welkom bij IEP LVS"
```

3. Stoppen in ESIS

```esis
go to ESIS
open Beheer > Import-Export-Koppelingen > Koppelingen
check coupling iep-lvs paused
```
"""


def known(run: LessonProgress, text: str = TEXT) -> LessonProgress:
    """The run, which knows its text: the lesson does not come with the program."""
    LessonProgress.update(text=text).where(LessonProgress.id == run.id).execute()
    return LessonProgress.get_by_id(run.id)


async def test_it_begins_at_once_and_ends_where_the_user_was(practice: Board) -> None:
    async with driving(practice) as program:
        program.app.host = Host()
        await program.open("Oefeningen")
        begin = lambda: known(begun(practice, SCRIPT))  # noqa: E731
        program.app.host.start(program.app, begin)
        await program.until(lambda: program.app.guest is not None)
        await program.settle()
        own = program.app.board
        assert (own.owner_id, program.actor.board.id, program.app.has_lessons) == (practice.id, own.id, False)
        assert program.app.at_stake == "", "closing the page loses nothing"
        await program.press("escape", "ctrl+q")
        await program.until(lambda: program.app.guest is None and isinstance(program.app.screen, Lessons))
        await program.settle()
        assert (program.app.board.id, program.actor.name, program.app.has_lessons) == (practice.id, "rovict", True)
        assert program.said[-1] == f"Les 'Activeren': 0 van 2 opdrachten, 0 hints, 0 fouten. {LATER}"
        assert not program.app.screen.query("PresentationPanel")
        assert Board.select().where(~OWN).count() == 1


async def test_who_does_it_is_the_user_who_began_it_and_not_who_is_signed_in_there(practice: Board) -> None:
    async with driving(practice, "ib") as program:
        program.app.host = Host()
        program.app.host.start(program.app, lambda: known(runs.begin(practice, "ib", SCRIPT)))
        await program.until(lambda: program.app.guest is not None)
        await program.settle()
        assert program.actor.name == "rovict"
        assert program.app.guide.here.user == "ib"


async def test_it_goes_on_at_the_same_step_with_the_same_hints(practice: Board) -> None:
    run = known(begun(practice, SCRIPT))
    async with hosted(run) as program:
        await program.driver.press("escape")
        await program.driver.open("Koppelingen")
        await program.driver.choose("Activeren", "IEP LVS")
        await until(lambda: "Opdracht 2" in panel(program.app))
        program.app.post_message(Key("ctrl+l", None))
        await until(lambda: "Hint: " in panel(program.app))
        hint = panel(program.app).partition("Hint: ")[2].partition("\n")[0]
        with patch.object(program.lesson._keeper, "close"):  # killed: nobody says that the learner leaves
            program.app.exit()
    assert program.events[-1] == ("hint", 2, "1")
    async with hosted(LessonProgress.get_by_id(run.id), size=SMALL) as program:
        await until(lambda: "Opdracht 2" in panel(program.app))
        assert hint in panel(program.app)
        assert "1 hint, 0 fouten" in panel(program.app)
        assert "F1 toont dit verhaal opnieuw" not in text_of(program.app)
        assert program.actor_name == "rovict"
        await activate(program.driver)
        await until(lambda: "✓ Klaar! Met 1 hint, 0 fouten." in panel(program.app))
        await program.driver.press("ctrl+q")
        await until(lambda: program.app.guest is None)
        await until(lambda: not Board.select().where(~OWN).exists())
    assert [kind for kind, _, _ in program.events].count("resumed") == 1
    assert program.row.finished_at is not None


async def test_a_user_chooses_to_go_on_to_begin_again_or_to_give_up(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        program.app.host = Host()
        driver = ScreenDriver(program.app, program.pilot)
        await _begin(program, driver, "Stap voor stap")
        await program.press("escape", "ctrl+q")
        await program.until(lambda: isinstance(program.app.screen, Lessons))
        await program.settle()
        await _begin(program, driver, "Verder bij stap 1 (oefenen)")
        await program.press("ctrl+q")
        await program.until(lambda: isinstance(program.app.screen, Lessons))
        await program.settle()
        await driver.choose("De koppeling tussen ESIS en IEP LVS activeren")
        await driver.choose("Opgeven")
        assert "Het oefenbestuur waarop u dat deed, gaat weg" in program.words
        await driver.choose("Opgeven")
        await program.settle()
        assert program.said[-1].endswith("is opgegeven, bij stap 1 van 10.")
        assert not Board.select().where(~OWN).exists()
        kinds = [row.kind for row in LessonEvent.select().order_by(LessonEvent.id)]
        assert kinds == ["given", "left", "resumed", "left"]


async def _begin(program: Driver, driver: ScreenDriver, how: str) -> None:
    if not isinstance(program.app.screen, Lessons):
        await program.open("Oefeningen")
    await driver.choose("De koppeling tussen ESIS en IEP LVS activeren")
    await driver.choose(how)
    await program.until(lambda: program.app.guest is not None)
    await program.settle()


async def test_a_lesson_whose_class_board_is_reset_stops_and_says_so(practice: Board) -> None:
    async with hosted(known(begun(practice, SCRIPT))) as program:
        await program.driver.press("escape")
        boards.reset_board(practice.name)
        await until(lambda: program.app.guest is None)
        await settle(program.app, program.driver.pilot)
        assert program.app.actor is None, "the users of the class board are new ones"
        assert program.app.board.id == practice.id
        assert "Deze les is gestopt" in str(list(program.app._notifications)[-1].message)


async def test_each_of_a_pair_goes_on_by_what_the_other_does(practice: Board) -> None:
    script = parse_script(BOTH, Path("samen.draaiboek.md"))
    first = known(begun(practice, script, side=pairs.ESIS), BOTH)
    code = pairs.code_of(first.own_board_id)
    async with hosted(first) as esis:
        await until(
            lambda: f"De ander is er nog niet: die doet mee bij Oefeningen, met code {code}." in panel(esis.app)
        )
        second = runs.join(practice, "gast", runs.waiting_with(code))
        await until(lambda: "De ander is er nog niet" not in panel(esis.app))
        assert "Opdracht 1. Code in ESIS" in panel(esis.app)
        assert "Les: Samen (bij ESIS)" in panel(esis.app)
        async with hosted(second) as partner:
            await _of_the_other(esis, partner)
    assert [row.step for row in LessonProgress.select().order_by(LessonProgress.id)] == [3, 3]
    assert [kind for kind, _, _ in esis.events].count("done") == 3


async def _of_the_other(esis: Hosted, partner: Hosted) -> None:
    assert (partner.app.current_mode, partner.app.actor) == ("iep-lvs", None)
    await until(lambda: "Nu is de ander aan de beurt: 1. Code in ESIS" in panel(partner.app))
    assert "Les: Samen (bij IEP LVS)" in panel(partner.app)
    assert isinstance(partner.app.screen, Story)
    partner.lesson.helps()
    assert partner.course.hints == 0
    await esis.driver.press("escape")
    await activate(esis.driver)
    await until(lambda: "Opdracht 2. Aanmelden bij IEP LVS" in panel(partner.app))
    assert isinstance(partner.app.screen, Story), "also while the story is read"
    await partner.driver.press("escape")
    await until(lambda: "Nu is de ander aan de beurt: 2." in panel(esis.app))
    await partner.driver.sign_in("schoolbeheerder", "oefenen")
    await until(lambda: "Nu is de ander aan de beurt: 3." in panel(partner.app))
    await until(lambda: "Opdracht 3. Stoppen in ESIS" in panel(esis.app))
    assert esis.app.current_mode == ESIS
    await esis.driver.choose("Tijdelijk stoppen")
    await esis.driver.choose("Tijdelijk stoppen")
    await until(lambda: "✓ Klaar!" in panel(esis.app))
    await until(lambda: "✓ Klaar!" in panel(partner.app))


async def test_what_a_trainer_gives_begins_at_the_level_that_fits_and_goes_on_where_it_was(practice: Board) -> None:
    async with driving(practice) as program:
        program.app.host = Host()
        for times in (1, 2):
            program.app.guide.hear(
                {"say": "begin", "lesson": "iep-lvs", "title": "IEP", "exam": False, "by": "trainer"}
            )
            program.app.action_begin_given()
            await program.until(lambda: program.app.guest is not None, "the lesson")
            assert program.app.guide.given is None
            assert (program.app.guide.here.lesson, program.app.guide.here.step) == ("iep-lvs", 1)
            program.app.guest.leave()  # type: ignore[union-attr]
            await program.until(lambda: isinstance(program.app.screen, Lessons), "its end")
            await program.settle()
            assert LessonProgress.select().count() == 1, times
