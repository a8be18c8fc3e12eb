"""Matching when several people's addresses, names and decisions interact (sources.md#mijnschoolinfo, S)."""

from __future__ import annotations

from datetime import date

import pytest

from app.partners.mijnschoolinfo import editing, lists, overview
from app.partners.mijnschoolinfo.editing import By, ChangedHere, PupilForm
from app.refusals import Refused
from app.school.people import guardians, staff
from app.school.people.staff import StaffForm
from models.partners.mijnschoolinfo import MsiPupil, MsiStaff
from tests.partners.mijnschoolinfo.worlds import BORN, World, carer, couple, uncoupled

pytestmark = pytest.mark.usefixtures("db")

SHARED = "gezin@voorbeeld.nl"


@pytest.fixture
def world(db: str) -> World:
    """A school with nothing in Mijnschoolinfo and no coupling."""
    return uncoupled()


def family(world: World, *here: str) -> None:
    """A child with two guardians of one address at ESIS; `here` are the guardians Mijnschoolinfo has."""
    pupil = world.enrol("Anna Aarts", guardian=f"Vader Aarts <{SHARED}>")
    guardians.add(world.actor, pupil, carer("Moeder Aarts", SHARED))
    child = editing.add_pupil(world.school, PupilForm("Anna", "Aarts", birth_date=BORN))
    for name in here:
        editing.add_guardian(world.school, name, SHARED, "", [child.id])


def test_of_two_guardians_with_one_address_the_one_of_that_name_is_recognised(world: World) -> None:
    family(world, "Moeder Aarts")
    couple(world)
    world.to("2020-04-15T08:00")
    assert sorted(row.name for row in lists.guardians(world.fresh())) == ["Moeder Aarts", "Vader Aarts"]


def test_an_address_of_two_that_is_one_here_under_another_name_is_a_doubt(world: World) -> None:
    family(world, "Familie Aarts")
    couple(world)
    world.to("2020-04-15T08:00")
    assert sorted(row.name for row in overview.doubts(world.school)) == ["Moeder Aarts", "Vader Aarts"]


def test_two_cannot_be_decided_to_be_one_and_the_same(world: World) -> None:
    for _ in range(2):
        editing.add_pupil(world.school, PupilForm("Cas", "Cool", birth_date=BORN))
        world.enrol("Cas Cool")
    couple(world)
    world.to("2020-04-15T08:00")
    first, second = overview.doubts(world.school)
    chosen = overview.candidates(first)[0]
    editing.settle(world.school, first.id, chosen.id)
    with pytest.raises(Refused, match="al gekozen voor Cas Cool"):
        editing.settle(world.school, second.id, chosen.id)
    editing.settle(world.school, second.id, None)
    world.to("2020-04-16T08:00")
    assert sorted(row.origin for row in lists.pupils(world.fresh())) == ["esis", "esis", "own"]
    assert overview.doubts(world.school) == []


def test_what_was_decided_stays_on_the_list_and_can_be_changed_until_the_delivery(world: World) -> None:
    for _ in range(2):
        editing.add_pupil(world.school, PupilForm("Cas", "Cool", birth_date=BORN))
    world.enrol("Cas Cool")
    couple(world)
    world.to("2020-04-15T08:00")
    (waiting,) = overview.decisions(world.school)
    one, other = overview.candidates(waiting.doubt)
    told = [waiting.chosen]
    for choice in (one.id, None, other.id):
        editing.settle(world.school, waiting.doubt.id, choice)
        (decided,) = overview.decisions(world.school)
        told.append(decided.chosen)
    assert told == ["", "dezelfde als Cas Cool", "iemand anders", "dezelfde als Cas Cool"]
    assert [row.id for row in overview.candidates(decided.doubt)] == [one.id, other.id]
    world.to("2020-04-16T08:00")
    assert overview.decisions(world.school) == []
    assert {row.id: row.origin for row in lists.pupils(world.fresh())} == {one.id: "own", other.id: "esis"}


def test_who_was_chosen_is_not_recognised_as_somebody_else_meanwhile(world: World) -> None:
    rows = [editing.add_pupil(world.school, PupilForm("Cas", "Cool", birth_date=BORN)) for _ in range(2)]
    world.enrol("Cas Cool")
    couple(world)
    world.to("2020-04-15T08:00")
    (doubt,) = overview.doubts(world.school)
    editing.settle(world.school, doubt.id, rows[0].id)
    editing.delete(world.school, "pupil", rows[1].id)
    world.enrol("Cas Cool")
    world.to("2020-04-16T08:00")
    assert [row.origin for row in lists.pupils(world.fresh())] == ["esis", "esis"]


