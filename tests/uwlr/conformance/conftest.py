"""Our own service on loopback, tested once; what it answered is what mutant servers change."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from app.exchange.uwlr import SchoolReference
from app.other_esis.client import Client
from app.training import supplier_practice
from app.training.boards import NAME
from app.training.supplier_practice import Practice
from app.uwlr.addresses import OF_PUPILS, OF_RESULTS
from app.uwlr.conformance.probe import Probe
from app.uwlr.conformance.running import Run, check
from app.uwlr.server import Service
from tests.postgres import opened
from tests.uwlr.conformance.recording import Recorder, World
from tests.uwlr.serving import KNOWN


def probe_of(made: Practice, line: Recorder | Client, root: str) -> Probe:
    """A run against our own service."""
    where = SchoolReference(made.location.school.brin, made.location.number, made.school_year)
    return Probe(line, f"{root}{OF_PUPILS}", f"{root}{OF_RESULTS}", made.authorisation, where, (KNOWN,))


@pytest.fixture(scope="module")
def world(practice_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Everything that our service answered to every test, results included."""
    path = tmp_path_factory.mktemp("las") / "practice.db"
    shutil.copy(practice_template, path)
    for _ in opened(f"sqlite:///{path}"):
        yield asyncio.run(_recorded(supplier_practice.ready(NAME)))


async def _recorded(made: Practice) -> World:
    service = Service(lambda _slug: made.board.id)
    async with TestServer(service.application()) as server, Client() as client:
        recorder = Recorder(client)
        probe = probe_of(made, recorder, str(server.make_url("")).rstrip("/"))
        probe = recorder.tracked(probe)
        run: Run = await check(probe, push=True, tell=lambda result: recorder.ended(result.id))
        return World(recorder.exchanges, recorder.kept, probe, run)
