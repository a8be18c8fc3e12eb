"""The groups and pupils ESIS gives to who asks with the right key."""

from __future__ import annotations

from datetime import date

import pytest

from app.exchange.uwlr import Authorisation, PupilAnswer, SchoolReference
from app.webservice.faults import UnknownCode, WebServiceFault, WrongLocation
from app.webservice.pupils import pull_pupils
from models.board import Board, Location
from models.school import Group, Placement, Pupil
from tests.builders import location_of, make_board, make_group, make_pupil

KEY = Authorisation("basispoort-sleutel", "basispoort", "Basispoort")
SCHOOL = SchoolReference("99QQ", "00", "2019-2020")


def school() -> tuple[Board, Location]:
    board = make_board(locations=("00", "01"))
    return board, location_of(board)


def pull(board: Board, after_key: str = "", limit: int = 250) -> PupilAnswer:
    return pull_pupils(board.id, KEY, SCHOOL, after_key, limit)


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


def test_pages_follow_each_other_by_key_and_lose_nobody(db: str) -> None:
    board, location = school()
    group = make_group(location)
    keys = {make_pupil(group, key=key).key for key in ("10", "9", "2", "a", "B", "é")}
    seen: list[str] = []
    while page := pull(board, seen[-1] if seen else "", limit=2).pupils:
        seen += [pupil.key for pupil in page]
    assert (set(seen), len(seen)) == (keys, 6)


def test_groups_come_with_the_first_page_and_pupils_of_every_page_name_theirs(db: str) -> None:
    board, location = school()
    group = make_group(location)
    for key in ("1", "2"):
        make_pupil(group, key=key)
    first, second = pull(board, limit=1), pull(board, "1", limit=1)
    assert ([item.key for item in first.groups], second.groups) == ([group.key], ())
    assert [page.pupils[0].group_key for page in (first, second)] == [group.key, group.key]


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
