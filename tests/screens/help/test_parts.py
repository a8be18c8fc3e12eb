"""Onderdelen: every part in every state, as kept, and what the parts do with keys and mouse."""

from __future__ import annotations

import pytest

from app.diagnosis.coupling_status import Badge
from app.runs import State
from app.targets import Parts
from app.workers.nights import Mark
from models.board import Board, User
from screens.shared import signs
from screens.shared.facts import Facts
from tests.golden import Golden
from tests.screens.driving import SMALL, WIDE, Driver, driving


async def open_parts(program: Driver) -> None:
    program.app.go(Parts())
    await program.settle()


@pytest.mark.parametrize("theme", ["esis-donker", "esis-licht"])
async def test_the_parts_are_as_kept(practice: Board, golden: Golden, theme: str) -> None:
    User.update(theme=theme).execute()
    async with driving(practice, size=WIDE) as program:
        await open_parts(program)
        golden.check(program.app, f"onderdelen-{theme.removeprefix('esis-')}")
        program.app.screen.query_one("#danger").focus()
        await program.press("enter")
        assert "▶ Annuleren ◀" in program.text, "the safe button has the focus"
        assert "Enter Kiezen" in program.text
        if theme == "esis-donker":
            golden.check(program.app, "onderdelen-vraag")


async def test_a_link_among_facts_is_chosen_by_key_and_by_mouse(practice: Board) -> None:
    async with driving(practice, size=WIDE) as program:
        await open_parts(program)
        facts = program.app.screen.query_one(Facts)
        facts.focus()
        await program.press("down", "enter")
        assert program.said == ["Gekozen: terms"]
        line = next(row for row in range(facts.size.height) if "downloaden" in facts.render_line(row).text)
        await program.pilot.click(facts, offset=(19, line))
        await program.settle()
        assert program.said == ["Gekozen: terms"] * 2


async def test_on_a_low_screen_fields_and_buttons_take_one_line(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        await open_parts(program)
        heights = {widget.size.height for widget in program.app.screen.query("TextLine, Tick, PushButton")}
        assert heights == {1}


def test_without_colour_each_mark_says_what_it_means() -> None:
    told = [signs.coupling_badge(badge).plain.strip() for badge in Badge]
    assert len(set(told)) == len(told)
    assert all(text.endswith(badge) for text, badge in zip(told, Badge, strict=True))
    assert len({signs.run_badge(state).plain for state in State}) == len(State)
    lines = [signs.both_halves(badge, "IEP LVS", width=4).plain for badge in (Badge.ACTIVE, Badge.HALF, Badge.PAUSED)]
    lines += [signs.both_halves(badge, "IEP LVS", width=4).plain for badge in (Badge.FAILED, Badge.AVAILABLE)]
    assert lines == [
        "ESIS ●━━━━● IEP LVS",
        "ESIS ●╌╌╌╌○ IEP LVS",
        "ESIS ●╌╌‖╌╌● IEP LVS",
        "ESIS ●━━×━━● IEP LVS",
        "ESIS ○╌╌╌╌○ IEP LVS",
    ]
    assert signs.nights([Mark.DONE, Mark.FAILED, Mark.SKIPPED]).plain == "✓×–"


@pytest.mark.parametrize(("done", "full"), [(0, 0), (1, 1), (8, 10), (16, 20)])
def test_a_meter_shows_whatever_is_done(done: int, full: int) -> None:
    shown = signs.meter(done, 16, 20)
    assert shown.plain == "━" * 20
    assert sum(span.end - span.start for span in shown.spans if "focus" in str(span.style)) == full
