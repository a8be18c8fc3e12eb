"""The commands about the web service say which board they are about, and what came instead of what was waited for."""

from __future__ import annotations

import pytest

from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.rules import Finding
from app.training.boards import NAME
from app.uwlr import journal
from app.uwlr.journal import Entry, Outcome
from models.board import Board
from tests.commands.conftest import Esis

OTHER = "Andere school"


def called(board: Board) -> int:
    entry = Entry(board.id, operation="HaalLeerlinggegevens", outcome=Outcome.REFUSED, fault="Client.OngeldigBericht")
    entry.request, entry.finding = b"<een>\n  <twee/>\n</een>", Finding(rules.UNKNOWN, 2, 3)
    return journal.write(entry)


@pytest.fixture
def other(practice: str) -> Board:
    board: Board = Board.create(name=OTHER, practice=True, now=Board.get().now)
    return board


@pytest.mark.parametrize(
    "command",
    [
        "uwlr list",
        "uwlr list --json",
        "uwlr tail --seconds 0",
        "uwlr wait --seconds 0",
        "uwlr clear",
        "uwlr show 99",
        "fault webservice on 503",
        "fault webservice list",
        "supplier list",
        "supplier add mijn-code Mijn",
    ],
)
def test_the_board_with_messages_is_named_where_the_usual_one_has_none(esis: Esis, other: Board, command: str) -> None:
    called(other)
    said = esis(*command.split())
    assert f"{OTHER} wel: esis --board '{OTHER}' {' '.join(command.split()[:2])}" in said.err
    assert "--json" in command or NAME in said.err


def test_no_other_board_is_named_where_it_is_not_meant(esis: Esis, other: Board) -> None:
    assert " wel: " not in esis("uwlr", "list").err, "no board has messages"
    called(other)
    assert " wel: " not in esis("--board", OTHER, "uwlr", "list").err
    assert " wel: " not in esis("--board", NAME, "uwlr", "list").err, "this one was asked for"
    called(Board.get(Board.name == NAME))
    assert " wel: " not in esis("uwlr", "list").err


def test_waiting_looks_back_if_asked_and_says_what_else_came(esis: Esis) -> None:
    number = called(Board.get())
    late = ("uwlr", "wait", "--seconds", "0")
    assert esis(*late).status == 1
    assert [one["number"] for one in esis(*late, "--after", "0", "--json").data] == [number]
    said = esis(*late, "--after", "0", "--outcome", "accepted")
    assert said.status == 1
    assert f"Wel kwam: {number}  " in said.err
    assert "Client.OngeldigBericht MSG-02 op regel 2" in said.err


def test_a_request_is_shown_as_it_came_with_a_mark_at_the_wrong_line(esis: Esis) -> None:
    number = str(called(Board.get()))
    assert esis("uwlr", "show", number, "--raw").out.splitlines() == [
        "     1  <een>",
        ">    2    <twee/>",
        "     3  </een>",
    ]
    assert esis("uwlr", "show", number, "--raw", "--json").status == 2
