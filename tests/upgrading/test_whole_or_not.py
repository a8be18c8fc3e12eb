"""An upgrade happens once and completely, or not at all: killed, refused, without room, two programs at once."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from models import sole, upgrading
from models import waiting as database_waits
from models.base import UnusableDatabase, real_database
from models.schema import connect, open_database
from tests.upgrading.structure import counts, rows, structure
from tests.workers.processes import Program, program, wait_until

MODULE = "tests.upgrading.program"
FIRST = "0001_lasting_ids"
LAST = "9999_last"
SAYS = """
from models.altering import add_columns

def up(migrator, db):
    db.execute_sql("UPDATE pupil SET first_name = 'Bijgewerkt'")
    add_columns(db, "pupil", {"extra": ("VARCHAR(5)", "NULL")})
"""


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the migrations there are and one more, for this process too."""
    folder = tmp_path / "two"
    shutil.copytree(upgrading.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / f"{LAST}.py").write_text(SAYS)
    monkeypatch.setattr(upgrading, "FOLDER", folder)
    return folder


@contextmanager
def upgrading_process(*arguments: object) -> Iterator[Program]:
    with program(*arguments, module=MODULE) as running:
        yield running


def everything(url: str) -> tuple[dict[str, str], dict[str, int], list[object]]:
    """Its tables and rows, as any program would see them."""
    target = connect(url)
    try:
        return structure(target), counts(target), rows(target, "SELECT id, first_name FROM pupil ORDER BY id")
    finally:
        target.close()


def copies(folder: Path) -> list[str]:
    """What stands beside the database after an upgrade."""
    return sorted(path.name for path in folder.glob("oefen.db.*"))


def waiting(url: str) -> bool:
    """Whether a connection to the server waits for what another holds."""
    import psycopg

    with psycopg.connect(url, application_name="looks") as connection:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        found = connection.execute(query).fetchone()
    return found is not None and found[0] > 0


@pytest.mark.parametrize("point", ["a table", FIRST, "triggers", "committed"])
def test_killed_anywhere_it_is_as_it_was_or_whole_and_opening_again_finishes(old: str, two: Path, point: str) -> None:
    """All migrations in one transaction: killed between them, the first is not there either."""
    if point == "a table" and not old.startswith("sqlite"):
        pytest.skip("only SQLite makes tables anew")
    before = everything(old)
    with upgrading_process(old, point, two) as running:
        running.wait_for(point)
        running.kill()
    if point != "committed":
        assert everything(old) == before
    open_database(old)
    assert upgrading.pending(real_database()) == []
    now = counts(real_database())
    assert {name: now[name] for name in before[1]} == before[1]
    assert {row for (row,) in rows(real_database(), "SELECT first_name FROM pupil")} == {"Bijgewerkt"}


def test_a_table_that_is_made_anew_goes_on_counting(old: str, two: Path) -> None:
    before = connect(old)
    highest = rows(before, "SELECT max(id) FROM pupil")[0][0]
    before.execute_sql(f"DELETE FROM pupil WHERE id >= {highest - 5}")
    before.close()
    open_database(old)
    there = {column.name: column.name for column in real_database().get_columns("pupil") if column.name != "id"}
    columns, values = ", ".join(there), ", ".join({**there, "key": "'nieuw'"}.values())
    real_database().execute_sql(f"INSERT INTO pupil ({columns}) SELECT {values} FROM pupil LIMIT 1")
    assert rows(real_database(), "SELECT max(id) FROM pupil")[0][0] > highest


def test_two_programs_that_open_it_together_upgrade_it_once(old: str, two: Path, tmp_path: Path) -> None:
    with upgrading_process(old, FIRST, two) as first:
        first.wait_for(FIRST)
        with upgrading_process(old, "waits", two) as second:
            if old.startswith("sqlite"):
                second.wait_for("waits")
                second.go_on()
            else:
                wait_until(lambda: waiting(old))
            first.go_on()
            assert [one.finish() for one in (first, second)] == [(0, "")] * 2
    open_database(old)
    assert rows(real_database(), "SELECT name FROM schema_migration ORDER BY name") == [
        (name,) for name in upgrading.known()
    ]
    if old.startswith("sqlite"):
        assert copies(tmp_path) == [f"oefen.db.voor-{sole.program_version()}"]


