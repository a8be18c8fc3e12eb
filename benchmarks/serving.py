"""A class in browsers on one machine: the memory per session, and the time from a key to its paint."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter
from typing import Any

import aiohttp

from app.serving.desk.local import address_of, read, say
from app.serving.desk.messages import Here
from benchmarks.measuring import Row, Scale
from benchmarks.stage import ROOT, Stage, esis
from benchmarks.terminal import DOWN, ENTER, FIND, LEFT, PATIENCE, QUIET, RIGHT, UP, Terminal

F2 = "\x1bOQ"
MENU_KEYS = (DOWN, DOWN, RIGHT, DOWN, UP, LEFT, UP)
BETWEEN_KEYS = 2.0
"""Seconds between two keys of one person, when a whole class is working."""


class Page:
    """A page without its browser: sends and receives what a browser does, without drawing."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        self.connection = connection
        self._painted: asyncio.Queue[bytes] = asyncio.Queue()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        """Read continuously, as a browser does: a client that does not read answers no ping, and is considered gone."""
        async for message in self.connection:
            if message.type == aiohttp.WSMsgType.BINARY:  # other messages are for the page itself
                self._painted.put_nowait(message.data)

    async def press(self, keys: str) -> None:
        """Type."""
        await self.connection.send_json(["stdin", keys])

    async def wait_for(self, text: str) -> None:
        """Read until this has been painted."""
        painted = ""
        async with asyncio.timeout(PATIENCE * 4):
            while text not in painted:
                painted += (await self._painted.get()).decode()
        await self.settle(0.3)

    async def settle(self, quiet: float = QUIET) -> float | None:
        """Read until nothing has been painted for a while; returns the time of the last paint."""
        last = None
        while True:
            try:
                await asyncio.wait_for(self._painted.get(), quiet if last else max(quiet, 0.5))
            except TimeoutError:
                return last
            last = perf_counter()

    async def painted_after(self, key: str) -> float | None:
        """Milliseconds from the key to its last paint; None if there was none."""
        while not self._painted.empty():  # what came late of the key before, on a busy machine
            self._painted.get_nowait()
        begin = perf_counter()
        await self.press(key)
        last = await self.settle()
        return None if last is None else (last - begin) * 1000


