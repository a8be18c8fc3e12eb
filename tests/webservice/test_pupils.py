"""The groups and pupils that ESIS gives to a caller with the right key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock
from app.access import Actor, writing
from app.clock import PRACTICE_START
from app.exchange.uwlr import Authorisation, PupilAnswer, SchoolReference
from app.school.people import enrolment, renumbering
from app.school.people.pupil_form import PupilForm
from app.webservice.faults import UnknownCode, WebServiceFault, WrongLocation
from app.webservice.pupils import pull_pupils
from models.board import Board, Location
from models.school import FormerKey, Group, Placement, Pupil
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil

KEY = Authorisation("basispoort-sleutel", "basispoort", "Basispoort")
SCHOOL = SchoolReference("99QQ", "00", "2019-2020")


def school() -> tuple[Board, Location]:
    board = make_board(locations=("00", "01"))
    return board, location_of(board)


def pull(board: Board, after: int = 0, limit: int = 250, until: datetime | None = None) -> PupilAnswer:
    return pull_pupils(board.id, KEY, SCHOOL, after, limit, until)


def place(pupil: Pupil, group: Group) -> None:
    Placement.create(pupil=pupil, group=group, school_year=group.school_year, kind=group.kind)


def test_a_pupil_comes_with_its_base_group(db: str) -> None:
    board, location = school()
    group = make_group(location, name="6", year_groups="6")
    pupil = make_pupil(group, key="1042")
    answer = pull(board)
    (data,) = answer.pupils
    assert (data.key, data.eckid, data.year_group, data.group_key) == ("1042", pupil.eckid, "6", group.key)
    assert [(item.key, item.name, item.year_group, item.composite) for item in answer.groups] == [
        (group.key, "6", "6", False)
    ]
    assert answer.school == SCHOOL


def test_a_combination_group_has_year_group_c(db: str) -> None:
    board, location = school()
    make_pupil(make_group(location, name="5/6", year_groups="5,6"))
    answer = pull(board)
    assert answer.groups[0].year_group == "C"
    assert answer.pupils[0].year_group == "5"


@pytest.mark.parametrize("kind", ["instructie", "overig"])
def test_other_groups_travel_only_when_available_to_couplings(db: str, kind: str) -> None:
    board, location = school()
    pupil = make_pupil(make_group(location))
    extra = make_group(location, name="Leesgroep", kind=kind)
    place(pupil, extra)
    assert pull(board).pupils[0].composite_keys == (extra.key,)
    Group.update(available_to_couplings=False).execute()
    answer = pull(board)
    assert answer.pupils[0].composite_keys == ()
    assert [group.name for group in answer.groups] == ["6"]
    assert answer.pupils[0].group_key


def test_only_who_is_enrolled_today_at_this_location_is_there(db: str) -> None:
    board, location = school()
    group = make_group(location)
    here, gone, coming = (make_pupil(group, key=key) for key in ("1", "2", "3"))
    make_pupil(make_group(location_of(board, "01")), key="4")
    Pupil.update(unsubscribed_on=date(2020, 4, 14)).where(Pupil.id == gone.id).execute()
    Pupil.update(enrolled_from=date(2020, 4, 15)).where(Pupil.id == coming.id).execute()
    assert [pupil.key for pupil in pull(board).pupils] == [here.key]


def test_groups_of_another_school_year_stay_home(db: str) -> None:
    board, location = school()
    pupil = make_pupil(make_group(location))
    old = Group.create(location=location, key="old", name="5", kind="basis", school_year="2018-2019", year_groups="5")
    place(pupil, old)
    assert "old" not in {group.key for group in pull(board).groups}


def test_pages_follow_each_other_and_lose_nobody(db: str) -> None:
    board, location = school()
    group = make_group(location)
    keys = {make_pupil(group, key=key).key for key in ("10", "9", "2", "a", "B", "é")}
    page = pull(board, limit=2)
    assert page.keys == keys
    seen = [pupil.key for pupil in page.pupils]
    while page.last is not None:
        page = pull(board, page.last, limit=2)
        seen += [pupil.key for pupil in page.pupils]
    assert (set(seen), len(seen)) == (keys, 6)


def test_a_number_that_becomes_lower_between_two_pages_moves_nobody(db: str) -> None:
    board, location = school()
    group = make_group(location)
    for key in ("5", "6", "1100-1", "1100"):
        make_pupil(group, key=key)
    seen, page = [], pull(board, limit=2)
    seen += page.pupils
    Pupil.update(key="0").where(Pupil.key == "1100").execute()
    Pupil.update(key="9").where(Pupil.key == "5").execute()
    while page.last is not None:
        page = pull(board, page.last, limit=2)
        seen += page.pupils
    assert [pupil.key for pupil in seen] == ["5", "6", "1100-1", "0"]


def test_groups_come_with_the_first_page_and_pupils_of_every_page_name_theirs(db: str) -> None:
    board, location = school()
    group = make_group(location)
    for key in ("1", "2"):
        make_pupil(group, key=key)
    first = pull(board, limit=1)
    assert first.last is not None
    second = pull(board, first.last, limit=1)
    assert ([item.key for item in first.groups], second.groups) == ([group.key], ())
    assert [page.pupils[0].group_key for page in (first, second)] == [group.key, group.key]
    assert (first.keys, second.keys, second.last) == ({"1", "2"}, None, None)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["enrol", "rename", "renumber", "move", "unsubscribe", "delete", "other group", "available"]),
        st.integers(0, 3),
    ),
    max_size=10,
)


@given(steps=STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_state_before_any_moment_is_what_was_told_then(db: str, steps: list[tuple[str, int]]) -> None:
    board = make_board()
    actor = make_actor(board)
    groups = [make_group(actor.location, name, name) for name in ("6", "7")]
    extra = make_group(actor.location, "Plus", "6", kind="instructie")
    for number in range(3):
        place(make_pupil(groups[0], key=str(1000 + number)), extra)
    told: list[tuple[datetime, list[PupilAnswer]]] = []
    for number, step in enumerate(steps):
        moment = PRACTICE_START + timedelta(hours=20 * number)
        Board.update(now=moment).where(Board.id == board.id).execute()
        told.append((moment, everything(board)))
        Board.update(now=moment + timedelta(minutes=1)).where(Board.id == board.id).execute()
        take(actor, groups, extra, *step)
    for moment, expected in told:
        assert everything(board, moment + timedelta(minutes=1)) == expected


def everything(board: Board, until: datetime | None = None) -> list[PupilAnswer]:
    """All pages in small ones, without when they were made and where they ended."""
    answers = [pull(board, limit=2, until=until)]
    while answers[-1].last is not None:
        answers.append(pull(board, answers[-1].last, 2, until))
    everybody = tuple(pupil for answer in answers for pupil in answer.pupils)
    return [replace(answers[0], created_at=PRACTICE_START, pupils=everybody, last=None)]


def take(actor: Actor, groups: list[Group], extra: Group, step: str, number: int) -> None:
    pupils = list(Pupil.select().where(Pupil.location == actor.location).order_by(Pupil.id))
    pupil = pupils[number % len(pupils)] if pupils else None
    if step == "enrol":
        enrolment.enrol(actor, PupilForm("Nieuw", f"Kind{len(pupils)}", date(2010, 2, 2)), groups[number % 2])
    elif step in ("other group", "available"):
        change = {"name": f"Plus {number}"} if step == "other group" else {"available_to_couplings": number % 2 == 0}
        with writing(actor):
            Group.update(change).where(Group.id == extra.id).execute()
    elif pupil is None or pupil.unsubscribed_on:
        return
    elif step == "rename":
        enrolment.change(actor, pupil, PupilForm(f"Naam{number}", pupil.last_name, birth_date=pupil.birth_date))
    elif step == "renumber":
        renumbering.renumber(actor, pupil, f"{900 - len(FormerKey.select())}")
    elif step == "move":
        enrolment.move(actor, pupil, groups[number % 2])
    elif step == "unsubscribe":
        enrolment.unsubscribe(actor, pupil, clock.school_today(actor.board) + timedelta(days=number % 2), "Verhuizing")
    else:
        enrolment.delete(actor, pupil, pupil.first_name)


def test_another_key_or_school_is_refused(db: str) -> None:
    board, _ = school()
    with pytest.raises(UnknownCode):
        pull_pupils(board.id, Authorisation("anders", "basispoort", "Basispoort"), SCHOOL)
    with pytest.raises(WrongLocation):
        pull_pupils(board.id, KEY, SchoolReference("11AA", "00", "2019-2020"))
    with pytest.raises(WebServiceFault):
        pull_pupils(board.id, Authorisation("basispoort-sleutel", "basispoort", "Anders"), SCHOOL)
    Board.update(basispoort_key="").execute()
    with pytest.raises(UnknownCode):
        pull(board)
