"""The name of who sits at a board of a class: asked once at the first sign-in, skipped or changed later."""

from __future__ import annotations

import pytest

from app.training import classes, learners
from models.board import Board
from screens.shared.own_name import AskName
from tests.screens.driving import Driver, driving
from tests.screens.signing_in import sign_in


@pytest.fixture
def klas(practice: Board) -> tuple[Board, str]:
    """A board of a class, and its password."""
    made = classes.create(1)[0]
    return classes.find(made.name), made.password


def asked(program: Driver) -> bool:
    return isinstance(program.app.screen, AskName)


async def test_who_signs_in_first_is_asked_and_can_change_it_later(klas: tuple[Board, str]) -> None:
    board, password = klas
    async with driving(board, None) as program:
        await sign_in(program, "rovict", password)
        assert asked(program)
        assert "Hoe heet u?" in program.words
        await program.type("  Zoë  Çelik ")
        await program.press("f2")
        assert learners.of(board) == "Zoë Çelik"
        await program.find("Mijn naam op resultaten")
        assert asked(program)
        assert "Zoë Çelik" in program.text
        await program.press("ctrl+u", "enter")
        assert learners.of(board) == ""
        assert "Op resultaten staat geen naam." in program.said


async def test_it_can_be_skipped_and_is_not_asked_again(klas: tuple[Board, str]) -> None:
    board, password = klas
    async with driving(board, None) as program:
        await sign_in(program, "rovict", password)
        assert "Overslaan" in program.words
        await program.press("escape")
        assert not asked(program)
        await program.open("Afmelden / andere gebruiker")
        await sign_in(program, "ib", password)
        assert not asked(program)
    assert learners.of(board) == ""


async def test_a_trainer_is_not_asked_and_writes_down_who_sits_where(practice: Board, klas: tuple[Board, str]) -> None:
    board, password = klas
    async with driving(board, None) as program:
        await sign_in(program, "trainer", password)
        assert not asked(program)
    async with driving(practice, "trainer") as program:
        await program.open("Trainer: Klas")
        await program.act("Naam van de cursist")
        await program.type("Anna")
        await program.press("f2")
        assert learners.of(board) == "Anna"
        assert "Klas 01 Anna geen" in program.words, program.text


async def test_in_my_settings_it_is_one_of_the_actions(practice: Board) -> None:
    async with driving(practice, "rovict") as program:
        await program.go_to("mijn-instellingen")
        await program.act("Mijn naam op resultaten")
        await program.type("Bo")
        await program.press("enter")
    assert learners.of(practice) == "Bo"
