"""A night of Mijnschoolinfo: 1,000 changes at locations of increasing size, compared with the same rows written raw."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from benchmarks.measuring import Row, Scale, milliseconds
from benchmarks.stage import Stage, inside, large_actor

SIZES = (3_000, 30_000, 300_000)
QUICK_SIZES = (300, 600, 1_200)
PAGE = 250
ROUNDS = 5
NEW, MOVED, RENAMED = 500, 300, 200
"""Per 1,000 changes; a new pupil has a guardian."""


def contacts(stage: Stage, scale: Scale) -> list[Row]:
    """The night after 1,000 changes, and the first delivery, of everybody."""
    full = scale.pupils == Scale().pupils
    sizes, share = (SIZES, 1) if full else (QUICK_SIZES, 10)
    found = {size: inside(stage, "contacts", stage.copy(f"contacts-{size}"), str(size), str(share)) for size in sizes}
    smallest = found[sizes[0]]["night"]
    nights = [
        Row(
            f"night of Mijnschoolinfo, {1000 // share} changes: {size} pupils beside {sizes[0]}",
            found[size]["night"],
            smallest,
            goal=2,
        )
        for size in sizes[1:]
    ]
    raw = [
        Row(f"the same at {size} pupils, beside the same rows raw", found[size]["night"], found[size]["raw"], goal=3)
        for size in sizes
    ]
    first = [Row(f"first delivery of {size} pupils", found[size]["first"]) for size in sizes]
    return [*nights, *raw, *first]


def measure(url: str, pupils: str, share: str) -> dict[str, list[float]]:
    """Milliseconds for the first delivery, for the night after the changes, and for the same rows written raw."""
    from app import clock
    from app.partners.mijnschoolinfo import delivery
    from models.base import real_database
    from models.board import Board
    from models.coupling import Coupling
    from models.partners.mijnschoolinfo import MsiSchool

    actor = large_actor(url, int(pupils))
    now = clock.school_now(actor.board)
    code = f"{actor.location.brin6}voorbeeldcode1234"
    Coupling.create(
        board=actor.board,
        location=actor.location,
        type="mijnschoolinfo",
        state="active",
        start_date=now.date(),
        code=code,
        activated_by="",
        consent_name="",
        terms_version="",
        consent_at=now,
    )
    school = MsiSchool.create(location=actor.location, name="", brin6=actor.location.brin6, code=code, connected_at=now)

    def night() -> None:
        """One delivery, at the next 03:30, page by page as the run ledger does it."""
        slot = clock.next_at(clock.school_now(Board.get()), clock.CONTACTS)
        Board.update(now=slot).execute()
        cursor: str | None = ""
        while cursor is not None:
            with real_database().atomic():
                cursor = delivery.deliver(MsiSchool.get_by_id(school.id), slot, cursor).cursor

    found: dict[str, list[float]] = {"first": [milliseconds(night)], "night": [], "raw": []}
    for number in range(ROUNDS):
        Board.update(now=clock.school_now(Board.get()) + timedelta(hours=4)).execute()
        _change(actor, int(share), f"N{number}x")
        found["night"].append(milliseconds(night))
        _copies()
        found["raw"].append(milliseconds(partial(_raw, _of_night(school, int(share), f"N{number}x"))))
    return found


def _change(actor: Any, share: int, mark: str) -> None:
    """The changes of a day, signed as the use cases do."""
    from app import clock
    from models import bulk
    from models.base import real_database
    from models.history import Signature, writing_as
    from models.school import Group, Guardian, Placement, Pupil, PupilGuardian

    now = clock.school_now(actor.board)
    groups = [row.id for row in Group.select(Group.id).where(Group.location == actor.location).limit(2)]
    groups = groups[:: -1 if int(mark[1]) % 2 else 1]
    rows = list(Pupil.select().where(Pupil.location == actor.location).limit((MOVED + RENAMED) // share))
    moved, renamed = rows[: MOVED // share], rows[MOVED // share :]
    template = dict(rows[0].__data__)
    with real_database().atomic(), writing_as(Signature(actor.board.id, now, "meting", "meting")):
        del template["id"]
        fresh = range(NEW // share)
        bulk.insert(Pupil, ({**template, "key": f"{mark}{number}", "enrolled_from": now.date()} for number in fresh))
        new = [
            row.id for row in Pupil.select(Pupil.id).where(Pupil.location == actor.location, Pupil.key.startswith(mark))
        ]
        bulk.insert(
            Placement,
            (
                {"pupil": number, "group": groups[0], "school_year": clock.school_year_of(now.date()), "kind": "basis"}
                for number in new
            ),
        )
        bulk.insert(
            Guardian,
            (
                {
                    "board": actor.board.id,
                    "name": f"{mark} Ouder {number}",
                    "email": f"{mark}{number}@voorbeeld.nl",
                    "phone": "",
                }
                for number in fresh
            ),
        )
        carers = [row.id for row in Guardian.select(Guardian.id).where(Guardian.name.startswith(mark))]
        bulk.insert(
            PupilGuardian,
            (
                {"pupil": pupil, "guardian": guardian, "relation": ""}
                for pupil, guardian in zip(new, carers, strict=False)
            ),
        )
        ids = [row.id for row in moved]
        Placement.update(group=groups[1]).where(Placement.pupil.in_(ids), Placement.group != groups[1]).execute()
        Pupil.update(first_name=mark).where(Pupil.id.in_([row.id for row in renamed])).execute()


@dataclass(frozen=True)
class Rows:
    """The rows a night involved: the numbers of the pupils it read, and the rows it wrote, by table."""

    told: list[int]
    written: dict[str, list[tuple[Any, ...]]]


def _of_night(school: Any, share: int, mark: str) -> Rows:
    """Look up the rows afterwards, outside the measurement."""
    from models.base import real_database

    real = real_database()
    nights = f"SELECT id FROM msi_delivery WHERE school_id = {school.id} ORDER BY id DESC LIMIT 1"
    before = f"SELECT cut_off FROM msi_delivery WHERE school_id = {school.id} ORDER BY id DESC LIMIT 1 OFFSET 1"
    told = (
        f"SELECT DISTINCT pupil_id FROM change WHERE board_id = {school.location.board_id} AND pupil_id IS NOT NULL "
        f"AND kind IN ('pupil', 'placement', 'pupil_guardian') AND at > ({before})"
    )
    new = f"SELECT id FROM msi_pupil WHERE school_id = {school.id} AND key LIKE '{mark}%'"
    where = {
        "msi_pupil": f"id IN ({new})",
        "msi_guardian": f"school_id = {school.id} AND name LIKE '{mark}%'",
        "msi_line": f"delivery_id = ({nights})",
        "msi_link": f"pupil_id IN ({new})",
        "msi_membership": f"id > (SELECT max(id) - {(NEW + MOVED) // share} FROM msi_membership)",
    }
    return Rows(
        [row[0] for row in real.execute_sql(told).fetchall()],
        {table: real.execute_sql(f"SELECT * FROM {table} WHERE {rule}").fetchall() for table, rule in where.items()},
    )


def _raw(rows: Rows) -> None:
    """The same work through the driver: read page by page from the tables, written to copies with the same indexes."""
    from models.base import real_database

    real = real_database()
    with real.atomic():
        for start in range(0, len(rows.told), PAGE):
            page = json.dumps(rows.told[start : start + PAGE])
            for statement in _READ:
                real.execute_sql(statement, [page]).fetchall()
        for table, found in rows.written.items():
            if found:
                marks = ", ".join("?" * len(found[0]))
                real.cursor().executemany(f"INSERT INTO raw_{table} VALUES ({marks})", found)


_PUPILS = "(SELECT value FROM json_each(?))"
_READ = (
    f"SELECT * FROM pupil WHERE id IN {_PUPILS}",
    f"SELECT * FROM placement WHERE pupil_id IN {_PUPILS}",
    f"SELECT * FROM pupil_guardian WHERE pupil_id IN {_PUPILS}",
    f"SELECT * FROM guardian WHERE id IN (SELECT guardian_id FROM pupil_guardian WHERE pupil_id IN {_PUPILS})",
    f"SELECT * FROM change WHERE pupil_id IN {_PUPILS}",
    f"SELECT * FROM msi_pupil WHERE esis_id IN {_PUPILS}",
    f"SELECT * FROM msi_membership WHERE pupil_id IN (SELECT id FROM msi_pupil WHERE esis_id IN {_PUPILS})",
    f"SELECT * FROM msi_link WHERE pupil_id IN (SELECT id FROM msi_pupil WHERE esis_id IN {_PUPILS})",
)
"""What must be read of each page of pupils to know what to write, each row once."""
_TABLES = ("msi_pupil", "msi_guardian", "msi_line", "msi_link", "msi_membership")


def _copies() -> None:
    """Empty copies of the tables the night writes to, with their indexes."""
    from models.base import real_database

    real = real_database()
    for table in _TABLES:
        real.execute_sql(f"DROP TABLE IF EXISTS raw_{table}")
        real.execute_sql(f"CREATE TABLE raw_{table} AS SELECT * FROM {table} WHERE 0")
        real.execute_sql(f"CREATE UNIQUE INDEX raw_{table}_id ON raw_{table} (id)")
        for place, (_, name, unique, *_rest) in enumerate(real.execute_sql(f"PRAGMA index_list({table})").fetchall()):
            columns = ", ".join(f'"{row[2]}"' for row in real.execute_sql(f"PRAGMA index_info({name})").fetchall())
            kind = "UNIQUE INDEX" if unique else "INDEX"
            real.execute_sql(f"CREATE {kind} raw_{table}_{place} ON raw_{table} ({columns})")
