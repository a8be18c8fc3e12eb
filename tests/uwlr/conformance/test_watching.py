"""`esis uwlr check --as-las`: a client of its own is ticked off by what it did."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.exchange.uwlr import SchoolReference
from app.exchange.uwlr_xml.asking import Asked, as_bytes, asked, headers
from app.exchange.uwlr_xml.operations import (
    PULL_ALL,
    PULL_PUPILS,
    PULL_STRUCTURE,
    PULL_TEACHERS,
    PUSH_RESULTS,
    Operation,
)
from app.exchange.uwlr_xml.requested import moment
from app.other_esis.client import Client
from app.training import supplier_practice
from app.training.boards import NAME
from app.uwlr.addresses import OF_PUPILS, OF_RESULTS
from app.uwlr.conformance.model import Verdict
from app.uwlr.conformance.probe import Heard, hear
from app.uwlr.conformance.running import Run
from app.uwlr.conformance.watched_service import WatchedService, serve
from app.uwlr.conformance.watching import EXPECTATIONS, IDS, Watch
from tests.commands.conftest import Esis
from tests.uwlr.serving import Served, message, written

SINCE = moment("2020-04-14T09:00:00")


class Supplier:
    """A client that a supplier wrote."""

    def __init__(self, served: Served, client: Client, root: str) -> None:
        self.served, self._client, self._root = served, client, root
        self.key = ""

    async def pull(self, operation: Operation = PULL_ALL, **other: Any) -> Heard:
        made = self.served.made
        school = made.location.school
        where = SchoolReference(school.brin, made.location.number, made.school_year)
        what = Asked(operation, other.pop("who", made.authorisation), where, **other)
        heard = hear(await self._client.send(f"{self._root}{OF_PUPILS}", as_bytes(asked(what)), headers(operation)))
        self.key = self.key or (heard.people[0].key if heard.people else "")
        return heard

    async def push(self, pupil: str = "") -> Heard:
        body = as_bytes(message(self.served, pupil or self.key))
        return hear(await self._client.send(f"{self._root}{OF_RESULTS}", body, headers(PUSH_RESULTS)))


@pytest.fixture
def watched(practice_sqlite: str, tmp_path: Path) -> Served:
    made = supplier_practice.ready(NAME)
    return Served(made, written(tmp_path / "las.json", made, ""))


async def seen_of(watched: Served, acts: Any, seconds: float = 30.0) -> Run:
    """Serve until it is done, while the client acts; what was seen."""
    watch = Watch()
    service = WatchedService(lambda _slug: watched.made.board.id, watch=watch)
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(service, "127.0.0.1", 0, port.set_result, seconds))
    async with Client() as client:
        await acts(Supplier(watched, client, f"http://127.0.0.1:{await port}"))
        if not watch.is_done:
            serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    return watch.run("", frozenset())


def verdicts(run: Run) -> dict[str, str]:
    return {one.id.removeprefix("LEV-"): str(one.seen.verdict) for one in run.results}


async def test_a_client_that_does_everything_right_is_right(watched: Served) -> None:
    async def acts(client: Supplier) -> None:
        await client.pull()
        assert (await client.pull(since=SINCE)).is_answer
        for operation in (PULL_STRUCTURE, PULL_PUPILS, PULL_TEACHERS):
            assert (await client.pull(operation)).is_answer
        assert (await client.push()).code == "Server.TijdelijkNietBeschikbaar"
        assert (await client.push()).is_answer

    run = await seen_of(watched, acts)
    assert run.as_expected
    assert [one.id for one in run.of(Verdict.PASSED)] == list(IDS)


async def test_it_ends_as_soon_as_every_must_is_seen(watched: Served) -> None:
    async def acts(client: Supplier) -> None:
        await client.pull()
        await client.push()
        await client.push()

    run = await seen_of(watched, acts, seconds=600)
    assert run.as_expected
    assert verdicts(run)["GETRAPT-01"] == "skipped"


async def test_what_a_client_does_wrong_is_seen(watched: Served) -> None:
    async def acts(client: Supplier) -> None:
        await client.pull(version="2.1")
        await client.pull(since=moment("2026-01-01T12:00:00"))
        await client.pull()  # everything again, right after geenwijzigingen
        wrong = replace(client.served.made.authorisation, client_name="Een ander")
        for _ in range(3):
            await client.pull(who=wrong)
        await client.push("iemand-anders")
        await client.push("iemand-anders")

    found = verdicts(await seen_of(watched, acts))
    for id in ("HAAL-02", "HAAL-03", "BRENG-03", "FORM-01", "FOUT-01"):
        assert found[id] == "failed", id
    assert (found["HAAL-01"], found["BRENG-01"], found["BRENG-02"]) == ("passed", "passed", "passed")


def test_what_did_not_come_in_time_failed(esis: Esis, tmp_path: Path) -> None:
    listed = tmp_path / "verwacht.txt"
    musts = [one.id for one in EXPECTATIONS if one.level == "must"]
    listed.write_text("\n".join(musts), "utf-8")
    wait = ("--board", NAME, "uwlr", "check", "--as-las", "--port", "0", "--seconds", "0")
    said = esis(*wait, "--json")
    service, report = map(json.loads, said.out.splitlines())
    assert (said.status, report["unexpected"]) == (1, musts)
    assert service["results_wsdl"].startswith("http://127.0.0.1:")
    said = esis(*wait)
    assert said.data["board"] == NAME, "stdout is only how to call"
    assert all(f"{one.id} (" in said.err and one.expected in said.err for one in EXPECTATIONS)
    assert "Uitkomst: Uw programma deed dit niet." in said.err
    assert esis(*wait, "--expected-failures", str(listed)).status == 0
    assert esis(*wait, "--only", "LEV-HAAL-02").status == 0
    assert esis(*wait, "--only", "LEV-NIETS").status == 2


def test_it_has_a_board_of_its_own_so_that_no_results_move(esis: Esis) -> None:
    said = esis("uwlr", "check", "--as-las", "--port", "0", "--seconds", "0")
    assert said.data["board"] == "UWLR-proefbestuur"
