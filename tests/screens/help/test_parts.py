"""Onderdelen: every part in every state, as kept, and what the parts do with keys and mouse."""

from __future__ import annotations

import pytest
from screens.shared.marks import Halves, both_halves, meter, nights

from app.targets import Parts
from models.board import Board, User
from screens.shared import marks
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
    for group in (marks.COUPLING_MARKS, marks.RUN_MARKS):
        assert len({mark.glyph for mark in group}) == len(group)
        assert all(mark.badge.plain == f" {mark.glyph} {mark.text} " for mark in group)
    lines = [both_halves("IEP LVS", how, 5).plain for how in Halves]
    assert lines == [
        "ESIS ●━━━━━● IEP LVS",
        "ESIS ●╌╌╌╌╌○ IEP LVS",
        "ESIS ●╌╌‖╌╌● IEP LVS",
        "ESIS ●━━×━━● IEP LVS",
        "ESIS ○╌╌╌╌╌○ IEP LVS",
    ]
    assert nights([marks.SUCCEEDED, marks.FAILED, marks.SKIPPED]).plain == "✓×–"


@pytest.mark.parametrize(("done", "full"), [(0, 0), (1, 1), (8, 10), (16, 20)])
def test_a_meter_shows_whatever_is_done(done: int, full: int) -> None:
    shown = meter(done, 16, 20)
    assert shown.plain == f"{'━' * 20}  {done} van 16 gedaan"
    assert sum(span.end - span.start for span in shown.spans if "focus" in str(span.style)) == full