def serve(stage: Stage, scale: Scale) -> list[Row]:
    """One session alone, then a class with a board each, all working; compared with a program in a terminal."""
    url = stage.copy("serve")
    made = answer(stage, url, "board", "create", "--count", str(scale.sessions), "--json")
    passwords = [one["password"] for one in made]
    server = subprocess.Popen(
        [*esis(url), "serve", "--port", "0", "--sessions", str(scale.sessions)],
        cwd=ROOT,
        env=stage.environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        addresses = told_addresses(server)[1:]  # the first is the practice board
        hub = local_address(stage, url)
        alone, together, watched, memory = asyncio.run(_class(server.pid, addresses, passwords, scale, hub))
    finally:
        server.terminate()
        server.wait()
    terminal = Terminal([*esis(url), "--user", "rovict"], stage.environment)
    terminal.wait_for("Afmelden")
    return [
        Row(f"key to paint in one of {scale.sessions} browser sessions at work", together, alone),
        Row("the same, p99", together, alone, share=0.99),
        Row("the same, each of them looked along with", watched, alone, goal=1.5),
        Row("the same, p99", watched, alone, share=0.99),
        Row("memory of each of them", memory, [terminal.close()], "MB"),
    ]


async def _class(
    server: int, addresses: Sequence[str], passwords: Sequence[str], scale: Scale, hub: Path
) -> tuple[list[float], list[float], list[float], list[float]]:
    async with aiohttp.ClientSession() as browser:
        first = await _opened(browser, addresses[0], passwords[0])
        await _keys(first, len(MENU_KEYS))  # uncounted, as in every benchmark
        alone = await _keys(first, scale.keys)
        others = [
            await _opened(browser, *one) for one in zip(addresses[1:], passwords[1:], strict=True)
        ]  # one after the other, as a class arrives
        pages = [first, *others]
        found = await _all_keys(pages, scale)
        desks = await _look_along(hub, len(pages))
        watched = await _all_keys(pages, scale)
        for desk in desks:
            desk.cancel()
        memory = [_megabytes(child) for child in _children(server)]
    return alone, found, watched, memory


async def _all_keys(pages: Sequence[Page], scale: Scale) -> list[float]:
    """Of all at work, each at a moment of its own."""
    starts = [BETWEEN_KEYS * number / len(pages) for number in range(len(pages))]
    found = await asyncio.gather(
        *(_keys(page, scale.keys // 2 or 1, start, BETWEEN_KEYS) for page, start in zip(pages, starts, strict=True))
    )
    return [time for times in found for time in times]


def local_address(stage: Stage, url: str) -> Path:
    """Where the server of this database listens for a trainer in a terminal."""
    return Path(stage.environment["XDG_RUNTIME_DIR"]) / "esis" / address_of(url).name


async def _look_along(hub: Path, many: int) -> list[asyncio.Task[None]]:
    """So many trainers, each looking along with another learner: more than there ever are. Returns what ends them."""
    began = [asyncio.Event() for _ in range(many)]

    async def look(number: int) -> None:
        reader, writer = await asyncio.open_unix_connection(str(hub), limit=1 << 22)
        for message in (
            {"say": "hello", "board": 1},
            {**Here("trainer", leads=True).message(), "first": True},
            {"say": "desk", "on": True},
        ):
            await say(writer, message)
        while (told := await read(reader)) is not None:
            if told["say"] == "seats" and told["whole"]:
                await say(writer, {"say": "watch", "to": sorted(map(int, told["seats"]))[number]})
            elif told["say"] == "frame":
                began[number].set()

    desks = [asyncio.create_task(look(number)) for number in range(many)]
    async with asyncio.timeout(PATIENCE * 4):
        for one in began:
            await one.wait()
    return desks


async def _opened(browser: aiohttp.ClientSession, address: str, password: str) -> Page:
    """A page on a board, signed in, on Mijn Menu."""
    page = await signed_in(browser, address, password)
    await choose(page, "Mijn Menu")
    await page.wait_for("Dossierindelingen")
    return page


async def signed_in(browser: aiohttp.ClientSession, address: str, password: str) -> Page:
    """A page on a board, with rovict signed in."""
    origin = "/".join(address.split("/")[:3])
    connection = await browser.ws_connect(f"{address}/ws?width=120&height=36", headers={"Origin": origin})
    page = Page(connection)
    await page.wait_for("Wachtwoord")
    for typed in ("rovict", "\t", password, F2):
        await page.press(typed)
    await page.wait_for("Afmelden")
    return page


async def choose(page: Page, name: str) -> None:
    """Choose this in the palette."""
    await page.press(FIND)
    await page.settle(0.3)
    await page.press(name)
    await page.settle(0.3)
    await page.press(ENTER)


async def _keys(page: Page, number: int, start: float = 0.0, between: float = 0.0) -> list[float]:
    await asyncio.sleep(start)
    times = []
    for key in islice(cycle(MENU_KEYS), number):
        painted = await page.painted_after(key)
        if painted is not None:
            times.append(painted)
        await asyncio.sleep(between)
    return times


def answer(stage: Stage, url: str, *arguments: str) -> Any:
    command = [*esis(url), *arguments]
    return json.loads(subprocess.run(command, cwd=ROOT, env=stage.environment, check=True, capture_output=True).stdout)


def told_addresses(server: subprocess.Popen[str]) -> list[str]:
    """The addresses that the server prints, in the order of the boards."""
    assert server.stderr is not None
    found: list[str] = []
    for line in server.stderr:
        told = re.search(r"http://\S+", line)
        if told is None:
            break
        found.append(told[0])
    return found


def _children(server: int) -> list[int]:
    return [int(number) for number in Path(f"/proc/{server}/task/{server}/children").read_text().split()]


def _megabytes(process: int) -> float:
    """The memory in use now: the peak would be that of hashing the password, 64 MB for a moment."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
    assert found is not None
    return int(found[1]) / 1024
