"""The service over loopback, called by who does it wrong: each is refused or cut off, and the next is answered."""

from __future__ import annotations

import asyncio
import errno
import gzip
import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest
from aiohttp import web
from peewee import OperationalError

from app.exchange.uwlr_xml.rules import FaultCode
from app.uwlr import addresses, aside, handling, journal, passing
from app.uwlr.handling import Manner
from app.uwlr.journal import Outcome
from app.uwlr.passing import Pace, Passage, Room
from app.uwlr.server import Service
from models.webservice import ExchangedMessage
from tests.uwlr.calling import School, posted, raw, serving, serving_application, sitting

QUICK = Pace(silent=0.2, start=0.3, slowest=1_000_000, whole=1.0)


def service(school: School, passage: Passage | None = None, manner: Manner | None = None) -> Service:
    return Service(lambda slug: None if slug else school.board_id, manner or Manner(), passage=passage or Passage())


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


async def is_alive(port: int, school: School) -> None:
    assert status(await raw(port, posted(school.pull()))) == 200


def last() -> ExchangedMessage:
    return ExchangedMessage.select().order_by(ExchangedMessage.id.desc()).get()


@pytest.fixture
def school(practice_sqlite: str) -> School:
    return School()


def test_a_full_disk_is_said(practice_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, _data: object) -> int:
            raise OSError(errno.ENOSPC, "full")

    files: list[IO[bytes]] = [io.BytesIO(), Full()]
    monkeypatch.setattr(handling, "put_aside", lambda *_: files.pop())
    school = School()
    answer = school.ask(school.pull())
    assert (answer.entry.outcome, answer.entry.fault) == (Outcome.FAILED, FaultCode.NOT_NOW)
    assert "de schijf is vol" in answer.body.read().decode()


