"""Names of 0.4.0 are normalised, and get the columns they are sorted, searched and compared by."""

from __future__ import annotations

from app.exchange.names import kept
from models.base import BaseModel, KeptText, folded_fields, is_sqlite, real_database
from models.history import Change
from models.registry import all_models
from models.schema import connect, open_database
from models.school import Group, Guardian, Pupil

ODD = "  Zoe\u0308\u00a0van\u200b 't \u202eHof\u00ad "
EVEN = "Zoë van 't Hof"


def spoil(url: str, *statements: str) -> None:
    before = connect(url)
    for statement in statements:
        before.execute_sql(statement)
    before.close()


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def test_every_name_is_in_its_form_and_folded(old: str) -> None:
    odd = quoted(ODD)
    spoil(
        old,
        f"UPDATE pupil SET first_name = {odd}, last_name = '\u200b' WHERE id / 3 * 3 = id",
        f"UPDATE guardian SET name = {odd}, email = 'Zo\u0065\u0308@Voorbeeld.NL' WHERE id / 2 * 2 = id",
        f"UPDATE staff_member SET last_name = {odd}",
        f"UPDATE msi_pupil SET last_name = {odd}",
        "UPDATE iep_pupil SET prefix = '\u200b' WHERE id / 2 * 2 = id",
        f"UPDATE basispoort_staff SET last_name = {odd}",
        f"UPDATE msi_group SET name = {odd}",
    )
    (changes,) = numbers(old, "SELECT count(*) FROM change")
    open_database(old)
    for model in all_models():
        columns = [field.name for field in model._meta.sorted_fields if isinstance(field, KeptText)]
        for row in model.select() if columns or folded_fields(model) else ():
            assert all(getattr(row, name) == kept(getattr(row, name)) for name in columns)
            assert as_filled(row) == {field.name: getattr(row, field.name) for field in folded_fields(model)}
    pupil = next(row for row in Pupil.select().order_by(Pupil.id) if row.id % 3 == 0)
    assert (pupil.first_name, pupil.last_name, pupil.sort_name) == (EVEN, "-", f"- zoe van 't hof{prefix_of(pupil)}")
    guardian = next(row for row in Guardian.select().order_by(Guardian.id) if row.id % 2 == 0)
    assert (guardian.name, guardian.sort_name) == (EVEN, "zoe van 't hof")
    assert (guardian.email, guardian.email_folded) == ("Zoë@Voorbeeld.NL", "zoë@voorbeeld.nl")
    assert Change.select().count() == changes
    if not is_sqlite():
        query = (
            "SELECT count(*) FROM information_schema.columns WHERE column_name = 'sort_name' AND collation_name IS NULL"
        )
        assert real_database().execute_sql(query).fetchone() == (0,)


def as_filled(row: BaseModel) -> dict[str, str]:
    return {field.name: field.of(row.__data__) for field in folded_fields(type(row))}


def prefix_of(pupil: Pupil) -> str:
    return f" {pupil.prefix.lower()}" if pupil.prefix else ""


def test_groups_that_would_have_one_name_are_told_apart(old: str) -> None:
    first, second, third = numbers(old, "SELECT id FROM school_group WHERE location_id = 1 ORDER BY id LIMIT 3")
    spoil(
        old,
        f"UPDATE school_group SET name = 'Bos', school_year = '2015-2016' WHERE id = {first}",
        f"UPDATE school_group SET name = 'Bos\u200b', school_year = '2015-2016' WHERE id = {second}",
        f"UPDATE school_group SET name = ' Bos', school_year = '2015-2016' WHERE id = {third}",
    )
    open_database(old)
    names = [Group.get_by_id(number).name for number in (first, second, third)]
    assert names == ["Bos", "Bos (2)", "Bos (3)"]


def numbers(url: str, query: str) -> list[int]:
    target = connect(url)
    found = [number for (number,) in target.execute_sql(query).fetchall()]
    target.close()
    return found
