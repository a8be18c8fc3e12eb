"""Puts names in their normal form, and adds the columns that they are sorted, searched and compared by.

Invisible characters are removed (`app.exchange.names.kept`); a required name of which nothing is left becomes a dash,
and one that would then break a unique constraint gets a number. The history stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any

from peewee import Database, SqliteDatabase

from app.exchange.email import folded_address
from app.exchange.names import folded, kept
from models.altering import rebuild

PAGE = 5_000

_PERSON = {"first_name": 64, "prefix": 10, "last_name": 200}
_NAMES: dict[str, dict[str, int]] = {
    "school": {"name": 100},
    "location": {"name": 100},
    "school_group": {"name": 64},
    "transition_group": {"name": 64},
    "staff_member": {**_PERSON, "email": 256},
    "pupil": {**_PERSON, "initials": 6, "starts_in": 64},
    "guardian": {"name": 200, "email": 256},
    "relation": {"name": 100, "contact": 100, "email": 256},
    "related_school": {"name": 100, "place": 80},
    "dult_pupil": {"first_name": 64, "last_name": 200},
    "basispoort_group": {"name": 64},
    "basispoort_pupil": _PERSON,
    "basispoort_staff": {**_PERSON, "email": 256},
    "gynzy_group": {"name": 64},
    "gynzy_pupil": _PERSON,
    "iep_school": {"name": 100},
    "iep_group": {"name": 64},
    "iep_pupil": _PERSON,
    "msi_school": {"name": 100},
    "msi_group": {"name": 64},
    "msi_pupil": _PERSON,
    "msi_guardian": {"name": 200, "email": 256},
    "msi_staff": {**_PERSON, "email": 256},
    "msi_doubt": {"name": 300},
    "msi_class": {"name": 64, "teacher_name": 300},
    "msi_seat": {"name": 300},
}
"""Table -> the columns with a name or an e-mail address, and their maximum length."""
_REQUIRED = ("first_name", "last_name", "name")
_ONCE = {
    "school_group": ("location_id", "school_year"),
    "relation": ("board_id",),
    "related_school": ("board_id", "place"),
    "msi_class": ("school_id",),
}
"""Table -> the columns within which a name is unique."""
_SORTED = ("last_name", "first_name", "prefix")
_GROUPS = ("basispoort_group", "gynzy_group", "iep_group", "msi_group")
_INHERITED = ("basispoort_group", "gynzy_group", "iep_group", "basispoort_pupil", "gynzy_pupil", "iep_pupil")
"""Tables whose models inherit the column from a shared model, which repeats its length check."""

Folding = tuple[str, int, Callable[..., str], tuple[str, ...]]
_FOLDED: dict[str, list[Folding]] = {
    **{
        table: [("sort_name", 300, folded, _SORTED)]
        for table in (
            "staff_member",
            "pupil",
            "basispoort_pupil",
            "basispoort_staff",
            "gynzy_pupil",
            "iep_pupil",
            "msi_pupil",
            "msi_staff",
        )
    },
    **{table: [("sort_name", 100, folded, ("name",))] for table in _GROUPS},
    **{
        table: [("sort_name", 300, folded, ("name",)), ("email_folded", 256, folded_address, ("email",))]
        for table in ("guardian", "msi_guardian")
    },
}
"""Table -> its folded columns: name, length, the function that computes it, and its source columns."""
_GONE = (
    ("guardian", "board_id_email"),
    ("msi_pupil", "school_id_last_name_id"),
    ("msi_guardian", "school_id_email"),
    ("msi_guardian", "school_id_name_id"),
)
_INDEXES = (
    ("staff_member", "location_id", "sort_name", "id"),
    ("guardian", "board_id", "email_folded"),
    ("guardian", "board_id", "sort_name", "id"),
    ("msi_guardian", "school_id", "email_folded"),
    *(
        (table, "school_id", "sort_name", "id")
        for table in ("msi_pupil", "msi_guardian", "msi_staff", "basispoort_pupil", "gynzy_pupil", "iep_pupil")
    ),
)


def up(_migrator: Any, db: Any) -> None:
    """Upgrade tables whose names are stored as typed."""
    for table, index in _GONE:
        db.execute_sql(f'DROP INDEX "{table}_{index}"')
    for table in _NAMES:
        _fill(db, table, [folding for folding in _FOLDED.get(table, ()) if table == "pupil"])
    for table, foldings in _FOLDED.items():
        if table != "pupil":  # which already has its column
            _add(db, table, foldings)
    if not isinstance(db, SqliteDatabase):
        db.execute_sql('ALTER TABLE pupil ALTER COLUMN sort_name TYPE varchar(300) COLLATE "C"')
    for table, *columns in _INDEXES:
        listed = ", ".join(f'"{column}"' for column in columns)
        db.execute_sql(f'CREATE INDEX "{table}_{"_".join(columns)}" ON "{table}" ({listed})')


def _add(db: Database, table: str, foldings: Sequence[Folding]) -> None:
    """Add the folded columns of a table, filled; on SQLite while rebuilding it."""
    if not isinstance(db, SqliteDatabase):
        for name, longest, *_ in foldings:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN {_column(table, name, longest)} COLLATE "C"')
        _fill(db, table, foldings)
        for name, *_ in foldings:
            db.execute_sql(f'ALTER TABLE "{table}" ALTER COLUMN "{name}" SET NOT NULL')
        return
    filled = {}
    for name, longest, by, of in foldings:
        db.connection().create_function(by.__name__, -1, by, deterministic=True)
        filled[name] = f"substr({by.__name__}({', '.join(of)}), 1, {longest})"
    first = '"id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, '
    added = "".join(f"{_column(table, name, longest, ' NOT NULL')}, " for name, longest, *_ in foldings)
    rebuild(db, table, lambda made: made.replace(first, first + added, 1), filled)


def _column(table: str, name: str, longest: int, needed: str = "") -> str:
    check = f'CHECK (length("{name}") <= {longest})'
    return f'"{name}" VARCHAR({longest}){needed} {check} {check if table in _INHERITED else ""}'.strip()


def _fill(db: Database, table: str, foldings: Sequence[Folding]) -> None:
    """Fill names in their normal form, and these folded columns, a page at a time; writes only rows that change."""
    names = _NAMES[table]
    within = [column for column in _ONCE.get(table, ()) if column not in names]
    taken: set[tuple[Any, ...]] = set(_taken(db, table)) if table in _ONCE else set()
    columns = [*names, *(name for name, *_ in foldings), *within]
    written = columns[: len(columns) - len(within)]
    for page in _pages(db, table, columns):
        changed = []
        for number, *cells in page:
            was = dict(zip(columns, cells, strict=True))
            row = {**was, **{name: _kept(name, was[name], longest) for name, longest in names.items()}}
            if table in _ONCE and any(row[name] != was[name] for name in ("name", *_ONCE[table])):
                row["name"] = _free(row, _ONCE[table], taken, names["name"])
            row |= {name: by(*(row[one] for one in of))[:longest] for name, longest, by, of in foldings}
            if row != was:
                changed.append((number, *(row[name] for name in written)))
        _write(db, table, written, changed)


def _kept(name: str, text: str, longest: int) -> str:
    found = kept(kept(text)[:longest])
    return found or ("-" if text and name in _REQUIRED else "")


def _taken(db: Database, table: str) -> list[tuple[Any, ...]]:
    columns = ", ".join(f'"{column}"' for column in (*_ONCE[table], "name"))
    return list(db.execute_sql(f'SELECT {columns} FROM "{table}"').fetchall())


def _free(row: dict[str, Any], within: Sequence[str], taken: set[tuple[Any, ...]], longest: int) -> str:
    """The name, or if it is in use with the first free number appended; added to `taken`."""
    numbers = (f" ({number})" for number in count(2))
    name, here = row["name"], tuple(row[column] for column in within)
    while (*here, name) in taken:
        end = next(numbers)
        name = kept(row["name"][: longest - len(end)]) + end
    taken.add((*here, name))
    return str(name)


def _pages(db: Database, table: str, columns: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
    listed = ", ".join(f'"{column}"' for column in ("id", *columns))
    last, mark = 0, "?" if isinstance(db, SqliteDatabase) else "%s"
    query = f'SELECT {listed} FROM "{table}" WHERE id > {mark} ORDER BY id LIMIT {PAGE}'
    while page := db.execute_sql(query, (last,)).fetchall():
        yield page
        last = page[-1][0]


def _write(db: Database, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    if isinstance(db, SqliteDatabase):
        values = ", ".join(f'"{column}" = ?' for column in columns)
        query = f'UPDATE "{table}" SET {values} WHERE id = ?'
        db.connection().executemany(query, [(*cells, number) for number, *cells in rows])
        return
    values = ", ".join(f'"{column}" = given."{column}"' for column in columns)
    listed = ", ".join(f'"{column}"' for column in ("id", *columns))
    kinds = ", ".join(["%s::int[]", *["%s::text[]"] * len(columns)])
    given = [list(cells) for cells in zip(*rows, strict=True)]
    db.execute_sql(
        f'UPDATE "{table}" SET {values} FROM unnest({kinds}) AS given({listed}) WHERE "{table}".id = given.id', given
    )
