"""Where a pupil goes, by the rules in isolation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.school.transition.rules import Going, Present, Rules, Seat, What, is_odd, raised, tail


def rules(*names: str) -> Rules:
    """A school with these groups; `5/6a` has two year groups. A seat's number is that of its group, times ten."""
    groups = [Present(number, name, years(name)) for number, name in enumerate(names, 1)]
    return Rules(groups, [Seat(group.id * 10, group.name, group.year_groups, group.id) for group in groups])


def years(name: str) -> tuple[str, ...]:
    return tuple(character for character in name.partition("-")[0] if character.isdigit())


def goes(school: Rules, source: int | None, year_group: str, **more: object) -> tuple[What, int | None, str]:
    to = school.destination(Going(year_group, source, **more))  # type: ignore[arg-type]
    return to.what, to.group, to.year_group


def test_a_class_goes_up_one_group_and_keeps_what_tells_it_from_the_others() -> None:
    school = rules("5a", "5b", "6b", "6a")
    assert goes(school, 1, "5") == (What.UP, 40, "6")
    assert goes(school, 2, "5") == (What.UP, 30, "6")


def test_in_a_combination_group_the_year_group_decides() -> None:
    school = rules("5", "5/6", "6", "7")
    assert goes(school, 2, "5") == (What.UP, 20, "6")
    assert goes(school, 2, "6") == (What.UP, 40, "7")
    assert goes(school, 1, "5") == (What.UP, 30, "6")


def test_where_only_combination_groups_follow_the_letter_decides() -> None:
    school = rules("4a", "4b", "5/6b", "5/6a")
    assert goes(school, 1, "4") == (What.UP, 40, "5")
    assert goes(school, 2, "4") == (What.UP, 30, "5")


def test_groups_with_names_of_their_own_follow_in_order() -> None:
    groups = [
        Present(1, "Dolfijnen", ("3",)),
        Present(2, "Walvissen", ("3",)),
        Present(3, "Otters", ("4",)),
        Present(4, "Haaien", ("4",)),
    ]
    school = Rules(groups, [Seat(group.id, group.name, group.year_groups, group.id) for group in groups])
    assert [goes(school, source, "3")[1] for source in (1, 2)] == [3, 4]


def test_after_group_8_comes_secondary_education() -> None:
    school = rules("7/8")
    assert goes(school, 1, "8") == (What.SECONDARY, None, "8")
    assert goes(school, 1, "7") == (What.UP, 10, "8")


def test_a_newcomer_keeps_the_year_group_and_starts_where_was_said() -> None:
    school = rules("1a", "1b", "2")
    assert goes(school, None, "1", newcomer=True, starts_in="1B") == (What.NEW, 20, "1")
    assert goes(school, None, "1", newcomer=True, starts_in="weg") == (What.NEW, 10, "1")
    assert goes(school, 3, "2", newcomer=True) == (What.NEW, 30, "2")


def test_without_a_group_for_the_year_there_is_none_yet() -> None:
    assert goes(rules("5"), 1, "5") == (What.NONE, None, "6")


def test_an_unknown_year_group_is_that_of_the_group_and_a_letter_stays() -> None:
    assert goes(rules("5", "6"), 1, "") == (What.UP, 20, "6")
    assert goes(rules("5", "6"), 1, "S") == (What.STAYS, 10, "S")


@pytest.mark.parametrize(
    ("now", "later", "odd"),
    [("6", "7", False), ("6", "6", False), ("6", "1", True), ("6", "8", True), ("", "1", False), ("6", "S", False)],
)
def test_going_back_or_skipping_a_year_group_is_odd(now: str, later: str, odd: bool) -> None:
    assert is_odd(now, later) is odd


def test_a_name_a_year_later_changes_the_year_group_only() -> None:
    assert raised("groep 5a", "5") == "groep 6a"
    assert raised("5-005", "5") == "6-005"
    assert raised("15", "5") == "15"
    assert raised("Otters", "4") == "Otters"
    assert (tail("5/6a"), tail("groep 7b"), tail("8")) == ("a", "b", "")


NAMES = st.lists(st.from_regex(r"\A[1-8](/[1-8])?[ab]?\Z"), min_size=1, max_size=12, unique=True)


@given(NAMES, st.data())
def test_everybody_goes_to_a_group_that_has_the_year_group(names: list[str], data: st.DataObject) -> None:
    school = rules(*names)
    for group, name in enumerate(names, 1):
        year_group = data.draw(st.sampled_from(years(name)))
        to = school.destination(Going(year_group, group))
        if year_group == "8":
            assert to.what == What.SECONDARY
        elif to.what == What.NONE:
            assert all(to.year_group not in seat.year_groups for seat in school.seats)
        else:
            (seat,) = [seat for seat in school.seats if seat.id == to.group]
            assert to.year_group == str(int(year_group) + 1)
            assert to.year_group in seat.year_groups
