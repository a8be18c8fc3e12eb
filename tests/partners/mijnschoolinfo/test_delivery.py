"""The rules of the delivery to Mijnschoolinfo (sources.md#mijnschoolinfo, T and 1 to 3), night by night."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from app.access import writing
from app.couplings import lifecycle
from app.partners.mijnschoolinfo import editing, lists, overview
from app.partners.mijnschoolinfo.editing import EsisLeads, PupilForm
from app.permissions import Role
from app.school.people import enrolment, guardians
from app.training import disturbances
from app.webservice import contacts
from app.workers.walker import Walked, walk
from models.run import Run
from models.school import Group, Placement
from tests.builders import make_actor, make_group
from tests.partners.mijnschoolinfo.worlds import World, coupled
from tests.workers.jobs import set_target

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def world(db: str) -> World:
    """Coupled, after the first delivery of an empty school."""
    found = coupled()
    found.to("2020-04-15T08:00")
    return found


def test_entered_before_five_comes_the_next_morning_and_at_five_a_day_later(world: World) -> None:
    world.to("2020-04-15T16:59")
    world.enrol("Vroeg Vries")
    world.to("2020-04-15T17:00")
    world.enrol("Laat Laan")
    world.to("2020-04-16T08:00")
    assert world.names() == {"Vroeg Vries": ("6",)}
    world.to("2020-04-17T08:00")
    assert world.names() == {"Vroeg Vries": ("6",), "Laat Laan": ("6",)}


def test_renamed_after_five_the_old_name_comes_and_the_new_one_never(world: World) -> None:
    world.to("2020-04-15T16:00")
    pupil = world.enrol("Oud Naamsma")
    world.to("2020-04-15T18:00")
    world.rename(pupil, "Nieuw")
    world.to("2020-04-18T08:00")
    assert list(world.names()) == ["Oud Naamsma"]


def test_whose_first_day_it_was_and_who_is_deleted_after_five_comes_and_stays(world: World) -> None:
    pupil = world.enrol("Dag Later", since=date(2020, 4, 16))
    world.to("2020-04-16T18:00")
    enrolment.delete(world.actor, pupil, "Dag")
    world.to("2020-04-17T08:00")
    assert world.names() == {"Dag Later": ("6",)}


def test_who_sat_at_five_in_a_group_that_became_available_comes_into_it(world: World) -> None:
    group = make_group(world.actor.location, "Plus", "6", kind="instructie")
    Group.update(available_to_couplings=False).where(Group.id == group.id).execute()
    pupil = world.enrol("Plus Punt")
    signed(world, lambda: Placement.create(pupil=pupil, group=group, school_year=group.school_year, kind=group.kind))
    world.to("2020-04-16T16:00")
    signed(world, lambda: Group.update(available_to_couplings=True).where(Group.id == group.id).execute())
    world.to("2020-04-16T18:00")
    signed(world, lambda: Placement.delete().where(Placement.group == group).execute())
    world.to("2020-04-17T08:00")
    assert world.names() == {"Plus Punt": ("6", "Plus")}


def signed(world: World, change: Callable[[], object]) -> None:
    """A change in ESIS."""
    with writing(world.actor):
        change()


def test_deleted_after_five_comes_and_stays(world: World) -> None:
    world.to("2020-04-15T16:00")
    pupil = world.enrol("Weg Wegman")
    world.to("2020-04-15T18:00")
    enrolment.delete(world.actor, pupil, "Weg")
    world.to("2020-04-18T08:00")
    assert world.names() == {"Weg Wegman": ("6",)}
    assert world.carers() == {"Ouder Wegman": ("Weg Wegman",)}


def test_entered_after_five_and_deleted_the_next_morning_never_comes(world: World) -> None:
    world.to("2020-04-15T18:00")
    pupil = world.enrol("Nooit Nooitgedacht")
    world.to("2020-04-16T10:00")
    enrolment.delete(world.actor, pupil, "Nooit")
    world.to("2020-04-18T08:00")
    assert world.names() == {}


def test_the_cut_off_is_local_time_also_when_the_clock_changes(db: str) -> None:
    world = coupled("2020-10-23T09:00")
    world.to("2020-10-24T16:59")
    world.enrol("Vroeg Vries")
    world.to("2020-10-24T17:00")
    world.enrol("Laat Laan")
    world.to("2020-10-25T08:00")
    assert list(world.names()) == ["Vroeg Vries"]
    world.to("2020-10-26T08:00")
    assert sorted(world.names()) == ["Laat Laan", "Vroeg Vries"]


def test_after_missed_nights_the_state_of_the_last_five_o_clock_comes(world: World) -> None:
    lifecycle.pause(world.actor, "mijnschoolinfo")
    world.enrol("Blijft Blij")
    gone = world.enrol("Gaat Gauw")
    assert [run.skipped != "" for run in world.to("2020-04-17T08:00")] == [True, True]
    enrolment.delete(world.actor, gone, "Gaat")
    lifecycle.change_code(world.actor, "mijnschoolinfo", "99QQ00mijnschoolinfo1")
    world.to("2020-04-18T08:00")
    assert list(world.names()) == ["Blijft Blij"]


def test_enrolled_for_august_comes_with_the_first_delivery_of_the_new_year(db: str) -> None:
    world = coupled("2020-07-30T09:00")
    world.to("2020-07-31T08:00")
    world.enrol("Later Lent", since=date(2020, 8, 1))
    world.to("2020-08-01T08:00")
    assert world.names() == {}
    world.to("2020-08-02T08:00")
    assert list(world.names()) == ["Later Lent"]


def test_personal_data_is_not_taken_over_and_changes_made_there_stay(world: World) -> None:
    pupil = world.enrol("Anna Aarts")
    world.to("2020-04-16T08:00")
    editing.change(world.school, "pupil", world.id_of("pupil", "Anna Aarts"), {"first_name": "Annemiek"})
    guardian = world.id_of("guardian", "Ouder Aarts")
    editing.change(world.school, "guardian", guardian, {"email": "thuis@voorbeeld.nl"})
    world.rename(pupil, "Anneke")
    (carer,) = guardians.listed(world.actor, pupil)
    guardians.change(world.actor, carer.id, guardians.GuardianForm("Ander Anders", "werk@voorbeeld.nl"))
    world.to("2020-04-18T08:00")
    assert list(world.names()) == ["Annemiek Aarts"]
    row = lists.guardians(world.fresh())[0]
    assert (row.name, row.email) == ("Ouder Aarts", "thuis@voorbeeld.nl")
    assert row.why == "uit ESIS, 16-4-2020; gewijzigd door verzorger, 16-4-2020"


def test_a_move_and_a_new_guardian_come_and_groups_of_ones_own_are_untouched(world: World) -> None:
    pupil = world.enrol("Bas Bos")
    world.to("2020-04-16T08:00")
    editing.add_group(world.school, "BSO", [world.id_of("pupil", "Bas Bos")])
    enrolment.move(world.actor, pupil, world.groups["7"])
    guardians.add(world.actor, pupil, guardians.parse("Oma Bos <oma@voorbeeld.nl>"))
    world.to("2020-04-17T08:00")
    assert world.names() == {"Bas Bos": ("7", "BSO")}
    assert world.carers() == {"Ouder Bos": ("Bas Bos",), "Oma Bos": ("Bas Bos",)}


def test_what_is_deleted_there_comes_back_only_when_it_is_put_back(world: World) -> None:
    pupil = world.enrol("Cas Cool")
    world.to("2020-04-16T08:00")
    number = world.id_of("pupil", "Cas Cool")
    editing.delete(world.school, "pupil", number)
    enrolment.move(world.actor, pupil, world.groups["7"])
    world.to("2020-04-18T08:00")
    assert world.names() == {}
    editing.restore(world.school, "pupil", number)
    assert world.names() == {"Cas Cool": ("7",)}


def test_unsubscribed_in_esis_stays(world: World) -> None:
    pupil = world.enrol("Dirk Duin")
    world.to("2020-04-16T08:00")
    enrolment.unsubscribe(world.actor, pupil, date(2020, 4, 16), "Verhuisd")
    world.to("2020-04-20T08:00")
    assert world.names() == {"Dirk Duin": ("6",)}


def test_once_coupled_adding_by_hand_is_only_for_groups_of_ones_own(world: World) -> None:
    with pytest.raises(EsisLeads):
        editing.add_pupil(world.school, PupilForm("Eva", "Eerst"))
    with pytest.raises(EsisLeads):
        editing.add_guardian(world.school, "Ouder", "ouder@voorbeeld.nl", "", [])
    group = editing.add_group(world.school, "Instromers")
    editing.add_pupil(world.school, PupilForm("Eva", "Eerst", group=group.id))
    assert world.names() == {"Eva Eerst": ("Instromers",)}


def test_a_later_guardian_without_an_address_is_delivered_and_reported(world: World) -> None:
    world.enrol("Finn Fris", guardian="Ouder Fris")
    (run,) = world.to("2020-04-16T08:00")
    assert lists.guardians(world.fresh())[0].why.startswith("kan niet inloggen")
    assert run.note == "1 leerling en 1 verzorger toegevoegd. 1 verzorger kan niet inloggen: geen geldig e-mailadres."


def test_esis_that_answers_half_is_continued_the_next_night(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contacts, "pull_contacts", partial(contacts.pull_contacts, limit=3))
    world = coupled()
    board = world.actor.board
    for number in range(8):
        world.enrol(f"P{number} Familie{number // 2}")
    trainer = make_actor(board, Role.TRAINER)
    disturbances.switch(trainer, "mijnschoolinfo", "half", True)
    set_target(board, "2020-04-15T08:00")
    assert walk(board.id) == Walked.ARRIVED
    run = Run.get(Run.job == "mijnschoolinfo")
    assert (run.state, len(world.names())) == ("failed", 3)
    assert "brak halverwege af. Na 4 pogingen opgegeven." in run.error
    disturbances.switch(trainer, "mijnschoolinfo", "half", False)
    set_target(board, "2020-04-16T08:00")
    assert walk(board.id) == Walked.ARRIVED
    assert (len(world.names()), len(world.carers())) == (8, 4)
    assert [row.done for row in overview.deliveries(world.fresh())] == [True, False]
