"""Groepen en onderwijssoorten: which groups may be created, changed and deleted, and their pupils."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import history
from app.access import Actor, NotAllowed
from app.history import ChangedMeanwhile
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school import education, group_editing, groups, members
from app.school.group_editing import GroupForm
from app.school.groups import GroupKind
from app.school.people import enrolment, staff
from models.school import Group, Placement, Pupil
from tests.builders import make_actor, make_board, make_group, make_pupil
from tests.school.people.enrolments import ANNA

PLUS = GroupForm("Plusgroep", "7,8", GroupKind.INSTRUCTION)


@pytest.fixture
def actor(db: str) -> Actor:
    return make_actor(make_board(locations=("00", "01")))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("6,5", "5,6"), ("5/6", "5,6"), (" 0 , 8 ", "0,8"), ("5 5", "5"), ("1,2,3,4,5,6,7,8", "1,2,3,4,5,6,7,8")],
)
def test_year_groups_are_kept_in_order(typed: str, kept: str) -> None:
    assert GroupForm.specs()["year_groups"].checked(typed) == kept


@pytest.mark.parametrize("typed", ["", ",", "9", "5-6", "vijf", "5,x", "٥"])
def test_what_is_no_year_group_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        GroupForm.specs()["year_groups"].checked(typed)
    assert refusal.value.field == "year_groups"


def test_a_new_group_is_of_this_year_with_a_key_of_its_own(actor: Actor) -> None:
    teacher = staff.add(actor, staff.StaffForm("Wim", "Berg"))
    added = group_editing.add(actor, replace(PLUS, teachers=frozenset({teacher.id})))
    assert (added.school_year, added.key) == ("2019-2020", "99QQ00-2019-01")
    (row,) = groups.listed(actor)
    assert row.as_json() == {
        "name": "Plusgroep",
        "kind": "instructie",
        "year_groups": ["7", "8"],
        "available_to_couplings": True,
    }
    assert row.teachers == ("Wim Berg",)


def test_a_key_does_not_come_back_when_its_group_is_deleted(actor: Actor) -> None:
    first = group_editing.add(actor, PLUS)
    group_editing.delete(actor, first)
    assert group_editing.add(actor, PLUS).key == "99QQ00-2019-02"


def test_a_name_is_there_once_a_year_whatever_its_capitals(actor: Actor) -> None:
    group = group_editing.add(actor, PLUS)
    with pytest.raises(Refused, match="al een groep Plusgroep") as refusal:
        group_editing.add(actor, replace(PLUS, name="PLUSGROEP"))
    assert refusal.value.field == "name"
    group_editing.change(actor, group, replace(PLUS, name="PLUSGROEP"))
    there = make_actor(actor.board, number="01")
    assert group_editing.add(there, PLUS).name == "Plusgroep"


def test_only_a_group_nobody_ever_sat_in_is_deleted(actor: Actor) -> None:
    six, plus = make_group(actor.location), group_editing.add(actor, PLUS)
    anna = make_pupil(six)
    with pytest.raises(Refused, match="er is 1 leerling ingedeeld"):
        group_editing.delete(actor, six)
    members.change_members(actor, plus, {anna.id}, set())
    members.change_members(actor, plus, set(), {anna.id})
    with pytest.raises(Refused, match="eerder leerlingen in gezeten"):
        group_editing.delete(actor, plus)
    group_editing.delete(actor, group_editing.add(actor, replace(PLUS, name="Leeg")))
    assert {row.name for row in Group.select()} == {"6", "Plusgroep"}


def test_a_basisgroep_a_pupil_was_moved_out_of_stays(actor: Actor) -> None:
    six, seven = make_group(actor.location), make_group(actor.location, "7", "7")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    enrolment.move(actor, pupil, seven)
    with pytest.raises(Refused, match="eerder leerlingen in gezeten"):
        group_editing.delete(actor, six)


def test_the_kind_of_a_group_with_pupils_is_fixed(actor: Actor) -> None:
    six = make_group(actor.location)
    group_editing.change(actor, six, GroupForm("6", "6", GroupKind.OTHER))
    group_editing.change(actor, six, GroupForm("6", "6"))
    make_pupil(six)
    with pytest.raises(Refused, match="blijft een basisgroep") as refusal:
        group_editing.change(actor, six, GroupForm("6", "6", GroupKind.OTHER))
    assert refusal.value.field == "kind"


def test_a_year_group_that_pupils_are_in_is_not_taken_off_their_basisgroep(actor: Actor) -> None:
    both = make_group(actor.location, "5/6", "5,6")
    make_pupil(both)
    with pytest.raises(Refused, match="Leerjaar 5 kan niet weg") as refusal:
        group_editing.change(actor, both, GroupForm("5/6", "6"))
    assert refusal.value.field == "year_groups"
    assert group_editing.change(actor, both, GroupForm("5/6", "5")).year_groups == "5"


def test_groups_of_another_year_are_history(actor: Actor) -> None:
    past = make_group(actor.location, "5", "5")
    Group.update(school_year="2018-2019").where(Group.id == past.id).execute()
    make_group(actor.location)
    assert group_editing.school_years(actor) == ["2019-2020", "2018-2019"]
    for act in (
        lambda: group_editing.delete(actor, past),
        lambda: group_editing.change(actor, past, PLUS),
        lambda: group_editing.make_available(actor, past, True),
    ):
        with pytest.raises(Refused, match="2018-2019"):
            act()


def test_a_basisgroep_travels_whatever_is_set(actor: Actor) -> None:
    assert "altijd mee" in group_editing.make_available(actor, make_group(actor.location), False)
    plus = group_editing.add(actor, PLUS)
    assert group_editing.make_available(actor, plus, False) == ""
    assert not Group.get_by_id(plus.id).available_to_couplings


def test_the_second_of_two_who_change_a_group_is_told_and_teachers_of_both_stay(actor: Actor) -> None:
    ann, bob = (staff.add(actor, staff.StaffForm(name, "Berg")).id for name in ("Ann", "Bob"))
    plus = group_editing.add(actor, PLUS)
    seen = history.version(plus)
    group_editing.change(actor, plus, replace(PLUS, teachers=frozenset({ann})), seen)
    group_editing.change(actor, plus, replace(PLUS, teachers=frozenset({bob})), seen)
    assert group_editing.teacher_ids(plus) == {ann, bob}
    group_editing.change(actor, plus, replace(PLUS, name="Anders"), seen)
    with pytest.raises(ChangedMeanwhile):
        group_editing.change(actor, plus, PLUS, seen)


def test_pupils_are_put_in_and_out_of_other_groups_only(actor: Actor) -> None:
    six, plus = make_group(actor.location), group_editing.add(actor, PLUS)
    anna, bram = make_pupil(six, "Anna"), make_pupil(six, "Bram")
    members.change_members(actor, plus, {anna.id, bram.id}, set())
    members.change_members(actor, plus, {anna.id}, {bram.id})
    assert members.seated(plus) == {anna.id}
    assert [(row.name, row.base_group) for row in members.candidates(actor, plus)] == [
        ("Voorbeeld, Anna", "6"),
        ("Voorbeeld, Bram", "6"),
    ]
    with pytest.raises(Refused, match="is een basisgroep"):
        members.change_members(actor, six, set(), {anna.id})
    assert Placement.select().where(Placement.group == six).count() == 2


def test_who_left_or_is_elsewhere_does_not_come_in_a_group(actor: Actor) -> None:
    six, plus = make_group(actor.location), group_editing.add(actor, PLUS)
    there = make_pupil(make_group(make_actor(actor.board, number="01").location, "7", "7"))
    gone = make_pupil(six, "Weg")
    Pupil.update(unsubscribed_on=gone.enrolled_from).where(Pupil.id == gone.id).execute()
    with pytest.raises(NotFound):
        members.change_members(actor, plus, {there.id}, set())
    with pytest.raises(Refused, match="Weg Voorbeeld is uitgeschreven"):
        members.change_members(actor, plus, {gone.id}, set())
    assert members.candidates(actor, plus) == []


def test_only_who_may(actor: Actor) -> None:
    ib, plus = make_actor(actor.board, Role.INTERN_BEGELEIDER), group_editing.add(actor, PLUS)
    for act in (
        lambda: group_editing.add(ib, PLUS),
        lambda: group_editing.delete(ib, plus),
        lambda: members.change_members(ib, plus, set(), set()),
        lambda: members.candidates(ib, plus),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_what_the_location_teaches_follows_from_its_basisgroepen(actor: Actor) -> None:
    for name, year_groups in (("5/6", "5,6"), ("6", "6")):
        make_group(actor.location, name, year_groups)
    group_editing.add(actor, PLUS)
    assert [(row.year_group, row.groups) for row in education.taught(actor)] == [("5", ("5/6",)), ("6", ("5/6", "6"))]
