"""The practice school with a supplier and an active coupling, and one server for it per module."""

from __future__ import annotations

import asyncio
import io
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from app import access, clock
from app.access import Actor
from app.training import boards, supplier_practice
from app.training.supplier_practice import Practice
from app.uwlr import addresses, journal
from app.uwlr.handling import Answer, Call, Manner, answer
from app.uwlr.server import Service
from models.assessment import UnmatchedResult
from models.base import connected, real_database
from models.schema import open_database
from models.school import Pupil
from models.webservice import ExchangedMessage
from tests.commands.conftest import Esis, in_process
from tests.postgres import opened
from tests.uwlr.messages import PUPIL, Letter
from tests.uwlr.serving import Served, serving


@dataclass
class School:
    """The practice school, called without HTTP."""

    practice: Practice
    letter: Letter = field(init=False)
    pupil: str = ""
    """The leerlingnummer of somebody in year group 6."""

    def __post_init__(self) -> None:
        self.letter = Letter(self.practice.authorisation)
        self.pupil = next((row.key for row in self.enrolled() if row.year_group == "6"), "")

    def enrolled(self) -> list[Pupil]:
        """Who is there today, by number."""
        today = clock.school_today(self.practice.board)
        here = Pupil.select().where(Pupil.location == self.practice.location, Pupil.enrolled_from <= today)
        return list(here.where(Pupil.unsubscribed_on.is_null() | (Pupil.unsubscribed_on > today)).order_by(Pupil.id))

    @property
    def board_id(self) -> int:
        return int(self.practice.board.id)

    def director(self) -> Actor:
        """Who may do everything with the coupling."""
        board = self.practice.board
        return access.actor_for(access.find_user(board, "rovict"), self.practice.location)

    def waiting_for_a_pupil(self) -> list[str]:
        """The leerlingids of the results on the list without a pupil."""
        rows = UnmatchedResult.select().where(UnmatchedResult.location == self.practice.location)
        return [row.pupil_key for row in rows.order_by(UnmatchedResult.id)]

    def call(
        self,
        text: str | bytes,
        action: str | None = None,
        manner: Manner | None = None,
        service: str = "",
    ) -> Answer:
        """Answer a message; `PUPIL` in it stands for our pupil."""
        raw = text.replace(PUPIL, self.pupil).encode() if isinstance(text, str) else text
        return answer(Call(self.board_id, io.BytesIO(raw), len(raw), "/", "", action, service), manner or Manner())

    def written(self, answered: Answer) -> dict[str, Any]:
        """What the journal says of it."""
        number = journal.write(answered.entry)
        return journal.as_json(ExchangedMessage.get_by_id(number), whole=True)


def made_school() -> School:
    """The practice board of the open database, ready for a supplier."""
    return School(supplier_practice.ready(boards.NAME))


@pytest.fixture(scope="session")
def uwlr_template(practice_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the practice school, a supplier and an active coupling."""
    path = tmp_path_factory.mktemp("uwlr") / "uwlr.db"
    shutil.copy(practice_template, path)
    open_database(f"sqlite:///{path}")
    made_school()
    real_database().execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    real_database().close()
    return path


def copied(template: Path, folder: Path) -> str:
    """The URL of a copy of an SQLite file."""
    shutil.copy(template, folder / "uwlr.db")
    return f"sqlite:///{folder / 'uwlr.db'}"


@pytest.fixture
def school(uwlr_template: Path, tmp_path: Path) -> Iterator[School]:
    """The practice school on SQLite, by itself."""
    for _ in opened(copied(uwlr_template, tmp_path)):
        yield made_school()


@pytest.fixture(scope="module")
def kept_school(uwlr_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, School]:
    """The URL of a database for all tests of a module, and the school in it."""
    url = copied(uwlr_template, tmp_path_factory.mktemp("kept"))
    for _ in opened(url):
        made = made_school()
    return url, made


@pytest.fixture
def kept(kept_school: tuple[str, School]) -> Iterator[School]:
    """One school for all tests of a module, whose messages do not get in each other's way."""
    for _ in opened(kept_school[0]):
        yield kept_school[1]


@pytest.fixture
def school_on_both(practice_db: str) -> School:
    """The practice school on SQLite, and on PostgreSQL."""
    return made_school()


@dataclass
class Server:
    """A server on loopback, and what a client needs to know."""

    school: School
    port: int
    url: str
    """Of the database."""
    service: Service

    @property
    def given(self) -> dict[str, str]:
        """What `esis webservice --practice` prints, but for the control API."""
        root = f"http://127.0.0.1:{self.port}"
        pupils, results = f"{root}{addresses.OF_PUPILS}", f"{root}{addresses.OF_RESULTS}"
        places = {"pupils": pupils, "results": results}
        return places | {f"{k}_wsdl": f"{v}?wsdl" for k, v in places.items()} | self.school.practice.as_json()

    def send(
        self, body: bytes | str, path: str = addresses.BOTH, chunked: bool = False, **headers: str | None
    ) -> tuple[int, str, bytes]:
        """POST; the status, the Content-Type and the body. A header named with `_` for `-`; None leaves it out."""
        raw = body.replace(PUPIL, self.school.pupil).encode() if isinstance(body, str) else body
        told: dict[str, str | None] = {"Content_Type": "text/xml; charset=utf-8", **headers}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            given = {name.replace("_", "-"): value for name, value in told.items() if value is not None}
            parts = [raw[at : at + 100] for at in range(0, len(raw), 100)]
            connection.request("POST", path, parts if chunked else raw, given, encode_chunked=chunked)
            response = connection.getresponse()
            return response.status, response.headers.get("Content-Type", ""), response.read()
        finally:
            connection.close()

    def get(self, path: str) -> tuple[int, str, bytes]:
        """GET."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.headers.get("Content-Type", ""), response.read()
        finally:
            connection.close()

    def last(self) -> dict[str, Any]:
        """The latest call in the journal."""
        return journal.as_json(ExchangedMessage.select().order_by(ExchangedMessage.id.desc()).first(), whole=True)


class _Running:
    """The application in a thread of its own."""

    def __init__(self, application: web.Application) -> None:
        self.port, self._ready = 0, threading.Event()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, args=(application,))
        self._thread.start()
        assert self._ready.wait(20)

    def _run(self, application: web.Application) -> None:
        self._loop.run_until_complete(self._serve(application))
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    async def _serve(self, application: web.Application) -> None:
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        self._ready.set()
        await self._stop.wait()
        await runner.cleanup()

    def end(self) -> None:
        """Stop, and wait until it has."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)


def _first(board_id: int, slug: str) -> int | None:
    return None if slug else board_id


@pytest.fixture(scope="module")
def server(uwlr_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server in a thread, on a database of its own that is open here too."""
    for url in opened(copied(uwlr_template, tmp_path_factory.mktemp("server"))):
        with connected():
            school = made_school()
        service = Service(partial(_first, school.board_id))
        running = _Running(service.application())
        yield Server(school, running.port, url, service)
        running.end()


@pytest.fixture
def served(practice_sqlite: str, tmp_path: Path) -> Iterator[Served]:
    """Our own service on loopback, on a practice board."""
    with serving(tmp_path) as found:
        yield found


@pytest.fixture
def esis(practice_sqlite: str, capsys: pytest.CaptureFixture[str]) -> Esis:
    """The command line on the same database."""
    return in_process(practice_sqlite, capsys)
