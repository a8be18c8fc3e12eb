"""Fixtures to run the command line in this process, on a practice board of its own, and as a separate program."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from models.base import real_database
from models.registry import all_models

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


@pytest.fixture
def practice(practice_sqlite: str) -> str:
    """The URL of a fresh SQLite database with the practice board, opened."""
    return practice_sqlite


def everything() -> str:
    """A digest of every row in the database."""
    tables = (f'SELECT * FROM "{model._meta.table_name}" ORDER BY id' for model in all_models())
    rows = (repr(real_database().execute_sql(table).fetchall()) for table in tables)
    return hashlib.sha256("".join(rows).encode()).hexdigest()


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
def esis_on_both(practice_db: str, capsys: pytest.CaptureFixture[str]) -> Esis:
    """The command line on a practice board, on SQLite and on PostgreSQL."""
    return in_process(practice_db, capsys)


def started(
    url: str,
    *arguments: str,
    environment: dict[str, str] | None = None,
    redirected: str = "",
    stdin: int = subprocess.DEVNULL,
) -> subprocess.Popen[str]:
    """A command line as a program of its own; `redirected` as a shell writes it: `>&-`."""
    by_shell = ("/bin/sh", "-c", f'exec "$@" {redirected}', "sh") if redirected else ()
    return subprocess.Popen(
        [*by_shell, sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        text=True,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "ESIS_DATABASE_URL": url, **(environment or {})},
    )


def ended(process: subprocess.Popen[str]) -> Said:
    """What a program said, once it has ended."""
    out, err = process.communicate(timeout=60)
    return Said(process.returncode, out, err)
