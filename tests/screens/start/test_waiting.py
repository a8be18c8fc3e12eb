"""After wrong passwords every password form shows a countdown until the next attempt, and clears the wrong one."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from app import clock
from models.board import Board
from models.signing_in import Tries
from screens.shared import fields
from screens.shared.fields import FieldRow
from tests.screens.driving import SMALL, Driver, driving

FREE = 4
"""Wrong passwords after which there is a pause, of five seconds."""


class Stopwatch:
    """A clock that the test advances."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def stopwatch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    stopwatch = Stopwatch()
    monkeypatch.setattr(fields, "monotonic", stopwatch)
    now = clock.wall_now()
    monkeypatch.setattr(clock, "wall_now", lambda: now)
    return stopwatch


async def _wrong(program: Driver, times: int) -> None:
    for _ in range(times):
        await program.type("verkeerd")
        await program.press("f2")


def _waiting(program: Driver) -> FieldRow:
    return next(row for row in program.app.screen.query(FieldRow) if row.counting)


async def _tick(program: Driver, stopwatch: Stopwatch, seconds: float) -> None:
    """As after these seconds; the timer itself is of Textual."""
    row = _waiting(program)
    assert row._counting is not None
    stopwatch.now += seconds
    callback = row._counting._callback
    assert callback is not None
    callback()
    await program.settle()


@pytest.mark.parametrize("where", ["esis", "iep-lvs", "basispoort", "gynzy", "mijnschoolinfo"])
async def test_the_form_tells_how_long_to_wait_and_counts_down(
    practice: Board, stopwatch: Stopwatch, where: str
) -> None:
    async with driving(practice, None, SMALL) as program:
        program.app.switch_mode(where)
        await program.settle()
        await program.type("iemand")
        await program.press("tab")
        await _wrong(program, 1)
        assert "× Gebruiker of wachtwoord klopt niet." in program.words
        assert program.app.screen.query_one("#field-password", Input).value == ""
        await _wrong(program, FREE - 1)
        assert "× Gebruiker of wachtwoord klopt niet. Wacht 5 seconden" in program.words, "who causes it, hears it"
        assert program.app.screen.query_one("#field-password", Input).value == ""
        await _wrong(program, 1)
        assert "× Te vaak verkeerd geprobeerd. Wacht 5 seconden" in program.words
        await _tick(program, stopwatch, 3)
        await program.type("x")
        assert "Wacht 2 seconden" in program.words, "also while somebody types"
        await _tick(program, stopwatch, 2)
        assert "× U kunt het nu opnieuw proberen." in program.words
        assert not [row for row in program.app.screen.query(FieldRow) if row.counting]
        await program.type("x")
        assert "opnieuw proberen" not in program.words


async def test_who_tries_another_name_does_not_wait(practice: Board, stopwatch: Stopwatch) -> None:
    async with driving(practice, None, SMALL) as program:
        await program.type("iemand")
        await program.press("tab")
        await _wrong(program, FREE + 1)
        form = program.app.screen.query_one("#form")
        form.set_value("user", "rovict")  # type: ignore[attr-defined]
        form.set_value("password", "oefenen")  # type: ignore[attr-defined]
        await program.press("f2")
        assert program.actor.name == "rovict"


@pytest.mark.parametrize("keys", [(), ("f3",)], ids=["wachtwoord", "2FA aanzetten"])
async def test_where_the_password_is_asked_again_wrong_ones_wait_too(
    practice: Board, stopwatch: Stopwatch, keys: tuple[str, ...]
) -> None:
    async with driving(practice, "zonderrol", SMALL) as program:
        await program.go_to("mijn-wachtwoord")
        await program.press(*keys)
        asked = program.app.screen.query(FieldRow).filter(".field-password").first().field.name
        for name, typed in (("new", "lange zin 12"), ("again", "lange zin 12"), ("code", "123456")):
            for field in program.app.screen.query(f"#field-{name}").results(Input):
                field.value = typed
        program.app.screen.query_one(f"#field-{asked}").focus()
        await _wrong(program, FREE + 1)
        assert "× Te vaak verkeerd geprobeerd. Wacht 5" in program.text
        assert [(row.place, row.name, row.wrong) for row in Tries.select()] == [("esis", "zonderrol", FREE)]
