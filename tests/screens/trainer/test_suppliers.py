"""Trainer > Leveranciers: who may call the web service, adding one and removing it."""

from __future__ import annotations

from app.targets import TrainerPage
from app.webservice import suppliers
from models.board import Board
from screens.trainer.suppliers import SuppliersPage
from tests.golden import Golden
from tests.screens.driving import SMALL, Driver, driving


async def to_suppliers(program: Driver) -> None:
    program.app.go(TrainerPage("suppliers"))
    await program.settle()


def added(board: Board) -> list[tuple[str, str, str]]:
    return [(one.code, one.name, one.coupling.type) for one in suppliers.known(board.id) if one.own]


async def test_one_is_added_by_its_form_and_removed_after_a_question(practice: Board, golden: Golden) -> None:
    async with driving(practice, "trainer") as program:
        await to_suppliers(program)
        await program.press("n")
        await program.type("toets-bv")
        await program.press("tab")
        await program.type("Toets B.V.")
        await program.press("f2")
        assert added(practice) == [("toets-bv", "Toets B.V.", "iep-lvs")]
        assert isinstance(program.app.screen, SuppliersPage)
        assert "Toets B.V. is toegevoegd. De sleutel is de verificatiecode van de koppeling IEP LVS." in program.said
        assert "▶ toets-bv" in program.text
        program.app.clear_notifications()
        await program.settle()
        golden.check(program.app, "leveranciers")
        await program.press("delete")
        assert "Berichten met klantcode toets-bv worden daarna geweigerd." in program.words
        await program.press("left", "enter")
        assert added(practice) == []


async def test_what_is_wrong_in_the_form_is_said_beside_its_field(practice: Board) -> None:
    async with driving(practice, "trainer", SMALL) as program:
        await to_suppliers(program)
        await program.press("n", "f2")
        assert "Klantcode" in program.line("×")
        await program.type("gynzy")
        await program.press("tab")
        await program.type("Een ander")
        await program.press("f2")
        assert "Er is al een leverancier met klantcode gynzy." in program.words
        assert added(practice) == []


async def test_a_partner_stays(practice: Board) -> None:
    async with driving(practice, "trainer") as program:
        await to_suppliers(program)
        await program.press("delete")
        assert isinstance(program.app.screen, SuppliersPage)
        assert "Bureau ICE hoort bij de koppelingen van ESIS en blijft." in program.said[-1]
