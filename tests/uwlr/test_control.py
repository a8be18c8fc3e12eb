"""The control API: boards side by side, a clock, faults, the journal and waiting, by JSON; what is wrong is refused."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from app.commands.session import Session
from app.commands.webservice import _served
from app.refusals import NotFound, Refused
from app.settings import load
from app.training import supplier_practice
from app.training.service_boards import ServiceBoards
from app.uwlr.handling import Manner
from models.base import real_database
from models.board import Board, Location
from models.registry import all_models
from models.schema import open_database
from models.school import Pupil
from tests.postgres import opened
from tests.uwlr.service import pull, small_world

SIDE_BY_SIDE = 8


@dataclass
class World:
    """A service with its control API, and who calls both."""

    told: dict[str, str]
    http: aiohttp.ClientSession

    async def ask(self, method: str, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        """Ask the control API; its answer."""
        given = headers or {"X-Sleutel": self.told["control_key"]}
        sent = None if body is None else body if isinstance(body, str) else json.dumps(body)
        async with self.http.request(method, self.told["control"] + path, data=sent, headers=given) as answer:
            found = await answer.json()
            assert answer.status == status, found
            return found

    async def pull(self, board: dict[str, Any]) -> tuple[int, str]:
        """HaalLeerlinggegevens of a board."""
        body = pull(
            year=board["schooljaar"], code=board["klantcode"], name=board["klantnaam"], key=board["autorisatiesleutel"]
        )
        async with self.http.post(board["pupils"], data=body, headers={"Content-Type": "text/xml"}) as answer:
            return answer.status, await answer.text()


@pytest.fixture(scope="module")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the practice board of a web service."""
    path = tmp_path_factory.mktemp("served") / "served.db"
    shutil.copy(sqlite_template, path)
    open_database(f"sqlite:///{path}")
    supplier_practice.ready()
    real_database().execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    real_database().close()
    return path


