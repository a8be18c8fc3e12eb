"""Berichten onderhouden by keyboard: write, change, delete after confirmation."""

from __future__ import annotations

from datetime import date

import pytest

from models.board import Board
from models.school import Message
from tests.screens.driving import SMALL, driving


def titles() -> list[str]:
    return [row.title for row in Message.select().order_by(Message.id)]


async def test_a_new_message_appears_in_the_list_and_on_the_start_page(practice: Board) -> None:
    async with driving(practice, "administratie", SMALL) as screen:
        await screen.go_to("berichten-onderhouden")
        await screen.press("n")
        await screen.type("Let op [/] [@click=app.quit]")
        await screen.press("tab")
        await screen.type("Regel een")
        await screen.press("enter")
        await screen.type("Regel [b]twee")
        await screen.press("tab")
        await screen.type("30-4-2020")
        await screen.press("f2")
        assert "30-4-2020" in screen.line("Let op [/] [@click=app.quit]")
        written = Message.get(Message.title == "Let op [/] [@click=app.quit]")
        assert (written.text, written.visible_until) == ("Regel een\nRegel [b]twee", date(2020, 4, 30))
        await screen.press("escape")
        assert "Let op [/] [@click=app.quit]" in screen.text


async def test_mistakes_are_shown_at_their_field_and_nothing_typed_is_lost(practice: Board) -> None:
    async with driving(practice, "rovict", SMALL) as screen:
        await screen.go_to("berichten-onderhouden")
        await screen.press("n", "f2")
        assert "× Titel is verplicht." in screen.text
        await screen.type("Studiedag")
        await screen.press("tab", "tab")
        await screen.type("morgen")
        await screen.press("f2")
        assert "× 'morgen' is geen datum." in screen.text
        await screen.press(*["backspace"] * 6)
        await screen.type("13-4-2020")
        await screen.press("f2")
        assert "13-4-2020 is al voorbij" in screen.text
        assert "Studiedag" in screen.text
        await screen.press("escape")
        assert "Wijzigingen weggooien?" in screen.text


async def test_enter_changes_a_message(practice: Board) -> None:
    async with driving(practice, "rovict") as screen:
        await screen.go_to("berichten-onderhouden")
        await screen.press("down", "enter")
        assert "Bericht wijzigen" in screen.text
        assert "5-5-2020" in screen.text
        await screen.type(" (herinnering)")
        await screen.press("ctrl+s")
        assert "Gegevens van ouders nakijken (herinnering)" in screen.text
        assert "Gegevens van ouders nakijken (herinnering)" in titles()


async def test_deleting_asks_first(practice: Board) -> None:
    before = titles()
    async with driving(practice, "rovict", SMALL) as screen:
        await screen.go_to("berichten-onderhouden")
        await screen.press("delete")
        assert "Bericht verwijderen?" in screen.text
        await screen.press("enter")
        assert titles() == before
        await screen.press("delete", "left", "enter")
        assert titles() == before[1:]
        assert before[0] not in screen.line("5-5-2020")


async def test_a_list_without_messages_says_what_to_do(practice: Board) -> None:
    Message.delete().execute()
    async with driving(practice, "rovict") as screen:
        await screen.go_to("berichten-onderhouden")
        assert "Er zijn nog geen berichten." in screen.text
        assert "Met F4" in screen.text
        await screen.press("delete", "enter", "w", "n")
        assert "Nieuw bericht" in screen.text


@pytest.mark.parametrize(
    ("user", "part"), [("leerkracht6", "laat dit niet toe: berichten onderhouden"), ("zonderrol", "geen rol")]
)
async def test_who_may_not_write_is_told_why(practice: Board, user: str, part: str) -> None:
    async with driving(practice, user) as screen:
        await screen.go_to("berichten-onderhouden")
        assert part in screen.text
        assert "Koppeling met IEP LVS" not in screen.text
