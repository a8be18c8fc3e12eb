"""F8: disturbances, resetting and the class, by keyboard."""

from __future__ import annotations

import pytest

from app import clock, faults
from app.access import actor_for, find_user
from app.training import classes, situations
from models.board import Board
from models.coupling import Coupling
from models.training import LessonProgress
from screens.shared.detail import Detail
from screens.start.home import StartPage
from screens.trainer.boards import BoardsPage
from screens.trainer.faults import FaultsPage
from screens.trainer.starting import StartingPage
from tests.screens.driving import SMALL, Driver, driving


async def to_page(program: Driver, title: str) -> None:
    await program.open(f"Trainer: {title}")


async def test_a_disturbance_goes_on_and_off_with_enter_and_space(practice: Board) -> None:
    async with driving(practice, "trainer", size=SMALL) as program:
        await program.press("ctrl+t")
        assert isinstance(program.app.screen, FaultsPage)
        await program.press("enter")
        assert "● aan" in program.line("ESIS is onbereikbaar")
        assert faults.active(practice.id, "iep-lvs") == {"unreachable"}
        await program.press("down", "down", "down", "space")
        assert "nog geen verificatiecode" in program.said[-1]
        await program.press("home", "space")
        assert "● aan" not in program.text
        assert not faults.active(practice.id, "iep-lvs")
        await program.press("ctrl+t")  # already there
        await program.press("escape")
        assert isinstance(program.app.screen, StartPage)


async def test_school_time_is_moved_whatever_disturbance_is_searched_for(practice: Board) -> None:
    async with driving(practice, "trainer") as program:
        await program.press("ctrl+t", "f3")
        await program.type("zzz")
        await program.press("enter")
        assert "Niets gevonden" in program.words
        await program.act("Morgenochtend")
        assert not isinstance(program.app.screen, FaultsPage)


async def test_the_trainer_is_a_program_of_trainers_among_the_others(practice: Board) -> None:
    async with driving(practice, "rovict") as program:
        before = program.app.screen
        await program.press("f8", "ctrl+t")
        assert program.app.screen is before
        await program.press("f6")
        assert "Trainer" not in program.text
    situations.bring_about(practice, situations.find("iep-coupled"))
    async with driving(practice, "trainer") as program:
        await program.press("f6", "end", "enter")
        assert isinstance(program.app.screen, FaultsPage)
        await program.press("f6")
        assert program.line("ESIS")
        await program.press("home", "enter")
        assert isinstance(program.app.screen, StartPage)
        await program.press("f6", "enter")
        assert program.app.current_mode == "iep-lvs"
        await program.press("ctrl+t")
        assert isinstance(program.app.screen, FaultsPage)


async def test_the_own_board_goes_to_a_starting_state_after_a_question(practice: Board) -> None:
    async with driving(practice, "trainer", size=SMALL) as program:
        await to_page(program, "Opnieuw beginnen")
        await program.press("down", "enter")
        assert "Alles wat op dit bestuur is gedaan gaat weg" in program.words
        await program.press("escape")
        assert Coupling.select().count() == 0
        await program.press("enter", "left", "enter")
        await program.until(lambda: Coupling.select().count() == 1 and not program.app.putting_back)
        await program.settle()
        assert isinstance(program.app.screen, StartingPage)
        assert program.actor.name == "trainer"
        assert program.actor.board.resets == Board.get_by_id(practice.id).resets
        assert "terug bij: IEP LVS is vanmorgen aan beide kanten gekoppeld" in " ".join(program.said)
        await program.press("escape")
        assert isinstance(program.app.screen, StartPage)