@pytest.fixture
async def world(served: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> AsyncIterator[World]:
    """As `esis webservice --practice --port 0` serves it."""
    shutil.copy(served, tmp_path / "test.db")
    session = Session(f"sqlite:///{tmp_path / 'test.db'}")
    for _ in opened(session.settings.database_url):
        task = asyncio.create_task(_served(session, supplier_practice.ready(), "127.0.0.1", 0, 0, Manner(), False))
        try:
            async with asyncio.timeout(60), aiohttp.ClientSession() as http:
                while not (out := capsys.readouterr().out):
                    await asyncio.sleep(0.01)
                yield World(json.loads(out), http)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def rows(board: str) -> Counter[str]:
    """How many rows each table has of a board."""
    number = Board.get(Board.name == board).id
    held = [model for model in all_models() if "board" in model._meta.fields]
    return Counter({model.__name__: model.select().where(model.board == number).count() for model in held})  # type: ignore[attr-defined]


async def test_eight_runs_side_by_side_see_only_their_own_and_a_reset_leaves_as_many_rows(world: World) -> None:
    first = await world.ask("GET", f"/boards/{world.told['board']}")
    made = [
        await world.ask("POST", "/boards", asked, 201) for asked in ({"school_year": "2024-2025"}, {"name": "run 2"})
    ]
    for _ in range(SIDE_BY_SIDE - 3):  # smaller, for they are made faster
        small_world(supplier_practice.SUPPLIER)
    boards = [first, *made, *(await world.ask("GET", "/boards"))[3:]]
    assert [board["schooljaar"] for board in boards[:3]] == ["2019-2020", "2024-2025", "2019-2020"]
    before = [await asyncio.to_thread(rows, board["board"]) for board in boards[:2]]
    assert len({board["pupils"] for board in boards}) == SIDE_BY_SIDE

    async def run(number: int) -> None:
        board = boards[number]
        path = f"/boards/{board['slug']}"
        if number % 2:
            await world.ask("POST", f"{path}/faults", {"kind": "503", "nth": 2}, 201)
        waiting = asyncio.create_task(world.ask("GET", f"{path}/wait?after=0"))
        seen = [(await world.pull(board))[0] for _ in range(number + 1)]
        assert seen.count(503) == (1 if number % 2 else 0)
        found = await world.ask("GET", f"{path}/journal")
        assert len(found) == number + 1
        assert {one["address"].split("/")[2] for one in found} == {board["slug"]}
        assert (await waiting)["number"] == found[0]["number"]

    await asyncio.gather(*(run(number) for number in range(SIDE_BY_SIDE)))
    for board, count in zip(boards, before, strict=False):
        assert await world.ask("POST", f"/boards/{board['slug']}/reset") == board
        assert await asyncio.to_thread(rows, board["board"]) == count
    assert len(await world.ask("GET", f"/boards/{boards[2]['slug']}/journal")) == 3, "another's reset leaves it"
    await world.ask("DELETE", f"/boards/{boards[2]['slug']}")
    await world.ask("GET", f"/boards/{boards[2]['slug']}", status=404)
    assert len(await world.ask("GET", "/boards")) == SIDE_BY_SIDE - 1


async def test_a_clock_moved_between_two_pulls_changes_what_is_given(world: World) -> None:
    path = f"/boards/{world.told['board']}"
    tomorrow = Pupil.select().join(Location).where(Location.number == "00").get()
    Pupil.update(enrolled_from=date(2020, 4, 15)).where(Pupil.id == tomorrow.id).execute()
    before = (await world.pull(world.told))[1]
    moved = await world.ask("POST", f"{path}/clock", {"until": "morning"})
    assert moved["school_time"].startswith("2020-04-15T08:00")
    after = (await world.pull(world.told))[1]
    shown = f'<leerling key="{tomorrow.key}"'
    assert (shown in before, shown in after) == (False, True)
    assert ("<aanmaakdatum>2020-04-14T09:00:00" in before, "<aanmaakdatum>2020-04-15T08:00:00" in after) == (True, True)
    wrong = await world.ask("POST", f"{path}/clock", {"to": "2020-01-01"}, 409)
    assert "gaat alleen vooruit" in wrong["error"]


async def test_the_journal_is_listed_shown_cleared_and_waited_for(world: World) -> None:
    path = f"/boards/{world.told['board']}"
    waiting = asyncio.create_task(world.ask("GET", f"{path}/wait?operation=HaalLeerlinggegevens&outcome=failed"))
    await world.ask("GET", f"{path}/wait?seconds=0", status=404)
    await world.pull(world.told)
    assert not waiting.done(), "it was answered, and this one waits for a failure"
    fault = await world.ask("POST", f"{path}/faults", {"kind": "cut", "chance": 100}, 201)
    await world.pull(world.told)
    found = await waiting
    assert (found["outcome"], found["fault"]) == ("failed", "cut")
    shown = await world.ask("GET", f"{path}/journal/{found['number']}")
    assert shown["told"].endswith("[DIENST-03: Er staat voor deze aanroep geen storing aan]")
    assert world.told["autorisatiesleutel"] not in shown["request"]
    assert [one["outcome"] for one in await world.ask("GET", f"{path}/journal?outcome=accepted")] == ["accepted"]
    (listed,) = await world.ask("GET", f"{path}/faults")
    assert listed == fault | {"calls": 1}
    assert await world.ask("DELETE", f"{path}/faults/{fault['number']}") == {"removed": 1}
    assert await world.ask("DELETE", f"{path}/journal") == {"removed": 2}
    assert await world.ask("GET", f"{path}/journal") == []


async def test_without_the_key_nothing_is_told_and_what_is_wrong_is_refused_in_a_sentence(world: World) -> None:
    for given in ({"X-Ander": "x"}, {"X-Sleutel": "raden"}, {"Authorization": "Bearer raden"}, {"X-Sleutel": "é"}):
        assert "control_key" in (await world.ask("GET", "/", None, 401, **given))["error"]
    bearer = {"Authorization": f"Bearer {world.told['control_key']}"}
    overview = await world.ask("GET", "/", None, 200, **bearer)
    assert ("POST", "/boards") in [(one["method"], one["path"]) for one in overview["routes"]]
    path = f"/boards/{world.told['board']}"
    for method, where, body, status, words in (
        ("POST", "/boards", "{", 400, "geen JSON"),
        ("POST", "/boards", "[]", 400, "JSON-object"),
        ("POST", "/boards", '{"name": "a", "name": "b"}', 400, "geen JSON"),
        ("POST", "/boards", {"naam": "a"}, 400, '"naam" is hier geen veld; er zijn: name, school_year'),
        ("POST", "/boards", {"name": 1}, 400, '"name" is een tekst'),
        ("POST", "/boards", {"name": "a\0b"}, 400, "een teken dat daar niet kan"),
        ("POST", "/boards", {"name": "a" * 91}, 409, "hoogstens 90"),
        ("POST", "/boards", {"name": world.told["board"]}, 409, "Er is al een bestuur"),
        ("POST", "/boards", {"school_year": "2024"}, 409, "is geen schooljaar"),
        ("POST", "/boards", "x" * 70000, 413, "te groot"),
        ("GET", "/boards/Oefenbestuur", None, 404, "is er niet"),
        ("DELETE", path, None, 409, "hoort bij deze dienst"),
        ("POST", f"{path}/clock", {}, 400, '"to"'),
        ("POST", f"{path}/clock", {"to": "morgen"}, 409, "is geen moment"),
        ("POST", f"{path}/faults", {"kind": "brand"}, 400, "is geen storing"),
        ("POST", f"{path}/faults", {"kind": "503", "nth": True}, 400, '"nth" is een geheel getal'),
        ("POST", f"{path}/faults", {"kind": "503", "nth": 1e99}, 400, '"nth" is een geheel getal'),
        ("DELETE", f"{path}/faults/99", None, 404, "geen storing 99"),
        ("GET", f"{path}/journal?outcome=goed", None, 400, "kies uit accepted"),
        ("GET", f"{path}/journal?limit=0", None, 400, "limit"),
        ("GET", f"{path}/journal?after=x", None, 400, '"after" is een geheel getal'),
        ("GET", f"{path}/journal/999999999", None, 404, "geen bericht"),
        ("GET", f"{path}/wait?seconds=1e9", None, 400, "seconds"),
        ("GET", f"{path}/wait?seconds=nan", None, 400, "seconds"),
        ("GET", "/elders", None, 404, "bestaat niet"),
        ("PUT", "/boards", None, 405, "niet worden aangeroepen"),
    ):
        found = await world.ask(method, where, body, status)
        assert words in found["error"], (where, body)
    assert [one["board"] for one in await world.ask("GET", "/boards")] == [world.told["board"]]


@pytest.mark.parametrize("name", ["a\0b", "a\ud800b"])
def test_a_name_that_no_database_can_hold_is_not_there(practice_db: str, name: str) -> None:
    with pytest.raises(NotFound):
        ServiceBoards(load(practice_db), 1, str).find(name)


def test_a_name_is_never_anothers_address(practice_sqlite: str) -> None:
    """Whoever resets or removes by name would do so to another test run's board."""
    first = supplier_practice.ready("Proef").board
    boards = ServiceBoards(load(practice_sqlite), first.id, str)
    slug = boards.shown(first.id)["slug"]
    with pytest.raises(Refused, match="adres van een ander bestuur"):
        boards.make(slug, "")
    assert boards.find(slug) == boards.find("Proef") == first.id
    coming = f"later-{boards.make('Een', '') + 2}"
    named = boards.make(coming, "")
    with pytest.raises(Refused, match="kies een andere naam"):
        boards.make("Later", "")
    assert boards.find(coming) == named


async def test_the_page_about_it_names_every_path_and_every_fault(world: World) -> None:
    page = (Path(__file__).parents[2] / "docs" / "uwlr-testen.md").read_text("utf-8")
    overview = await world.ask("GET", "/")
    lines = [f"| {one['method']} | `{one['path']}` | {one['does']} |" for one in overview["routes"]]
    lines += [f"| `{one['kind']}` | {_code(one['klantcode'])} | {one['does']} |" for one in overview["faults"]]
    assert [line for line in lines if line not in page] == []


def _code(text: str) -> str:
    return f"`{text}`" if text else ""
