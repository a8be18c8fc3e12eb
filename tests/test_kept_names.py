"""However a row is written, its names are normalised and folded columns follow them; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from peewee import IntegrityError

from app.exchange.names import folded
from models import bulk
from models.base import KeptText, folded_fields, is_sqlite, real_database
from models.board import Location
from models.history import Change
from models.registry import all_models
from models.school import Guardian, Pupil
from tests.builders import YEAR, location_of, make_actor, make_board, make_group, make_pupil

ODD, EVEN = " Zoe\u0308\u00a0\u200bVan\u202e ", "Zoë Van"
NAMES = (
    "zwart",
    "Éder",
    "Eder-Smit",
    "eerden",
    "IJssel",
    "Ikink",
    "Çelik",
    "cohen",
    "Łuc",
    "de Boer",
    "De Boer",
    "d’Arcy",
    "د",
)


def create(location: Location) -> None:
    Pupil.create(**row(location))


def save(location: Location) -> None:
    pupil = Pupil.create(**{**row(location), "last_name": "Eerst"})
    pupil.last_name = ODD
    pupil.save()
    assert pupil.sort_name == "zoe van zoe van zoe van"


def save_a_part(location: Location) -> None:
    pupil = Pupil.create(**{**row(location), "last_name": "Eerst"})
    Pupil.update(first_name=ODD).where(Pupil.id == pupil.id).execute()
    pupil.last_name = ODD
    pupil.save(only=("last_name",))


def update_a_part(location: Location) -> None:
    other = Pupil.create(**{**row(location, key="2"), "last_name": "Ander"})
    Pupil.create(**{**row(location), "last_name": "Eerst"})
    Pupil.update(last_name=ODD).where(Pupil.last_name == "Eerst").execute()
    assert Pupil.get_by_id(other.id).sort_name.startswith("ander ")


def update_by_an_expression(location: Location) -> None:
    Pupil.create(**{**row(location), "last_name": "Eerst"})
    Pupil.update({Pupil.last_name: Pupil.first_name}).where(Pupil.key == "1").execute()


def insert_many(location: Location) -> None:
    bulk.insert(Pupil, [{**_columns(location), "sort_name": "iets anders"}])


def upsert(location: Location) -> None:
    bulk.insert(Pupil, [{**_columns(location), "last_name": "Eerst"}])
    bulk.upsert(Pupil, [_columns(location)], key=("location", "key"))


def row(location: Location, key: str = "1") -> dict[str, object]:
    return {
        "board": location.board_id,
        "location": location.id,
        "key": key,
        "first_name": ODD,
        "prefix": ODD,
        "last_name": ODD,
        "enrolled_from": date(2019, 8, 1),
    }


def _columns(location: Location) -> dict[str, object]:
    return {
        **row(location),
        "eckid": "",
        "initials": "",
        "gender": 0,
        "year_group": "",
        "unsubscribe_reason": "",
        "starts_in": "",
    }


@pytest.mark.parametrize(
    "write", [create, save, save_a_part, update_a_part, update_by_an_expression, insert_many, upsert]
)
def test_every_way_of_writing_keeps_the_form_and_what_is_folded(db: str, write: Callable[[Location], None]) -> None:
    location = location_of(make_board())
    write(location)
    query = "SELECT first_name, prefix, last_name, sort_name FROM pupil WHERE key = '1'"
    assert real_database().execute_sql(query).fetchone() == (EVEN, EVEN, EVEN, "zoe van zoe van zoe van")


def test_what_is_kept_is_found_by_what_was_typed(db: str) -> None:
    create(location_of(make_board()))
    assert Pupil.get(Pupil.last_name == ODD).key == "1"


def test_the_length_is_that_of_what_is_kept(db: str) -> None:
    group = make_group(location_of(make_board()))
    fits = make_pupil(group, "\u200b".join("A" * 64))
    assert Pupil.get_by_id(fits.id).first_name == "A" * 64
    with pytest.raises(IntegrityError if "sqlite" in db else Exception):
        make_pupil(group, "A" * 65)


def test_what_folds_to_more_than_fits_is_still_found(db: str) -> None:
    long = "ß" * 200
    group = make_group(location_of(make_board()))
    make_pupil(group, "Anna", long, key="1")
    assert Pupil.get(Pupil.sort_name == folded(long, "Anna")).key == "1"


def test_every_database_sorts_as_the_folded_texts_do(db: str) -> None:
    group = make_group(location_of(make_board()))
    for place, name in enumerate(NAMES):
        make_pupil(group, "A", name, key=str(place))
    listed = [pupil.last_name for pupil in Pupil.select().order_by(Pupil.sort_name, Pupil.id)]
    assert listed == sorted(NAMES, key=folded)
    assert listed.index("Éder") < listed.index("eerden") < listed.index("IJssel") < listed.index("zwart")


def test_an_address_is_folded_without_losing_its_accents(db: str) -> None:
    board = make_board()
    guardian = Guardian.create(board=board, name="Zoë", email="Zoë.\u200bSmit@Voorbeeld.NL")
    assert (guardian.sort_name, guardian.email_folded) == ("zoe", "zoë.smit@voorbeeld.nl")
    assert Guardian.get_by_id(guardian.id).email == "Zoë.Smit@Voorbeeld.NL"


def test_the_history_leaves_out_what_follows_from_a_name(db: str) -> None:
    from app.access import writing

    actor = make_actor(make_board())
    with writing(actor):
        Guardian.create(board=actor.board, name="Zoë", email="a@b.nl")
    told = str(Change.select().where(Change.kind == "guardian").get().after)
    assert "Zoë" in told
    assert "sort_name" not in told
    assert "email_folded" not in told


def test_many_rows_go_by_the_seam_that_fills_what_is_folded(db: str) -> None:
    with pytest.raises(TypeError, match=r"models\.bulk"):
        Pupil.insert_many([row(location_of(make_board()))])


def test_every_folded_column_is_made_of_names_and_sorts_by_code_points(db: str) -> None:
    """On PostgreSQL whatever language its server has."""
    made = [(model, field) for model in all_models() for field in folded_fields(model)]
    assert len(made) > 10
    for model, field in made:
        assert all(isinstance(model._meta.fields[source], KeptText) for source in field.sources), field
        if not is_sqlite():
            query = "SELECT collation_name FROM information_schema.columns WHERE table_name = %s AND column_name = %s"
            found = real_database().execute_sql(query, (model._meta.table_name, field.column_name)).fetchone()
            assert found == ("C",), field


def test_groups_of_one_name_are_one(db: str) -> None:
    group = make_group(location_of(make_board()), "5\u00a0\u200ba")
    assert make_group(group.location, "5 b").name == "5 b"
    with pytest.raises(IntegrityError):
        make_group(group.location, "5 a")
    assert group.school_year == YEAR
