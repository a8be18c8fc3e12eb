"""The first delivery after the year transition, which alone removes people (sources.md#mijnschoolinfo, 4 to 8)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import clock
from app.partners.mijnschoolinfo import account, cards, editing, layout, lists, overview
from app.partners.mijnschoolinfo.delivery_preview import preview
from app.partners.mijnschoolinfo.editing import PupilForm as MadeByHand
from app.partners.mijnschoolinfo.lines import Action
from app.refusals import Refused
from app.runs import Counts
from app.school import groups
from app.school.people import enrolment, guardians, staff
from app.school.people.pupil_form import PupilForm
from app.school.transition import planning, sending
from app.school.transition.rules import Destination, What
from app.workers.walker import Walked, walk
from models.board import Board
from models.partners.mijnschoolinfo import MsiGuardian, MsiPupil
from models.run import Run
from models.school import Group, Pupil
from tests.builders import make_group
from tests.partners.mijnschoolinfo.new_year import before_the_year, carry_out
from tests.partners.mijnschoolinfo.worlds import BORN, CODE, World, coupled
from tests.school.transition.worlds import row

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def world(db: str) -> World:
    return before_the_year()


def test_who_left_goes_with_guardians_of_nobody_else_and_the_rest_moves_up(world: World) -> None:
    carry_out(world)
    assert "Alleen Acht" in world.names()
    world.to("2020-08-04T08:00")
    assert world.names() == {"Anna Aarts": ("7", "BSO"), "Klein Gezin": ("8",), "Nieuw Komer": ("BSO",)}
    assert world.carers() == {"Ouder Aarts": ("Anna Aarts",), "Ouder Gezin": ("Klein Gezin",)}
    assert {row.name: row.origin for row in lists.groups(world.fresh())} == {
        "6": "esis",
        "7": "esis",
        "8": "esis",
        "BSO": "own",
    }


def test_without_a_transition_nobody_goes(world: World) -> None:
    world.to("2020-08-10T08:00")
    assert len(world.names()) == 5


def test_the_layout_is_not_touched_and_asks_to_be_checked(world: World) -> None:
    carry_out(world)
    world.to("2020-08-04T08:00")
    (klass,) = layout.classes(world.school)
    assert [(place.name, place.here) for place in klass.places] == [("Alleen Acht", False), ("Anna Aarts", True)]
    assert world.fresh().check_layout
    layout.confirm(world.school)
    assert not world.fresh().check_layout
    with pytest.raises(Refused):
        layout.confirm(world.school)


def test_who_is_gone_keeps_the_place_in_the_layout_until_somebody_takes_it_out(world: World) -> None:
    layout.arrange(
        world.school,
        "Klas",
        [world.id_of("pupil", name) for name in ("Alleen Acht", "Anna Aarts", "Groot Gezin")],
        world.id_of("staff", "Juf Janssen"),
    )
    staff.deactivate(world.actor, staff.find(world.actor, staff.listed(world.actor)[0].key))
    carry_out(world)
    world.to("2020-08-04T08:00")
    anna, klein = world.id_of("pupil", "Anna Aarts"), world.id_of("pupil", "Klein Gezin")
    layout.arrange(world.school, "Klas", [klein, anna], same_teacher=True)
    (klass,) = layout.classes(world.school)
    assert [place.name for place in klass.places] == ["Alleen Acht", "Klein Gezin", "Groot Gezin", "Anna Aarts"]
    assert klass.teacher == "Juf Janssen"
    (acht,) = [place for place in klass.places if place.name == "Alleen Acht"]
    editing.delete(world.school, "pupil", klein)
    layout.arrange(world.school, "Klas", [anna], gone=[replace(acht, position=2), replace(acht, name="Nooit Geweest")])
    (klass,) = layout.classes(world.school)
    assert [(place.position, place.name, place.here) for place in klass.places] == [
        (1, "Anna Aarts", True),
        (2, "Alleen Acht", False),
    ]
    assert klass.teacher == ""


def test_of_two_with_one_name_who_are_gone_each_keeps_the_place(world: World) -> None:
    twins = [
        editing.add_pupil(world.school, MadeByHand("Sem", "Smit", group=cards.own_groups(world.school)[0].id))
        for _ in "ab"
    ]
    MsiPupil.update(origin="esis", esis_id=MsiPupil.id + 1000).where(MsiPupil.first_name == "Sem").execute()
    anna = world.id_of("pupil", "Anna Aarts")
    layout.arrange(world.school, "Klas", [twins[0].id, anna, twins[1].id])
    for twin in twins:
        editing.delete(world.school, "pupil", twin.id)
    (klass,) = layout.classes(world.school)
    layout.arrange(world.school, "Klas", [anna], gone=[place for place in klass.places if not place.here])
    (klass,) = layout.classes(world.school)
    assert [place.pupil_id for place in klass.places] == [twins[0].id, anna, twins[1].id]


def test_without_classes_there_is_no_layout_to_check(world: World) -> None:
    carry_out(world)
    world.to("2020-08-04T08:00")
    layout.remove(world.school, "Klas")
    assert not world.fresh().check_layout


def test_what_a_broken_off_delivery_noted_removes_nobody_a_year_later(world: World) -> None:
    aunt = MsiGuardian.create(school=world.school, name="Tante", since=BORN, left_child=True)
    carry_out(world)
    world.to("2020-08-04T08:00")
    assert "Tante" in world.carers()
    assert not MsiGuardian.get_by_id(aunt.id).left_child


def test_staff_that_is_not_active_any_more_goes_and_stays_until_then(world: World) -> None:
    staff.deactivate(world.actor, staff.find(world.actor, staff.listed(world.actor)[0].key))
    world.to("2020-08-01T08:00")
    assert [row.name for row in lists.staff(world.fresh())] == ["Juf Janssen"]
    carry_out(world)
    world.to("2020-08-04T08:00")
    assert lists.staff(world.fresh()) == []
    assert layout.classes(world.school)[0].teacher == "Juf Janssen"


def test_the_report_names_what_was_made_there(world: World) -> None:
    carry_out(world)
    (run,) = world.to("2020-08-04T08:00")
    assert run.note.endswith("2 zelf aangemaakt in Mijnschoolinfo: dat blijft staan. Controleer de klassenindeling.")
    lines = overview.lines(overview.deliveries(world.fresh())[0])
    assert [line.name for line in lines if line.action == Action.STAYS] == ["BSO", "Nieuw Komer"]


def test_a_guardian_whose_child_leaves_while_another_comes_keeps_what_was_changed_there(world: World) -> None:
    editing.change(world.school, "guardian", world.id_of("guardian", "Ouder Acht"), {"name": "Mama Acht"})
    world.to("2020-08-03T09:00")
    world.enrol("Jongste Acht", "6", guardian="Ouder Acht <ouder.acht@voorbeeld.nl>")
    carry_out(world)
    world.to("2020-08-04T08:00")
    assert world.carers()["Mama Acht"] == ("Jongste Acht",)


def test_a_guardian_deleted_in_esis_stays_as_long_as_a_child_is_at_the_school(world: World) -> None:
    klein, anna = (Pupil.get(Pupil.first_name == name) for name in ("Klein", "Anna"))
    guardians.add(world.actor, anna, guardians.parse("Oma Aarts <oma@voorbeeld.nl>"))
    world.to("2020-07-30T08:00")
    for pupil in (klein, anna, Pupil.get(Pupil.first_name == "Alleen")):
        for carer in guardians.listed(world.actor, pupil):
            guardians.unlink(world.actor, pupil, carer.id)
    carry_out(world)
    world.to("2020-08-04T08:00")
    assert world.carers() == {
        "Ouder Aarts": ("Anna Aarts",),
        "Oma Aarts": ("Anna Aarts",),
        "Ouder Gezin": ("Klein Gezin",),
    }


def test_who_stays_down_and_who_was_deleted_there(world: World) -> None:
    editing.delete(world.school, "pupil", world.id_of("pupil", "Anna Aarts"))
    editing.delete(world.school, "pupil", world.id_of("pupil", "Alleen Acht"))
    carry_out(world)
    world.to("2020-08-04T08:00")
    assert [row.name for row in lists.pupils(world.fresh(), deleted=True)] == ["Anna Aarts"]
    editing.restore(world.school, "pupil", lists.pupils(world.fresh(), deleted=True)[0].id)
    assert world.names()["Anna Aarts"][0] == "7"


def test_what_will_happen_tonight_is_what_happens(world: World) -> None:
    carry_out(world)
    carers = [guardians.parse("Zonder Adres")]
    enrolment.enrol(world.actor, PupilForm("Extra", "Erbij", BORN), _a_group(world), carers=carers)
    before = world.names()
    told = preview(world.school)
    assert world.names() == before
    assert overview.deliveries(world.fresh())[0].at < told.slot
    world.to("2020-08-04T08:00")
    done = overview.deliveries(world.fresh())[0]
    assert (told.slot, told.kind, told.note) == (done.at, done.kind, done.note)
    assert [(line.kind, line.action, line.name) for line in told.lines] == [
        (line.kind, line.action, line.name) for line in overview.lines(done)
    ]


def test_a_transition_taken_back_before_the_delivery_removes_nobody(world: World) -> None:
    carry_out(world)
    planning.undo(world.actor)
    world.to("2020-08-05T08:00")
    assert len(world.names()) == 5


def test_a_transition_is_not_taken_back_once_the_delivery_removed_people_and_brought_nobody(db: str) -> None:
    world = coupled("2020-07-28T09:00")
    world.groups["8"] = make_group(world.actor.location, "8", "8")
    world.enrol("Alleen Acht", "8")
    carry_out(world)
    Board.update(target=clock.parse_moment("2020-08-04T08:00")).where(Board.id == world.actor.board.id).execute()
    assert walk(world.actor.board.id) == Walked.ARRIVED
    counts = Counts.from_json(Run.get(Run.job == account.ID, Run.slot > clock.parse_moment("2020-08-04T00:00")).counts)
    assert (world.names(), counts.stored + counts.replaced) == ({}, 0)
    with pytest.raises(Refused, match="De uitwisseling mijnschoolinfo van di 4-8-2020 03:30 is er sindsdien geweest"):
        planning.undo(world.actor)


def test_a_pupil_sent_to_another_school_goes_too(world: World) -> None:
    world.to("2020-08-03T09:00")
    transition = planning.propose(world.actor).transition
    sending.send(
        world.actor, transition, [row(world.actor, transition, "Anna")], Destination(What.LEAVES, reason="Verhuizing")
    )
    planning.confirm(world.actor)
    assert walk(world.actor.board.id) == Walked.ARRIVED
    world.to("2020-08-04T08:00")
    assert "Anna Aarts" not in world.names()


def test_a_coupling_that_was_off_during_the_transition_removes_who_left_when_it_is_on_again(world: World) -> None:
    account.disconnect(world.school)
    carry_out(world)
    world.to("2020-08-04T08:00")
    assert "Alleen Acht" in world.names()
    account.connect(world.school, CODE)
    world.to("2020-08-05T08:00")
    assert world.names() == {"Anna Aarts": ("7", "BSO"), "Klein Gezin": ("8",), "Nieuw Komer": ("BSO",)}
    assert world.fresh().check_layout


def test_a_school_year_that_is_gone_again_brings_the_old_groups_back(world: World) -> None:
    world.to("2020-08-03T09:00")
    early = make_group(world.actor.location, "vroeg", "1")
    early.school_year = "2020-2021"
    early.save()
    world.to("2020-08-04T08:00")
    assert world.names()["Anna Aarts"] == ("BSO",)
    early.delete_instance()
    told = preview(world.school)
    world.to("2020-08-05T08:00")
    assert world.names()["Anna Aarts"] == ("6", "BSO")
    done = overview.lines(overview.deliveries(world.fresh())[0])
    assert [(line.action, line.name) for line in told.lines] == [(line.action, line.name) for line in done]
    assert not world.fresh().check_layout


def _a_group(world: World) -> Group:
    return Group.get(Group.location == world.actor.location, Group.school_year == groups.this_year(world.actor))
