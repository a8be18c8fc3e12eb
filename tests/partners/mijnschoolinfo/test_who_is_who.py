"""Nobody is taken for another, lost or doubled by a delivery, on whichever page he comes (issue 10, Identity 1 and 3)."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from app.access import writing
from app.couplings import lifecycle
from app.partners.mijnschoolinfo import account, editing, lists, overview
from app.partners.mijnschoolinfo.delivery_preview import preview
from app.partners.mijnschoolinfo.editing import PupilForm
from app.partners.mijnschoolinfo.overview import Decision
from app.runs import Skip
from app.school.people import enrolment, guardians
from app.webservice import contacts
from models.partners.mijnschoolinfo import MsiDoubt, MsiGuardian, MsiPupil
from models.school import Pupil
from tests.partners.mijnschoolinfo.worlds import BORN, CODE, World, carer, couple, uncoupled

pytestmark = pytest.mark.usefixtures("db")
NIGHT, NEXT = "2020-04-15T08:00", "2020-04-16T08:00"


@pytest.fixture
def world(db: str) -> World:
    """A school with nothing in Mijnschoolinfo and no coupling."""
    return uncoupled()


@pytest.fixture(params=[1, 100], ids=["a pupil a page", "one page"])
def paged(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A delivery in many pages, and in one."""
    monkeypatch.setattr(contacts, "pull_contacts", partial(contacts.pull_contacts, limit=request.param))


def own(world: World, first: str, last: str, **more: Any) -> MsiPupil:
    return editing.add_pupil(world.school, PupilForm(first, last, **{"birth_date": BORN, **more}))


def origins(world: World) -> dict[int, str]:
    return {row.id: row.origin for row in lists.pupils(world.fresh())}


def waiting(world: World) -> list[tuple[str, str, list[int]]]:
    """Name, what was chosen, and who it may be."""
    return [
        (one.doubt.name, one.chosen, [maybe.record.id for maybe in one.maybe])
        for one in overview.decisions(world.school)
    ]


def the_doubt(world: World) -> Decision:
    (one,) = overview.decisions(world.school)
    return one


def test_what_was_decided_ends_when_the_record_is_deleted_also_if_its_number_is_given_out_again(world: World) -> None:
    pupil = world.enrol("Anna Aarts", guardian="Vreemde Vogel <vreemd@voorbeeld.nl>")
    chosen = own(world, "Anna", "Aarts", birth_date=None)
    couple(world)
    world.to(NIGHT)
    editing.settle(world.school, the_doubt(world).doubt.id, chosen.id)
    editing.delete(world.school, "pupil", chosen.id)
    assert waiting(world) == [("Anna Aarts", "", [])]
    MsiPupil.create(id=chosen.id, school=world.school, first_name="Bas", last_name="Bos", since=BORN)
    world.to(NEXT)
    assert origins(world)[chosen.id] == "own"
    assert world.carers() == {"Vreemde Vogel": ("Anna Aarts",)}
    assert MsiPupil.get(MsiPupil.esis_id == pupil.id).first_name == "Anna"


@pytest.mark.parametrize(
    "now", [{"first_name": "Zoë", "last_name": "Zon"}, {"birth_date": BORN.replace(year=2009)}], ids=["name", "born"]
)
def test_what_was_decided_ends_when_the_record_is_no_candidate_any_more(world: World, now: dict[str, Any]) -> None:
    world.enrol("Anna Aarts")
    chosen = own(world, "Anna", "Aarts", birth_date=None)
    couple(world)
    world.to(NIGHT)
    editing.settle(world.school, the_doubt(world).doubt.id, chosen.id)
    editing.change(world.school, "pupil", chosen.id, now)
    assert waiting(world) == [("Anna Aarts", "", [])]
    world.to(NEXT)
    assert sorted(row.origin for row in lists.pupils(world.fresh())) == ["esis", "own"]
    assert origins(world)[chosen.id] == "own"


def test_that_it_is_somebody_else_ends_when_somebody_comes_who_it_may_be_too(world: World) -> None:
    world.enrol("Anna Aarts")
    first = own(world, "Anna", "Aarts", birth_date=None)
    group = editing.add_group(world.school, "BSO")
    couple(world)
    world.to(NIGHT)
    editing.settle(world.school, the_doubt(world).doubt.id, None)
    assert waiting(world) == [("Anna Aarts", "iemand anders", [first.id])]
    second = own(world, "Anna", "Aarts", group=group.id)
    assert waiting(world) == [("Anna Aarts", "", [first.id, second.id])]
    world.to(NEXT)
    assert set(origins(world).values()) == {"own"}


