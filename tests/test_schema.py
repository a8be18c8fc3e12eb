"""Row numbers are never reused, in any table."""

from __future__ import annotations

from models.base import GIVEN_OUT_AGAIN, is_sqlite, real_database
from tests.builders import make_board


def test_every_table_gives_out_a_number_once_but_for_those_that_are_listed(db: str) -> None:
    target = real_database()
    tables = [name for name in target.get_tables() if not name.startswith("sqlite_")]
    assert set(GIVEN_OUT_AGAIN) <= set(tables), "a table that is listed is not there"
    if is_sqlite():
        made = dict(target.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
        lasting = {name for name in tables if "AUTOINCREMENT" in made[name]}
        assert lasting == set(tables) - set(GIVEN_OUT_AGAIN)
    else:
        for name in tables:  # a sequence goes on whatever becomes of the row
            query = "SELECT pg_get_serial_sequence(%s, 'id')"
            assert target.execute_sql(query, (f'"{name}"',)).fetchone()[0], name


def test_the_number_of_a_row_that_is_gone_does_not_come_back(db: str) -> None:
    first = make_board()
    first.delete_instance()
    assert make_board().id > first.id
