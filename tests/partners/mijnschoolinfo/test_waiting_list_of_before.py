"""The list of doubts of 0.4.0 is converted to one that stores what ESIS reported (migration `waiting_list`)."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from playhouse.migrate import SchemaMigrator

from app.partners.mijnschoolinfo import editing, lists, overview, waiting
from app.partners.mijnschoolinfo.editing import PupilForm
from models.base import is_sqlite, real_database
from models.partners.mijnschoolinfo import MsiDoubt, MsiPupil
from models.school import Guardian
from tests.partners.mijnschoolinfo.worlds import BORN, World, couple, uncoupled

pytestmark = pytest.mark.usefixtures("db")
FILE = next((Path(__file__).parents[3] / "models" / "migrations").glob("*_waiting_list.py"))
BEFORE = """
CREATE TABLE msi_doubt (
  id {id} PRIMARY KEY, school_id INTEGER NOT NULL REFERENCES msi_school (id) ON DELETE CASCADE, kind VARCHAR(10) NOT NULL,
  esis_id INTEGER NOT NULL, pupil_esis_id INTEGER NOT NULL, name VARCHAR(300) NOT NULL, detail VARCHAR(300) NOT NULL,
  candidates TEXT NOT NULL, decided {bool} NOT NULL, same_as INTEGER)
"""


def migrated(rows: list[tuple[Any, ...]]) -> None:
    """The table as it was, with these rows, brought up to date."""
    target = real_database()
    sqlite = is_sqlite()
    target.drop_tables([MsiDoubt])
    target.execute_sql(BEFORE.format(id="INTEGER" if sqlite else "SERIAL", bool="SMALLINT" if sqlite else "BOOLEAN"))
    target.execute_sql('CREATE UNIQUE INDEX msi_doubt_key ON msi_doubt ("school_id", "kind", "esis_id")')
    marks = ", ".join([target.param] * 9)
    for row in rows:
        target.execute_sql(
            "INSERT INTO msi_doubt (school_id, kind, esis_id, pupil_esis_id, name, detail, candidates, decided, same_as) "
            f"VALUES ({marks})",
            row,
        )
    spec = spec_from_file_location("waiting_list", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.up(SchemaMigrator.from_database(target), target)


def test_who_waited_waits_with_the_same_candidates_and_what_was_decided_is_done() -> None:
    world = uncoupled()
    anna, bas = world.enrol("Anna Aarts"), world.enrol("Bas Bos", guardian="Vader Bos <vader@voorbeeld.nl>")
    one = editing.add_pupil(world.school, PupilForm("Anna", "Aarts"))
    child = editing.add_pupil(world.school, PupilForm("Bas", "Bos", birth_date=BORN))
    father = editing.add_guardian(world.school, "Vader Bos", "oud@voorbeeld.nl", "", [child.id])
    MsiPupil.update(esis_id=bas.id, origin="esis").where(MsiPupil.id == child.id).execute()
    guardian = Guardian.get(Guardian.name == "Vader Bos")
    couple(world)
    migrated(
        [
            (world.school.id, "leerling", anna.id, anna.id, "Anna Aarts", "2-2-2010", str(one.id), True, one.id),
            (
                world.school.id,
                "verzorger",
                guardian.id,
                bas.id,
                "Vader Bos",
                guardian.email,
                str(father.id),
                False,
                None,
            ),
        ]
    )
    assert waiting.asked_again(world.school) == (anna.id, bas.id)
    assert waits(world) == {"Anna Aarts": ("dezelfde als Anna Aarts", [one.id]), "Vader Bos": ("", [father.id])}
    assert waiting.pupil_of(MsiDoubt.get(MsiDoubt.kind == "leerling")).birth_date == BORN
    world.to("2020-04-15T08:00")
    assert [row.origin for row in lists.pupils(world.fresh())] == ["esis", "esis"]
    assert waits(world) == {"Vader Bos": ("", [father.id])}


def waits(world: World) -> dict[str, tuple[str, list[int]]]:
    """Name -> what was chosen, and who it may be."""
    found = overview.decisions(world.school)
    return {one.doubt.name: (one.chosen, [maybe.record.id for maybe in one.maybe]) for one in found}
