"""Trainer > Berichtenverkeer: the calls of the web service as they come, and one of them in full."""

from __future__ import annotations

import asyncio
import csv
import json
import threading
from pathlib import Path

import pytest

from app.permissions import Permission, Role
from app.targets import TrainerPage
from app.training import situations, supplier_messages
from app.uwlr import journal, masking
from app.uwlr.journal import Entry, Outcome
from models.base import connected
from models.board import Board
from models.webservice import ExchangedMessage
from screens.shared.files import staying_in
from screens.shared.records import RecordList
from screens.trainer.following import SECONDS, Following
from screens.trainer.message import MessagePage, pieces
from screens.trainer.messages import MessagesPage
from tests.builders import make_actor
from tests.golden import Golden
from tests.screens.driving import SMALL, Driver, driving

WRONG_KEY = "99QQ00oefensleutel2O20"


@pytest.fixture
def supplied(practice: Board) -> Board:
    """A board with a supplier."""
    situations.bring_about(practice, situations.find("supplier"))
    return practice


def send(board: Board, what: str = "pull", **fields: str) -> int:
    return supplier_messages.send(board, supplier_messages.written(board, what, fields))


def clear(board: Board) -> None:
    journal.clear(make_actor(board, Role.TRAINER))


def from_elsewhere(board: Board, **fields: str) -> None:
    """A message that another thread writes down, with a connection of its own."""

    def work() -> None:
        with connected():
            send(board, **fields)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


async def to_messages(program: Driver) -> RecordList:
    program.app.go(TrainerPage("messages"))
    await program.settle()
    assert isinstance(program.app.screen, MessagesPage)
    return program.app.screen.query_one("#keep", RecordList)


async def test_an_empty_list_says_how_to_begin(supplied: Board) -> None:
    async with driving(supplied, "trainer", SMALL) as program:
        await program.find("Trainer: Berichtenverkeer")
        assert "Er is nog niets binnengekomen." in program.words
        assert "esis webservice --practice" in program.words


async def test_calls_are_listed_with_why_they_were_refused(supplied: Board, golden: Golden) -> None:
    send(supplied)
    send(supplied, "push")
    send(supplied, autorisatiesleutel=WRONG_KEY)
    send(supplied, schooljaar="2019", xsdversie="9.9")
    async with driving(supplied, "trainer") as program:
        await to_messages(program)
        golden.check(program.app, "berichtenverkeer-120x36")
        assert "Daarna zou ook fout gaan" in program.words
        await program.press("down")
        assert "SLEUTEL-01" in program.words
        assert "Hij verschilt vanaf teken 20" in program.words
        await program.press("end")
        assert "Gegeven: 221 leerlingen" in program.words
    async with driving(supplied, "trainer", SMALL) as program:
        await to_messages(program)
        golden.check(program.app, "berichtenverkeer-80x24")


async def test_a_call_comes_by_itself_and_the_cursor_stays_on_its_row(supplied: Board) -> None:
    first = send(supplied)
    async with driving(supplied, "trainer") as program:
        listed = await to_messages(program)
        from_elsewhere(supplied, klantcode="een-ander")
        await program.until(lambda: "een-ander" in program.text, "the message")
        await program.settle()
        assert listed.row is not None
        assert listed.row.id == first
        assert (listed.cursor, listed.row_count) == (1, 2)
        clear(supplied)
        await program.until(lambda: "nog niets binnengekomen" in program.words, "the empty list")


async def test_a_call_that_comes_while_something_is_done_is_shown_after_it(supplied: Board) -> None:
    async with driving(supplied, "trainer") as program:
        listed = await to_messages(program)
        program.app.busy = True
        from_elsewhere(supplied)
        await asyncio.sleep(5 * SECONDS)
        assert not listed.row_count
        program.app.busy = False
        await program.until(lambda: listed.row_count, "the call")


async def test_a_cursor_far_down_stays_on_its_row_too(supplied: Board) -> None:
    for number in range(150):
        journal.write(Entry(supplied.id, address=f"/{number}", outcome=Outcome.FAILED))
    async with driving(supplied, "trainer") as program:
        listed = await to_messages(program)
        await program.press("end")
        await program.press("up")
        row = listed.row
        assert row is not None
        for _number in range(120):
            journal.write(Entry(supplied.id))
        await program.until(lambda: listed.row_count == 270, "the messages")
        await program.settle()
        assert listed.row is not None
        assert listed.row.id == row.id


async def test_nothing_is_looked_for_once_the_page_is_left(supplied: Board) -> None:
    async with driving(supplied, "trainer") as program:
        await to_messages(program)
        page = program.app.screen
        assert isinstance(page, MessagesPage)
        following = page._following
        assert following is not None
        assert following.is_alive()
        await program.press("escape")
        await program.until(lambda: not following.is_alive(), "the end of the thread")


def test_who_follows_is_told_of_every_change_and_of_nothing_else(practice_db: str) -> None:
    board = Board.get()
    told, looks = threading.Semaphore(0), threading.Semaphore(0)
    following = Following(board.id, told.release, lambda: looks.release() is None)
    following.start()
    assert told.acquire(timeout=10), "at its first look"
    for _look in range(3):
        assert looks.acquire(timeout=10)
    assert not told.acquire(blocking=False)
    journal.write(Entry(board.id))
    assert told.acquire(timeout=10)
    clear(board)
    assert told.acquire(timeout=10)
    following.stop()
    following.join(10)
    assert not following.is_alive()


