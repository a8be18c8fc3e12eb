"""Possible matches at the first delivery after the year transition (sources.md#mijnschoolinfo, 4 to 8)."""

from __future__ import annotations

from functools import partial

import pytest

from app import clock
from app.partners.mijnschoolinfo import delivery, editing, lists, overview
from app.partners.mijnschoolinfo.editing import PupilForm as MadeByHand
from app.webservice import contacts
from models.school import Pupil
from tests.partners.mijnschoolinfo.new_year import before_the_year, carry_out
from tests.partners.mijnschoolinfo.worlds import BORN, World

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def world(db: str) -> World:
    return before_the_year()


def test_a_guardian_whose_child_is_on_the_list_of_doubts_stays(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contacts, "pull_contacts", partial(contacts.pull_contacts, limit=1))
    editing.change(world.school, "guardian", world.id_of("guardian", "Ouder Acht"), {"name": "Mama Acht"})
    in_doubt(world, "6", guardian="Ouder Acht <ouder.acht@voorbeeld.nl>")
    in_doubt(world, "6", "Nog Keer", guardian="Ouder Acht <ouder.acht@voorbeeld.nl>")
    carry_out(world)
    world.to("2020-08-04T08:00")
    assert world.carers()["Mama Acht"] == ()
    for doubt in overview.doubts(world.school):
        editing.settle(world.school, doubt.id, None)
    world.to("2020-08-05T08:00")
    assert world.carers()["Mama Acht"] == ("Nog Keer", "Twee Keer")


def test_a_decision_made_while_the_years_delivery_is_under_way_is_not_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contacts, "pull_contacts", partial(contacts.pull_contacts, limit=1))
    pupil = in_doubt(world, "6")
    world.enrol("Later Leerling", "6")
    carry_out(world)
    cursor: str | None = ""
    while cursor is not None:
        if cursor == f"{delivery.YEAR}:{pupil.id}":
            (doubt,) = overview.doubts(world.school)
            editing.settle(world.school, doubt.id, None)
        cursor = delivery.deliver(world.fresh(), clock.parse_moment("2020-08-04T03:30"), cursor).cursor
    world.to("2020-08-05T08:00")
    assert ("7",) in [row.belongs for row in lists.pupils(world.fresh()) if row.name == "Twee Keer"]


def test_a_doubt_about_who_left_goes_with_the_transition(world: World) -> None:
    in_doubt(world, "8")
    world.to("2020-07-30T08:00")
    assert len(overview.doubts(world.school)) == 1
    carry_out(world)
    world.to("2020-08-04T08:00")
    assert overview.doubts(world.school) == []


def in_doubt(world: World, group: str, name: str = "Twee Keer", guardian: str = "") -> Pupil:
    """Somebody from ESIS who may be either of two existing people."""
    bso = editing.find_group(world.school, "BSO").id
    first, _, last = name.partition(" ")
    for _ in range(2):
        editing.add_pupil(world.school, MadeByHand(first, last, group=bso, birth_date=BORN))
    return world.enrol(name, group, guardian=guardian)
