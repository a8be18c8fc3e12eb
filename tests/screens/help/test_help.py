"""Help and ESIS Informatie by keyboard."""

from __future__ import annotations

import pytest

from models.board import Board
from screens.help.about import masked
from tests.screens.driving import SMALL, driving


async def test_help_is_read_with_the_arrow_keys_and_by_subject(practice: Board) -> None:
    async with driving(practice, "zonderrol", SMALL) as screen:
        await screen.go_to("help")
        assert "Dit is een oefenkopie" in screen.text
        await screen.press("down", "down", "down")
        assert "Meld u in ESIS aan als rovict" in screen.text
        await screen.press("shift+tab", "left", "up", "enter")
        assert "Legt dit scherm uit" in screen.text
        await screen.press("end")
        assert "docs/handleiding.md" in screen.text


async def test_about_says_version_board_and_that_nothing_is_real(practice: Board) -> None:
    async with driving(practice, "rovict", SMALL) as screen:
        await screen.go_to("esis-informatie")
        assert "Oefenbestuur (oefenbestuur)" in screen.text
        assert "99QQ00" in screen.line("Vestiging ")
        assert "verzonnen" in screen.text
        await screen.press("end")
        assert "MIT" in screen.text


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:////home/iemand/geheim/oefenbestuur.db", "sqlite:///.../oefenbestuur.db"),
        ("sqlite:///oefenbestuur.db", "sqlite:///.../oefenbestuur.db"),
        ("postgresql://gebruiker:wachtwoord@host:5432/esis?sslmode=require", "postgresql://.../esis"),
        ("postgresql:///esis?host=/var/run/x", "postgresql://.../esis"),
    ],
)
def test_where_the_data_are_is_masked_but_for_the_name(url: str, shown: str) -> None:
    assert masked(url) == shown