def test_what_was_decided_ends_when_esis_says_something_else_by_then(world: World) -> None:
    pupil = world.enrol("Anna Aarts")
    chosen = own(world, "Anna", "Aarts", birth_date=None)
    couple(world)
    world.to(NIGHT)
    editing.settle(world.school, the_doubt(world).doubt.id, chosen.id)
    world.rename(pupil, "Zoë")
    world.to(NEXT)
    assert world.names() == {"Anna Aarts": (), "Zoë Aarts": ("6",)}
    assert waiting(world) == []


def test_who_left_esis_leaves_the_list(world: World) -> None:
    pupil = world.enrol("Anna Aarts")
    own(world, "Anna", "Aarts", birth_date=None)
    couple(world)
    world.to(NIGHT)
    enrolment.delete(world.actor, Pupil.get_by_id(pupil.id), pupil.first_name)
    world.to(NEXT)
    assert MsiDoubt.select().count() == 0


def test_a_doubt_says_what_agrees_and_what_does_not(world: World) -> None:
    world.enrol("Anna Aarts")
    own(world, "Anna", "Aarts", key="9", birth_date=None)
    couple(world)
    world.to(NIGHT)
    assert the_doubt(world).reason == "zelfde naam, ander nummer"


@pytest.mark.usefixtures("paged")
def test_two_of_esis_for_one_record_are_a_doubt_for_both(world: World) -> None:
    for _ in range(2):
        world.enrol("Cas Cool")
    one = own(world, "Cas", "Cool")
    couple(world)
    told = preview(world.school)
    (run,) = world.to(NIGHT)
    assert waiting(world) == [("Cas Cool", "", [one.id])] * 2
    assert origins(world) == {one.id: "own"}
    assert [line.name for line in told.lines if line.action == "twijfel"] == ["Cas Cool"] * 2
    assert (run.counts.received, run.counts.unmatched) == (2, 2)
    first, second = overview.doubts(world.school)
    editing.settle(world.school, second.id, None)
    world.to(NEXT)  # the other can be nobody else now
    assert origins(world)[one.id] == "esis"
    assert MsiPupil.get_by_id(one.id).esis_id == first.esis_id
    assert sorted(origins(world).values()) == ["esis", "esis"]
    assert waiting(world) == []


@pytest.mark.usefixtures("paged")
@pytest.mark.parametrize("numbered_last", [True, False])
def test_who_has_the_number_is_it_on_whichever_page_a_namesake_comes(world: World, numbered_last: bool) -> None:
    pupils = [world.enrol("Cas Cool"), world.enrol("Cas Cool")]
    numbered = pupils[numbered_last]
    one = own(world, "Cas", "Cool", key=numbered.key)
    couple(world)
    world.to(NIGHT)
    assert MsiPupil.get_by_id(one.id).esis_id == numbered.id
    assert sorted(origins(world).values()) == ["esis", "esis"]
    assert waiting(world) == []


def test_a_birth_date_that_esis_does_not_have_is_a_doubt(world: World) -> None:
    pupil = world.enrol("Dirk Duin")
    with writing(world.actor):
        Pupil.update(birth_date=None).where(Pupil.id == pupil.id).execute()
    one = own(world, "Dirk", "Duin")
    couple(world)
    world.to(NIGHT)
    assert waiting(world) == [("Dirk Duin", "", [one.id])]
    assert the_doubt(world).reason == "zelfde naam"


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


def test_half_a_delivery_asks_nobody_to_decide(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.enrol("Cas Cool")
    world.enrol("Dirk Duin")
    own(world, "Cas", "Cool")
    couple(world)
    pull = contacts.pull_contacts

    def half(board: int, request: Any) -> Any:
        if request.after:
            raise Skip("ESIS is niet meer bereikbaar")
        return pull(board, request, limit=1)

    monkeypatch.setattr(contacts, "pull_contacts", half)
    world.to(NIGHT)
    assert overview.decisions(world.school) == []
    assert overview.summary(world.fresh()).doubts == 0
    monkeypatch.undo()
    world.to(NEXT)
    assert world.names() == {"Cas Cool": ("6",), "Dirk Duin": ("6",)}


def test_a_night_without_new_people_reads_nobody_who_was_made_here(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    pupil = world.enrol("Anna Aarts")
    own(world, "Zelf", "Gemaakt")
    couple(world)
    world.to(NIGHT)
    enrolment.move(world.actor, pupil, world.groups["7"])
    monkeypatch.setattr("app.partners.mijnschoolinfo.matching.Register", None)
    world.to(NEXT)
    assert world.names()["Anna Aarts"] == ("7",)


def test_decisions_outlast_a_coupling_that_was_off(world: World) -> None:
    world.enrol("Anna Aarts")
    one = own(world, "Anna", "Aarts", birth_date=None)
    couple(world)
    world.to(NIGHT)
    editing.settle(world.school, the_doubt(world).doubt.id, one.id)
    account.disconnect(world.school)
    lifecycle.change_code(world.actor, account.ID, CODE)
    account.connect(world.school, CODE)
    world.to(NEXT)
    assert origins(world) == {one.id: "esis"}


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
