"""Errors in a worker, and log messages of libraries, are stored without anything anybody typed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import Settings
from app.workers import __main__ as worker
from app.workers import log, mishaps
from app.workers.engine import Engine
from app.workers.process import beside

SECRET = "geheim-van-victor"


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Settings]:
    """Settings of a database beside which the log of this process is."""
    settings = Settings(f"sqlite:///{tmp_path / 'oefen.db'}")
    log.keep(settings)
    yield settings
    root = logging.getLogger()
    root.handlers = [handler for handler in root.handlers if not isinstance(handler, log.Kept)]


def read(settings: Settings) -> str:
    return beside(settings, mishaps.LOG).read_text(encoding="utf-8")


def test_of_a_library_only_where_and_of_ours_what_it_says(kept: Settings) -> None:
    logging.getLogger("asyncio").error("Task with %s", SECRET, exc_info=ValueError(SECRET))
    logging.getLogger("app.workers.execution").error("run %s failed", 7, exc_info=KeyError(SECRET))
    told = read(kept)
    assert "ERROR asyncio:" in told
    assert "run 7 failed" in told
    assert "builtins.KeyError" in told
    assert SECRET not in told


def test_a_task_that_fails_is_kept_as_huey_tells_it(kept: Settings, capfd: pytest.CaptureFixture[str]) -> None:
    """A queue that does at once what is sent, with a walk that fails: what a consumer logs of it."""
    engine = Engine(kept, immediate=True)
    task = engine.huey.task(name="fails")(lambda text: int(text))
    task(SECRET)
    told = read(kept)
    assert "huey" in told
    assert "builtins.ValueError" in told
    assert SECRET not in told
    assert SECRET not in "".join(capfd.readouterr())


def test_a_worker_that_ends_by_an_error_says_so_there_only(
    kept: Settings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fails(*_arguments: object, **_named: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(worker, "run_worker", fails)
    monkeypatch.setenv("ESIS_DATABASE_URL", kept.database_url)
    assert worker.main() == 3
    assert "the worker ended" in read(kept)
    assert SECRET not in read(kept)
    assert "".join(capfd.readouterr()) == ""
