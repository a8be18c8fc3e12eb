"""A board copied from a kept starting state is that state, row by row: what names a row names its copy."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from peewee import ForeignKeyField, IntegerField

from app.training import boards
from app.training.copied_board import CANNOT, HISTORY, LEFT_OUT, NAMED, NAMED_BY, beside, copy_board
from app.training.scripts import sandbox
from models.base import MomentField, database
from models.board import OWN, Board
from models.history import Change
from models.registry import all_models
from models.school import Pupil

STATES = ("after-first-night", "renumbered", "year-passed")
"""Those with the most tables in them: results, a number given up, a year transition, and what Mijnschoolinfo has."""
Table = list[dict[str, Any]]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The databases of the states."""
    paths = {name: tmp_path_factory.mktemp("states") / f"{name}.db" for name in STATES}
    for name, path in paths.items():
        sandbox.copy(name, None, path)
    return paths


def _copied(path: Path) -> tuple[dict[str, int], Board]:
    """The copy of a state in a database in which there is another board already, and the highest numbers before it."""
    owner = boards.ensure_board()
    last = {model._meta.table_name: _last(model) for model in all_models()}
    with beside(path.read_bytes()) as state, database.atomic():
        return last, copy_board(state, name="Les", owner=owner)


def _last(model: Any) -> int:
    return int(model.select().order_by(model.id.desc()).limit(1).scalar() or 0) if "id" in model._meta.fields else 0


def _of_file(path: Path) -> dict[str, Table]:
    with closing(sqlite3.connect(path)) as file:
        file.row_factory = sqlite3.Row
        return {
            model._meta.table_name: [
                dict(row) for row in file.execute(f'SELECT * FROM "{model._meta.table_name}" ORDER BY id')
            ]
            for model in all_models()
        }


def _here(model: Any, after: int) -> Table:
    names = [field.column_name for field in model._meta.sorted_fields]
    rows = model.select().where(model.id > after).order_by(model.id).tuples()
    return [
        {name: field.db_value(value) for name, field, value in zip(names, model._meta.sorted_fields, row, strict=True)}
        for row in rows
    ]


def _names(model: Any, row: dict[str, Any]) -> dict[str, str]:
    """Column -> table of what it names, found by another way than the copy does: by what the columns are called."""
    table = model._meta.table_name
    found = {
        f.column_name: f.rel_model._meta.table_name for f in model._meta.sorted_fields if isinstance(f, ForeignKeyField)
    }
    found |= {name: NAMED[table][name] for name in row if name in NAMED.get(table, {})}
    if table in NAMED_BY:
        found[NAMED_BY[table][0]] = row[NAMED_BY[table][1]]
    return found


def _as_places(tables: dict[str, Table]) -> dict[str, Table]:
    """Each row with places in the tables instead of numbers."""
    places = {table: {row["id"]: place for place, row in enumerate(rows)} for table, rows in tables.items()}
    models = {model._meta.table_name: model for model in all_models()}

    def placed(model: Any, row: dict[str, Any]) -> dict[str, Any]:
        made = {"id": places[model._meta.table_name].get(row["id"], "gone")}
        names = _names(model, row)
        for column, value in row.items():
            if column in names and value:
                made[column] = places[names[column]].get(value, "gone")
            elif column in HISTORY and value is not None and model is Change:
                made[column] = placed(models[row["kind"]], json.loads(value))
            elif column != "id":
                made[column] = _plain(model, column, value)
        return made

    return {
        table: [placed(models[table], row) for row in rows]
        for table, rows in tables.items()
        if table not in (*LEFT_OUT, *CANNOT, "board")
    }


def _plain(model: Any, column: str, value: Any) -> Any:
    field = model._meta.columns[column]
    if isinstance(field, MomentField) and isinstance(value, str):
        return str(field.db_value(field.python_value(value)))
    return str(value) if value is not None and not isinstance(value, bool | int | float) else value


@pytest.mark.parametrize("state", STATES)
def test_every_row_is_there_once_and_names_what_it_named(state: str, kept: dict[str, Path], db: str) -> None:
    original = _of_file(kept[state])
    last, _board = _copied(kept[state])
    here = {model._meta.table_name: _here(model, last[model._meta.table_name]) for model in all_models()}
    expected, found = _as_places(original), _as_places(here)
    assert sum(map(len, found.values())) > 8_000
    for table, rows in expected.items():
        assert found[table] == rows, table
    about = {name: Board._meta.columns[name].python_value(value) for name, value in original["board"][0].items()}
    same = {"seed", "practice", "clock", "now", "target", "basispoort_key", "password_hash", "resetting"}
    board = Board.get(Board.name == "Les")
    assert {name: getattr(board, name) for name in same} == {name: about[name] for name in same}


def test_numbers_last_and_the_copy_can_be_removed_without_a_trace(kept: dict[str, Path], db: str) -> None:
    last, board = _copied(kept["after-first-night"])
    highest = _last(Pupil)
    made = boards.make_board("Klas 01", "")
    assert Pupil.select().where(Pupil.board == made).order_by(Pupil.id).first().id > highest
    assert board.id < made.id
    for one in (board, made):
        boards.remove_board(one)
    left = {model._meta.table_name: len(_here(model, last[model._meta.table_name])) for model in all_models()}
    assert {table: count for table, count in left.items() if count} == {}
    assert [row.name for row in Board.select().where(OWN)] == ["Oefenbestuur"]


def test_what_names_a_row_and_is_no_foreign_key_is_known() -> None:
    """A new number in a table is looked at here: does it name a row, then the copy must follow it."""
    counts = {
        "active", "added", "answer_size", "at_column", "attempt", "calls", "chance", "changed", "exercises", "extra_seconds",
        "gender", "helped", "hints", "last_counter", "left", "level", "limit_seconds", "line", "maximum", "mended", "mistakes",
        "ms", "nth", "points", "points_of", "position", "replaced", "resets", "score", "seconds", "seed", "size", "skill",
        "status", "step", "steps", "stored", "turn", "version", "wrong",
    }  # fmt: skip
    for model in all_models():
        table = model._meta.table_name
        if table in (*LEFT_OUT, *CANNOT):
            continue
        known = {*NAMED.get(table, {}), *(NAMED_BY[table][:1] if table in NAMED_BY else ()), *counts, "id"}
        for field in model._meta.sorted_fields:
            if isinstance(field, IntegerField) and not isinstance(field, ForeignKeyField):
                assert field.column_name in known, f"{table}.{field.column_name}"