def test_who_is_gone_cannot_be_chosen(world: World) -> None:
    rows = [editing.add_pupil(world.school, PupilForm("Cas", "Cool", birth_date=BORN)) for _ in range(2)]
    world.enrol("Cas Cool")
    couple(world)
    world.to("2020-04-15T08:00")
    (doubt,) = overview.doubts(world.school)
    editing.delete(world.school, "pupil", rows[0].id)
    with pytest.raises(Refused, match="intussen verwijderd"):
        editing.settle(world.school, doubt.id, rows[0].id)


def test_staff_is_known_by_number_before_by_a_shared_address(world: World) -> None:
    first = staff.add(world.actor, StaffForm("Juf", "Een", email="school@voorbeeld.nl"))
    second = staff.add(world.actor, StaffForm("Juf", "Twee", email="school@voorbeeld.nl"))
    mine = MsiStaff.create(
        school=world.school, key=second.key, last_name="Twee", email="school@voorbeeld.nl", since=BORN
    )
    couple(world)
    world.to("2020-04-15T08:00")
    found = {row.esis_id: row.id for row in MsiStaff.select().where(MsiStaff.school == world.school)}
    assert found[second.id] == mine.id
    assert first.id in found


def test_a_change_here_does_not_undo_that_a_delivery_recognised_the_record_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = editing.add_pupil(world.school, PupilForm("Cas", "Cool", birth_date=BORN))
    find = editing.get

    def found_and_then_recognised(*asked: object) -> object:
        record = find(*asked)  # type: ignore[arg-type]
        MsiPupil.update(esis_id=7, origin="esis").where(MsiPupil.id == row.id).execute()
        return record

    monkeypatch.setattr(editing, "get", found_and_then_recognised)
    editing.change(world.school, "pupil", row.id, {"first_name": "Kas"})
    kept = MsiPupil.get_by_id(row.id)
    assert (kept.first_name, kept.esis_id, kept.origin) == ("Kas", 7, "esis")


def test_two_who_change_one_record_are_told_and_nothing_is_overwritten_unseen(world: World) -> None:
    editing.add_pupil(world.school, PupilForm("Anna", "Aarts", birth_date=BORN))
    pupil = world.id_of("pupil", "Anna Aarts")
    seen = {"first_name": "Anna", "last_name": "Aarts", "birth_date": BORN}
    editing.change(world.school, "pupil", pupil, {"birth_date": date(2010, 3, 3), "last_name": "Aerts"}, seen=seen)
    with pytest.raises(ChangedHere, match="De verzorger heeft dit intussen gewijzigd") as refused:
        editing.change(world.school, "pupil", pupil, {"first_name": "Annie"}, By.ADMINISTRATOR, seen)
    assert "Achternaam is nu 'Aerts'. Geboortedatum is nu 3-3-2010." in refused.value.sentence
    assert refused.value.field == "last_name"
    assert list(world.names()) == ["Anna Aerts"]
    editing.change(world.school, "pupil", pupil, {"first_name": "Annie"}, By.ADMINISTRATOR, refused.value.now)
    assert list(world.names()) == ["Annie Aerts"]


def test_a_leerlingnummer_has_no_control_characters(world: World) -> None:
    with pytest.raises(Refused, match="Leerlingnummer telt hooguit 256 tekens, zonder stuurtekens"):
        editing.add_pupil(world.school, PupilForm("Cas", "Cool", key="1\x002"))


@pytest.mark.parametrize(
    "there",
    [PupilForm("Anna", "Aarts"), PupilForm("Anna", "Aarts", prefix="van", birth_date=BORN)],
    ids=["without a birth date", "with another prefix"],
)
def test_who_only_resembles_somebody_waits_for_a_decision(world: World, there: PupilForm) -> None:
    world.enrol("Anna Aarts")
    editing.add_pupil(world.school, there)
    couple(world)
    world.to("2020-04-15T08:00")
    assert [row.origin for row in lists.pupils(world.fresh())] == ["own"]
    assert [doubt.name for doubt in overview.doubts(world.school)] == ["Anna Aarts"]


def test_who_is_recognised_says_since_when(world: World) -> None:
    world.enrol("Anna Aarts")
    editing.add_pupil(world.school, PupilForm("Anna", "Aarts", birth_date=BORN))
    couple(world)
    world.to("2020-04-20T08:00")
    assert [row.why for row in lists.pupils(world.fresh())] == ["uit ESIS, 15-4-2020"]
