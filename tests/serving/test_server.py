"""The server with real sockets: who is admitted, how many, and that nothing is left behind."""

from __future__ import annotations

import asyncio
import os
import re

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.serving import endings, pages
from app.serving import guard as serving_guard
from app.serving.addresses import Place
from app.serving.guard import Guard
from app.serving.server import Serving
from app.serving.sessions import Full
from tests.serving.conftest import KLAS, World, ending, painted

FOREIGN = "http://kwaad.example"


async def status(world: World, path: str = KLAS.path, **headers: str) -> tuple[int, str]:
    async with world.browser.get(world.server.make_url(path), headers=headers) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"
        return answer.status, await answer.text()


async def refused(world: World, headers: dict[str, str], path: str = f"{KLAS.path}/ws") -> int:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
        await world.browser.ws_connect(world.server.make_url(path), headers=headers)
    return refusal.value.status


def is_there(pid: int) -> bool:
    """Whether this process exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_what_is_typed_reaches_the_program_and_what_it_draws_the_page(world: World) -> None:
    connection = await world.connect()
    await connection.send_json(["stdin", "size"])
    assert await painted(connection) == b"100x30"
    await connection.send_json(["resize", {"width": 132, "height": 9999}])
    await connection.send_json(["stdin", "size"])
    assert await painted(connection) == b"132x200"
    await connection.send_json(["stdin", "where"])
    assert await painted(connection) == b"127.0.0.1"
    await connection.send_json(["stdin", "echo één [/] 漢"])
    assert (await painted(connection)).decode() == "één [/] 漢"
    await connection.send_json(["ping", "7"])
    assert await connection.receive_json() == ["pong", "7"]


async def test_each_page_has_a_program_of_its_own(world: World) -> None:
    first, second = await world.connect(), await world.connect()
    assert len(set(world.pids)) == 2
    await first.send_json(["stdin", "echo een"])
    await second.send_json(["stdin", "echo twee"])
    assert (await painted(first), await painted(second)) == (b"een", b"twee")


async def test_a_page_of_another_site_is_refused_and_starts_nothing(world: World) -> None:
    for origin in (
        FOREIGN,
        "null",
        f"http://127.0.0.1:{world.server.port + 1}",
        f"http://{world.authority}.kwaad.example",
    ):
        assert await refused(world, {"Origin": origin}) == 403
        assert (await status(world, Origin=origin))[0] == 403
    assert await refused(world, {}) == 403, "not a browser"
    assert not world.sessions.visits


@pytest.mark.parametrize("name", ["kwaad.example", "127.0.0.1.kwaad.example", "192.168.1.5", "a b", "", "x@127.0.0.1"])
async def test_another_name_for_the_server_is_refused(world: World, name: str) -> None:
    code, text = await status(world, Host=name)
    assert code in (400, 403)
    assert "Geweigerd" in text
    assert await refused(world, {"Host": name, "Origin": f"http://{name}"}) in (400, 403)


async def test_the_names_of_this_machine_itself_are_right(world: World) -> None:
    for name in ("localhost", "LOCALHOST", "[::1]", "127.0.0.1"):
        assert (await status(world, Host=f"{name}:{world.server.port}"))[0] == 200


async def test_one_too_many_is_refused_with_a_clear_page_and_a_place_comes_free(world: World) -> None:
    open_ones = [await world.connect() for _ in range(3)]
    code, text = await status(world)
    assert code == 503
    assert "Alle plaatsen zijn bezet" in text
    assert "3 sessies" in text
    assert await refused(world, world.own) == 503
    await open_ones[0].close()
    await world.until(lambda: len(world.sessions.visits) == 2)
    assert (await status(world))[0] == 200
    await world.connect()


async def test_who_only_opens_pages_takes_no_place_of_who_signs_in(world: World) -> None:
    signed_in = [await world.connect(signed_in=False) for _ in range(2)]
    async with world.browser.get(world.server.make_url(KLAS.path)) as answer:
        assert (answer.status, answer.headers["Refresh"]) == (503, "5")
        assert "Een ogenblik geduld" in await answer.text()
    assert await refused(world, world.own) == 503
    with world.sessions.visit("192.0.2.7"), pytest.raises(Full):
        world.sessions.check("192.0.2.8")  # the share of all who have not signed in is full too
    for connection in signed_in:
        await world.sign_in(connection)
    signed_in.append(await world.connect())
    await signed_in[0].send_json(["stdin", "out"])
    assert await signed_in[0].receive_json() == ["stake", ""]
    late = await world.connect(signed_in=False)
    await world.sign_in(signed_in[0])
    await late.send_json(["stdin", "in"])
    assert await ending(late) == endings.FULL


async def test_who_does_not_sign_in_has_a_short_while_whatever_the_mouse_does(world: World) -> None:
    waits, works = await world.connect(signed_in=False), await world.connect()
    world.clock.seconds += 299
    await waits.send_json(["stdin", "echo muis"])
    assert await painted(waits) == b"muis"
    assert await world.sessions.end_idle() == 0
    world.clock.seconds += 1
    assert await world.sessions.end_idle() == 1
    assert "meldde zich niet aan" in await ending(waits)
    await works.send_json(["stdin", "out"])
    assert await works.receive_json() == ["stake", ""]
    assert await world.sessions.end_idle() == 0, "who signed out has that while again"


async def test_a_dropped_connection_ends_its_program(world: World) -> None:
    connection = await world.connect()
    [pid] = world.pids
    transport = connection._response.connection.transport  # type: ignore[union-attr]
    transport.abort()  # type: ignore[union-attr]
    await world.until(lambda: not world.sessions.visits)
    assert not is_there(pid)


async def test_a_program_that_hangs_is_killed_when_its_page_closes(world: World) -> None:
    connection = await world.connect()
    [pid] = world.pids
    await connection.send_json(["stdin", "stuck"])
    assert await painted(connection) == b"vast"
    await connection.close()
    await world.until(lambda: not world.sessions.visits)
    await world.until(lambda: not is_there(pid))


async def test_who_does_nothing_for_too_long_is_ended_and_nobody_else(world: World) -> None:
    idle, busy = await world.connect(), await world.connect()
    world.clock.seconds += 1799
    await busy.send_json(["stdin", "echo ja"])
    assert await painted(busy) == b"ja"
    await idle.send_json(["ping", "1"])
    await idle.send_json(["resize", {"width": 90, "height": 30}])
    assert await idle.receive_json() == ["pong", "1"]
    assert await world.sessions.end_idle() == 0
    assert await idle.receive_json() == ["say", endings.SOON.format("1 seconde")]
    assert await world.sessions.end_idle() == 0
    world.clock.seconds += 1
    assert await world.sessions.end_idle() == 1
    assert await ending(idle) == endings.IDLE.format("30 minuten"), "and it was told once that it would"
    await world.until(lambda: len(world.sessions.visits) == 1)
    await busy.send_json(["stdin", "echo nog steeds"])
    assert await painted(busy) == b"nog steeds"


async def test_an_error_of_the_server_itself_is_a_page_that_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_address: str) -> None:
        raise OSError(28, "No space left on device", "geheim")

    monkeypatch.setattr(world.sessions, "check", fails)
    code, text = await status(world)
    assert code == 500
    assert "Er ging iets mis" in text
    assert "geheim" not in text


async def test_the_page_and_its_files_ask_nothing_of_another_host(world: World) -> None:
    code, page = await status(world)
    assert code == 200
    assert f"ws://{world.authority}{KLAS.path}/ws" in page
    assert "Klas 3" in page
    names = re.findall(r'/static/([^"]+)"', page)
    assert set(names) == set(pages.files())
    for name in names:
        async with world.browser.get(world.server.make_url(f"/static/{name}")) as answer:
            assert answer.status == 200
            found = await answer.read()
            assert not re.findall(rb"url\([^/)]*//", found)
    outside = re.findall(r'(?:src|href)="(?!/|data:)', page)
    assert not outside


async def test_an_address_that_is_not_there(world: World) -> None:
    for path in ("/b/klas-3-13", "/b/klas-3-12/x", "/static/../server.py", "/static/server.py", "/download/x", "/ws"):
        code, text = await status(world, path)
        assert code == 404
        assert "Dit adres is er niet" in text
    assert await refused(world, world.own, "/b/andere-1/ws") == 404


async def test_the_address_without_a_board_goes_to_the_first(world: World) -> None:
    async with world.browser.get(world.server.make_url("/")) as answer:
        assert answer.url.path == KLAS.path


async def test_the_server_stops_with_its_programs(world: World) -> None:
    connection = await world.connect()
    [pid] = world.pids
    closing = asyncio.create_task(world.server.close())
    assert await ending(connection) == endings.SERVER
    await closing
    assert not is_there(pid)


async def test_a_board_for_this_machine_alone_is_there_for_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Place(1, "Oefenbestuur", "oefenbestuur-1")
    serving = Serving(Guard("0.0.0.0"), world.sessions, {}.get, lambda _place: [], KLAS, near={own.slug: own}.get)
    async with TestServer(serving.application()) as server:
        async with world.browser.get(server.make_url(own.path)) as answer:
            assert answer.status == 200
        monkeypatch.setattr(serving_guard, "is_loopback", lambda _host: False)
        async with world.browser.get(server.make_url(own.path)) as answer:
            assert answer.status == 404
