"""Opening a database: SQLite in a file by default, PostgreSQL by URL; the tables, and the triggers on them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from peewee import Database, IntegerField, PostgresqlDatabase, SqliteDatabase

import models
from app.settings import default_database_url
from models import history
from models.base import BaseModel, TrackedModel, database

VERSION = 7
BUSY_SECONDS = 10


class SchemaVersion(BaseModel):
    """Which version of the tables this database holds."""

    version = IntegerField()


class UnusableDatabase(Exception):
    """The database cannot be opened or is of another version; the message says which."""


class NoDatabase(UnusableDatabase):
    """The address names no database that this program can use, or a folder that is not there."""


def all_models() -> list[type[BaseModel]]:
    """Every table of every module in `models`, so that a new one needs no edit here."""
    for module in pkgutil.walk_packages(models.__path__, f"{models.__name__}."):
        importlib.import_module(module.name)
    return sorted(set(_leaves(BaseModel)), key=lambda model: str(model._meta.table_name))


def _leaves(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The models without models under them: the others only share fields."""
    below = model.__subclasses__()
    for one in below:
        yield from _leaves(one)
    if not below:
        yield model


_NOT_KEPT = ("password_hash", "theme", "sort_name", "secret", "last_counter")
"""Columns that the history of a record leaves out."""

_SQLITE_TRIGGERS = [
    """CREATE TRIGGER IF NOT EXISTS log_entry_keep BEFORE UPDATE ON log_entry
       BEGIN SELECT RAISE(ABORT, 'the logbook is append-only'); END""",
    """CREATE TRIGGER IF NOT EXISTS log_entry_stay BEFORE DELETE ON log_entry
       WHEN NOT EXISTS (SELECT 1 FROM board WHERE id = OLD.board_id AND resetting = 1)
       BEGIN SELECT RAISE(ABORT, 'the logbook is append-only'); END""",
    """CREATE TRIGGER IF NOT EXISTS log_entry_new BEFORE INSERT ON log_entry
       WHEN EXISTS (SELECT 1 FROM log_entry WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'the logbook is append-only'); END""",
]
_POSTGRES_TRIGGERS = [
    """CREATE OR REPLACE FUNCTION log_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM board WHERE id = OLD.board_id AND resetting) THEN
           RETURN OLD;
         END IF;
         RAISE EXCEPTION 'the logbook is append-only';
       END $$""",
    """CREATE OR REPLACE TRIGGER log_entry_keep BEFORE UPDATE OR DELETE ON log_entry
       FOR EACH ROW EXECUTE FUNCTION log_entry_append_only()""",
    """CREATE OR REPLACE TRIGGER log_entry_whole BEFORE TRUNCATE ON log_entry
       FOR EACH STATEMENT EXECUTE FUNCTION log_entry_append_only()""",
]


def connect(url: str) -> Database:
    """A database for `sqlite:///FILE` or `postgresql://...`; nothing is opened or made yet.

    Raises `UnusableDatabase` for another scheme or an SQLite URL without a file.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = sqlite_file(url)
        if path is None or path.name == ":memory:":
            raise NoDatabase(f"{url} noemt geen bestand; schrijf sqlite:///PAD/NAAM.db")
        return SqliteDatabase(
            str(path),
            pragmas={"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": BUSY_SECONDS * 1000, "synchronous": 1},
            lock_type="IMMEDIATE",
        )
    if parts.scheme in ("postgresql", "postgres"):
        options: dict[str, Any] = dict(parse_qsl(parts.query))
        try:
            given = {"user": parts.username, "password": parts.password, "host": parts.hostname, "port": parts.port}
        except ValueError:
            raise UnusableDatabase("de poort in het adres van de database is geen getal van 0 tot 65535") from None
        options |= {name: unquote(str(value)) for name, value in given.items() if value}
        try:
            return PostgresqlDatabase(unquote(parts.path.lstrip("/")), prefer_psycopg3=True, **options)
        except Exception as error:
            raise UnusableDatabase(f"PostgreSQL heeft het pakket psycopg nodig ({error})") from error
    raise NoDatabase(f"'{parts.scheme}' is geen soort database; schrijf sqlite:///PAD of postgresql://...")


def sqlite_file(url: str) -> Path | None:
    """The file of an `sqlite:///FILE` URL, whole and with links followed; None for another kind of database."""
    name = unquote(url.split(":///", 1)[1]) if url.startswith("sqlite:///") else ""
    return Path(name).expanduser().resolve() if name else None


def open_database(url: str) -> bool:
    """Point the process at this database and make its tables if it has none; True if they were made now.

    Raises `UnusableDatabase` when it cannot be opened or its tables are of another version.
    """
    target = connect(url)
    database.initialize(target)
    try:
        if isinstance(target, SqliteDatabase):
            _check_folder(url, Path(target.database).parent)
        if target.table_exists("schema_version"):
            _check_version()
            return False
        create_tables(target)
    except UnusableDatabase:
        raise
    except Exception as error:
        what = (
            "Draait de server, en klopt het adres?"
            if isinstance(target, PostgresqlDatabase)
            else "Mag u daar schrijven?"
        )
        raise UnusableDatabase(f"De database is niet te openen. {what} ({' '.join(str(error).split())})") from error
    return True


def _check_folder(url: str, folder: Path) -> None:
    """Only the folder of the usual database is made: another that is not there is a typing error."""
    if url == default_database_url():
        folder.mkdir(parents=True, exist_ok=True)
    elif not folder.is_dir():
        raise NoDatabase(f"De map {folder} bestaat niet. Maak haar eerst, of noem met --database een ander bestand.")


def create_tables(target: Database) -> None:
    """Make every table and trigger in one transaction; harmless where another process was just first."""
    with target.atomic():
        if isinstance(target, PostgresqlDatabase):
            target.execute_sql("SELECT pg_advisory_xact_lock(4518)")
        if target.table_exists("schema_version"):
            return
        target.create_tables(all_models())
        for statement in _POSTGRES_TRIGGERS if isinstance(target, PostgresqlDatabase) else _SQLITE_TRIGGERS:
            target.execute_sql(statement)
        for statement in history.triggers(
            target, [model for model in all_models() if issubclass(model, TrackedModel)], _NOT_KEPT
        ):
            target.execute_sql(statement)
        SchemaVersion.create(version=VERSION)


def _check_version() -> None:
    row = SchemaVersion.get_or_none()
    if row is None or row.version != VERSION:
        found = "onbekend" if row is None else row.version
        raise UnusableDatabase(
            f"De database is van versie {found}; dit programma leest versie {VERSION}. Verwijder of hernoem het bestand, of "
            "kies een andere database met --database: een nieuwe krijgt vanzelf het oefenbestuur."
        )
