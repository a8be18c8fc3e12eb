"""How the database goes about the list of pupils: from an index, in order, wherever in the list one is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest

from app.access import Actor
from app.school.people import pupils
from app.school.people.pupils import Order
from models import bulk
from models.base import is_sqlite, real_database
from models.school import Group, Placement, Pupil
from tests.builders import YEAR, location_of, make_actor, make_board, make_group

NUMBER = 4_000
ALONG = re.compile(r"SCAN|TEMP B-TREE|Seq Scan on pupil|(^|-> +)Sort ", re.MULTILINE)
"""Going through the whole table, or sorting what was found."""
Read = Callable[[Actor, "pupils.ListedPupil"], object]


@pytest.fixture
def crowd(db: str) -> tuple[Actor, Group]:
    """Somebody at a location of many pupils, and a small group."""
    board = make_board()
    actor, group = make_actor(board), make_group(location_of(board))
    bulk.insert(Pupil, (_row(board.id, group.location_id, number) for number in range(NUMBER)))
    few = [pupil.id for pupil in Pupil.select(Pupil.id).limit(20)]
    bulk.insert(Placement, ({"pupil": one, "group": group.id, "school_year": YEAR, "kind": "basis"} for one in few))
    if not is_sqlite():
        real_database().execute_sql("ANALYZE")
    return actor, group


def _row(board: int, location: int, number: int) -> dict[str, Any]:
    return {
        "board": board,
        "location": location,
        "key": str(10_000 + number),
        "eckid": "",
        "first_name": "Anna",
        "prefix": "",
        "initials": "",
        "last_name": f"N{number * 7_919 % NUMBER:05}",
        "birth_date": date(2010, 1, 1) + timedelta(days=number % 1_500),
        "gender": 2,
        "year_group": "6",
        "unsubscribe_reason": "",
        "unsubscribed_on": date(2020, 1, 1) if number % 4 == 0 else None,
        "enrolled_from": date(2019, 8, 1) - timedelta(days=number % 900),
    }


@contextmanager
def plans() -> Iterator[list[str]]:
    """The plan of every statement for pupils within this context, as the database tells it."""
    real, told = real_database(), []
    execute, explain = real.execute_sql, "EXPLAIN QUERY PLAN " if is_sqlite() else "EXPLAIN "

    def explained(sql: str, params: Any = None, *rest: Any) -> Any:
        if 'FROM "pupil"' in sql:
            told.append("\n".join(str(row[-1]) for row in execute(explain + sql, params)))
        return execute(sql, params, *rest)

    real.execute_sql = explained
    try:
        yield told
    finally:
        del real.execute_sql


WAYS: dict[str, Read] = {
    "first": lambda actor, _: pupils.page(actor, limit=100),
    "next": lambda actor, row: pupils.beside(actor, row, 100),
    "before": lambda actor, row: pupils.beside(actor, row, 100, back=True),
    "last": lambda actor, _: pupils.beside(actor, None, 100, back=True),
    "by number, falling": lambda actor, _: pupils.page(actor, order=Order.KEY, descending=True, limit=100),
    "by number, next": lambda actor, row: pupils.beside(actor, row, 100, order=Order.KEY),
    "by birth date": lambda actor, _: pupils.page(actor, order=Order.BORN, limit=100),
    "everybody": lambda actor, _: pupils.page(actor, status="all", limit=100),
    "who left": lambda actor, _: pupils.page(actor, status="unsubscribed", limit=100),
}
SEARCHES: dict[str, Read] = {
    "a part of a name": lambda actor, _: pupils.page(actor, search="ann n01", limit=100),
    "a number": lambda actor, _: pupils.page(actor, search="102", limit=100),
}
"""On PostgreSQL, which knows how few there will be, sorting those can be right."""


def test_a_page_comes_from_an_index_in_order(crowd: tuple[Actor, Group]) -> None:
    actor, _ = crowd
    (row,) = pupils.page(actor, offset=NUMBER // 2, limit=1)
    for way, read in (WAYS | SEARCHES if is_sqlite() else WAYS).items():
        with plans() as told:
            read(actor, row)
        assert told
        assert [plan for plan in told if ALONG.search(plan)] == [], way


def test_going_on_begins_at_the_row_itself(crowd: tuple[Actor, Group]) -> None:
    actor, _ = crowd
    (row,) = pupils.page(actor, offset=NUMBER // 2, limit=1)
    for way, column in (("next", "sort_name"), ("before", "sort_name"), ("by number, next", "key")):
        with plans() as told:
            WAYS[way](actor, row)
        assert re.search(rf"{column}[<>]\?|Index Cond:.*\b{column}\b.* [<>]= ", told[0]), told


def test_a_group_is_read_from_its_own_pupils(crowd: tuple[Actor, Group]) -> None:
    actor, group = crowd
    with plans() as told:
        assert len(pupils.page(actor, group=group)) == 15
    assert re.search(r"PRIMARY KEY \(rowid=\?\)|pupil_pkey", told[0]), told


def test_counting_never_leaves_the_index(crowd: tuple[Actor, Group]) -> None:
    if not is_sqlite():
        pytest.skip("PostgreSQL chooses by its statistics")
    actor, _ = crowd
    with plans() as told:
        assert (pupils.count(actor), pupils.count(actor, search="ann n01")) == (3_000, 750)
    assert all("USING COVERING INDEX" in plan for plan in told), told
