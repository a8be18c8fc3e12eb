"""Medewerkers: keys that are never reused, groups of this year, and leaving without being deleted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import history
from app.access import Actor, NotAllowed, writing
from app.history import ChangedMeanwhile
from app.permissions import Permission, Role
from app.refusals import NotFound, Refused
from app.school import groups
from app.school.people import staff
from app.school.people.staff import StaffForm
from models.school import Group, GroupTeacher, StaffMember
from tests.builders import location_of, make_actor, make_board, make_group

FORM = StaffForm("Wim", "Berg", "van den", "wim@school.nl")


@pytest.fixture
def actor(db: str) -> Actor:
    return make_actor(make_board(locations=("00", "01")))


def test_keys_follow_each_other_over_the_locations_of_the_board(actor: Actor) -> None:
    there = make_actor(actor.board, number="01")
    keys = [staff.add(actor, FORM).key, staff.add(there, FORM).key, staff.add(actor, FORM).key]
    assert keys == ["M001", "M002", "M003"]
    assert len({row.eckid for row in StaffMember.select()}) == 3


def test_keys_of_an_import_are_no_part_of_the_series(actor: Actor) -> None:
    for key in ("M0999999999999", "Mies", "M٣"):
        StaffMember.create(board=actor.board, location=actor.location, key=key, last_name="Vreemd")
    assert staff.add(actor, FORM).key == "M001"


def test_groups_of_this_year_are_given_and_taken(actor: Actor) -> None:
    six, seven = (make_group(actor.location, name, name) for name in "67")
    wim = staff.add(actor, replace(FORM, groups=frozenset({six.id})))
    staff.change(actor, wim, replace(FORM, groups=frozenset({seven.id})), groups_seen={six.id})
    assert [(row.full_name, row.groups) for row in staff.listed(actor)] == [("Wim van den Berg", ("7",))]


def test_groups_somebody_else_gave_meanwhile_stay(actor: Actor) -> None:
    six, seven, eight = (make_group(actor.location, name, name) for name in "678")
    wim = staff.add(actor, replace(FORM, groups=frozenset({six.id, seven.id})))
    staff.change(
        actor, wim, replace(FORM, groups=frozenset({six.id, seven.id, eight.id})), groups_seen={six.id, seven.id}
    )
    staff.change(actor, wim, replace(FORM, groups=frozenset({seven.id})), groups_seen={six.id, seven.id})
    assert staff.row_of(actor, wim).groups == ("7", "8")


def test_a_group_of_another_location_or_year_is_refused(actor: Actor) -> None:
    elsewhere = make_group(location_of(actor.board, "01"), "7", "7")
    past = make_group(actor.location, "5", "5")
    make_group(actor.location, "6", "6")
    Group.update(school_year="2018-2019").where(Group.id == past.id).execute()
    for group in (elsewhere, past):
        with pytest.raises(Refused) as refusal:
            staff.add(actor, replace(FORM, groups=frozenset({group.id})))
        assert refusal.value.field == "groups"
    assert not StaffMember.select().exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"first_name": " "}, "first_name"),
        ({"last_name": ""}, "last_name"),
        ({"prefix": "x" * 11}, "prefix"),
        ({"email": "wim"}, "email"),
    ],
)
def test_what_is_wrong_names_its_field_and_keeps_nothing(actor: Actor, changed: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        staff.add(actor, replace(FORM, **changed))  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert not StaffMember.select().exists()


def test_who_leaves_is_kept_and_may_come_back_with_key_and_groups(actor: Actor) -> None:
    six = make_group(actor.location)
    wim = staff.add(actor, replace(FORM, groups=frozenset({six.id})))
    staff.deactivate(actor, wim)
    assert groups.listed(actor)[0].teachers == ()
    with pytest.raises(Refused, match="niet meer actief"):
        staff.deactivate(actor, wim)
    assert staff.add(actor, FORM).key == "M002"
    staff.reactivate(actor, wim)
    assert groups.listed(actor)[0].teachers == ("Wim van den Berg",)
    assert [row.action for row in history.changes_of(wim)] == ["added", "changed", "changed"]


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        (replace(FORM, first_name="WÍM"), "zelfde naam, zelfde e-mailadres"),
        (replace(FORM, email=""), "zelfde naam"),
        (StaffForm("Wil", "Berg", email="WIM@school.nl"), "zelfde e-mailadres"),
        (StaffForm("Wil", "Berg"), ""),
    ],
)
def test_who_resembles_somebody_of_the_location_is_told(actor: Actor, form: StaffForm, reason: str) -> None:
    wim = staff.add(actor, FORM)
    staff.deactivate(actor, wim)
    told = staff.warnings_about(actor, form)
    assert [f"M001, Wim van den Berg ({reason})" in line for line in told] == ([True] if reason else [])
    assert staff.warnings_about(actor, form, wim.id) == ()
    assert staff.warnings_about(make_actor(actor.board, number="01"), form) == ()


def test_the_key_of_who_was_deleted_does_not_come_back_and_a_name_is_no_key(actor: Actor) -> None:
    staff.change(actor, staff.add(actor, FORM), replace(FORM, first_name="M002"))
    with writing(actor, Permission.MANAGE_STAFF):
        StaffMember.delete().execute()
    assert staff.add(actor, FORM).key == "M002"


def test_those_who_left_stand_at_the_end(actor: Actor) -> None:
    gone = staff.add(actor, replace(FORM, last_name="Aa"))
    staff.add(actor, replace(FORM, last_name="Zon"))
    staff.deactivate(actor, gone)
    assert [row.list_name for row in staff.listed(actor)] == ["Zon, Wim van den", "Aa, Wim van den"]


def test_the_second_of_two_who_change_somebody_is_told(actor: Actor) -> None:
    wim = staff.add(actor, FORM)
    seen = history.version(wim)
    staff.change(actor, wim, replace(FORM, email="w@school.nl"), seen)
    with pytest.raises(ChangedMeanwhile):
        staff.change(actor, wim, replace(FORM, email="b@school.nl"), seen)
    assert StaffMember.get().email == "w@school.nl"


def test_only_who_may_and_only_at_the_own_location(actor: Actor) -> None:
    wim = staff.add(actor, FORM)
    teacher, there = make_actor(actor.board, Role.LEERKRACHT), make_actor(actor.board, number="01")
    with pytest.raises(NotAllowed):
        staff.listed(teacher)
    with pytest.raises(NotAllowed):
        staff.add(teacher, FORM)
    with pytest.raises(NotFound):
        staff.change(there, wim, FORM)
    with pytest.raises(NotFound):
        staff.find(there, "M001")
    assert staff.find(actor, " m001 ") == wim


def test_a_member_of_staff_is_never_before_a_group_twice(actor: Actor) -> None:
    six = make_group(actor.location)
    form = replace(FORM, groups=frozenset({six.id}))
    wim = staff.add(actor, form)
    staff.change(actor, wim, form, groups_seen=())
    assert GroupTeacher.select().count() == 1
