"""Toetsen activeren by keyboard: what is active, switching, the eindtoets, and who may."""

from __future__ import annotations

import pytest

from app.school.assessment import assessments
from app.school.assessment.assessments import active_ids
from models.board import Board
from tests.screens.driving import SMALL, driving


@pytest.mark.parametrize("key", ["space", "enter"])
async def test_space_and_enter_switch_and_it_is_saved_at_once(practice: Board, key: str) -> None:
    async with driving(practice, size=SMALL) as user:
        await user.go_to("toetsen-activeren")
        before = active_ids(user.actor.location.id)
        await user.press("down", key)
        assert active_ids(user.actor.location.id) == before - {"lezen-4"}
        assert user.line("Lezen groep 4 staat nu uit.")
        assert "○ uit" in user.line("  Lezen groep 4 ")
        await user.press(key)
        assert active_ids(user.actor.location.id) == before
        assert user.line("Lezen groep 4 staat nu aan.")


async def test_the_eindtoets_says_that_it_does_not_come_through_the_coupling(practice: Board) -> None:
    async with driving(practice, size=SMALL) as user:
        await user.go_to("toetsen-activeren")
        names = [row.assessment.name for row in assessments.listed(user.actor)]
        await user.press(*["down"] * names.index("IEP Eindtoets"))
        assert "komt niet via" in user.line("Eindtoets")


async def test_a_long_list_is_searched(practice: Board) -> None:
    async with driving(practice, size=SMALL) as user:
        await user.go_to("toetsen-activeren")
        await user.press("f3")
        await user.type("dult spelling")
        await user.press("down", "space")
        assert "6 van" in user.line("Zoeken")
        assert "✓ DULT Spelling groep 3 staat nu aan." in user.words


async def test_an_intern_begeleider_may_switch(practice: Board) -> None:
    async with driving(practice, "ib") as user:
        await user.go_to("toetsen-activeren")
        await user.press("space")
        assert "staat nu uit" in user.text


@pytest.mark.parametrize("name", ["leerkracht6", "administratie", "zonderrol"])
async def test_who_may_not_switch_is_told_why(practice: Board, name: str) -> None:
    async with driving(practice, name) as user:
        await user.go_to("toetsen-activeren")
        assert "rol" in user.text
        assert "Lezen groep 4" not in user.text
