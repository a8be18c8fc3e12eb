"""Upgrades the tables of an earlier version to those of this one: numbered migrations, all of them or none.

A migration is a file of `models/migrations` for Peewee's runner (`playhouse.migrations`), which records by name what
was applied. All pending ones run in one transaction: whatever happens, the database either still works with the earlier
version, or is of this version. Before it begins, an SQLite database is copied to a file beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from peewee import Database, SqliteDatabase

from app.version import program_version
from models import altering, copying, ours, sole, triggers, troubles
from models.base import UnusableDatabase

if TYPE_CHECKING:
    from playhouse.migrations import Runner

FOLDER = Path(__file__).with_name("migrations")
HISTORY = "schema_migration"
FIRST, VERSION = 6, 7
"""The values of `schema_version` before migrations (0.4.0) and since: 0.4.0 uses it to refuse later databases."""

Tell = Callable[[str], None]


def silent(_sentence: str) -> None:
    """A `tell` that does nothing."""


def known() -> list[str]:
    """The migrations of this program, in order."""
    return sorted(path.stem for path in FOLDER.glob("[0-9]*.py"))


def pending(target: Database) -> list[str]:
    """The migrations not yet applied to this database, in order.

    Raises `UnusableDatabase` for one from before 0.4.0 and for one of a newer program.
    """
    row = target.execute_sql("SELECT version FROM schema_version").fetchone()
    stamped = row[0] if row else None
    if stamped is None or stamped < FIRST:
        raise UnusableDatabase(
            f"De database is van versie {'onbekend' if stamped is None else stamped}, van voor 0.4.0; dit programma kan haar "
            "niet bijwerken. Verwijder of hernoem het bestand, of kies een andere database met --database: een nieuwe krijgt "
            "vanzelf het oefenbestuur."
        )
    had = applied(target)
    if stamped > VERSION or had - set(known()):
        raise UnusableDatabase(
            f"De database is van een nieuwere versie van het programma dan deze ({program_version()}). Werk het programma bij, "
            "of kies een andere database met --database."
        )
    return [name for name in known() if name not in had]


def applied(target: Database) -> set[str]:
    """The migrations applied to this database."""
    if not target.table_exists(HISTORY):
        return set()
    return {name for (name,) in target.execute_sql(f"SELECT name FROM {HISTORY}").fetchall()}


def record_all(target: Database) -> None:
    """Record all migrations as applied, for a database whose tables were just created."""
    _runner(target).fake()


def upgrade(target: Database, tell: Tell) -> None:
    """Apply all pending migrations or none; if two programs start together, one does it and both continue.

    `tell` is called with one sentence before it begins. Raises `UnusableDatabase` if another program still has the
    database open, if there is no room for the copy, or if a migration fails.
    """
    if isinstance(target, SqliteDatabase):
        _upgrade_file(target, tell)
    else:
        _upgrade_server(target, tell)


def _upgrade_file(target: SqliteDatabase, tell: Tell) -> None:
    path = Path(target.database)
    target.close()
    with sole.turn(path):
        if not pending(target):  # another program was just ahead
            return
        with sole.alone(target, sole.UPGRADE):
            ours.mark(target)  # before anything else, so that it is identified as ours however this ends
            copy = copying.copy_beside(target, path, f"voor-{program_version()}")
            tell(f"{_announced()} Hoe zij was, staat in {copy}.")
            try:
                with target.atomic("EXCLUSIVE"):
                    _carry_out(target)
            except Exception:
                copy.unlink()  # Nothing has changed, and each attempt makes a copy.
                raise


def _upgrade_server(target: Database, tell: Tell) -> None:
    with target.atomic():
        # Every program reads this table first when it opens the database, and so waits until it is final.
        target.execute_sql("LOCK TABLE schema_version IN ACCESS EXCLUSIVE MODE")
        if not pending(target):
            return
        sole.refuse_others(target, sole.UPGRADE)
        tell(_announced())
        _carry_out(target)


def _announced() -> str:
    return f"De database is van een vorige versie van het programma en wordt bijgewerkt voor {program_version()}."


def _carry_out(target: Database) -> None:
    """Apply migrations within a transaction, on SQLite with foreign keys off."""
    given_out, loose = _numbers(target), _loose(target)
    triggers.drop(target)
    try:
        _runner(target).up()
    except Exception as error:
        raise _failed(troubles.known(error) or "Een van de stappen mislukte.") from error
    for table, number in given_out.items():
        altering.never_below(target, table, number)
    triggers.make(target)
    if _loose(target) > loose:
        raise _failed("Er zouden gegevens los komen te staan.")


def _failed(why: str) -> UnusableDatabase:
    return UnusableDatabase(
        f"De database is niet bijgewerkt voor {program_version()}. {why} Er is niets veranderd: met de vorige versie van het "
        "programma kunt u verder."
    )


def _numbers(target: Database) -> dict[str, int]:
    """The highest number given out, by table; PostgreSQL keeps it itself, whatever happens to the table."""
    return altering.numbers(target) if isinstance(target, SqliteDatabase) else {}


def _loose(target: Database) -> int:
    """The number of dangling references, which exist only while SQLite has foreign keys off."""
    sqlite = isinstance(target, SqliteDatabase)
    return len(target.execute_sql("PRAGMA foreign_key_check").fetchall()) if sqlite else 0


def _runner(target: Database) -> Runner:
    from playhouse.migrations import Runner  # saves 30 ms for a command with nothing to upgrade

    return Runner(target, str(FOLDER), HISTORY)
