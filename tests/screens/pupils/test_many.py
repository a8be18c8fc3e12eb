"""Groepen indelen and Collectief uitschrijven by keyboard."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import actor_for, find_user
from app.school import groups
from app.school.people import enrolment
from models.board import Board
from models.school import Placement, Pupil
from tests.golden import Golden
from tests.screens.driving import SMALL, WIDE, driving


def group_of(key: str) -> str:
    return str(Placement.get(Placement.pupil == Pupil.get(Pupil.key == key), Placement.kind == "basis").group.name)


async def test_ticked_pupils_go_to_the_group_at_the_other_side_and_back(practice: Board, golden: Golden) -> None:
    async with driving(practice, "administratie", size=WIDE) as user:
        await user.open("Groepen indelen")
        await user.press("space", "space")
        keys = [row.key for row in user.app.screen.query_one("#pupils-left").marked.values()]  # type: ignore[attr-defined]
        assert [group_of(key) for key in keys] == ["1", "1"]
        await user.press("v")
        assert "✓ 2 leerlingen verplaatst naar groep 2" in user.words
        assert [group_of(key) for key in keys] == ["2", "2"]
        golden.check(user.app, "groepen-indelen")
        await user.press("t")
        assert "✓ 2 teruggezet" in user.words
        assert [group_of(key) for key in keys] == ["1", "1"]
        await user.press("g", "down", "enter")
        assert "Groep 2" in user.line("▼")


async def test_a_combination_group_asks_for_the_year_group_where_it_does_not_fit(practice: Board) -> None:
    async with driving(practice) as user:
        await user.open("Groepen indelen")
        await user.press("tab", "tab", "g")
        names = [group.name for group in groups.visible(user.actor) if group.kind == "basis"]
        await user.press("home", *["down"] * names.index("5/6"), "enter")
        assert "Groep 5/6" in user.text
        await user.press("shift+tab", "shift+tab", "v")
        assert "Leerjaar in groep 5/6" in user.text


async def test_a_group_leaves_at_once_and_comes_back(practice: Board) -> None:
    async with driving(practice, "administratie", size=SMALL) as user:
        await user.open("Collectief uitschrijven")
        await user.press("f2")
        assert "Kruis eerst leerlingen aan" in user.said[-1]
        await user.press("asterisk", "f2")
        assert "Reden is verplicht" in user.text
        await user.press("enter", "down", "enter", "f2")
        assert "Uitschrijven?" in user.text
        await user.press("left", "enter")
        gone = Pupil.select().where(Pupil.unsubscribed_on == date(2020, 4, 14))
        assert gone.count() == 24
        assert "✓ 24 leerlingen uitgeschreven per 14-4-2020" in user.words
        await user.press("t")
        assert gone.count() == 0


@pytest.mark.parametrize("leave", [("escape",), ("f10", "right", "enter"), ("ctrl+q",), ("g",)])
async def test_ticks_for_leaving_are_not_lost_without_a_question(practice: Board, leave: tuple[str, ...]) -> None:
    async with driving(practice, "administratie") as user:
        await user.open("Collectief uitschrijven")
        await user.press("space", *leave)
        assert "Wijzigingen weggooien?" in user.text
        await user.press("escape")
        assert "1 van 24 aangekruist" in user.text


async def test_only_who_was_still_there_counts_as_unsubscribed(practice: Board) -> None:
    async with driving(practice, "administratie") as user:
        await user.open("Collectief uitschrijven")
        await user.press("space", "space", "f2", "enter", "down", "enter", "f2")
        gone = next(iter(user.app.screen_stack[-2].query_one("#leaving-pupils").marked.values()))  # type: ignore[attr-defined]
        pupil = Pupil.get_by_id(gone.id)
        enrolment.delete(actor_for(find_user(practice, "appbeheer")), pupil, pupil.first_name)
        await user.press("left", "enter")
        assert "✓ 1 leerling uitgeschreven per 14-4-2020" in user.words


async def test_who_may_not_sees_why(practice: Board) -> None:
    async with driving(practice, "ib") as user:
        await user.open("Groepen indelen")
        assert "laat dit niet toe" in user.words
