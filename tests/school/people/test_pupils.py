"""The list of pupils: who sees whom, search, status by date, paging, and its cost at a large location."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app import clock
from app.access import Actor, NotAllowed
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school.people import enrolment, pupils
from app.school.people.pupils import Order
from app.school.people.status import Status, status_of
from models.board import Board
from models.school import Group, GroupTeacher, Guardian, Placement, Pupil, PupilGuardian, StaffMember
from tests.builders import YEAR, location_of, make_actor, make_board, make_group, make_pupil
from tests.school.people.enrolments import ANNA, BORN, school
from tests.school.people.listed import keys, named

HOSTILE = [
    "Jan [/] de Boer",
    "[@click=app.quit]x[/]",
    "Robert'); DROP TABLE pupil;--",
    "100%",
    "_",
    "O'Neill\\",
    "Łódź",
]


def make_teacher(board: Board, group: Group) -> Actor:
    """A Leerkracht who teaches this group."""
    actor = make_actor(board, Role.LEERKRACHT)
    staff = StaffMember.create(board=board, location=group.location, key=f"S{actor.user.id}", last_name="Juf")
    GroupTeacher.create(group=group, staff=staff)
    actor.user.staff_id = staff.id
    actor.user.save()
    return actor


def test_a_birth_date_finds_and_narrows(db: str) -> None:
    actor, (six,) = school("6")
    anna, ben = (
        enrolment.enrol(actor, ANNA, six).pupil,
        enrolment.enrol(actor, replace(ANNA, first_name="Ben"), six).pupil,
    )
    born = clock.dutch_date(BORN)
    assert [row.key for row in pupils.page(actor, search=born)] == [anna.key, ben.key]
    assert [row.key for row in pupils.page(actor, search=f"ben {born}")] == [ben.key]
    assert pupils.page(actor, search="1-1-1999") == []
    assert [row.key for row in pupils.page(actor, search=f"ben {BORN.year}")] == [ben.key]
    assert pupils.page(actor, search=str(BORN.year + 1)) == []
    assert [row.key for row in pupils.page(actor, order=Order.KEY, descending=True)] == [ben.key, anna.key]


def test_the_list_is_sorted_by_last_name_without_prefix_and_accents(db: str) -> None:
    board = make_board()
    group = make_group(location_of(board))
    named(group, "Anna", "Zwart", key="3")
    named(group, "Émile", "Ábel", key="1")
    named(group, "Bob", "Berg", "van den", key="2")
    assert keys(pupils.page(make_actor(board))) == ["1", "2", "3"]


def test_a_row_has_the_basisgroep_of_this_year_and_the_fields_of_the_contract(db: str) -> None:
    board = make_board()
    group = make_group(location_of(board))
    old = Group.create(location=group.location, key="old", name="5", school_year="2018-2019", year_groups="5")
    pupil = named(group, "Bob", "Berg", "van den", key="2")
    Placement.create(pupil=pupil, group=old, school_year="2018-2019", kind="basis")
    extra = make_group(group.location, "Plusklas", kind="instructie")
    Placement.create(pupil=pupil, group=extra, school_year=YEAR, kind="instructie")
    (row,) = pupils.page(make_actor(board))
    assert row.list_name == "Berg, Bob van den"
    assert row.as_json() == {
        "key": "2",
        "first_name": "Bob",
        "prefix": "van den",
        "last_name": "Berg",
        "birth_date": "2010-01-01",
        "group": "6",
        "status": "enrolled",
    }


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("berg", ["1", "2"]),
        ("BERG bob", ["1"]),
        ("bob van berg", ["1"]),
        ("bergén", ["2"]),
        ("900", ["1"]),
        ("00", []),
        ("9001 ", ["1"]),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("'", []),
        ("   ", ["1", "2", "3"]),
    ],
)
def test_search_looks_for_every_part_of_the_name_or_the_start_of_the_number(
    db: str, search: str, found: list[str]
) -> None:
    board = make_board()
    group = make_group(location_of(board))
    one = named(group, "Bob", "Berg", "van den", key="9001")
    two = named(group, "Ann", "Bergen", key="8")
    three = named(group, "Cas", "Zwart", key="7")
    numbers = {one.key: "1", two.key: "2", three.key: "3"}
    assert [numbers[key] for key in keys(pupils.page(make_actor(board), search=search))] == found


@pytest.mark.parametrize("name", HOSTILE)
def test_odd_names_are_found_as_they_are(db: str, name: str) -> None:
    board = make_board()
    group = make_group(location_of(board))
    named(group, "Anna", "Gewoon")
    odd = named(group, "X", name)
    assert keys(pupils.page(make_actor(board), search=name)) == [odd.key]


@pytest.mark.parametrize("search", ["a\x00b", "\ud800", "a\x1b[31m"])
def test_a_search_with_control_characters_is_refused_with_a_sentence(db: str, search: str) -> None:
    actor = make_actor(make_board())
    with pytest.raises(Refused, match="stuurteken"):
        pupils.page(actor, search=search)
    with pytest.raises(Refused, match="stuurteken"):
        pupils.get(actor, search)


def test_status_follows_the_date(db: str) -> None:
    board = make_board()
    today = clock.school_today(board)
    group = make_group(location_of(board))
    here, gone_today, leaves_later, comes = (named(group, "A", f"Naam {n}", key=str(n)) for n in range(4))
    Pupil.update(unsubscribed_on=today).where(Pupil.id == gone_today.id).execute()
    Pupil.update(unsubscribed_on=date(2020, 4, 15)).where(Pupil.id == leaves_later.id).execute()
    Pupil.update(enrolled_from=date(2020, 4, 15)).where(Pupil.id == comes.id).execute()
    actor = make_actor(board)
    by_status = {status: keys(pupils.page(actor, status=status)) for status in [*Status, "all"]}
    assert by_status == {
        "enrolled": [here.key, leaves_later.key],
        "future": [comes.key],
        "unsubscribed": [gone_today.key],
        "all": ["0", "1", "2", "3"],
    }
    for status in Status:
        rows = pupils.page(actor, status=status)
        assert {row.status for row in rows} == {status}
        assert {status_of(Pupil.get_by_id(row.id), today) for row in rows} == {status}
        assert pupils.count(actor, status=status) == len(rows)
    with pytest.raises(Refused, match="enrolled, future, unsubscribed, all"):
        pupils.page(actor, status="weg")


def test_each_role_sees_its_own_pupils(db: str) -> None:
    board = make_board(locations=("00", "01"))
    own, other = make_group(location_of(board)), make_group(location_of(board), "7", "7")
    elsewhere = make_group(location_of(board, "01"), "6")
    mine, theirs, far = named(own, "A", "A", key="1"), named(other, "B", "B", key="2"), named(elsewhere, "C", "C")
    for role in (Role.DIRECTIE, Role.APPLICATIEBEHEERDER, Role.INTERN_BEGELEIDER, Role.ADMINISTRATIE):
        assert keys(pupils.page(make_actor(board, role))) == ["1", "2"]
    teacher = make_teacher(board, own)
    assert keys(pupils.page(teacher)) == keys(list(pupils.list_pupils(teacher))) == ["1"]
    assert pupils.count(teacher) == 1
    assert pupils.page(teacher, group=other) == []
    assert pupils.get(teacher, mine.key) == mine
    for get in (lambda: pupils.get(teacher, theirs.key), lambda: pupils.get_by_id(teacher, theirs.id)):
        with pytest.raises(NotAllowed, match="niet in een van uw groepen"):
            get()
    for get in (lambda: pupils.get(teacher, far.key), lambda: pupils.get_by_id(teacher, far.id)):
        with pytest.raises(NotFound, match="99QQ00"):
            get()


@pytest.mark.parametrize("role", [None, Role.TRAINER])
def test_somebody_without_a_role_at_school_sees_nobody(db: str, role: Role | None) -> None:
    board = make_board()
    pupil = make_pupil(make_group(location_of(board)))
    actor = make_actor(board, role)
    assert pupils.page(actor) == []
    assert pupils.count(actor) == 0
    with pytest.raises(NotAllowed):
        pupils.get(actor, pupil.key)
    with pytest.raises(NotAllowed):
        pupils.list_pupils(actor)


def test_last_years_group_gives_a_teacher_no_right(db: str) -> None:
    board = make_board()
    old = Group.create(location=location_of(board), key="old", name="5", school_year="2018-2019", year_groups="5")
    make_pupil(old)
    make_group(old.location)
    assert pupils.page(make_teacher(board, old)) == []


def test_a_pupils_page_shows_groups_and_guardians(db: str) -> None:
    board = make_board()
    group = make_group(location_of(board))
    pupil = make_pupil(group)
    extra = make_group(group.location, "Alfa", kind="instructie")
    Placement.create(pupil=pupil, group=extra, school_year=YEAR, kind="instructie")
    guardian = Guardian.create(board=board, name="Ouder Een", email="een@example.org")
    PupilGuardian.create(pupil=pupil, guardian=guardian, relation="moeder")
    detail = pupils.detail(make_actor(board), f" {pupil.key} ")
    assert [found.name for found in detail.groups] == ["6", "Alfa"]
    assert detail.base_group == group
    assert [(link.guardian.name, link.relation, link.guardian.email) for link in detail.guardians] == [
        ("Ouder Een", "moeder", "een@example.org")
    ]
    assert (detail.status, detail.results) == (Status.ENROLLED, 0)