async def test_a_starting_state_that_fails_is_told_on_the_first_state(
    practice: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(situations, "bring_about", lambda *_: 1 / 0)
    async with driving(practice, "trainer") as program:
        await to_page(program, "Opnieuw beginnen")
        await program.press("down", "enter", "left", "enter")
        await program.until(lambda: any("eerste stand" in one for one in program.said))
        assert program.actor.name == "trainer"


async def test_the_class_is_seen_moved_and_put_back(practice: Board) -> None:
    classes.create(3)
    Board.update(learner="Anna Cato van de Ven").where(Board.name == "Klas 02").execute()
    board = classes.find("Klas 02")
    LessonProgress.create(
        board=board,
        learner="ib",
        lesson="iep-lvs",
        started_at=board.now,
        seen_at=board.now,
        step=5,
        steps=17,
        hints=2,
        mistakes=1,
    )
    async with driving(practice, "trainer", size=SMALL) as program:
        await to_page(program, "Klas")
        assert isinstance(program.app.screen, BoardsPage)
        line = program.line("Klas 02")
        assert "Anna Cato van de" in line
        assert "De koppeling" in line
        assert line.rstrip("┃│ ").endswith("5 van 17")
        await program.press("down")
        (detail,) = program.app.screen.query(Detail)
        assert "5 van 17, 2 hints" in program.words
        assert detail.display
        await program.press("enter")
        assert "ib: 5 van 17 stappen" in program.words
        await program.press("escape", "asterisk", "f2", "enter")
        assert "3 van 3 gedaan." in program.said
        assert all(row.target is not None for row in classes.overview(only_class=True))
        Board.update(target=None).execute()
        await program.press("f2", "end", "enter")
        await program.type("morgen")
        await program.press("enter")
        assert "'morgen' is geen moment." in program.words
        await program.press("ctrl+u")
        await program.type("16-4-2020 10:00")
        await program.press("enter")
        assert program.said.count("3 van 3 gedaan.") == 2
        assert {clock.dutch_moment(row.target) for row in classes.overview(only_class=True)} == {"do 16-4-2020 10:00"}
        Board.update(target=None).execute()
        await program.press("asterisk", "home", "space", "t", "down", "enter")
        assert "Klas 01 naar: IEP LVS is vanmorgen" in program.words
        await program.press("left", "enter")
        await program.until(lambda: "1 van 1 gedaan." in program.said)
        assert [row.board.name for row in Coupling.select()] == ["Klas 01"]


async def test_moving_or_resetting_a_class_says_what_that_does_to_lessons(practice: Board) -> None:
    classes.create(1)
    board = classes.find("Klas 01")
    LessonProgress.create(
        board=board,
        own_board=Board.create(name="Les iep-lvs", now=board.now, owner=board),
        learner="ib",
        lesson="iep-lvs",
        started_at=board.now,
        seen_at=board.now,
        step=5,
        steps=10,
    )
    async with driving(practice, "trainer", size=SMALL) as program:
        await to_page(program, "Klas")
        await program.press("f2")
        assert "Er is 1 les begonnen: ib op Klas 01" in program.words
        assert "Die gaat door, op een eigen tijd." in program.words
        await program.press("enter")
        assert program.said[-1].endswith("stap 6 van 10. Die gaat door, op een eigen tijd.")
        Board.update(target=None).execute()
        await program.press("t", "enter")
        assert "Die stopt, en het bestuur ervan gaat weg; hoe ver ieder kwam, blijft staan." in program.words
        await program.press("left", "enter")
        await program.until(lambda: program.said[-1].startswith("1 van 1 gedaan. Gestopt: 1 les (ib op Klas 01"))
    assert LessonProgress.get().given_up_at is not None
    assert not Board.select().where(Board.owner == board).exists()


async def test_on_a_board_of_a_class_there_is_no_class_and_no_password_is_told(practice: Board) -> None:
    made = classes.create(1)[0]
    own = classes.find("Klas 01")
    async with driving(own, None) as program:
        assert "oefenen" not in program.text
        assert "blad van uw trainer" in program.words
        await program.press("tab", "tab", "tab", "end", "enter")
        await program.type(made.password)
        await program.press("f2")
        assert program.actor.name == "trainer"
        await to_page(program, "Klas")
        assert "vanaf het Oefenbestuur" in program.words
        await program.press("t", "f2")
        assert isinstance(program.app.screen, BoardsPage)
    assert actor_for(find_user(own, "trainer")).board.used_at is not None
