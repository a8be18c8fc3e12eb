"""Enrolling and changing a pupil: the rules, the warnings and who may."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from peewee import IntegrityError

from app import clock, history
from app.access import NotAllowed
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school import group_editing
from app.school.group_editing import GroupForm
from app.school.people import enrolment, pupils
from app.school.people.pupil_form import BIRTH_DATE, PupilForm
from app.school.people.status import Status, status_of
from models.base import database
from models.board import Board
from models.school import Group, Pupil
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil
from tests.school.people.enrolments import ANNA, BORN, TODAY, base_group_names, school


def test_an_enrolled_pupil_has_a_number_an_eckid_a_year_group_and_one_group(db: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, replace(ANNA, first_name="  Anna "), six).pupil
    stored = Pupil.get_by_id(pupil.id)
    assert (stored.key, stored.first_name, stored.prefix, stored.last_name) == ("1001", "Anna", "van den", "Berg")
    assert (stored.year_group, stored.enrolled_from, stored.gender) == ("6", TODAY, 2)
    assert re.fullmatch(r"https://ketenid\.nl/pilot/[0-9a-f]{128}", stored.eckid)
    assert stored.eckid == enrolment.eckid_for(actor.board, "1001")
    assert base_group_names(pupil) == ["6"]
    assert [row.key for row in pupils.page(actor, search="anna berg")] == ["1001"]
    assert [row.key for row in pupils.page(actor, search="Berg, Anna")] == ["1001"], "as lists write it"


def test_numbers_go_on_from_the_highest_of_the_board_and_are_never_reused(db: str) -> None:
    board = make_board(locations=("00", "01"))
    actor = make_actor(board)
    here, there = make_group(location_of(board)), make_group(location_of(board, "01"))
    for key in ("1005", "L-900000", "٤٤٤٤", "12345678901234567890"):
        make_pupil(there, key=key)
    first = enrolment.enrol(actor, ANNA, here).pupil
    enrolment.unsubscribe(actor, first, TODAY, "Verhuizing")
    assert [first.key, enrolment.enrol(actor, ANNA, here).pupil.key] == ["1006", "1007"]


def test_numbers_skip_those_that_are_taken_beyond_the_series(db: str) -> None:
    actor, (six,) = school("6")
    make_pupil(six, key="999999999")
    make_pupil(six, key="1000000000")
    assert enrolment.enrol(actor, ANNA, six).pupil.key == "1000000001"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (replace(ANNA, first_name=""), "first_name"),
        (replace(ANNA, first_name="\u200b "), "first_name"),
        (replace(ANNA, last_name="  "), "last_name"),
        (replace(ANNA, last_name="x" * 201), "last_name"),
        (replace(ANNA, last_name="a\x00b"), "last_name"),
        (replace(ANNA, first_name="a\x1b[2Jb"), "first_name"),
        (replace(ANNA, first_name="a\ud800"), "first_name"),
        (replace(ANNA, first_name="x" * 65), "first_name"),
        (replace(ANNA, prefix="van der aaa"), "prefix"),
        (replace(ANNA, birth_date=None), "birth_date"),
        (replace(ANNA, birth_date=date(2020, 4, 15)), "birth_date"),
        (replace(ANNA, birth_date=date(10, 5, 1)), "birth_date"),
        (replace(ANNA, gender=3), "gender"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field_and_nothing_is_kept(db: str, form: PupilForm, field: str) -> None:
    actor, (six,) = school("6")
    with pytest.raises(Refused) as refusal:
        enrolment.enrol(actor, form, six)
    assert refusal.value.field == field
    assert Pupil.select().count() == 0
    pupil = make_pupil(six)
    with pytest.raises(Refused) as refusal:
        enrolment.change(actor, pupil, form)
    assert (refusal.value.field, Pupil.get().last_name) == (field, "Voorbeeld")


def test_the_sentences_say_what_was_given_and_what_to_do() -> None:
    with pytest.raises(Refused, match=r"Achternaam telt 201 tekens; er passen er 200\."):
        PupilForm.specs()["last_name"].checked("x" * 201)
    with pytest.raises(Refused, match=r"Achternaam bevat op plaats 2 een teken"):
        PupilForm.specs()["last_name"].checked("a\x00b")
    with pytest.raises(Refused, match=r"Geboortedatum: '1 mei' is geen datum") as refusal:
        BIRTH_DATE.entered("1 mei", TODAY)
    assert refusal.value.field == "birth_date"
    assert BIRTH_DATE.entered(" 1-5-2010 ", TODAY) == BORN


@pytest.mark.parametrize(
    "name",
    [
        "Jan [/] de Boer",
        "[@click=app.quit]x[/]",
        "Robert'); DROP TABLE pupil;--",
        "Ŝ" * 200,
        "ﷺ" * 200,
        "ẞ" * 200,
        "D'Arc-é",
        "李",
        "<b>&amp;",
        "x" * 200,
    ],
)
def test_odd_names_are_data(db: str, name: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, replace(ANNA, last_name=name), six).pupil
    assert Pupil.get_by_id(pupil.id).last_name == name
    assert enrolment.change(actor, pupil, replace(ANNA, first_name=name[:64])).pupil.first_name == name[:64]


@pytest.mark.parametrize(
    ("born", "warned"),
    [(date(2017, 4, 14), False), (date(2017, 4, 15), True), (date(2004, 4, 15), False), (date(2004, 4, 14), True)],
)
def test_an_unusual_age_is_a_warning(db: str, born: date, warned: bool) -> None:
    actor, (six,) = school("6")
    outcome = enrolment.enrol(actor, replace(ANNA, birth_date=born), six)
    assert bool(outcome.warnings) is warned
    assert Pupil.select().count() == 1


def test_a_leerlingnummer_is_of_one_pupil_of_the_board_in_the_database_too(db: str) -> None:
    board = make_board(locations=("00", "01"))
    make_pupil(make_group(location_of(board)), key="1")
    with pytest.raises(IntegrityError), database.atomic():
        make_pupil(make_group(location_of(board, "01")), key="1")
    make_pupil(make_group(location_of(make_board())), key="1")


def test_saving_a_pupil_unchanged_is_no_double_of_itself(db: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    assert enrolment.change(actor, pupil, PupilForm.of(pupil)).warnings == ()


def test_a_change_moves_the_pupil_in_the_list(db: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    enrolment.change(actor, pupil, replace(PupilForm.of(pupil), last_name="Zwart", prefix=""))
    assert [row.list_name for row in pupils.page(actor, search="zwart")] == ["Zwart, Anna"]
    assert pupils.page(actor, search="berg") == []


def test_somebody_can_be_enrolled_from_a_later_day(db: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, ANNA, six, date(2020, 5, 1)).pupil
    assert status_of(pupil, TODAY) == Status.FUTURE
    assert status_of(pupil, date(2020, 5, 1)) == Status.ENROLLED
    for_august = enrolment.enrol(actor, ANNA, six, date(2020, 8, 1)).pupil
    assert (for_august.starts_in, base_group_names(for_august)) == ("6", [])
    assert [row.group for row in pupils.page(actor, status="future") if row.key == for_august.key] == ["6"]
    Group.create(location=six.location, key="new", name="7", school_year="2020-2021", year_groups="7")
    with pytest.raises(Refused, match=r"op 1-8-2020 zijn de groepen van 2020-2021"):
        enrolment.enrol(actor, ANNA, six, date(2020, 8, 1))
    with pytest.raises(Refused, match=r"1-1-1 kan niet"):
        enrolment.enrol(actor, ANNA, six, date(1, 1, 1))
    with pytest.raises(Refused, match="voor de geboortedatum"):
        enrolment.enrol(actor, ANNA, six, BORN - timedelta(days=1))


def test_who_comes_in_a_later_year_is_moved_to_another_group_to_start_in(db: str) -> None:
    actor, (six, seven) = school("6", "7")
    pupil = enrolment.enrol(actor, ANNA, six, date(2020, 8, 1)).pupil
    again = enrolment.move(actor, pupil, six)
    assert (again.changed, "zit al in groep 6. Er is niets gewijzigd" in again.warnings[0]) == (False, True)
    moved = enrolment.move(actor, pupil, seven).pupil
    assert (moved.starts_in, moved.year_group, base_group_names(moved)) == ("7", "7", [])


def test_deleting_asks_for_the_roepnaam_and_the_number_never_comes_back(db: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    with pytest.raises(Refused, match="U typte 'Hanna'; typ de roepnaam: Anna") as refusal:
        enrolment.delete(actor, pupil, "Hanna")
    assert refusal.value.field == "confirm"
    assert enrolment.delete(actor, pupil, " anna ") == "Anna van den Berg"
    assert not Pupil.select().exists()
    assert history.changes_of(pupil)[-1].action == "deleted"
    assert enrolment.enrol(actor, ANNA, six).pupil.key == "1002"


def test_a_combination_group_asks_for_the_year_group_and_takes_the_lowest_without(db: str) -> None:
    actor, (combination, seven) = school("5/6", "7")
    assert enrolment.enrol(actor, ANNA, combination).pupil.year_group == "5"
    pupil = enrolment.enrol(actor, ANNA, combination, year_group="6").pupil
    assert pupil.year_group == "6"
    with pytest.raises(Refused, match="Kies uit: 5, 6") as refusal:
        enrolment.enrol(actor, ANNA, combination, year_group="8")
    assert refusal.value.field == "year_group"
    assert enrolment.move(actor, pupil, seven).pupil.year_group == "7"


def test_only_a_basisgroep_of_this_year_and_location_will_do(db: str) -> None:
    board = make_board(locations=("00", "01"))
    actor, six = make_actor(board), make_group(location_of(board))
    extra = make_group(location_of(board), "Plus", kind="instructie")
    far = make_group(location_of(board, "01"))
    old = Group.create(location=six.location, key="old", name="5", school_year="2018-2019", year_groups="5")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    for group, sentence in ((extra, "geen basisgroep"), (far, "niet van vestiging 99QQ00"), (old, "2018-2019")):
        for action in (
            lambda g=group: enrolment.enrol(actor, ANNA, g),
            lambda g=group: enrolment.move(actor, pupil, g),
        ):
            with pytest.raises(Refused, match=sentence) as refusal:
                action()
            assert refusal.value.field == "group"
    assert Pupil.select().count() == 1


@pytest.mark.parametrize("role", [*Role, None])
def test_only_the_administration_changes_pupils(db: str, role: Role | None) -> None:
    board = make_board()
    group, other = make_group(location_of(board)), make_group(location_of(board), "7", "7")
    pupil, actor = make_pupil(group), make_actor(board, role)
    allowed = role in (Role.DIRECTIE, Role.APPLICATIEBEHEERDER, Role.ADMINISTRATIE)
    actions: list[Callable[[], object]] = [
        lambda: enrolment.enrol(actor, ANNA, group),
        lambda: enrolment.change(actor, pupil, ANNA),
        lambda: enrolment.move(actor, pupil, other),
        lambda: enrolment.unsubscribe(actor, pupil, TODAY, "Anders"),
        lambda: enrolment.re_enrol(actor, pupil),
    ]
    for action in actions:
        if allowed:
            action()
        else:
            with pytest.raises(NotAllowed):
                action()
    assert Pupil.select().count() == (2 if allowed else 1)


def test_a_group_counts_as_it_is_now_not_as_it_was_when_it_was_chosen(db: str) -> None:
    actor, (six, seven, plus, gone) = school("6", "7", "8", "9")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    group_editing.change(actor, seven, GroupForm("7", "7,8"))
    group_editing.change(actor, seven, GroupForm("7", "8"))
    group_editing.change(actor, plus, GroupForm("Plus", "8", "instructie"))
    group_editing.delete(actor, gone)
    for group, sentence in ((plus, "Groep Plus is geen basisgroep"), (gone, "Groep 9 is er niet")):
        with pytest.raises(Refused, match=sentence):
            enrolment.enrol(actor, ANNA, group)
        with pytest.raises(Refused, match=sentence):
            enrolment.move(actor, pupil, group)
    assert enrolment.move(actor, pupil, seven).pupil.year_group == "8"


def test_a_pupil_of_another_location_is_out_of_reach(db: str) -> None:
    board = make_board(locations=("00", "01"))
    far = make_pupil(make_group(location_of(board, "01")))
    with pytest.raises(NotFound, match="99QQ00"):
        enrolment.change(make_actor(board), far, ANNA)


def test_nothing_changes_while_school_time_is_moved(db: str) -> None:
    actor, (six,) = school("6")
    Board.update(target=clock.parse_moment("2020-04-15"), mover="trainer").execute()
    with pytest.raises(clock.ClockRunning):
        enrolment.enrol(actor, ANNA, six)