async def test_it_is_searched_and_filtered(supplied: Board) -> None:
    send(supplied)
    send(supplied, "push", toetscode="rekenen-99")
    send(supplied, klantcode="een-ander")
    async with driving(supplied, "trainer") as program:
        listed = await to_messages(program)
        await program.press("f3")
        await program.type("een-and")
        assert listed.row_count == 1
        assert "1 van 3 gevonden" in program.text
        await program.press("ctrl+u")
        await program.type("INHOUD")
        assert listed.row is not None
        assert listed.row.operation == "BrengLeerresultaten"
        await program.press("ctrl+u", "enter", "f")
        await program.press("down", "enter")
        assert "Afloop beantwoord" in program.words
        assert listed.row_count == 1
        await program.press("f", "down", "enter")
        assert listed.row_count == 2
        await program.act("Bewerking")
        await program.press("end", "enter")
        assert "Bewerking BrengLeerresultaten" in program.words
        assert listed.row_count == 1


async def test_what_is_found_is_saved_as_csv_and_as_json_lines(supplied: Board, tmp_path: Path) -> None:
    send(supplied)
    send(supplied, schooljaar="2019")
    with staying_in(tmp_path):
        async with driving(supplied, "trainer") as program:
            await to_messages(program)
            await program.press("e")
            await program.act("JSON-regels bewaren")
    rows = list(csv.DictReader((tmp_path / "berichtenverkeer.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [row["Afloop"].split()[-1] for row in rows] == ["geweigerd", "beantwoord"]
    assert rows[0]["Plaats"] == "regel 12, kolom 7"
    lines = [json.loads(line) for line in (tmp_path / "berichtenverkeer.jsonl").read_text("utf-8").splitlines()]
    assert [(line["outcome"], line["rule"]) for line in lines] == [("accepted", ""), ("refused", "MSG-07")]


async def test_clearing_asks_first(supplied: Board) -> None:
    send(supplied)
    async with driving(supplied, "trainer") as program:
        await to_messages(program)
        await program.press("delete")
        assert "1 bericht wissen?" in program.words
        await program.press("escape")
        assert journal.count(supplied.id) == 1
        await program.press("delete", "left", "enter")
        assert journal.count(supplied.id) == 0
        assert "1 bericht is gewist." in program.said
        assert "Er is nog niets binnengekomen." in program.words


async def test_the_whole_page_shows_both_bodies_and_the_line_that_is_wrong(supplied: Board, golden: Golden) -> None:
    send(supplied, schooljaar="2019")
    async with driving(supplied, "trainer") as program:
        await to_messages(program)
        await program.press("enter")
        page = program.app.screen
        assert isinstance(page, MessagePage)
        assert "een schooljaar, als 2019-2020" in program.words
        await program.press("4")
        golden.check(program.app, "bericht-verzoek")
        assert page.query_one("#message-lines", RecordList).row.text.strip() == "<schooljaar>2019</schooljaar>"  # type: ignore[union-attr]
        assert supplier_messages.KEY not in program.text
        await program.press("2")
        assert "<brincode>99QQ</brincode>" in program.words
        await program.press("3")
        assert "Client.OngeldigBericht" in program.words
        await program.press("shift+tab", "left")
        assert "▶2 Verzoek" in program.text
        clear(supplied)
        await program.data_changed()
        assert "Dit bericht is er niet meer" in program.words
        await program.press("escape")
        assert isinstance(program.app.screen, MessagesPage)


async def test_of_a_large_answer_the_beginning_is_indented_and_said_to_be_that(supplied: Board) -> None:
    number = send(supplied)
    row = ExchangedMessage.get_by_id(number)
    assert row.answer_size > masking.KEPT
    async with driving(supplied, "trainer") as program:
        await to_messages(program)
        await program.press("enter", "3", "end")
        assert "de rest is niet bewaard" in program.words
        lines = [line.text for line in program.app.screen.query_one(RecordList).every_row(40)]
        assert "          <schooljaar>2019-2020</schooljaar>" in lines


@pytest.mark.parametrize("body", [b"", b"\x00\xff<niet", "<a>𝔘 [b]x[/b]</a>".encode(), b"a\r\n\tb" * 3, b"x" * 5000])
async def test_whatever_came_is_shown_as_text(supplied: Board, body: bytes) -> None:
    journal.write(Entry(supplied.id, request=body, outcome=Outcome.REFUSED, told="Het is geen XML."))
    async with driving(supplied, "trainer", SMALL) as program:
        await to_messages(program)
        for tab in "245":
            await program.press("enter", tab)
            assert isinstance(program.app.screen, MessagePage)
            assert program.app._exception is None
            if not body or tab == "5":
                assert "Hier is niets van bewaard." in program.words
            await program.press("escape")


def test_a_line_is_cut_to_the_width_and_keeps_every_character() -> None:
    text = "<a>\n" + "é𝔘漢" * 30 + "\r\n\t</a>"
    found = list(pieces(text, 20, numbered=True, wrong=2))
    assert [one.number for one in found if one.number] == ["1", "2", "3"]
    assert "".join(one.text for one in found if one.wrong) == "é𝔘漢" * 30 + "␍"
    assert found[-1].text == "␉</a>"
    assert [one.id for one in found] == list(range(len(found)))


async def test_only_a_trainer_comes_here(supplied: Board) -> None:
    async with driving(supplied, "rovict") as program:
        before = program.app.screen
        program.app.go(TrainerPage("messages"))
        await program.settle()
        assert program.app.screen is before
        assert program.said == [program.actor.reason(Permission.SET_FAULTS)]
