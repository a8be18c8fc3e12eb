"""Resultaten uitsluiten by keyboard: tick, give a reason, see it, and undo it."""

from __future__ import annotations

from app.access import actor_for, find_user
from app.school.assessment import exclusions
from models.assessment import ExcludedResult
from models.board import Board
from screens.shared.records import RecordList
from tests.screens.assessments.results import delivered
from tests.screens.driving import SMALL, driving


async def test_results_are_excluded_with_a_reason_and_taken_back(practice: Board) -> None:
    delivered(practice)
    async with driving(practice, "ib", SMALL) as user:
        await user.open("Resultaten uitsluiten")
        await user.press("g", "end", "up", "up", "up", "up", "up", "enter")
        assert "Groep: 6 ▼" in user.text
        await user.press("f", "down", "enter")
        assert "Toets: Lezen groep 5 ▼" in user.text
        await user.press("space", "space", "f2")
        assert "Waarom 2 resultaten uitsluiten?" in user.text
        await user.press("down", "enter")
        assert user.said[-1] == "2 resultaten zijn uitgesloten."
        await user.press("home")
        assert "uitgesloten: Toets niet afgemaakt (ib, di 14-4-2020 09:00)" in user.words
        assert ExcludedResult.select().count() == 2
        await user.press("t", "left", "enter")
        assert user.said[-1] == "1 resultaat is niet meer uitgesloten."
        await user.press("t")
        assert user.said[-1] == "Wat u koos, is niet uitgesloten."


async def test_ticks_of_what_changed_meanwhile_are_gone(practice: Board) -> None:
    delivered(practice)
    async with driving(practice, "ib") as user:
        await user.open("Resultaten uitsluiten")
        await user.press("space", "space")
        listed = user.app.screen.query_one("#excluding", RecordList)
        changed, same = listed.marked
        exclusions.exclude(actor_for(find_user(practice, "rovict")), [changed], "Anders")
        user.app.screen.refresh_data()  # type: ignore[attr-defined]
        await user.settle()
        assert list(listed.marked) == [same]


async def test_without_results_it_says_what_to_do(practice: Board) -> None:
    async with driving(practice) as user:
        await user.go_to("resultaten-uitsluiten")
        assert "hebben nog geen resultaten" in user.text


async def test_a_teacher_is_told_why_not(practice: Board) -> None:
    async with driving(practice, "leerkracht6") as user:
        await user.go_to("resultaten-uitsluiten")
        assert "resultaten uitsluiten. Dat kan met: Directie" in user.words
