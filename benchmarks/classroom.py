"""A course: learners in browsers doing a lesson, some of whom err at step 3, and the trainer's desk that shows it."""

from __future__ import annotations

import asyncio
import random
import re
import subprocess
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, TypeVar

import aiohttp
import pyte

from app.training.lessons import catalogue
from benchmarks.measuring import Row, Scale
from benchmarks.serving import F2, answer, told_addresses
from benchmarks.stage import ROOT, Stage, esis
from benchmarks.terminal import DOWN, ENTER, ESCAPE, FIND, LEFT, MENU, PATIENCE, RIGHT

CONTROL = re.compile(r"\x1b\[[0-9;?<>=]*[ -/]*[@-~]|\x1b[@-Z\\-_]")
HOME, HINT = "\x1b[H", "\x0c"
Kind = TypeVar("Kind", bound="Stream")
ALLOWED = 2000.0
"""Milliseconds within which the desk shows what a learner did."""
LESSON = "Een eerste wandeling door ESIS"
TYPED = "qzxjkvwbnqzxjkvwbnqzxjkvwbn"
PAUSE = 2.0
"""Seconds between two acts of a learner, about: people read."""


class Stream:
    """A page of which is read what was painted since the last key, as words: drawing twenty screens here would cost more
    than what is measured.
    """

    def __init__(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        self._connection = connection
        self._painted = ""
        self._more = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self._connection:
            if message.type == aiohttp.WSMsgType.BINARY:
                self.take(message.data)
                self._more.set()

    def take(self, painted: bytes) -> None:
        """More was painted."""
        self._painted += CONTROL.sub("", painted.decode())

    def shows(self, *parts: str) -> bool:
        """Whether these were painted."""
        return all(part in self._painted for part in parts)

    async def press(self, *keys: str) -> None:
        self._painted = ""
        for key in keys:
            await self._connection.send_json(["stdin", key])

    async def sees(self, *parts: str) -> float:
        """Wait until it shows these; returns when it did."""
        try:
            async with asyncio.timeout(PATIENCE * 2):
                while not self.shows(*parts):
                    self._more.clear()
                    await self._more.wait()
        except TimeoutError:
            raise TimeoutError(f"{parts} in {self._painted[-1500:]!r}") from None
        return perf_counter()


class Screen(Stream):
    """A page with what a browser would draw."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        self._screen = pyte.Screen(120, 36)
        self._stream = pyte.ByteStream(self._screen)
        super().__init__(connection)

    def take(self, painted: bytes) -> None:
        """More was painted."""
        self._stream.feed(painted)

    def shows(self, *parts: str) -> bool:
        """Whether a row holds all of these."""
        return any(all(part in row for part in parts) for row in self._screen.display)


async def opened(browser: aiohttp.ClientSession, address: str, user: str, password: str, kind: type[Kind]) -> Kind:
    """A page on a board, with this user signed in."""
    origin = "/".join(address.split("/")[:3])
    screen = kind(await browser.ws_connect(f"{address}/ws?width=120&height=36", headers={"Origin": origin}))
    await screen.sees("Wachtwoord")
    await screen.press(user, "\t", password, F2)
    await screen.sees("Welkom,")
    return screen


async def found(screen: Stream, name: str, *then: str) -> None:
    """Choose this in the palette, until this is seen."""
    await screen.press(FIND)
    await screen.sees("Zoek een scherm of actie")
    await screen.press(name)
    await asyncio.sleep(1)  # what is found follows
    await screen.press(ENTER)
    await screen.sees(*then)


class Learner:
    """One learner, by number; the desk shows it within so many milliseconds."""

    def __init__(self, name: str, screen: Stream, desk: Screen, *, errs: bool) -> None:
        self.name, self._screen, self._desk, self._errs = name, screen, desk, errs
        self.steps: list[float] = []
        self.hands: list[float] = []
        self.lost = 0
        self._chance = random.Random(name)

    async def _pause(self) -> None:
        await asyncio.sleep(PAUSE * self._chance.uniform(0.5, 1.5))

    async def practise(self) -> None:
        """Three steps; who errs opens something else at the third, needs all hints, raises a hand, and then goes on."""
        await found(self._screen, "Oefeningen", "begint de les")
        titles = [script.title for script in catalogue.lessons()]
        await self._screen.press(HOME, *[DOWN] * titles.index(LESSON), ENTER)
        await self._screen.sees("Stap voor stap")
        await self._screen.press(ENTER)
        await self._screen.sees("dit verhaal opnieuw")
        await self._screen.press(ESCAPE)
        await self._pause()
        await self._screen.press("\t")
        await self._at(2)
        await self._tab(1)
        await self._at(3)
        if self._errs:
            await self._tab(3)
            await self._hints()
            await self._screen.press(FIND)
            await self._screen.sees("Zoek een scherm of actie")
            await self._screen.press("Hand opsteken")
            await asyncio.sleep(2)  # what is found follows
            await self._screen.press(ENTER)
            began = await self._screen.sees("uw hand is op")
            self.hands.append(1000 * max(0.0, await self._desk.sees(self.name, "▲") - began))
            await self._tab(2)  # what was shown was put back, to the Startpagina
        else:
            await self._tab(1)
        await self._at(4)
        await self._type()

    async def _hints(self) -> None:
        """Where to look, what to do, and shown how; then it is put back."""
        for told in ("Hint:", "kies het tabblad over", "kijk rustig rond"):
            await self._pause()
            await self._screen.press("\t", HINT)
            await self._screen.sees(told)
        await self._screen.press(HINT)
        await self._screen.sees("alles staat weer")

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
            await self._screen.sees(TYPED)
        except TimeoutError:
            self.lost += 1


def classroom(stage: Stage, scale: Scale) -> list[Row]:
    """From what a learner did until the desk shows it, while all of them work."""
    url = stage.copy("class")
    many = max(2, scale.sessions * 2 // 3)
    names = stage.folder / "names.txt"  # who has no name yet is asked for it at the first sign-in
    names.write_text("".join(f"Cursist {number:02}\n" for number in range(1, many + 1)), encoding="utf-8")
    made = answer(stage, url, "board", "create", "--names", str(names), "--json")
    server = subprocess.Popen(
        [*esis(url), "serve", "--port", "0", "--sessions", str(many + 1)],
        cwd=ROOT,
        env=stage.environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        addresses = told_addresses(server)
        learners, stuck = asyncio.run(
            _course(addresses, [(one["learner"], one["password"]) for one in made], lambda: _stuck(stage, url))
        )
    finally:
        server.terminate()
        server.wait()
    steps = [time for one in learners for time in one.steps]
    hands = [time for one in learners for time in one.hands]
    lost = [float(sum(one.lost for one in learners))]
    wanted = _figures(many, len(hands))
    told = {row["step"]: tuple(row[name] for name in ("given", "done", "last_hint", "stuck")) for row in stuck}
    place = [row["step"] for row in stuck].index(3) + 1
    return [
        Row(
            f"step of one of {many} learners to the trainer's desk, the slowest", steps, [ALLOWED], goal=1, share=0.999
        ),
        Row(f"raised hand of {len(hands)} who err, the slowest", hands, [ALLOWED], goal=1, share=0.999),
        Row("learners who lost a key", lost, unit="learners"),
        Row("figures of steps that differ from what was done", [float(len(wanted.items() ^ told.items()))], unit=""),
        Row("place of the third step among where people get stuck", [float(place)], unit=""),
    ]


def _stuck(stage: Stage, url: str) -> list[dict[str, Any]]:
    """The figures of the steps of the lesson, where most got stuck first, while everybody is still there."""
    found: list[dict[str, Any]] = answer(stage, url, "lesson", "stuck", "--lesson", "rondleiding", "--json")
    return found


def _figures(many: int, erred: int) -> dict[int, tuple[int, ...]]:
    """Step -> how many got it, did it, needed the last hint, and got stuck."""
    usual = dict.fromkeys((1, 2), (many, many, 0, 0))
    return {**usual, 3: (many, many, erred, erred), 4: (many, 0, 0, 0)}


async def _course(
    addresses: Sequence[str], class_list: Sequence[tuple[str, str]], stuck: Callable[[], list[dict[str, Any]]]
) -> tuple[list[Learner], list[dict[str, Any]]]:
    async with aiohttp.ClientSession() as browser:
        desk = await opened(browser, addresses[0], "trainer", "oefenen", Screen)
        await found(desk, "Trainer: Klas nu", "Er is nog niemand")
        learners = []
        for number, ((name, password), address) in enumerate(zip(class_list, addresses[1:], strict=True)):
            screen = await opened(
                browser, address, "rovict", password, Stream
            )  # one after the other, as a class arrives
            learners.append(Learner(name, screen, desk, errs=number % 5 in (1, 3)))
        await asyncio.gather(*(one.practise() for one in learners))
        return learners, await asyncio.to_thread(stuck)
