"""A running `esis webservice` with a large location behind it, and a client of it."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.stage import ROOT, Stage, esis
from benchmarks.webservice_inside import Place


def inside(stage: Stage, *arguments: str) -> Any:
    command = [sys.executable, "-m", "benchmarks.webservice_inside", *arguments]
    answer = subprocess.run(command, cwd=ROOT, env=stage.environment, check=True, stdout=subprocess.PIPE).stdout
    return json.loads(answer)


@dataclass
class Server:
    """A running `esis webservice`, and the large location behind it."""

    process: subprocess.Popen[bytes]
    address: str
    place: Place
    pupils: list[str]

    @property
    def megabytes(self) -> tuple[float, float]:
        """In use now, and at the most."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        now, most = (re.search(rf"{name}:\s+(\d+)", status) for name in ("VmRSS", "VmHWM"))
        assert now is not None
        assert most is not None
        return int(now[1]) / 1024, int(most[1]) / 1024

    def push(self, first: int, results: int) -> bytes:
        file = io.BytesIO()
        self.place.push(file, self.pupils, results, first)
        return file.getvalue()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


def started(stage: Stage, url: str) -> Server:
    process = subprocess.Popen(
        [*esis(url), "--board", "Oefenbestuur", "webservice", "--practice", "--port", "0"],
        cwd=ROOT,
        env=stage.environment,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    text = ""
    while line := process.stdout.readline().decode():
        text += line
        with suppress(json.JSONDecodeError):
            told = json.loads(text)
            return Server(process, told["pupils"].rsplit("/", 1)[0] + "/UwlrStandaard2.2.svc", *large(stage, url))
    raise RuntimeError("esis webservice does not start")


@contextmanager
def serving(stage: Stage, url: str) -> Iterator[Server]:
    server = started(stage, url)
    try:
        yield server
    finally:
        server.stop()


def prepared(stage: Stage, name: str, pupils: int) -> str:
    url = stage.copy(name)
    inside(stage, "prepare", url, str(pupils))
    return url


def large(stage: Stage, url: str) -> tuple[Place, list[str]]:
    """The large location, and the keys of its pupils."""
    *place, pupils = inside(stage, "place", url)
    return Place(*place), pupils


@asynccontextmanager
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=600)
    ) as client:
        yield client


async def posted(client: aiohttp.ClientSession, server: Server, message: bytes) -> int:
    async with client.post(server.address, data=message, headers={"Content-Type": "text/xml"}) as answer:
        async for _ in answer.content.iter_chunked(1 << 16):
            pass
        return answer.status
