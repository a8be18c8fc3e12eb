"""Resultaten zonder leerling by keyboard: match one to a pupil, dismiss one, and what is remembered."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import actor_for, find_user
from app.clock import PRACTICE_START
from app.targets import Unmatched
from models.assessment import PupilMatch, Result, UnmatchedResult
from models.board import Board
from models.school import Pupil
from tests.screens.driving import SMALL, Driver, driving


@pytest.fixture
def board(practice: Board) -> Board:
    """Three results for two pupils that ESIS does not know."""
    location = actor_for(find_user(practice, "rovict")).location
    for number, pupil in enumerate(("Jan [/] {x}", "Jan [/] {x}", "anders")):
        UnmatchedResult.create(
            location=location,
            supplier="iep-lvs",
            supplier_key=f"k{number}",
            pupil_key=pupil,
            assessment="lezen-6",
            part="",
            date=date(2020, 2, 3 + number),
            level="II",
            score=60,
            reference_level="1F",
            reason="geen leerling met deze sleutel",
            received_at=PRACTICE_START,
        )
    return practice


async def open_list(program: Driver) -> None:
    await program.go_to("berichten-overzicht")
    listed = program.app.screen.query_one("#notices")
    place = next(n for n in range(listed.row_count) if listed.row_at(n).target == Unmatched())  # type: ignore[attr-defined]
    await program.press(*["down"] * place, "enter")


async def test_matching_brings_in_all_results_of_that_pupil(board: Board) -> None:
    pupil = Pupil.select().where(Pupil.location == actor_for(find_user(board, "rovict")).location).first()
    async with driving(board, size=SMALL) as program:
        await open_list(program)
        assert "Jan [/] {x}" in program.text
        await program.press("enter")
        assert "Welke leerling is 'Jan [/] {x}'?" in program.text
        await program.type(pupil.key)
        await program.press("enter", "enter")
        assert program.said == ["2 resultaten overgenomen. Dit wordt onthouden voor de volgende levering."]
        assert "Jan [/]" not in program.text
        assert "anders" in program.text
    assert Result.select().where(Result.pupil == pupil).count() == 2
    assert PupilMatch.get().supplier_pupil == "Jan [/] {x}"


async def test_dismissing_asks_first(board: Board) -> None:
    async with driving(board, "ib") as program:
        await open_list(program)
        await program.press("delete")
        assert "Niet overnemen?" in program.text
        await program.press("escape")
        assert UnmatchedResult.select().where(UnmatchedResult.state == "open").count() == 3
        await program.press("delete", "left", "enter")
        assert UnmatchedResult.select().where(UnmatchedResult.state == "open").count() == 2
        assert UnmatchedResult.select().where(UnmatchedResult.state == "dismissed").count() == 1


async def test_a_search_that_finds_nobody_says_so_and_esc_matches_nothing(board: Board) -> None:
    async with driving(board) as program:
        await open_list(program)
        await program.press("enter")
        await program.type("zzzz[/]")
        assert "Geen leerling gevonden." in program.text
        await program.press("enter", "enter", "escape")
        assert UnmatchedResult.select().where(UnmatchedResult.state == "open").count() == 3


async def test_solved_by_somebody_else_meanwhile(board: Board) -> None:
    async with driving(board) as program:
        await open_list(program)
        await program.press("enter", "down")
        UnmatchedResult.update(state="dismissed").execute()
        await program.press("enter")
        assert "staat niet meer open" in program.said[0]
        assert "Alle ontvangen resultaten hebben een leerling." in program.text


async def test_who_it_may_be_is_ready_and_one_key_remembers_and_stores(board: Board) -> None:
    location = actor_for(find_user(board, "rovict")).location
    pupil = Pupil.select().where(Pupil.location == location, Pupil.eckid != "").order_by(Pupil.id.desc()).first()
    UnmatchedResult.update(pupil_eckid=pupil.eckid).where(UnmatchedResult.pupil_key == "anders").execute()
    async with driving(board) as program:
        await open_list(program)
        await program.press("end", "enter")
        assert "Welke leerling is 'anders'?" in program.text
        await program.press("enter")
        assert program.said == ["1 resultaat overgenomen. Dit wordt onthouden voor de volgende levering."]
    assert Result.select().where(Result.pupil == pupil, Result.supplier_key == "k2").exists()
    assert PupilMatch.get().pupil == pupil
