"""A page of the list of pupils: from an offset or beside a row, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import perf_counter
from typing import Any

import pytest

from app.access import Actor
from app.school.people import pupils
from app.school.people.pupils import Order
from models import bulk
from models.school import Placement, Pupil
from tests.builders import YEAR, location_of, make_actor, make_board, make_group
from tests.school.people.listed import keys, named, statements


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("order", Order)
def test_pages_beside_a_row_and_from_an_offset_give_every_pupil_once(db: str, order: Order, descending: bool) -> None:
    board = make_board()
    group = make_group(location_of(board))
    for number in range(11):
        pupil = named(group, "Twee", f"Ling {number // 3}", key=str(number))
        pupil.birth_date = None if number % 5 == 0 else date(2012, 1, 1 + number % 2)
        pupil.save()
    actor, how = make_actor(board), {"order": order, "descending": descending}
    everybody = pupils.page(actor, **how)
    assert _walked(actor, everybody, how, back=False) == keys(everybody)
    assert _walked(actor, everybody, how, back=True) == keys(everybody)
    skipped = [key for offset in (0, 4, 8, 12) for key in keys(pupils.page(actor, offset=offset, limit=4, **how))]
    assert skipped == keys(everybody)
    assert sorted(keys(list(pupils.list_pupils(actor)))) == sorted(keys(everybody))
    assert pupils.count(actor) == 11


def _walked(actor: Actor, everybody: list[pupils.ListedPupil], how: dict[str, Any], *, back: bool) -> list[str]:
    """Everybody in steps of four from the one end to the other; by skipping where there is no going on."""
    found: list[pupils.ListedPupil] = []
    while len(found) < len(everybody):
        near = (found[0] if back else found[-1]) if found else None
        rows = pupils.beside(actor, near, 4, back=back, **how) if back or found else pupils.page(actor, limit=4, **how)
        if rows is None:
            left = everybody[: len(everybody) - len(found)] if back else everybody[len(found) :]
            rows = left[-4:] if back else left[:4]
        found = rows + found if back else found + rows
    return keys(found)


def test_a_page_of_a_large_location_takes_as_many_statements_as_one_of_a_small(
    sqlite: str, record_property: Callable[[str, object], None]
) -> None:
    small, large = _location_with(100), _location_with(10_000)
    assert len(pupils.page(large, limit=100)) == 100
    assert statements(lambda: pupils.page(large, limit=100)) == statements(lambda: pupils.page(small, limit=100))
    for name, actor in (("100", small), ("10.000", large)):
        began = perf_counter()
        pupils.page(actor, limit=100)
        record_property(f"page_of_{name}_ms", round((perf_counter() - began) * 1000, 2))


def _location_with(number: int) -> Actor:
    board = make_board()
    actor, group = make_actor(board), make_group(location_of(board))
    shared = {
        "board": board.id,
        "location": group.location.id,
        "first_name": "A",
        "prefix": "",
        "initials": "",
        "gender": 0,
        "unsubscribe_reason": "",
        "enrolled_from": date(2019, 8, 1),
    }
    bulk.insert(
        Pupil,
        ({**shared, "key": str(n), "last_name": f"N{n:06}", "year_group": "6", "eckid": ""} for n in range(number)),
    )
    ids = [pupil.id for pupil in Pupil.select(Pupil.id).where(Pupil.location == group.location)]
    bulk.insert(Placement, ({"pupil": one, "group": group.id, "school_year": YEAR, "kind": "basis"} for one in ids))
    return actor
