"""Toetsresultaten invoeren by keyboard: a line per pupil, errors beside it, saved once, and two users at a time."""

from __future__ import annotations

from datetime import date

from textual.widgets import Input

from models.assessment import Result
from models.board import Board
from tests.screens.assessments.results import delivered, rovict, typed_in
from tests.screens.driving import SMALL, Driver, driving


async def type_day(user: Driver, text: str) -> None:
    if not isinstance(user.app.focused, Input):
        await user.act("Datum")
    await user.press(*["backspace"] * 10)
    await user.type(text)
    await user.press("enter")


async def test_a_teacher_types_a_group_and_saves_once(practice: Board) -> None:
    async with driving(practice, "leerkracht6", SMALL) as user:
        await user.open("Toetsresultaten invoeren")
        assert "0 van 25" in user.line("Lezen groep 6")
        await type_day(user, "1-1-2030")
        assert "× 1-1-2030 kan niet" in user.words
        await type_day(user, "21-1-2020")
        await user.press("enter")
        await user.type("57")
        assert "III, <1F" in user.line("57")
        await user.press("enter")
        await user.type("abc")
        await user.press("down")
        assert "× 'abc' kan niet" in user.words
        await user.type("61")
        await user.press("f2")
        assert "abc" in user.text
        assert Result.select().count() == 0
        await user.press("backspace", "backspace", "backspace")
        await user.type("40")
        await user.press("ctrl+s")
        assert user.said[-1] == "3 ingevoerd."
        assert "3 van 25" in user.line("Lezen groep 6")
        assert [row.score for row in Result.select().order_by(Result.id)] == [57, 40, 61]


async def test_leaving_asks_and_an_emptied_line_asks(practice: Board) -> None:
    actor = rovict(practice)
    typed_in(actor, "lezen-6", date(2020, 4, 14), "57", "61")
    async with driving(practice, "leerkracht6") as user:
        await user.go_to("toetsresultaten-invoeren")
        await user.press("enter", "backspace", "backspace", "escape")
        assert "Wijzigingen weggooien?" in user.text
        await user.press("enter", "f2")
        assert "U maakte een regel leeg" in user.words
        await user.press("left", "enter")
        assert user.said[-1] == "1 verwijderd."
        assert Result.get().score == 61


async def test_somebody_else_typed_meanwhile(practice: Board) -> None:
    actor = rovict(practice)
    async with driving(practice, "leerkracht6", SMALL) as user:
        await user.go_to("toetsresultaten-invoeren")
        await user.press("enter")
        await user.type("57")
        typed_in(actor, "lezen-6", date(2020, 4, 14), "50")
        await user.press("f2")
        assert "Intussen gewijzigd" in user.text
        assert user.line("nu in ESIS").strip(" ┃").split()[-1] == "50"
        assert user.line("uw invoer").strip(" ┃").split()[-1] == "57"
        await user.press("down", "down", "enter")
        assert (user.said[-1], Result.get().score) == ("1 gewijzigd.", 57)


async def test_what_was_delivered_stands_beside_it(practice: Board) -> None:
    delivered(practice)
    async with driving(practice, "leerkracht6") as user:
        await user.go_to("toetsresultaten-invoeren")
        await type_day(user, "29-1-2020")
        assert "25 van 25" in user.line("Rekenen groep 6 ")
        await user.press("down", "down", "down", "enter")
        assert "geleverd 4-2-2020: 52 (telt mee)" in user.line("Altena, Yara")
        await user.type("60")
        await user.press("f2", "enter")
        assert "niet meegeteld: handmatig" in user.text
        await user.press("escape")
        await user.go_to("mijn-groep")
        assert "1 resultaat telt niet mee" in user.text
        await user.press("enter", "down", "down", "down")
        assert "29-1-2020 Rekenen groep 6 60 niet meegeteld: handmatig ingevoerd, geleverd op 14-4-2020" in user.words


async def test_a_group_without_an_assessment_says_what_to_do(practice: Board) -> None:
    async with driving(practice) as user:
        await user.go_to("toetsresultaten-invoeren")
        await user.press("comma")
        assert "Groep: 2 ▼" in user.text
        assert "staat geen toets aan" in user.text
