"""No delivery mixes up, loses or doubles a guardian (`docs/wie-is-wie.md`)."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from app.partners.mijnschoolinfo import editing, overview
from app.partners.mijnschoolinfo.editing import PupilForm
from app.runs import Skip
from app.school.people import enrolment, guardians
from app.webservice import contacts
from models.partners.mijnschoolinfo import MsiGuardian
from tests.partners.mijnschoolinfo.doubting import NEXT, NIGHT, own, the_doubt, waiting
from tests.partners.mijnschoolinfo.worlds import BORN, World, carer, couple, uncoupled

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def world(db: str) -> World:
    """A school with nothing in Mijnschoolinfo and no coupling."""
    return uncoupled()


@pytest.mark.usefixtures("paged")
@pytest.mark.parametrize("elder", [0, 1])
def test_a_guardian_is_known_by_any_child(world: World, elder: int) -> None:
    pupils = [world.enrol("Fien Fris", guardian="Vader Fris <nieuw@voorbeeld.nl>")]
    pupils.append(world.enrol("Gijs Fris", guardian="Moeder Fris <moeder@voorbeeld.nl>"))
    guardians.add(world.actor, pupils[1], carer("Vader Fris", "nieuw@voorbeeld.nl"))
    here = [own(world, "Fien", "Fris"), own(world, "Gijs", "Fris")]
    mine = editing.add_guardian(world.school, "Vader Fris", "oud@voorbeeld.nl", "", [here[elder].id])
    couple(world)
    world.to(NIGHT)
    assert waiting(world) == [("Vader Fris", "", [mine.id])]
    editing.settle(world.school, the_doubt(world).doubt.id, mine.id)
    world.to(NEXT)
    assert world.carers() == {"Moeder Fris": ("Gijs Fris",), "Vader Fris": ("Fien Fris", "Gijs Fris")}


def test_no_child_of_a_guardian_is_forgotten_by_a_delivery_that_broke_off(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Fien Fris", "Gijs Fris"):
        world.enrol(name, guardian="Vader Fris <nieuw@voorbeeld.nl>")
    child = own(world, "Fien", "Fris")
    mine = editing.add_guardian(world.school, "Vader Fris", "oud@voorbeeld.nl", "", [child.id])
    couple(world)
    world.to(NIGHT)
    editing.settle(world.school, the_doubt(world).doubt.id, mine.id)
    pull = contacts.pull_contacts

    def half(board: int, request: Any) -> Any:
        if request.after:
            raise Skip("ESIS is niet meer bereikbaar")
        return pull(board, request, limit=1)

    monkeypatch.setattr(contacts, "pull_contacts", half)
    world.to(NEXT)
    monkeypatch.setattr(contacts, "pull_contacts", partial(pull, limit=1))
    world.to("2020-04-17T08:00")
    assert world.carers() == {"Vader Fris": ("Fien Fris", "Gijs Fris")}


@pytest.mark.usefixtures("paged")
def test_a_guardian_is_known_by_a_child_that_is_a_doubt_itself(world: World) -> None:
    world.enrol("Fien Fris", guardian="Vader Fris <nieuw@voorbeeld.nl>")
    second = world.enrol("Gijs Fris", guardian="Moeder Fris <moeder@voorbeeld.nl>")
    guardians.add(world.actor, second, carer("Vader Fris", "nieuw@voorbeeld.nl"))
    child = own(world, "Fien", "Fris", birth_date=None)
    mine = editing.add_guardian(world.school, "Vader Fris", "oud@voorbeeld.nl", "", [child.id])
    couple(world)
    world.to(NIGHT)
    assert waiting(world) == [("Fien Fris", "", [child.id]), ("Vader Fris", "", [mine.id])]
    by_name = {one.doubt.name: one.doubt.id for one in overview.decisions(world.school)}
    editing.settle(world.school, by_name["Fien Fris"], child.id)
    editing.settle(world.school, by_name["Vader Fris"], mine.id)
    world.to(NEXT)
    assert world.carers() == {"Moeder Fris": ("Gijs Fris",), "Vader Fris": ("Fien Fris", "Gijs Fris")}
    assert MsiGuardian.select().count() == 2


@pytest.mark.usefixtures("paged")
def test_two_guardians_of_esis_for_one_record_are_a_doubt_for_both(world: World) -> None:
    here = [own(world, first, "Fris") for first in ("Fien", "Gijs")]
    for first in ("Fien", "Gijs"):
        pupil = world.enrol(f"{first} Fris", guardian=f"Ouder {first} <{first}@voorbeeld.nl>")
        guardians.add(world.actor, pupil, carer(f"Oma {first}", "oma@voorbeeld.nl"))
    mine = editing.add_guardian(world.school, "Oma", "oma@voorbeeld.nl", "", [row.id for row in here])
    couple(world)
    world.to(NIGHT)
    assert waiting(world) == [("Oma Fien", "", [mine.id]), ("Oma Gijs", "", [mine.id])]


def test_a_decided_guardian_stays_decided_while_the_only_child_waits(world: World) -> None:
    kim = editing.add_pupil(world.school, PupilForm("Kim", "Berg", birth_date=BORN))
    mam = editing.add_guardian(world.school, "Mam Berg", "oud@voorbeeld.nl", "", [kim.id])
    lot = editing.add_pupil(world.school, PupilForm("Lot", "Berg"))
    gone = world.enrol("Kim Berg", guardian="Mam Berg <nieuw@voorbeeld.nl>")
    couple(world)
    world.to("2020-04-15T08:00")
    (one,) = overview.decisions(world.school)
    editing.settle(world.school, one.doubt.id, mam.id)
    world.enrol("Lot Berg", guardian="Mam Berg <nieuw@voorbeeld.nl>")
    enrolment.delete(world.actor, gone, "Kim")
    world.to("2020-04-16T08:00")
    (child,) = [one for one in overview.decisions(world.school) if one.doubt.kind == "leerling"]
    editing.settle(world.school, child.doubt.id, lot.id)
    world.to("2020-04-17T08:00")
    assert MsiGuardian.select().count() == 1
