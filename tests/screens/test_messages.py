"""Messages over the screen cover nothing for long."""

from __future__ import annotations

import pytest

from models.board import Board
from screens.shared.base import BaseScreen
from screens.shell import messages
from tests.screens.driving import driving


async def test_a_message_goes_with_the_next_key_once_it_could_be_read(
    practice: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(practice) as program:
        screen = program.app.screen
        assert isinstance(screen, BaseScreen)
        program.app.notify("Hier moet iets mee.", timeout=20)
        screen.say("Bewaard.")
        await program.press("down")
        assert program.said == ["Hier moet iets mee.", "Bewaard."]
        monkeypatch.setattr(messages, "COULD_BE_READ", -1)
        await program.press("down")
        assert program.said == ["Hier moet iets mee."]
