"""The command line in this process, on a practice board of one's own, and as a program of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.training.boards import reset_board
from models.base import real_database
from models.schema import open_database

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Said:
    """What a command line ended with."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Its stdout as JSON."""
        return json.loads(self.out)


Esis = Callable[..., Said]


@pytest.fixture(scope="session")
def practice_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the practice board as a reset leaves it."""
    path = tmp_path_factory.mktemp("commands") / "practice.db"
    shutil.copy(sqlite_template, path)
    open_database(f"sqlite:///{path}")
    reset_board()
    real_database().execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    real_database().close()
    return path


@pytest.fixture
def practice(practice_template: Path, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh SQLite database with the practice board, opened."""
    path = tmp_path / "practice.db"
    shutil.copy(practice_template, path)
    open_database(f"sqlite:///{path}")
    yield f"sqlite:///{path}"
    if not real_database().is_closed():
        real_database().close()


def in_process(url: str, capsys: pytest.CaptureFixture[str]) -> Esis:
    """Runs command lines on this database and returns what they said."""

    def esis(*arguments: str) -> Said:
        capsys.readouterr()
        status = run(["--database", url, *arguments])
        told = capsys.readouterr()
        return Said(status, told.out, told.err)

    return esis


@pytest.fixture
def esis(practice: str, capsys: pytest.CaptureFixture[str]) -> Esis:
    """The command line on a practice board, on SQLite."""
    return in_process(practice, capsys)


@pytest.fixture
def esis_on_both(db: str, capsys: pytest.CaptureFixture[str]) -> Esis:
    """The command line on a practice board, on SQLite and on PostgreSQL."""
    reset_board()
    return in_process(db, capsys)


def started(url: str, *arguments: str, environment: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """A command line as a program of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "app", *arguments], cwd=ROOT, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "ESIS_DATABASE_URL": url, **(environment or {})},
    )  # fmt: skip


def ended(process: subprocess.Popen[str]) -> Said:
    """What a program said, once it has ended."""
    out, err = process.communicate(timeout=60)
    return Said(process.returncode, out, err)
