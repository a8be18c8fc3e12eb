"""Lessons: how soon one is open, alone and with a class that begins at once; and what is left of one that is killed."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from random import Random
from time import perf_counter, sleep

import aiohttp
import pyte

from benchmarks.measuring import Row, Scale
from benchmarks.serving import Page, choose, signed_in, told_addresses
from benchmarks.stage import ROOT, Stage, esis
from benchmarks.terminal import COLUMNS, DOWN, ENTER, ESCAPE, ROWS, Terminal

OPENS, BACK = [300.0], [2000.0]
"""Milliseconds within which a lesson is to be open, and one that was killed is to be back."""
KILLED = ("iep-lvs", "rol-ontbreekt", "toets-staat-uit", "vertrokken-leerling", "rondleiding")
CLASS = 20
HINT, STOP = "\x0c", "\x11"
ABOUT = re.compile(r"(\d+) van \d+.*?(\d+) hints?, (\d+) fout", re.DOTALL)
"""How far it is, in the panel."""
NOT_OF_THE_LESSON = ("board", "lesson_event", "lesson_progress", "schema_version", "sqlite_sequence", "tries", "writer")


def lessons(stage: Stage, scale: Scale) -> list[Row]:
    """A lesson from the choice to the paint of its first task; its board alone, and of a class that begins at once."""
    url = stage.copy("lessons")
    make_ready(stage)
    opened = []
    terminal = Terminal([*esis(url), "--user", "rovict"], stage.environment)
    terminal.wait_for("Afmelden")
    terminal.find("Oefeningen", "zichzelf")
    for number in range(scale.rounds + 1):
        terminal.press(ENTER)
        terminal.settle()
        terminal.press(ENTER + (ENTER if number else ""))  # after the first time a question comes, or `Verder`
        opened.append(terminal.wait_for("Les: "))
        terminal.settle()
        terminal.press(ESCAPE + STOP)
        terminal.wait_for("Les '")
        terminal.settle()
    terminal.close()
    alone = [_begin(stage, url)[0] for _ in range(max(1, scale.rounds // 4))]
    together = [one[0] for one in _together(stage, url, CLASS if scale.rounds > 1 else 2)]
    return [
        Row("a lesson, from the choice until its task is painted", opened[1:] or opened, OPENS, goal=1),
        Row("its board made", alone, OPENS, goal=1),
        Row(f"the same, {len(together)} at once: the slowest", together, OPENS, goal=None, share=1.0),
    ]


def make_ready(stage: Stage) -> None:
    """The starting states, as the program makes them when somebody looks at the list."""
    made = "from app.training.lessons import beginning, catalogue; beginning.get_ready(catalogue.lessons())"
    subprocess.run([sys.executable, "-c", made], cwd=ROOT, env=stage.environment, check=True)


def _begun(stage: Stage, url: str) -> subprocess.Popen[str]:
    """A process that is ready, and begins a lesson on a line; it tells the milliseconds that the board took."""
    told = (
        "import sys, time; from app.training.lessons import catalogue, runs; from models.board import Board; "
        "from models.schema import open_database; open_database(sys.argv[1]); lesson = catalogue.find('iep-lvs'); "
        "owner = Board.get(); print('ready', flush=True); sys.stdin.readline(); begin = time.perf_counter(); "
        "runs.begin(owner, sys.argv[2], lesson); print((time.perf_counter() - begin) * 1000)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", told, url, f"l{perf_counter()}"],
        cwd=ROOT,
        env=stage.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _begin(stage: Stage, url: str) -> list[float]:
    return [float(_begun(stage, url).communicate("\n")[0])]


def _together(stage: Stage, url: str, count: int) -> list[list[float]]:
    ready = [_begun(stage, url) for _ in range(count)]
    for process in ready:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return [[float(process.communicate()[0])] for process in ready]


# ---- killed


def killed(stage: Stage, scale: Scale) -> list[Row]:
    """Kill -9 at random moments over five lessons, and sockets that are cut: the same step, hints and rows, at once."""
    url, random = stage.copy("killed"), Random(1)
    make_ready(stage)
    back: list[float] = []
    lost: list[float] = []
    for number in range(50 if scale.rounds > 1 else 2):
        milliseconds, wrong = _kill(stage, url, KILLED[number % len(KILLED)], random)
        back.append(milliseconds)
        lost += [float(len(wrong))]
        for sentence in wrong:
            print(f"{number}: {sentence}", file=sys.stderr)
    cut = asyncio.run(_cuts(stage, stage.copy("cut"), random, 10 if scale.rounds > 1 else 1))
    return [
        Row(f"back after {len(back)} times kill -9, the program included", back, BACK, goal=1),
        Row("differences then", lost, unit="", share=1.0),
        Row(f"back after {len(cut)} cut sockets, from the choice", [ms for ms, _ in cut], BACK, goal=1),
        Row("differences then", [float(wrong) for _, wrong in cut], unit="", share=1.0),
    ]


def _kill(stage: Stage, url: str, lesson: str, random: Random) -> tuple[float, list[str]]:
    """Go on with a lesson, do something, be killed, and be back; the milliseconds, and what differs."""
    command = [*esis(url), "--user", "rovict", "lesson", "start", lesson, "--go-on"]
    screen = pyte.Screen(COLUMNS, ROWS)
    terminal = Terminal(command, stage.environment)
    terminal.wait_for("Les: ")
    terminal.settle()
    # No key below changes the board for good: what is shown is put back.
    rows = board_rows(url, standing(url, lesson)[2])
    said = terminal._written
    for _ in range(random.randrange(1, 4)):
        terminal.press(random.choice((ESCAPE, HINT, HINT, HINT, DOWN)))
        until = perf_counter() + random.random() * 1.5
        while perf_counter() < until:
            terminal._read(0.02)
        said += terminal._written
    terminal.close()
    pyte.Stream(screen).feed(said)
    seen = ABOUT.search("\n".join(screen.display).rpartition("Les: ")[2])
    wait_for_worker(url)
    before = standing(url, lesson)
    wrong = []
    if seen is not None and tuple(map(int, seen.groups()[:2])) > before[:2]:
        wrong.append(f"{lesson}: {seen.groups()} was seen, {before[:2]} is kept")
    terminal = Terminal(command, stage.environment)
    milliseconds = terminal.wait_for("Les: ")
    after = standing(url, lesson)
    if (after[0], after[1], after[2]) != (before[0], before[1], before[2]):
        wrong.append(f"{lesson}: {before} became {after}")
    if board_rows(url, after[2]) != rows:
        wrong.append(f"{lesson}: the rows of the board differ")
    terminal.close()
    return milliseconds, wrong


def standing(url: str, lesson: str) -> tuple[int, int, int]:
    """Step, hints and board of the run that can be gone on with, or of the last one; the hints are counted by their events
    too.
    """
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
        run, step, hints, board, state = file.execute(
            "SELECT id, step, hints, own_board_id, state FROM lesson_progress WHERE lesson = ? ORDER BY id DESC LIMIT 1",
            (lesson,),
        ).fetchone()
        counted = file.execute(
            "SELECT SUM(kind = 'hint'), SUM(kind = 'done') FROM lesson_event WHERE progress_id = ?", (run,)
        ).fetchone()
    kept = json.loads(state)["course"]
    assert (kept["done"], kept["hints"]) == (step, hints) == (counted[1] or 0, counted[0] or 0), (lesson, kept, counted)
    return step, hints, board or 0


def board_rows(url: str, board: int) -> dict[str, int]:
    """Table -> a number that follows from the rows that name this board."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: hash(
                tuple(file.execute(f'SELECT * FROM "{table}" WHERE board_id = ? ORDER BY id', (board,)).fetchall())
            )
            for table in tables
            if table not in NOT_OF_THE_LESSON
            and any(column[1] == "board_id" for column in file.execute(f'PRAGMA table_info("{table}")'))
        }


