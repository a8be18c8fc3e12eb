"""Results belong to the pupil: keys of typed or imported results use its permanent id, no longer the leerlingnummer.

If a pupil has two results of the same thing, because the number changed in between, the one that counts stays and the
other becomes an earlier version of it. What was matched by hand returns to the list of results without a pupil once
ESIS no longer has it. A change that moved a result from one pupil to another records the previous one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from peewee import IntegerField, SqliteDatabase
from playhouse.migrate import migrate

from models.altering import rebuild

VALUES = ("assessment", "part", "date", "level", "score", "reference_level")
OLD_CHECK = "CHECK (state IN ('open', 'matched', 'dismissed'))"
NEW_CHECK = "CHECK (state IN ('open', 'returned', 'dismissed'))"


def up(migrator: Any, db: Any) -> None:
    """Columns, rows and keys."""
    _tell_who_had_it(migrator, db)
    _list_what_has_no_pupil(db)
    name_by_pupil(db)


def name_by_pupil(db: Any) -> None:
    """Give results of these suppliers keys based on the pupil; idempotent."""
    _drop_overtaken(db)
    _join_doubles(db)
    # In two steps: a new key may still be in use by another row.
    db.execute_sql(f"UPDATE result SET supplier_key = 'result-' || id WHERE {_OF_SCHOOL}")
    db.execute_sql(f"UPDATE result SET supplier_key = {_key(db)} WHERE {_OF_SCHOOL}")


_OF_SCHOOL = "supplier IN ('hand', 'scol', 'eindtoets')"


def _key(db: Any) -> str:
    day = "date" if isinstance(db, SqliteDatabase) else "to_char(date, 'YYYY-MM-DD')"
    year, month = (f"CAST(substr({day}, {start}, {length}) AS INTEGER)" for start, length in ((1, 4), (6, 2)))
    first = f"({year} - CASE WHEN {month} < 8 THEN 1 ELSE 0 END)"
    return (
        "CASE supplier "
        f"WHEN 'hand' THEN 'hand:' || assessment || ':' || part || ':' || pupil_id || ':' || {day} "
        f"WHEN 'scol' THEN pupil_id || ':' || {day} || ':' || part "
        f"ELSE pupil_id || ':' || {first} || '-' || ({first} + 1) || ':' || part END"
    )


def _drop_overtaken(db: Any) -> None:
    """Keep only the later of two files for two numbers of one pupil: parts only in the earlier one are deleted.

    That is what a corrected file does. An excluded result does not decide which file is later.
    """
    rows = db.execute_sql(
        f"SELECT id, location_id, supplier, supplier_key, {_key(db)} FROM result WHERE supplier IN ('scol', 'eindtoets') "
        "ORDER BY CASE WHEN id IN (SELECT result_id FROM excluded_result) THEN 0 ELSE 1 END, received_at, id"
    ).fetchall()
    last: dict[tuple[Any, ...], str] = {}
    parts: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    whole = [
        (number, (location, supplier, name.rpartition(":")[0]), key.rpartition(":")[0], name)
        for number, location, supplier, key, name in rows
    ]
    for _, of, written, name in whole:
        last[of] = written
        parts[of, written].add(name)
    for number, of, written, name in whole:
        if written != last[of] and name not in parts[of, last[of]]:
            for table, column in (("excluded_result", "result_id"), ("replaced_result", "result_id"), ("result", "id")):
                db.execute_sql(f"DELETE FROM {table} WHERE {column} = {db.param}", (number,))


def _join_doubles(db: Any) -> None:
    """Merge results that get the same key; the others become earlier versions, and one not excluded is kept.

    No DULT file has an effect on a result of these suppliers.
    """
    doubles = db.execute_sql(
        f"WITH named AS (SELECT id, location_id, supplier, received_at, {_key(db)} AS name FROM result WHERE {_OF_SCHOOL}) "
        "SELECT named.id, location_id, supplier, name, e.id FROM named LEFT JOIN excluded_result e ON e.result_id = named.id "
        "WHERE (location_id, supplier, name) IN (SELECT location_id, supplier, name FROM named "
        "GROUP BY location_id, supplier, name HAVING COUNT(*) > 1) ORDER BY received_at, named.id"
    ).fetchall()
    alike: dict[tuple[Any, ...], list[tuple[int, bool]]] = defaultdict(list)
    for number, location, supplier, name, excluded in doubles:
        alike[location, supplier, name].append((number, excluded is not None))
    for group in alike.values():
        stays = next((number for number, excluded in reversed(group) if not excluded), group[-1][0])
        for number, _ in group:
            if number != stays:
                _becomes_earlier(db, number, stays)


def _becomes_earlier(db: Any, number: int, stays: int) -> None:
    mark, columns = db.param, ", ".join(VALUES)
    kept = f"pupil_id, received_at, delivery_id, {columns}"
    db.execute_sql(f"UPDATE replaced_result SET result_id = {mark} WHERE result_id = {mark}", (stays, number))
    db.execute_sql(
        f"INSERT INTO replaced_result (result_id, replaced_at, {kept}) "
        f"SELECT {mark}, (SELECT received_at FROM result WHERE id = {mark}), {kept} FROM result WHERE id = {mark}",
        (stays, stays, number),
    )
    for table, column in (("excluded_result", "result_id"), ("result", "id")):
        db.execute_sql(f"DELETE FROM {table} WHERE {column} = {mark}", (number,))


def _list_what_has_no_pupil(db: Any) -> None:
    """Update unmatched results from what ESIS has, in case they return, and relist what it no longer has."""
    db.execute_sql(
        f"UPDATE unmatched_result SET {', '.join(f'{name} = r.{name}' for name in VALUES)} FROM result r "
        "WHERE r.location_id = unmatched_result.location_id AND r.supplier = unmatched_result.supplier "
        "AND r.supplier_key = unmatched_result.supplier_key"
    )
    if isinstance(db, SqliteDatabase):
        db.execute_sql("UPDATE unmatched_result SET state = 'open' WHERE state = 'matched'")
        rebuild(db, "unmatched_result", lambda definition: definition.replace(OLD_CHECK, NEW_CHECK))
        return
    ((name,),) = db.execute_sql(
        "SELECT conname FROM pg_constraint WHERE conrelid = 'unmatched_result'::regclass AND contype = 'c' "
        "AND pg_get_constraintdef(oid) LIKE '%%matched%%'"
    ).fetchall()
    db.execute_sql(f'ALTER TABLE unmatched_result DROP CONSTRAINT "{name}"')
    db.execute_sql("UPDATE unmatched_result SET state = 'open' WHERE state = 'matched'")
    db.execute_sql(f'ALTER TABLE unmatched_result ADD CONSTRAINT "{name}" {NEW_CHECK}')


def _tell_who_had_it(migrator: Any, db: Any) -> None:
    migrate(migrator.add_column("change", "from_pupil_id", IntegerField(null=True)))
    was, now = (
        f"json_extract({state}, '$.pupil_id')"
        if isinstance(db, SqliteDatabase)
        else f"({state}::jsonb ->> 'pupil_id')::int"
        for state in ("before", "after")
    )
    db.execute_sql(
        f"UPDATE change SET from_pupil_id = {was} WHERE kind = 'result' AND action = 'changed' AND {was} <> {now}"
    )
    db.execute_sql(
        "CREATE INDEX change_that_left_a_pupil ON change (from_pupil_id, id) WHERE (from_pupil_id IS NOT NULL)"
    )
