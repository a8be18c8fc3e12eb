"""Existing people who join a group or are linked to another pupil are reported (sources.md#mijnschoolinfo, 2b).

Both in the preview and afterwards.
"""

from __future__ import annotations

import pytest

from app import clock
from app.access import writing
from app.partners.mijnschoolinfo import editing, overview
from app.partners.mijnschoolinfo.delivery_preview import preview
from app.partners.mijnschoolinfo.lines import Action
from app.school.people import enrolment, guardians, staff
from app.school.people.staff import StaffForm
from models.partners.mijnschoolinfo import MsiLine
from models.school import GroupTeacher, Placement, Pupil
from tests.builders import make_group
from tests.partners.mijnschoolinfo.worlds import World, coupled

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def world(db: str) -> World:
    """Two pupils and a member of staff, delivered."""
    found = coupled()
    found.enrol("Anna Aarts")
    found.enrol("Bas Bos")
    staff.add(found.actor, StaffForm("Juf", "Janssen"))
    found.to("2020-04-15T08:00")
    return found


def place(world: World, pupil: Pupil, name: str) -> None:
    """Into a new instruction group that travels."""
    with writing(world.actor):
        group = make_group(world.actor.location, name, "6", kind="instructie")
        Placement.create(pupil=pupil, group=group, school_year=group.school_year, kind=group.kind)


def told(world: World) -> list[tuple[str, str, str, str]]:
    """The preview of tonight, which is verified against what then happens."""
    before = preview(world.school)
    world.to(clock.iso(before.slot))
    done = overview.deliveries(world.fresh())[0]
    assert (before.note, [words(line) for line in before.lines]) == (
        done.note,
        [words(line) for line in overview.lines(done)],
    )
    return [words(line) for line in before.lines]


def words(line: MsiLine) -> tuple[str, str, str, str]:
    return str(line.action), str(line.kind), str(line.name), str(line.detail)


def test_who_comes_into_instruction_groups_is_told_of_once(world: World) -> None:
    anna = Pupil.get(Pupil.first_name == "Anna")
    place(world, anna, "Rekenen")
    place(world, anna, "Plus")
    place(world, world.enrol("Nieuw Komer"), "Taal")
    lines = told(world)
    assert [line for line in lines if line[0] == Action.JOINED] == [
        ("ingedeeld", "leerling", "Anna Aarts", "in groep Plus, Rekenen")
    ]
    assert world.names()["Anna Aarts"] == ("6", "Plus", "Rekenen")
    assert "1 leerling ingedeeld." in overview.deliveries(world.fresh())[0].note
    assert told(world) == []


def test_a_move_and_an_instruction_group_are_two_things(world: World) -> None:
    bas = Pupil.get(Pupil.first_name == "Bas")
    place(world, bas, "Plus")
    enrolment.move(world.actor, bas, world.groups["7"])
    assert [line for line in told(world) if line[1] == "leerling"] == [
        ("ingedeeld", "leerling", "Bas Bos", "in groep Plus"),
        ("verplaatst", "leerling", "Bas Bos", "naar groep 7"),
    ]


def test_of_who_was_deleted_here_nothing_is_told(world: World) -> None:
    editing.delete(world.school, "pupil", world.id_of("pupil", "Bas Bos"))
    for pupil in Pupil.select():
        place(world, pupil, f"Plus {pupil.first_name}")
    assert [line[2] for line in told(world) if line[0] == Action.JOINED] == ["Anna Aarts"]


def test_staff_before_another_group_and_a_guardian_of_another_pupil_are_told_of(world: World) -> None:
    with writing(world.actor):
        GroupTeacher.create(group=world.groups["7"], staff=staff.find(world.actor, staff.listed(world.actor)[0].key))
    bas = Pupil.get(Pupil.first_name == "Bas")
    guardians.add(world.actor, bas, guardians.parse("Ouder Aarts <ouder.aarts@voorbeeld.nl>"))
    assert told(world) == [
        ("ingedeeld", "medewerker", "Juf Janssen", "in groep 7"),
        ("gekoppeld", "verzorger", "Ouder Aarts", "aan Bas Bos"),
    ]
    assert world.carers()["Ouder Aarts"] == ("Anna Aarts", "Bas Bos")
    assert told(world) == []
