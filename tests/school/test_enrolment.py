"""A pupil comes, changes, moves and goes: the rules, the warnings and who may."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock
from app.access import Actor, NotAllowed, Role
from app.refusals import NotFound, Refused
from app.school import enrolment, pupils
from app.school.enrolment import PupilForm
from app.school.pupil_form import Gender, check_last_name, read_birth_date
from app.school.status import Status, status_of
from models.board import Board
from models.school import Group, Placement, Pupil
from tests.builders import YEAR, location_of, make_actor, make_board, make_group, make_pupil

TODAY = date(2020, 4, 14)
BORN = date(2010, 5, 1)
ANNA = PupilForm("Anna", "Berg", BORN, "van den", Gender.GIRL)


def school(*names: str) -> tuple[Actor, list[Group]]:
    """A director and these basisgroepen."""
    board = make_board()
    return make_actor(board), [make_group(location_of(board), name, name.replace("/", ",")) for name in names]


def base_group_names(pupil: Pupil) -> list[str]:
    query = Placement.select(Placement, Group).join(Group).where(Placement.pupil == pupil, Placement.kind == "basis")
    return [row.group.name for row in query]


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
        (replace(ANNA, first_name=""), "first_name"), (replace(ANNA, first_name="\u200b "), "first_name"),
        (replace(ANNA, last_name="  "), "last_name"), (replace(ANNA, last_name="x" * 201), "last_name"),
        (replace(ANNA, last_name="a\x00b"), "last_name"), (replace(ANNA, first_name="a\x1b[2Jb"), "first_name"),
        (replace(ANNA, first_name="a\ud800"), "first_name"), (replace(ANNA, first_name="x" * 65), "first_name"),
        (replace(ANNA, prefix="van der aaa"), "prefix"), (replace(ANNA, birth_date=None), "birth_date"),
        (replace(ANNA, birth_date=date(2020, 4, 15)), "birth_date"),
        (replace(ANNA, birth_date=date(10, 5, 1)), "birth_date"), (replace(ANNA, gender=3), "gender"),
    ],
)  # fmt: skip
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
        check_last_name("x" * 201)
    with pytest.raises(Refused, match=r"Achternaam bevat op plaats 2 een teken"):
        check_last_name("a\x00b")
    with pytest.raises(Refused, match=r"Geboortedatum: '1 mei' is geen datum") as refusal:
        read_birth_date("1 mei", TODAY)
    assert refusal.value.field == "birth_date"
    assert read_birth_date(" 1-5-2010 ", TODAY) == BORN


@pytest.mark.parametrize(
    "name", ["Jan [/] de Boer", "[@click=app.quit]x[/]", "Robert'); DROP TABLE pupil;--", "Ŝ" * 200, "ﷺ" * 200,
             "ẞ" * 200, "D'Arc-é", "李", "<b>&amp;", "x" * 200],
)  # fmt: skip
def test_odd_names_are_data(db: str, name: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, replace(ANNA, last_name=name), six).pupil
    assert Pupil.get_by_id(pupil.id).last_name == name
    assert enrolment.change(actor, pupil, replace(ANNA, first_name=name[:64])).pupil.first_name == name[:64]


@pytest.mark.parametrize(("born", "warned"), [(date(2017, 4, 14), False), (date(2017, 4, 15), True),
                                              (date(2004, 4, 15), False), (date(2004, 4, 14), True)])  # fmt: skip
def test_an_unusual_age_is_a_warning(db: str, born: date, warned: bool) -> None:
    actor, (six,) = school("6")
    outcome = enrolment.enrol(actor, replace(ANNA, birth_date=born), six)
    assert bool(outcome.warnings) is warned
    assert Pupil.select().count() == 1


def test_a_likely_double_is_a_warning_at_the_other_location_too(db: str) -> None:
    board = make_board(locations=("00", "01"))
    actor, elsewhere = make_actor(board), make_actor(board, number="01")
    six, far = make_group(location_of(board)), make_group(location_of(board, "01"))
    assert enrolment.enrol(actor, ANNA, six).warnings == ()
    assert enrolment.enrol(actor, replace(ANNA, birth_date=date(2010, 5, 2)), six).warnings == ()
    (warning,) = enrolment.enrol(actor, replace(ANNA, first_name="ÁNNA"), six).warnings
    assert "deze vestiging" in warning
    assert "1001" in warning
    (warning,) = enrolment.enrol(elsewhere, ANNA, far).warnings
    assert "andere vestiging" in warning


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
    with pytest.raises(Refused, match="2020-2021") as refusal:
        enrolment.enrol(actor, ANNA, six, date(2020, 8, 1))
    assert refusal.value.field == "group"
    with pytest.raises(Refused, match="voor de geboortedatum"):
        enrolment.enrol(actor, ANNA, six, BORN - timedelta(days=1))


def test_a_combination_group_asks_for_the_year_group_and_takes_the_lowest_without(db: str) -> None:
    actor, (combination, seven) = school("5/6", "7")
    assert enrolment.enrol(actor, ANNA, combination).pupil.year_group == "5"
    pupil = enrolment.enrol(actor, ANNA, combination, year_group="6").pupil
    assert pupil.year_group == "6"
    with pytest.raises(Refused, match="Kies uit: 5, 6") as refusal:
        enrolment.enrol(actor, ANNA, combination, year_group="8")
    assert refusal.value.field == "year_group"
    assert enrolment.move(actor, pupil, seven).pupil.year_group == "7"


def test_who_moves_within_the_same_year_group_keeps_it(db: str) -> None:
    actor, (six, combination) = school("6", "5/6")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    assert enrolment.move(actor, pupil, combination).pupil.year_group == "6"
    assert base_group_names(pupil) == ["5/6"]
    assert enrolment.move(actor, pupil, combination).pupil.year_group == "6"
    assert base_group_names(pupil) == ["5/6"]


def test_a_move_leaves_last_years_group_alone(db: str) -> None:
    actor, (six, seven) = school("6", "7")
    old = Group.create(location=six.location, key="old", name="5", school_year="2018-2019", year_groups="5")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    Placement.create(pupil=pupil, group=old, school_year="2018-2019", kind="basis")
    enrolment.move(actor, pupil, seven)
    assert sorted(base_group_names(pupil)) == ["5", "7"]


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


def test_instruction_groups_come_and_go_beside_the_basisgroep(db: str) -> None:
    actor, (six, seven) = school("6", "7")
    extra = make_group(six.location, "Plus", kind="instructie")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    for _ in range(2):
        enrolment.add_to_group(actor, pupil, extra)
        assert {group.name for group in pupils.detail(actor, pupil.key).groups} == {"6", "Plus"}
    for _ in range(2):
        enrolment.remove_from_group(actor, pupil, extra)
        assert [group.name for group in pupils.detail(actor, pupil.key).groups] == ["6"]
    for action in (enrolment.add_to_group, enrolment.remove_from_group):
        with pytest.raises(Refused, match="Verplaats de leerling"):
            action(actor, pupil, seven)


def test_who_is_unsubscribed_stays_known_with_date_and_reason(db: str) -> None:
    actor, (six, seven) = school("6", "7")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    enrolment.unsubscribe(actor, pupil, TODAY, " Verhuizing ")
    stored = Pupil.get_by_id(pupil.id)
    assert (stored.unsubscribed_on, stored.unsubscribe_reason) == (TODAY, "Verhuizing")
    assert pupils.page(actor) == []
    assert [row.group for row in pupils.page(actor, status="unsubscribed")] == ["6"]
    for action in (lambda: enrolment.unsubscribe(actor, pupil, TODAY, "Anders"),
                   lambda: enrolment.move(actor, pupil, seven)):  # fmt: skip
        with pytest.raises(Refused, match="is uitgeschreven per 14-4-2020"):
            action()


def test_an_unsubscription_needs_a_reason_and_a_day_from_the_enrolment_on(db: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    with pytest.raises(Refused, match=r"13-4-2020 ligt voor de inschrijfdatum 14-4-2020") as refusal:
        enrolment.unsubscribe(actor, pupil, date(2020, 4, 13), "Anders")
    assert refusal.value.field == "unsubscribed_on"
    with pytest.raises(Refused, match="verplicht") as refusal:
        enrolment.unsubscribe(actor, pupil, TODAY, "")
    assert refusal.value.field == "unsubscribe_reason"
    assert Pupil.get().unsubscribed_on is None


def test_an_unsubscription_can_be_undone(db: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    enrolment.unsubscribe(actor, pupil, TODAY, "Anders")
    outcome = enrolment.re_enrol(actor, pupil)
    assert (outcome.pupil.unsubscribed_on, outcome.pupil.unsubscribe_reason, outcome.warnings) == (None, "", ())
    assert [row.group for row in pupils.page(actor)] == ["6"]
    with pytest.raises(Refused, match="niet uitgeschreven"):
        enrolment.re_enrol(actor, pupil)


def test_who_comes_back_in_another_year_has_no_group_yet(db: str) -> None:
    actor, (six,) = school("6")
    pupil = enrolment.enrol(actor, ANNA, six).pupil
    enrolment.unsubscribe(actor, pupil, TODAY, "Anders")
    Board.update(now=clock.parse_moment("2020-09-01")).execute()
    assert "2020-2021 nog geen basisgroep" in enrolment.re_enrol(actor, pupil).warnings[0]


@pytest.mark.parametrize("role", [*Role, None])
def test_only_the_administration_changes_pupils(db: str, role: Role | None) -> None:
    board = make_board()
    group = make_group(location_of(board))
    pupil, actor = make_pupil(group), make_actor(board, role)
    extra = make_group(location_of(board), "Plus", kind="instructie")
    allowed = role in (Role.DIRECTIE, Role.APPLICATIEBEHEERDER, Role.ADMINISTRATIE)
    actions: list[Callable[[], object]] = [
        lambda: enrolment.enrol(actor, ANNA, group), lambda: enrolment.change(actor, pupil, ANNA),
        lambda: enrolment.move(actor, pupil, group), lambda: enrolment.add_to_group(actor, pupil, extra),
        lambda: enrolment.remove_from_group(actor, pupil, extra),
        lambda: enrolment.unsubscribe(actor, pupil, TODAY, "Anders"), lambda: enrolment.re_enrol(actor, pupil),
    ]  # fmt: skip
    for action in actions:
        if allowed:
            action()
        else:
            with pytest.raises(NotAllowed):
                action()
    assert Pupil.select().count() == (2 if allowed else 1)


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


STEPS = st.lists(st.tuples(st.sampled_from(["move", "unsubscribe", "re_enrol", "extra", "leave", "time"]),
                           st.integers(0, 3)), max_size=12)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_a_pupil_has_one_basisgroep_a_year(sqlite: str, steps: list[tuple[str, int]]) -> None:
    actor, targets = school("5", "5/6", "7")
    targets.append(make_group(actor.location, "Plus", kind="instructie"))
    pupil = enrolment.enrol(actor, ANNA, targets[0]).pupil
    day = TODAY
    for step, number in steps:
        with suppress(Refused):
            if step == "move":
                enrolment.move(actor, pupil, targets[number])
            elif step == "unsubscribe":
                enrolment.unsubscribe(actor, pupil, day + timedelta(days=number - 1), "Anders")
            elif step == "re_enrol":
                enrolment.re_enrol(actor, pupil)
            elif step == "extra":
                enrolment.add_to_group(actor, pupil, targets[number])
            elif step == "leave":
                enrolment.remove_from_group(actor, pupil, targets[number])
            else:
                day += timedelta(days=number)
                Board.update(now=clock.local(day, clock.MORNING)).where(Board.id == actor.board.id).execute()
        _consistent(actor, pupil, day)


def _consistent(actor: Actor, pupil: Pupil, day: date) -> None:
    stored = Pupil.get_by_id(pupil.id)
    (base,) = [row.group for row in Placement.select().where(Placement.pupil == pupil, Placement.kind == "basis")]
    assert base.school_year == YEAR
    assert stored.year_group in base.year_groups.split(",")
    assert stored.unsubscribed_on is None or stored.unsubscribed_on >= stored.enrolled_from
    assert bool(stored.unsubscribed_on) == bool(stored.unsubscribe_reason)
    (row,) = pupils.page(actor, status="all")
    assert (row.group, row.status) == (base.name, status_of(stored, day))
