"""The cost of an EDEXML import: its time compared with lxml and the driver alone, its write time, and its memory.

Three baselines read the same file with lxml alone, and insert the rows with the driver's `executemany`: into the tables
of ESIS, whose triggers record the history; into the same without a writer, so without history; and into bare tables.
None of them checks, compares or looks up groups.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from lxml import etree

from benchmarks.measuring import Row, Scale, in_turns, milliseconds
from benchmarks.stage import ROOT, Stage, inside

PUPILS = 10_000
BIG = 2.3
"""A file of 100 MB has this many times the pupils of the long list."""
SMALL = 100
ROOM = 64
"""Extra MB that a big file may take compared with a small one."""
_PUPIL = (
    "board_id, location_id, key, eckid, first_name, prefix, last_name, initials, birth_date, gender, year_group, "
    "enrolled_from, sort_name, unsubscribe_reason"
)
_PLACEMENT = "pupil_id, group_id, school_year, kind"

Read = tuple[str, ...]
"""The texts of a pupil, and the key of its group."""


def imports(stage: Stage, scale: Scale) -> list[Row]:
    """Import a new location from a file: preview and import."""
    pupils = min(scale.pupils, PUPILS)
    file, brin6 = _exported(stage, pupils)
    command = [
        sys.executable,
        "-m",
        "benchmarks.importing",
        str(stage.folder),
        str(file),
        brin6,
        str(min(scale.rounds, 6)),
    ]
    answer = subprocess.run(command, cwd=ROOT, env=stage.environment, check=True, stdout=subprocess.PIPE).stdout
    ours, tables, unsigned, bare, writing = json.loads(answer)
    small, big = _memory(stage, SMALL), _memory(stage, round(scale.pupils * BIG))
    what = f"import of {pupils} pupils"
    return [
        Row(f"{what}, preview and all, beside lxml and the same tables", ours, tables, goal=3.0),
        Row(f"{what}, beside lxml and the same tables without history", ours, unsigned),
        Row(f"{what}, beside lxml and bare tables", ours, bare),
        Row(f"{what}, rows a second", _rows_a_second(pupils, ours), _rows_a_second(pupils, tables), unit="rows/s"),
        Row(f"{what}, its write transaction", writing),
        Row(
            f"memory, import of {round(scale.pupils * BIG)} pupils beside {SMALL}",
            [big],
            [small],
            unit="MB",
            goal=(small + ROOM) / small,
        ),
    ]


def _rows_a_second(rows: int, samples: list[float]) -> list[float]:
    return [rows / taken * 1000 for taken in samples]


def _exported(stage: Stage, pupils: int) -> tuple[Path, str]:
    """An EDEXML file of a location of this size, which the practice board does not have."""
    url, file = stage.copy(f"export-{pupils}"), stage.folder / f"import-{pupils}.xml"
    brin6 = inside(stage, "large", url, str(pupils))
    stage.esis(url, "--location", brin6, "export", "edexml", str(file), "--yes")
    return file, brin6


def _memory(stage: Stage, pupils: int) -> float:
    file, brin6 = _exported(stage, pupils)
    url = stage.copy(f"import-{pupils}")
    return stage.esis(url, "--location", brin6, "import", str(file), "--yes").megabytes


def measured(folder: Path, file: Path, brin6: str, rounds: int) -> list[list[float]]:
    """Milliseconds of ours, of the baselines, and of our write transaction, alternating, into fresh databases."""
    writing: list[float] = []
    samples = in_turns(
        rounds,
        lambda: _ours(_fresh(folder), file, brin6, writing),
        lambda: _tables(_fresh(folder), file, signed=True),
        lambda: _tables(_fresh(folder), file, signed=False),
        lambda: _bare(folder / "bare.db", file),
    )
    return [*samples, writing[1:]]


def _fresh(folder: Path) -> Path:
    path = folder / "import-fresh.db"
    for left in folder.glob(f"{path.name}*"):
        left.unlink()
    return Path(shutil.copy(folder / "practice.db", path))


def _ours(path: Path, file: Path, brin6: str, writing: list[float]) -> float:
    from app import access
    from app.school.files import imports as ours
    from app.training.boards import import_file
    from models.base import database
    from models.board import Board
    from models.schema import open_database

    open_database(f"sqlite:///{path}")
    actor = access.actor_for(access.find_user(Board.get(), "rovict"))
    with _timed(ours, writing):
        taken = milliseconds(lambda: import_file(actor, ours.preview_new_location(actor, brin6, file)))
    database.close()
    return taken


@contextmanager
def _timed(module: Any, kept: list[float]) -> Iterator[None]:
    """Record the duration of the module's write transactions."""
    original = module.writing

    @contextmanager
    def writing(*arguments: Any) -> Iterator[datetime]:
        begin = perf_counter()
        with original(*arguments) as now:
            yield now
        kept.append((perf_counter() - begin) * 1000)

    module.writing = writing
    try:
        yield
    finally:
        module.writing = original


def _tables(path: Path, file: Path, signed: bool) -> float:
    with closing(_opened(path)) as connection:
        if signed:
            connection.execute(
                "INSERT INTO writer (board_id, at, user, source) VALUES (1, '2020-04-14', 'rovict', 'raw')"
            )
            connection.commit()
        return milliseconds(lambda: _insert(connection, file, "pupil", "placement"))


def _bare(path: Path, file: Path) -> float:
    path.unlink(missing_ok=True)
    with closing(_opened(path)) as connection:
        connection.execute(f"CREATE TABLE bare_pupil (id INTEGER PRIMARY KEY, {_PUPIL})")
        connection.execute(f"CREATE TABLE bare_placement (id INTEGER PRIMARY KEY, {_PLACEMENT})")
        return milliseconds(lambda: _insert(connection, file, "bare_pupil", "bare_placement"))


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode = wal; PRAGMA synchronous = 1;")
    return connection


def _insert(connection: sqlite3.Connection, file: Path, pupil: str, placement: str) -> None:
    """Insert all pupils, each in the only group."""
    with connection:
        before = connection.execute(f"SELECT coalesce(max(id), 0) FROM {pupil}").fetchone()[0]
        connection.executemany(f"INSERT INTO {pupil} ({_PUPIL}) VALUES ({_marks(_PUPIL)})", _read(file))
        ids = connection.execute(f"SELECT id FROM {pupil} WHERE id > ?", (before,)).fetchall()
        rows = ((number, 1, "2019-2020", "basis") for (number,) in ids)
        connection.executemany(f"INSERT INTO {placement} ({_PLACEMENT}) VALUES ({_marks(_PLACEMENT)})", rows)


def _marks(columns: str) -> str:
    return ", ".join("?" * (columns.count(",") + 1))


def _read(file: Path) -> Iterator[tuple[Any, ...]]:
    for _, element in etree.iterparse(str(file), tag="leerling"):
        texts = {child.tag: child.text for child in element}
        parent = element.getparent()
        first, last = texts["roepnaam"] or "", texts["achternaam"] or ""
        yield (
            1,
            1,
            f"N{element.get('key')}",
            element.get("eckid", ""),
            first,
            texts.get("voorvoegsel", ""),
            last,
            texts.get("voorletters-1", ""),
            texts["geboortedatum"],
            texts["geslacht"],
            texts["jaargroep"],
            texts["instroomdatum"],
            f"{last} {first}".lower(),
            "",
        )
        if parent is not None:
            parent.remove(element)


if __name__ == "__main__":
    folder_name, file_name, location, times = sys.argv[1:]
    print(json.dumps(measured(Path(folder_name), Path(file_name), location, int(times))))
