"""A board that is reset or removed while the program has it open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.access import BeganAgain, BoardGone, actor_for, find_user
from app.clock import PRACTICE_START
from app.couplings import lifecycle
from app.settings import Settings
from app.signing.hashing import hash_password
from app.training import boards
from app.training.boards import reset_board
from app.workers import school_time
from models.board import Board
from models.coupling import Coupling
from screens.shell.esis import EsisApp
from screens.shell.starting_over import TOLD
from tests.screens.driving import Driver, driving
from tests.screens.signing_in import at_sign_in, sign_in


@pytest.mark.parametrize("where", ["leerlingenadministratie", "import"])
async def test_after_a_reset_by_another_program_one_signs_in_again(practice: Board, where: str) -> None:
    async with driving(practice) as program:
        await program.go_to(where)
        reset_board()
        await program.data_changed()
        assert at_sign_in(program)
        assert program.said == [TOLD]
        await sign_in(program, "rovict")
        await program.go_to(where)
        await program.data_changed()
        assert program.actor.name == "rovict"


async def test_after_a_reset_the_partner_asks_to_sign_in_again_too(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("f6", "enter")
        await sign_in(program, "schoolbeheerder")
        assert "Aanmelden bij IEP LVS" not in program.text
        reset_board()
        await program.data_changed()
        assert at_sign_in(program)
        await program.press("f6", "enter")
        assert "Aanmelden bij IEP LVS" in program.text


async def test_a_key_pressed_before_the_reset_was_seen_stops_nothing(practice: Board) -> None:
    async with driving(practice) as program:
        await program.go_to("leerlingenadministratie")
        reset_board()
        for item in ("koppelingen", "mijn-groep", "berichten-onderhouden", "leerlingenadministratie"):
            await program.go_to(item)
        await program.press("enter", "escape")
        await program.data_changed()
        assert at_sign_in(program)
        await sign_in(program, "rovict")
        assert "Welkom, rovict" in program.text


async def test_a_program_on_a_board_that_is_removed_ends_and_never_comes_into_the_next(sqlite: str) -> None:
    board = boards.make_board("Klas 01", hash_password("oefenen"))
    async with driving(board) as program:
        held = program.actor
        await program.go_to("leerlingenadministratie")
        boards.remove_board(board)
        nearby = boards.make_board("Klas 02", hash_password("oefenen"))
        assert nearby.id > board.id
        for change in (
            lambda: lifecycle.activate(held, "iep-lvs", "R. Victor", True, ""),
            lambda: school_time.advance(held, PRACTICE_START + timedelta(days=1)),
        ):
            with pytest.raises(BoardGone, match="Dit bestuur bestaat niet meer"):
                change()
        await program.press("enter")
        await program.data_changed()
        assert program.app._exit
        assert program.app._exit_renderables == [BoardGone().sentence]
    assert Coupling.select().count() == 0


async def test_nobody_of_before_a_reset_can_still_change_something(db: str) -> None:
    actor = actor_for(find_user(reset_board(), "rovict"))
    assert actor.board.resets == 0
    reset_board()
    with pytest.raises(BeganAgain, match="Meld u opnieuw aan"):
        lifecycle.activate(actor, "iep-lvs", "R. Victor", True, "")


async def test_the_watcher_sees_a_reset_by_itself(practice: Board) -> None:
    app = EsisApp(Settings(), practice, find_user(practice, "rovict"))
    async with app.run_test() as pilot:
        program = Driver(app, pilot)
        await program.settle()
        reset_board()
        await program.until(lambda: at_sign_in(program) and program.said == [TOLD])