async def test_a_body_has_a_size_declared_or_not(school: School) -> None:
    message = school.pull()
    small = Passage(largest=len(message))
    async with serving(service(school, small)) as port:
        assert status(await raw(port, posted(message))) == 200
        assert status(await raw(port, posted(b"", length=2 << 30))) == 413
        assert status(await raw(port, posted(message + b" "))) == 413
        chunked = posted(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
        chunk = b"%x\r\n%s\r\n" % (len(message), message)
        assert status(await raw(port, chunked, chunk, b"0\r\n\r\n")) == 200
        assert status(await raw(port, chunked, chunk, chunk, b"0\r\n\r\n")) == 413
        assert last().rule == "HTTP-04"
    assert small.room.used == 0


@pytest.mark.parametrize("packed", [gzip.compress, zlib.compress])
async def test_a_packed_bomb_is_counted_unpacked(school: School, packed: Callable[[bytes], bytes]) -> None:
    small = Passage(largest=1 << 20)
    bomb = packed(b" " * (8 << 20))
    kind = "gzip" if packed is gzip.compress else "deflate"
    async with serving(service(school, small)) as port:
        assert status(await raw(port, posted(bomb, f"Content-Encoding: {kind}\r\n"))) == 413
        good = packed(school.pull())
        assert status(await raw(port, posted(good, f"Content-Encoding: {kind}\r\n"))) == 200
        assert status(await raw(port, posted(good[:40], f"Content-Encoding: {kind}\r\n"))) in (400, 500)
        await is_alive(port, school)


async def test_who_is_slow_is_cut_off(school: School) -> None:
    async with serving(service(school, Passage(pace=QUICK))) as port:

        async def drip() -> bytes:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(posted(b"", length=500))
            reading = asyncio.create_task(reader.read())
            while not reading.done():
                writer.write(b"<")
                await asyncio.wait([reading], timeout=0.05)
            writer.close()
            try:
                return await reading
            except ConnectionResetError:  # who goes on sending may hear of the end before the answer comes
                return b""

        answers = await asyncio.gather(*(drip() for _ in range(8)))
        assert {status(answer) for answer in answers if answer} <= {408}
        rows = [(row.rule, row.outcome, row.status) for row in ExchangedMessage.select()]
        assert rows == [("HTTP-05", "refused", 408)] * 8
        await is_alive(port, school)


async def test_who_takes_nothing_is_cut_off(school: School) -> None:
    passage = Passage(pace=QUICK)
    body = io.BytesIO(bytes(64 << 20))  # more than the buffers of a connection

    async def give(request: web.Request) -> web.StreamResponse:
        return await passage.send(request, body, 200, "text/xml")

    application = web.Application()
    application.router.add_get("/", give)
    async with serving_application(application) as port:
        _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        while passage.room.used == 0:
            await asyncio.sleep(0)
        while passage.room.used:
            await asyncio.sleep(0.01)
        writer.close()


async def test_there_is_room_for_so_much_together(school: School) -> None:
    tight = Passage(room=Room(most=10))
    async with serving(service(school, tight)) as port:
        answer = await raw(port, posted(school.pull()))
        assert status(answer) == 503
        assert FaultCode.NOT_NOW.encode() in answer
        assert (last().rule, last().outcome) == ("DIENST-01", "failed")
    assert tight.room.used == 0


async def test_a_disk_that_takes_nothing(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_body: IO[bytes], _chunk: bytes) -> object:
        return aside.no_room(OSError(errno.ENOSPC, "full"))

    async with serving(service(school)) as port:
        with monkeypatch.context() as patched:
            patched.setattr(passing, "_written", full)
            answer = await raw(port, posted(school.pull()))
        assert status(answer) == 503
        assert "de schijf is vol" in answer.decode()
        await is_alive(port, school)


async def test_a_journal_that_takes_nothing_keeps_no_answer_back(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_entry: object) -> int:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(journal, "write", full)
    told: list[Exception] = []
    one = service(school)
    one.failed = lambda error: str(told.append(error))
    async with serving(one) as port:
        assert status(await raw(port, posted(school.pull()))) == 200
        assert status(await raw(port, posted(b"<a/>"))) == 500
    assert len(told) == 2


async def test_odd_requests_are_refused_and_the_next_is_answered(school: School) -> None:
    message = school.pull()
    path = addresses.BOTH.encode()
    asked = [
        (b"GET " + path + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 405),
        (b"HEAD " + path + b"?wsdl HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 200),
        (b"HEAD " + path + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 405),
        (b"BREW " + path + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 400),
        (b"TRACE " + path + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 405),
        (b"GET " + path + b'?wsdl HTTP/1.1\r\nHost: "><a>&b;\r\nConnection: close\r\n\r\n', 200),
        (b"GET " + path + b"?xsd=../../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 405),
        (b"GET /%00/%ff%fe/.. HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 404),
        (b"GET /b/%00-1/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 404),
        (b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (
            b"POST " + path + b" HTTP/1.1\r\nHost: a\r\n" + b"".join(b"x%d: y\r\n" % n for n in range(500)) + b"\r\n",
            400,
        ),
        (posted(message, "Content-Length: 5\r\n"), 400),
        (posted(message, "Transfer-Encoding: chunked\r\n"), 400),
        (posted(message, f"SOAPAction: {'a' * 7_000}\r\n"), 200),
        (posted(message, "SOAPAction: \xff\xfe\r\n"), 200),
        (posted(message, "Content-Encoding: gzip\r\n"), 400),
        (posted(b""), 500),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (b"\0" * 500 + b"\r\n\r\n", 400),
    ]
    async with serving(service(school)) as port:
        for request, right in asked:
            answer = await raw(port, request)
            assert status(answer) == right, (request[:60], answer[:200])
        await is_alive(port, school)


async def test_requests_in_a_row_are_answered_in_a_row(school: School) -> None:
    async with serving(service(school)) as port:
        one, wrong = posted(school.pull(), close=False), posted(b"<a/>", close=False)
        answers = await raw(port, one + wrong + one + posted(school.pull()))
        codes = [part.split(b" ", 1)[0] for part in answers.split(b"HTTP/1.1 ")[1:]]
        assert codes == [b"200", b"500", b"200", b"200"]


async def test_a_thousand_connections(school: School) -> None:
    async with serving(service(school), most=20) as port:
        pairs = []
        for _ in range(20):  # no more at once than the queue of a listener holds
            pairs += await asyncio.gather(*(asyncio.open_connection("127.0.0.1", port) for _ in range(50)))
        waiting = {asyncio.create_task(_gone(reader)) for reader, _ in pairs}
        async with asyncio.timeout(30):
            while len(waiting) > 20:
                _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for _, writer in pairs:
            writer.close()
        await asyncio.gather(*waiting)
        await is_alive(port, school)


async def _gone(reader: asyncio.StreamReader) -> bool:
    try:
        return await reader.read() == b""
    except OSError:
        return True


async def test_a_key_is_nowhere_but_in_the_message(
    school: School, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    key = "99QQ00geheimesleutel99999"
    async with serving(service(school)) as port:
        wrong = school.pull(key=key)
        for message in (
            wrong,
            wrong[:-9],
            wrong.replace(b"autorisatiesleutel>", b"sleutel>"),
            wrong.decode().encode("utf-16"),
            key.encode() * 3,
            wrong.replace(b"<s:Body>", b"<s:Body/><s:Body>"),
            school.push(sitting("1", key)).replace(school.practice.authorisation.key.encode(), key.encode()),
        ):
            answer = await raw(port, posted(message))
            assert status(answer) in (400, 500)
            assert key.encode() not in answer, message
    for row in ExchangedMessage.select():
        told = "".join(str(value) for name, value in row.__data__.items() if name not in ("request", "answer"))
        assert key not in told
        kept = bytes(row.request) + bytes(row.answer)
        assert key.encode() not in kept
    assert key not in caplog.text + "".join(capfd.readouterr())
