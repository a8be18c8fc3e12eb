"""Messages over the screen cover nothing for long."""

from __future__ import annotations

import pytest
from textual.widgets._toast import Toast

from models.board import Board
from screens.shared.base import BaseScreen
from screens.shared.records import RecordList
from screens.shell import messages
from screens.shell.esis import EsisApp
from tests.screens.driving import driving
from tests.screens.test_mouse import click


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


@pytest.mark.parametrize("read", [False, True])
async def test_a_double_click_on_a_message_does_nothing_to_what_it_covers(
    practice: Board, monkeypatch: pytest.MonkeyPatch, read: bool
) -> None:
    run = EsisApp.run_test
    monkeypatch.setattr(EsisApp, "run_test", lambda app, **how: run(app, notifications=True, **how))
    monkeypatch.setattr(messages, "COULD_BE_READ", -1 if read else 60)
    async with driving(practice) as program:
        await program.go_to("leerlingenadministratie")
        screen = program.app.screen
        assert isinstance(screen, BaseScreen)
        screen.say("Bewaard.")
        await program.until(lambda: screen.query(Toast) and screen.query_one(Toast).region.y, "the message")
        x, y, _width, _height = screen.query_one(Toast).region
        await click(program, x + 3, y, times=2)
        assert program.said == []
        assert (program.app.screen, screen.query_one("#pupils", RecordList).cursor) == (screen, 0)
