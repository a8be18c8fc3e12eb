"""A web service on loopback in a thread of its own, for command lines that run in the test."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer
from lxml import etree

from app.exchange.uwlr_xml.asking import brought
from app.training import supplier_practice
from app.training.boards import NAME
from app.training.supplier_practice import Practice
from app.uwlr.addresses import OF_PUPILS, OF_RESULTS
from app.uwlr.handling import Manner
from app.uwlr.server import Service
from models.base import database

KNOWN = "rekenen-6"
"""A test that the practice school has switched on."""


@dataclass(frozen=True)
class Served:
    """A service: what `esis webservice --practice` would print, in a file, and the practice board."""

    made: Practice
    json: Path

    @property
    def told(self) -> dict[str, str]:
        """The JSON."""
        found: dict[str, str] = json.loads(self.json.read_text("utf-8"))
        return found


@contextmanager
def threaded(application: Callable[[], web.Application]) -> Iterator[str]:
    """Serve in a thread; its address."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def done(what: Callable[[], object]) -> object:
        return asyncio.run_coroutine_threadsafe(what(), loop).result(30)  # type: ignore[arg-type]

    async def start() -> TestServer:
        server = TestServer(application())
        await server.start_server()
        return server

    server = done(start)
    assert isinstance(server, TestServer)
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        done(server.close)
        done(loop.shutdown_default_executor)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)
        loop.close()


@contextmanager
def serving(folder: Path, bodies: bool = True) -> Iterator[Served]:
    """Our own service, on the open database."""
    made = supplier_practice.ready(NAME)
    service = Service(lambda _slug: made.board.id, Manner(bodies=bodies))
    with threaded(service.application) as root:
        yield Served(made, written(folder / "las.json", made, root))
    database.connect(reuse_if_open=True)


def written(path: Path, made: Practice, root: str) -> Path:
    """What the command prints, in a file."""
    told = {"pupils": f"{root}{OF_PUPILS}", "results": f"{root}{OF_RESULTS}"} | made.as_json()
    path.write_text(json.dumps(told), "utf-8")
    return path


def message(served: Served, pupil: str = "", test: str = KNOWN) -> etree._Element:
    """A leerresultaten_verzoek with one result, in its envelope."""
    told = served.told
    school = {name: told[name] for name in ("schooljaar", "brincode", "dependancecode")}
    oso = {"toetsscore": {"vaardigheidsscore": "57"}}
    result = {"@key": "R-1", "afnamedatum": "2020-01-20", "toetscode": test, "osoresultaat": oso}
    return brought(
        served.made.authorisation,
        {
            "school": school | {"aanmaakdatum": "2020-02-01T12:00:00", "xsdversie": "2.2"},
            "toetsafnames": {"toetsafname": [{"leerlingid": pupil, "resultaten": {"resultaat": [result]}}]},
            "toetsen": {"toets": [{"toetscode": {"": test}}]},
        },
    )
