"""Toetsdefinities by keyboard: view one of the catalogue, create one, change it, and disable it."""

from __future__ import annotations

from datetime import date

import pytest

from app.school.assessment import assessments, catalogue, definitions
from app.school.assessment.definitions import DefinitionForm
from models.board import Board
from tests.screens.assessments.results import rovict, typed_in
from tests.screens.driving import SMALL, driving


async def test_an_own_assessment_is_made_changed_and_deleted(practice: Board) -> None:
    async with driving(practice, size=SMALL) as user:
        await user.open("Toetsdefinities")
        assert user.line("Lezen groep 3").split()[-1] == "vast"
        await user.press("enter")
        assert "I II III IV V (het hoogste eerst)" in user.text
        await user.press("escape", "delete")
        assert "niet te wijzigen" in user.said[-1]
        await user.press("n")
        await user.type("Tafels [/] t/m 10")
        await user.press("tab", "tab", "tab")
        await user.type("6")
        await user.press("tab", "down", "down", "down", "enter", "f2")
        assert "× Het maximum is ''" in user.words
        await user.type("40")
        await user.press("f2")
        assert "Zet hem aan bij Toetsen activeren" in user.said[-1]
        await user.press("f3")
        await user.type("tafels")
        await user.press("down", "enter")
        assert "In gebruik" in user.text
        await user.type(" en verder")
        await user.press("f2")
        assert "in gebruik" in user.line("Tafels [/] t/m 10 e")
        await user.press("delete", "left", "enter")
        assert "is verwijderd" in user.said[-1]
        assert "Niets gevonden" in user.text


async def test_one_with_results_goes_out_of_use(practice: Board) -> None:
    actor = rovict(practice)
    own = definitions.create(actor, DefinitionForm("Tafels", "Rekenen", "6", "punten", "40"))
    assessments.set_active(actor, own.id, True)
    typed_in(actor, own.id, date(2020, 4, 7), "30")
    async with driving(practice) as user:
        await user.go_to("toetsdefinities")
        await user.press("f3")
        await user.type("tafels")
        await user.press("down", "delete")
        assert "heeft 1 resultaat" in user.words
        await user.press("left", "enter")
        assert "buiten gebruik" in user.line("▶ Tafels")
        assert not catalogue.find(practice.id, own.id).in_use


@pytest.mark.parametrize("name", ["leerkracht6", "zonderrol"])
async def test_who_may_not_is_told_why(practice: Board, name: str) -> None:
    async with driving(practice, name) as user:
        await user.go_to("toetsdefinities")
        assert "rol" in user.text
        assert "Lezen groep 3" not in user.text