def wait_for_worker(url: str) -> None:
    """Until no school time is being moved, which a worker goes on with when the program is killed."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file:
        while file.execute("SELECT 1 FROM board WHERE target IS NOT NULL").fetchone():
            sleep(0.1)


async def _cuts(stage: Stage, url: str, random: Random, count: int) -> list[tuple[float, int]]:
    server = subprocess.Popen(
        [*esis(url), "serve", "--port", "0"], cwd=ROOT, env=stage.environment, stderr=subprocess.PIPE, text=True
    )
    try:
        (address, *_) = told_addresses(server)
        async with aiohttp.ClientSession() as browser:
            await _lesson_page(browser, address, first=True)
            found = []
            for _ in range(count):
                page, _ = await _lesson_page(browser, address)
                for _ in range(random.randrange(1, 3)):
                    await page.press(HINT)
                    await asyncio.sleep(random.random())
                transport = page.connection._response.connection.transport  # type: ignore[union-attr]
                assert transport is not None
                transport.abort()
                await asyncio.sleep(0.5)
                before = standing(url, "andere-helft-vergeten")
                rows = board_rows(url, before[2])
                again, milliseconds = await _lesson_page(browser, address)
                after = standing(url, "andere-helft-vergeten")
                found.append((milliseconds, int(after != before) + int(board_rows(url, after[2]) != rows)))
                await again.connection.close()
                await asyncio.sleep(0.5)
        return found
    finally:
        server.terminate()
        server.wait()


async def _lesson_page(browser: aiohttp.ClientSession, address: str, *, first: bool = False) -> tuple[Page, float]:
    """A page signed in, in the first lesson of the list; and the milliseconds that the lesson took."""
    page = await signed_in(browser, address, "oefenen")
    await choose(page, "Oefeningen")
    await page.wait_for("Opdrachten")
    await page.press(ENTER)
    await page.settle(0.3)
    begin = perf_counter()
    await page.press(ENTER)
    await page.wait_for("Les: ")
    milliseconds = (perf_counter() - begin - 0.3) * 1000  # `wait_for` looks so long whether more comes
    if first:
        await page.press(ESCAPE)
        await page.settle(0.3)
        await page.connection.close()
    return page, milliseconds


PARTS: dict[str, Callable[[Stage, Scale], list[Row]]] = {"lessons-killed": killed}