def test_the_copy_is_the_database_as_it_was_and_never_written_over(old_sqlite: str, tmp_path: Path) -> None:
    before, version = everything(old_sqlite), sole.program_version()
    told: list[str] = []
    (tmp_path / f"oefen.db.voor-{version}").write_text("van een vorige keer")
    open_database(old_sqlite, told.append)
    copy = tmp_path / f"oefen.db.voor-{version}-2"
    assert len(told) == 1
    assert told[0].endswith(f"Hoe zij was, staat in {copy}.")
    assert (tmp_path / f"oefen.db.voor-{version}").read_text() == "van een vorige keer"
    assert everything(f"sqlite:///{copy}") == before
    assert everything(old_sqlite) != before


def test_without_room_for_the_copy_nothing_happens(old_sqlite: str, tmp_path: Path) -> None:
    before = everything(old_sqlite)
    with upgrading_process(old_sqlite, "no room") as running:
        status, said = running.finish()
    assert status == 1
    assert "Er kan geen kopie van de database" in said
    assert everything(old_sqlite) == before
    assert copies(tmp_path) == ["oefen.db.upgrade.lock"]


def test_a_migration_that_fails_leaves_everything_as_it_was(old: str, two: Path, tmp_path: Path) -> None:
    before = everything(old)
    (two / "0003_wrong.py").write_text('def up(migrator, db):\n    db.execute_sql("DROP TABLE nergens")\n')
    with pytest.raises(UnusableDatabase, match=r"niet bijgewerkt.*stappen mislukte. Er is niets veranderd") as told:
        open_database(old)
    assert "nergens" in str(told.value.__cause__)  # which goes to no screen
    real_database().close()
    assert everything(old) == before
    assert not list(tmp_path.glob("*voor*"))


def test_a_migration_that_leaves_rows_without_what_they_refer_to_is_undone(
    old_sqlite: str, two: Path, tmp_path: Path
) -> None:
    before = everything(old_sqlite)
    (two / "0003_loose.py").write_text('def up(migrator, db):\n    db.execute_sql("DELETE FROM location")\n')
    with pytest.raises(UnusableDatabase, match="los komen te staan"):
        open_database(old_sqlite)
    assert everything(old_sqlite) == before


def test_a_file_that_another_program_has_open_is_not_touched(
    old_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program of 0.4.0 would go on writing as it knows the tables; while it only watches, it has the file open."""
    monkeypatch.setattr(sole, "PATIENCE", 0.0)
    before = everything(old_sqlite)
    with closing(sqlite3.connect(tmp_path / "oefen.db")) as other:
        assert other.execute("SELECT count(*) FROM board").fetchone()[0]
        with pytest.raises(UnusableDatabase, match="een ander programma heeft haar nog open"):
            open_database(old_sqlite)
    assert everything(old_sqlite) == before
    assert not list(tmp_path.glob("*voor*"))
    open_database(old_sqlite)
    assert upgrading.pending(real_database()) == []


@pytest.mark.parametrize(("name", "goes_on"), [("", False), ("esis 0.4.9", False), ("pg_dump", True)])
def test_a_server_with_a_program_of_another_version_is_not_touched(old: str, name: str, goes_on: bool) -> None:
    if old.startswith("sqlite"):
        pytest.skip("see the test of a file")
    import psycopg

    with psycopg.connect(old, application_name=name):
        if goes_on:
            open_database(old)
            return
        with pytest.raises(UnusableDatabase, match="een ander programma heeft haar nog open"):
            open_database(old)
    open_database(old)
    assert upgrading.pending(real_database()) == []


def test_a_program_of_the_version_before_that_opens_it_meanwhile_reads_only_what_it_becomes(
    old: str, two: Path
) -> None:
    """Else it would take the tables for its own. Of a file it can read nothing meanwhile."""
    if old.startswith("sqlite"):
        pytest.skip("see the test of a file")
    import psycopg

    with upgrading_process(old, FIRST, two) as running:
        running.wait_for(FIRST)
        with (
            psycopg.connect(old, options="-c lock_timeout=50") as other,
            pytest.raises(psycopg.errors.LockNotAvailable),
        ):
            other.execute("SELECT version FROM schema_version")


def test_a_file_that_another_program_began_to_upgrade_just_now_is_waited_for(
    old_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had not begun when this one looked, and has the file to itself when this one connects."""
    waited: list[bool] = []
    with closing(sqlite3.connect(tmp_path / "oefen.db", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("PRAGMA journal_mode = DELETE")

        def await_turn(_path: Path) -> bool:
            waited.append(bool(waited))
            if waited == [False, True]:
                other.close()
            return waited[-1]

        monkeypatch.setattr(sole, "await_turn", await_turn)
        monkeypatch.setattr(database_waits, "LONGEST", 0)
        open_database(old_sqlite)
    assert upgrading.pending(real_database()) == []
