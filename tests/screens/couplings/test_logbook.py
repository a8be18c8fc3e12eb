"""Koppelingenlogboek by keyboard: its contents, the filters, a complete line, and the CSV file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from textual.widgets import Input

from app import clock
from app.access import actor_for, find_user
from app.couplings import lifecycle, logbook
from app.couplings.logbook import LogKind
from models.board import Board
from models.coupling import LogEntry
from screens.shared.records import RecordList
from tests.screens.couplings.walking import CODE, activated
from tests.screens.driving import SMALL, Driver, driving


@pytest.fixture
def lines(practice: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Board:
    """Activated on 14 April, stopped on 20 April, and an exchange of Basispoort in between."""
    monkeypatch.setenv("HOME", str(tmp_path / "thuis"))
    actor = actor_for(find_user(practice, "rovict"))
    activated(practice)
    at = clock.parse_moment("2020-04-16T01:30")
    logbook.write(
        board=practice,
        location=actor.location,
        coupling="basispoort",
        at=at,
        kind=LogKind.EXCHANGE,
        message="[/] {x} 220 leerlingen",
        source="nacht",
    )
    Board.update(now=clock.parse_moment("2020-04-20T10:00")).execute()
    lifecycle.pause(actor, "iep-lvs")
    return Board.get_by_id(practice.id)


def shown(program: Driver) -> list[str]:
    listed = program.app.screen.query_one(RecordList)
    return [listed.row_at(place).kind for place in range(listed.row_count)]  # type: ignore[union-attr]


async def test_newest_first_with_who_and_never_a_code(lines: Board) -> None:
    async with driving(lines, size=SMALL) as program:
        await program.open("Koppelingenlogboek: IEP LVS")
        assert shown(program) == ["stop", "activering"]
        assert "rovict" in program.line("ma 20-4-2020 10:00")
        assert "Geactiveerd" in program.line("di 14-4 09:00  ")
        await program.press("end", "enter")
        assert "Akkoord door R. Victor (oefenversie 1)." in program.words
        assert "Via scherm" in program.words
        assert CODE not in program.text


async def test_filters_by_coupling_kind_and_period(lines: Board) -> None:
    async with driving(lines, size=SMALL) as program:
        await program.open("Koppelingenlogboek: IEP LVS")
        assert "F IEP LVS ▼" in program.text
        await program.press("f", "home", "enter")
        assert shown(program) == ["stop", "uitwisseling", "activering"]
        await program.act("Soort")
        await program.press("s", "enter")
        assert shown(program) == ["stop"]
        await program.act("Soort")
        await program.press("home", "enter", "f3")
        await program.type("15-4-2020")
        await program.press("tab")
        await program.type("16-4-2020")
        assert shown(program) == ["uitwisseling"]
        await program.press("enter")
        assert program.app.focused is program.app.screen.query_one("#log")
        assert "[/] {x}" in program.text


async def test_the_line_one_is_on_stands_below_in_full(lines: Board) -> None:
    async with driving(lines, size=SMALL) as program:
        await program.go_to("koppelingen")
        await program.press("l", "end")
        line: LogEntry = program.app.screen.query_one("#log", RecordList).row  # type: ignore[assignment]
        assert "rovict" in program.line(line.user)
        assert " ".join(line.message.split()) in program.words, "not cut"


async def test_of_which_coupling_each_line_is(lines: Board) -> None:
    async with driving(lines) as program:
        await program.go_to("koppelingen")
        await program.press("l", "f", "home", "enter")
        assert "IEP LVS" in program.line("ma 20-4 10:00  ")
        assert "ESIS naar Basispoort" in program.line("do 16-4 01:30")
        await program.act("Koppeling")
        await program.press("i", "enter")
        assert "IEP LVS" not in program.line("ma 20-4 10:00  "), "all lines are"


async def test_a_date_that_is_none_is_told_after_typing_and_keeps_what_was_shown(lines: Board) -> None:
    async with driving(lines) as program:
        await program.open("Koppelingenlogboek: IEP LVS")
        program.app.screen.query_one("#log-since").focus()
        await program.type("gisteren")
        assert "×" not in program.text
        await program.press("enter")
        assert "× 'gisteren' is geen datum. Schrijf dag-maand-jaar" in program.text
        assert shown(program) == ["stop", "activering"]
        await program.press("e")
        assert program.said == []
        program.app.screen.query_one("#log-since", Input).focus()
        await program.press(*["backspace"] * 8, "enter")
        assert "×" not in program.text


async def test_the_csv_holds_what_is_shown_and_says_where(lines: Board, tmp_path: Path) -> None:
    async with driving(lines) as program:
        await program.open("Koppelingenlogboek: IEP LVS")
        await program.press("e", "e")
        first, second = (Path(sentence.removeprefix("Bewaard als ")) for sentence in program.said)
        assert first.is_relative_to(tmp_path / "thuis")
        assert (first.name, second.name) == ("koppelingenlogboek.csv", "koppelingenlogboek-2.csv")
        rows = list(csv.reader(first.read_text(encoding="utf-8").splitlines(), delimiter=";"))
        assert [row[2] for row in rows] == ["soort", "activering", "stop"]
        assert CODE not in first.read_text(encoding="utf-8")


async def test_an_empty_filter_says_what_is_missing(practice: Board) -> None:
    async with driving(practice) as program:
        await program.open("Koppelingenlogboek: IEP LVS")
        assert "Er zijn geen regels die bij dit filter passen." in program.words
        assert LogEntry.select().where(LogEntry.coupling == "iep-lvs").count() == 0


async def test_a_tall_startpagina_has_the_newest_lines(lines: Board) -> None:
    async with driving(lines, size=(160, 48)) as program:
        assert "rovict        IEP LVS" in program.line("ma 20-4 10:00")
        assert "ESIS naar Basispoort" in program.line("do 16-4 01:30")
    async with driving(lines) as program:
        assert not program.app.screen.query_one("#block-log").display
