"""Databases as 0.4.0 left them (`make_data.py`), not yet opened."""

from __future__ import annotations

import lzma
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from models.base import database
from tests.postgres import WORKER, on_server, with_name

HERE = Path(__file__).parent


def dump(kind: str) -> str:
    """The statements that make a database of 0.4.0."""
    return lzma.decompress((HERE / f"0.4.0-{kind}.sql.xz").read_bytes()).decode()


@pytest.fixture(scope="session")
def old_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("old") / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump("sqlite"))
        connection.execute("PRAGMA journal_mode = WAL")
    return path


@pytest.fixture(scope="session")
def old_on_server(postgres_server: str) -> str:
    import psycopg

    name = f"old_{WORKER}"
    on_server(postgres_server, f'CREATE DATABASE "{name}"')
    # Not kept open: a database that somebody is in is no template.
    with psycopg.connect(with_name(postgres_server, name), autocommit=True) as connection:
        connection.execute(dump("postgresql"))  # type: ignore[call-overload]
    return name


@contextmanager
def old_database(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """The URL of a database of 0.4.0 of this kind."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("old_file"), folder / "oefen.db")
        yield f"sqlite:///{folder / 'oefen.db'}"
        _close()
        return
    server, template = request.getfixturevalue("postgres_server"), request.getfixturevalue("old_on_server")
    name = f"old_{WORKER}_{abs(hash(str(folder))):x}"
    on_server(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    yield with_name(server, name)
    _close()
    on_server(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def old_sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of 0.4.0 in a file."""
    with old_database("sqlite", request, tmp_path) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of 0.4.0 of each kind in turn."""
    with old_database(request.param, request, tmp_path) as url:
        yield url


def _close() -> None:
    if database.obj is not None:  # a test that was skipped opened nothing
        database.close()
