"""Opening a database: SQLite in a file by default, PostgreSQL by URL; its tables are created or upgraded."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from peewee import Database, IntegerField, OperationalError, PostgresqlDatabase, SqliteDatabase

from app.files import parts, reasons
from app.settings import default_database_url
from models import ours, sole, triggers, troubles, upgrading, waiting
from models.base import BaseModel, UnusableDatabase, database
from models.registry import all_models


class SchemaVersion(BaseModel):
    """Whether the tables are from before or after migrations were introduced (`models.upgrading`)."""

    version = IntegerField()


class NoDatabase(UnusableDatabase):
    """The address names no database that this program can use, or a folder that does not exist."""


def connect(url: str) -> Database:
    """A database for `sqlite:///FILE` or `postgresql://...`; nothing is opened or created yet.

    Raises `UnusableDatabase` for another scheme or an SQLite URL without a file.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        raise NoDatabase(
            "Het adres van de database klopt niet. Schrijf sqlite:///PAD/NAAM.db of postgresql://..."
        ) from None
    if "\0" in unquote(url):
        raise NoDatabase("In het adres van de database staat een teken dat daar niet kan (NUL).")
    if parts.scheme == "sqlite":
        path = sqlite_file(url)
        if path is None or path.name == ":memory:":
            raise NoDatabase(f"{url} noemt geen bestand; schrijf sqlite:///PAD/NAAM.db")
        return waiting.WaitingSqlite(
            str(path),
            timeout=waiting.ONE_TRY,
            pragmas={"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1},
            lock_type="IMMEDIATE",
            check_same_thread=False,  # one thread at a time, but the next may be another
        )
    if parts.scheme in ("postgresql", "postgres"):
        options: dict[str, Any] = dict(parse_qsl(parts.query))
        try:
            given = {"user": parts.username, "password": parts.password, "host": parts.hostname, "port": parts.port}
        except ValueError:
            raise NoDatabase("De poort in het adres van de database is geen getal van 0 tot 65535.") from None
        options |= {name: unquote(str(value)) for name, value in given.items() if value}
        options.setdefault("application_name", sole.application_name())
        try:
            return waiting.WaitingPostgresql(unquote(parts.path.lstrip("/")), prefer_psycopg3=True, **options)
        except Exception as error:
            raise UnusableDatabase(
                "PostgreSQL heeft het pakket psycopg nodig, en dat is er niet. Installeer esis-terminal[postgres]."
            ) from error
    raise NoDatabase(f"'{parts.scheme}' is geen soort database; schrijf sqlite:///PAD of postgresql://...")


def sqlite_file(url: str) -> Path | None:
    """The absolute path of an `sqlite:///FILE` URL, with links resolved; None for another kind of database."""
    name = unquote(url.split(":///", 1)[1]) if url.startswith("sqlite:///") else ""
    try:
        return Path(name).expanduser().resolve() if name else None
    except (OSError, RuntimeError):  # a missing home folder, circular links
        raise NoDatabase(
            f"Het pad {name} van de database is niet te volgen. Noem met --database een ander bestand."
        ) from None


def open_database(url: str, tell: upgrading.Tell = upgrading.silent) -> bool:
    """Use this database in this process, and create or upgrade its tables; True if they were created.

    `tell` is called with a sentence before an upgrade begins. Raises `UnusableDatabase` if the database cannot be
    opened or upgraded, or is of a newer program.
    """
    target, before = connect(url), database.obj
    if before is not None and not before.in_transaction():
        before.close()  # an idle connection keeps others from exclusive use of the file
    database.initialize(target)
    try:
        if isinstance(target, SqliteDatabase):
            parts.keep(Path(target.database))
            _check_folder(url, Path(target.database).parent)
            return _open_file(target, tell)
        return _open(target, tell)
    except UnusableDatabase:
        raise
    except Exception as error:
        why = reasons.known(error) if isinstance(error, OSError) else troubles.known(error)
        raise UnusableDatabase(_unopened(target, why)) from error


def _unopened(target: Database, why: str) -> str:
    """The error that it cannot be opened, why, and what to do about it."""
    if isinstance(target, PostgresqlDatabase):
        return (
            f"De database is niet te openen. {why or 'De server antwoordt niet.'} Draait de server, en klopt het adres?"
        )
    path = Path(target.database)
    if why == troubles.DAMAGED:
        return (
            f"De database in {path} is beschadigd. Noem met --database een kopie ervan: een van esis backup, of die van een "
            f"nieuwe versie ernaast ({path.name}.voor-...). Of hernoem het bestand: dan komt er een nieuw met het oefenbestuur."
        )
    return f"De database in {path} is niet te openen. {why or 'Mag u daar lezen en schrijven?'}"


def _open_file(target: SqliteDatabase, tell: upgrading.Tell) -> bool:
    path = Path(target.database)
    sole.await_turn(path)
    try:
        return _open_ours(target, path, tell)
    except (OperationalError, sqlite3.Error):
        if not sole.await_turn(path):  # otherwise another program has just started upgrading it, with exclusive access
            raise
        return _open_ours(target, path, tell)


def _open_ours(target: SqliteDatabase, path: Path, tell: upgrading.Tell) -> bool:
    ours.check_file(path)
    made = _open(target, tell)
    ours.mark(target)
    return made


def _open(target: Database, tell: upgrading.Tell) -> bool:
    if not _is_made(target):
        create_tables(target)
        return True
    if upgrading.pending(target):
        upgrading.upgrade(target, tell)
    return False


def _is_made(target: Database) -> bool:
    """Whether our tables exist; False for an empty database. Raises `UnusableDatabase` for another program's."""
    return ours.check_tables(target.get_tables(), f"{target.database}")


def _check_folder(url: str, folder: Path) -> None:
    """Only the default database's folder is created: any other missing folder is a typing error."""
    if url == default_database_url():
        folder.mkdir(parents=True, exist_ok=True)
    elif not folder.is_dir():
        raise NoDatabase(f"De map {folder} bestaat niet. Maak haar eerst, of noem met --database een ander bestand.")


def create_tables(target: Database) -> None:
    """Create every table and trigger in one transaction; harmless if another process was just ahead."""
    with target.atomic():
        if isinstance(target, PostgresqlDatabase):
            target.execute_sql("SELECT pg_advisory_xact_lock(4518)")
        if _is_made(target):
            return
        make_tables(target)


def make_tables(target: Database) -> None:
    """Create everything of ours within a transaction; none of it may exist yet."""
    if isinstance(target, SqliteDatabase):
        target.pragma("application_id", ours.APPLICATION_ID)
    target.create_tables(all_models())
    triggers.make(target)
    SchemaVersion.create(version=upgrading.VERSION)
    upgrading.record_all(target)
