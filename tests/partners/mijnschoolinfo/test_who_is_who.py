"""No delivery mixes up, loses or doubles anybody, whatever the page boundaries (`docs/wie-is-wie.md`)."""

from __future__ import annotations

from typing import Any

import pytest

from app.access import writing
from app.couplings import lifecycle
from app.partners.mijnschoolinfo import account, editing, lists, overview
from app.partners.mijnschoolinfo.delivery_preview import preview
from app.runs import Skip
from app.school.people import enrolment
from app.webservice import contacts
from models.partners.mijnschoolinfo import MsiDoubt, MsiPupil
from models.school import Pupil
from tests.partners.mijnschoolinfo.doubting import NEXT, NIGHT, origins, own, the_doubt, waiting
from tests.partners.mijnschoolinfo.worlds import BORN, CODE, World, couple, uncoupled

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def world(db: str) -> World:
    """A school with nothing in Mijnschoolinfo and no coupling."""
    return uncoupled()


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
