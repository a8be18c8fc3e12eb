"""What goes wrong while an answer is written or a message is kept: the caller gets one whole fault, and no mixture."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest
from aiohttp import web

from app import faults
from app.training import supplier_practice
from app.training.boards import remove_board
from app.uwlr import disturbing, passing, pulling, server, spoiling
from app.uwlr.disturbing import FaultForm
from app.uwlr.door import ServiceDoor, Unheard
from app.uwlr.handling import Manner
from app.uwlr.journal import Outcome
from app.webservice import pupils
from models.base import connected
from models.board import Board
from tests.uwlr.conftest import School
from tests.uwlr.official import fault
from tests.uwlr.service import post, pull, serving, small_world


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulling, "_PAGE", 20)


def test_a_disturbance_half_way_takes_back_what_was_written(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "active", lambda *_: {"half"})
    answered = school.call(school.letter.pull)
    assert answered.entry.outcome is Outcome.FAILED
    assert fault(answered.body.read())[0] == "Server.TijdelijkNietBeschikbaar"


def test_a_reset_half_way_mixes_no_two_schools(school_on_both: School, monkeypatch: pytest.MonkeyPatch) -> None:
    usual, pages = pupils.pull_pupils, 0

    def pull_pupils(*given: Any, **named: Any) -> Any:
        nonlocal pages
        pages += 1
        if pages == 2:
            supplier_practice.reset(Board.get_by_id(school_on_both.board_id))
        return usual(*given, **named)

    monkeypatch.setattr(pupils, "pull_pupils", pull_pupils)
    answered = school_on_both.call(school_on_both.letter.pull)
    assert answered.entry.outcome is Outcome.FAILED
    assert "intussen teruggezet" in fault(answered.body.read())[1]


async def test_a_full_disk_while_a_body_is_made_readable_is_told(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(server, "as_declared", full)
    board, _ = small_world()
    async with serving(board) as running:
        assert b" 503 " in (await running.call(post(pull()))).partition(b"\r\n")[0]
        row = await running.row()
    assert (row.outcome, row.rule) == ("failed", "DIENST-01")


@pytest.mark.parametrize(
    ("guard", "code"), [(False, "Client.OngeldigeKlantIdentificatie"), (True, "Server.TijdelijkNietBeschikbaar")]
)
async def test_a_board_that_is_removed_while_its_service_runs_is_no_fault_of_ours(
    sqlite: str, guard: bool, code: str
) -> None:
    board, _ = small_world()

    def remove() -> None:
        with connected():
            remove_board(Board.get_by_id(board.id))

    async with serving(board, Manner(guard=guard)) as running:
        await asyncio.to_thread(remove)
        told = await running.call(post(pull()))
        assert fault(told.partition(b"\r\n\r\n")[2])[0] == code
        assert b" 404 " in (await running.call(post(pull(), "/ergens"))).partition(b"\r\n")[0]


async def test_a_connection_for_which_there_is_no_certificate_to_show_is_closed() -> None:
    """The certificate depends on the disturbances in the database, which may be away."""

    async def secured() -> Any:
        raise RuntimeError

    async def told(_: Unheard) -> None:
        pass

    async def answer(_: web.BaseRequest) -> web.Response:
        return web.Response()

    door = web.Server(answer)
    listener = await asyncio.get_running_loop().create_server(lambda: ServiceDoor(door, 9, told, secured), "127.0.0.1")
    async with listener:
        reader, writer = await asyncio.open_connection("127.0.0.1", listener.sockets[0].getsockname()[1])
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()


async def test_an_answer_that_drips_is_not_cut_off_for_its_pauses(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    board, trainer = small_world()
    disturbing.put(trainer, FaultForm("drip", seconds=600))
    passed, left = 0.0, []
    usual = passing.in_time

    async def pause(seconds: float) -> None:
        nonlocal passed
        passed += seconds

    async def in_time(work: Awaitable[Any], seconds: float) -> Any:
        left.append(seconds)
        return await usual(work, seconds)

    monkeypatch.setattr(spoiling, "pause", pause)
    monkeypatch.setattr(passing, "monotonic", lambda: passed)
    monkeypatch.setattr(passing, "in_time", in_time)
    async with serving(board) as running:
        assert b" 200 " in (await running.call(post(pull()))).partition(b"\r\n")[0]
    assert passed >= 600
    assert min(left) > 0
