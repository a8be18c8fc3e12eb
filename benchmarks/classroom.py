"""A course: learners in browsers doing a lesson, some of whom err at step 3, and the trainer's desk that shows it."""

from __future__ import annotations

import asyncio
import random
import subprocess
from collections.abc import Callable, Sequence
from time import perf_counter

import aiohttp
import pyte

from benchmarks.measuring import Row, Scale
from benchmarks.serving import F2, answer, told_addresses
from benchmarks.stage import ROOT, Stage, esis
from benchmarks.terminal import DOWN, ENTER, ESCAPE, FIND, LEFT, MENU, PATIENCE, RIGHT

ALLOWED = 2000.0
"""Milliseconds within which the desk shows what a learner did."""
LESSON = "Een eerste wandeling door ESIS"
TYPED = "Leerlingenadministratie"
PAUSE = 2.0
"""Seconds between two acts of a learner, about: people read."""


class Screen:
    """A page with what a browser would draw."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        self._connection = connection
        self._screen = pyte.Screen(120, 36)
        self._stream = pyte.ByteStream(self._screen)
        self._drawn = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self._connection:
            if message.type == aiohttp.WSMsgType.BINARY:
                self._stream.feed(message.data)
                self._drawn.set()

    @property
    def rows(self) -> Sequence[str]:
        return self._screen.display

    def shows(self, *parts: str) -> bool:
        """Whether a row holds all of these."""
        return any(all(part in row for part in parts) for row in self.rows)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self._connection.send_json(["stdin", key])

    async def until(self, condition: Callable[[], bool]) -> float:
        """Wait until this holds; returns when it was so."""
        async with asyncio.timeout(PATIENCE * 6):
            while not condition():
                self._drawn.clear()
                await self._drawn.wait()
        return perf_counter()

    async def sees(self, *parts: str) -> float:
        return await self.until(lambda: self.shows(*parts))


async def opened(browser: aiohttp.ClientSession, address: str, user: str, password: str) -> Screen:
    """A page on a board, with this user signed in."""
    origin = "/".join(address.split("/")[:3])
    screen = Screen(await browser.ws_connect(f"{address}/ws?width=120&height=36", headers={"Origin": origin}))
    await screen.sees("Wachtwoord")
    await screen.press(user, "\t", password, F2)
    await screen.sees("Welkom,")
    return screen


async def found(screen: Screen, name: str, *then: str) -> None:
    """Choose this in the palette, until this is seen."""
    await screen.press(FIND)
    await screen.sees("Zoek een scherm of actie")
    await screen.press(name)
    await screen.sees("▌", name)
    await screen.press(ENTER)
    await screen.sees(*then)


class Learner:
    """One learner, by number; the desk shows it within so many milliseconds."""

    def __init__(self, name: str, screen: Screen, desk: Screen, *, errs: bool) -> None:
        self.name, self._screen, self._desk, self._errs = name, screen, desk, errs
        self.steps: list[float] = []
        self.hands: list[float] = []
        self.lost = 0
        self._chance = random.Random(name)

    async def _pause(self) -> None:
        await asyncio.sleep(PAUSE * self._chance.uniform(0.5, 1.5))

    async def practise(self) -> None:
        """Three steps and the fourth; who errs opens something else at the third, asks for help, and then goes on."""
        await found(self._screen, "Oefeningen", "op een oefenbestuur van zichzelf")
        await self._screen.press("\x1b[H")
        while not self._screen.shows("▶", LESSON):
            await self._screen.press(DOWN)
            await asyncio.sleep(0.2)
        await self._screen.press(ENTER)
        await self._screen.sees("Oefenen")
        await self._screen.press(ENTER)
        await self._screen.sees("nog eens F1")
        await self._screen.press(ESCAPE)
        await self._pause()
        await self._tab(1)
        await self._at(3)
        if self._errs:
            await self._tab(3)
            await self._pause()
            before = perf_counter()
            await self._screen.press("h")
            self.hands.append(1000 * (await self._desk.sees(self.name, "▲") - before))
            await self._tab(-2)
        else:
            await self._tab(1)
        await self._at(4)
        await self._type()

    async def _tab(self, across: int) -> None:
        """Open another tab of the menu."""
        await self._pause()
        keys = [RIGHT] * across if across > 0 else [LEFT] * -across
        await self._screen.press(MENU, *keys, ENTER)

    async def _at(self, step: int) -> None:
        """Once the learner's own screen says so, and then the desk."""
        began = await self._screen.sees(f"Opdracht {step}")
        self.steps.append(1000 * max(0.0, await self._desk.sees(self.name, f"{step} van") - began))

    async def _type(self) -> None:
        """Type as fast as the connection goes: each key arrives, in order."""
        await self._screen.press(FIND)
        await self._screen.sees("Zoek een scherm of actie")
        await self._screen.press(*TYPED)
        try:
            await self._screen.sees(f"┃ {TYPED} ")
        except TimeoutError:
            self.lost += 1


def classroom(stage: Stage, scale: Scale) -> list[Row]:
    """From what a learner did until the desk shows it, while all of them work."""
    url = stage.copy("class")
    many = max(2, scale.sessions * 2 // 3)
    made = answer(stage, url, "board", "create", "--count", str(many), "--json")
    server = subprocess.Popen(
        [*esis(url), "serve", "--port", "0", "--sessions", str(many + 1)],
        cwd=ROOT,
        env=stage.environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        addresses = told_addresses(server)
        learners = asyncio.run(_course(addresses, [(one["name"], one["password"]) for one in made]))
    finally:
        server.terminate()
        server.wait()
    steps = [time for one in learners for time in one.steps]
    hands = [time for one in learners for time in one.hands]
    lost = [float(sum(one.lost for one in learners))]
    return [
        Row(
            f"step of one of {many} learners to the trainer's desk, the slowest", steps, [ALLOWED], goal=1, share=0.999
        ),
        Row(f"raised hand of {len(hands)} who err, the slowest", hands, [ALLOWED], goal=1, share=0.999),
        Row("learners who lost a key", lost, unit="learners"),
    ]


async def _course(addresses: Sequence[str], boards: Sequence[tuple[str, str]]) -> list[Learner]:
    async with aiohttp.ClientSession() as browser:
        desk = await opened(browser, addresses[0], "trainer", "oefenen")
        await found(desk, "Trainer: Klas nu", "Er is nog niemand")
        learners = []
        for number, ((name, password), address) in enumerate(zip(boards, addresses[1:], strict=True)):
            screen = await opened(browser, address, "rovict", password)  # one after the other, as a class arrives
            learners.append(Learner(name, screen, desk, errs=number % 5 in (1, 3)))
        await asyncio.gather(*(one.practise() for one in learners))
        return learners
