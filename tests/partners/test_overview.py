"""The overviews of IEP LVS, computed from its data."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from app import clock
from app.clock import PRACTICE_START
from app.partners.iep_lvs import account, overview, windows
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.iep_lvs.overview import Summary, WindowState
from app.partners.results_supplier import overview as supplier_overview
from app.partners.results_supplier.delivery_status import Deliveries, deliveries
from app.partners.results_supplier.overview import GroupChoice
from fixtures.assessments import by_id
from models.partners.iep_lvs import IepGroup, IepPupil, IepSchool, IepSitting, IepTransfer
from tests.builders import location_of, make_board

TODAY = PRACTICE_START.date()


@pytest.fixture
def school(db: str) -> IepSchool:
    made = account.open_account(location_of(make_board()), "")
    IepGroup.create(school=made, key="g5", name="5/6", year_group="")
    IepGroup.create(school=made, key="plus", name="Plus", composite=True)
    for number, (year_group, active) in enumerate([("5", True), ("6", True), ("6", False)]):
        IepPupil.create(
            school=made,
            key=str(number),
            first_name=f"Ab{number}",
            last_name="Élan" if number else "de Groot",
            year_group=year_group,
            group_key="g5",
            composite_keys="plus" if number == 1 else "",
            active=active,
        )
    return made


def add_sitting(school: IepSchool, key: str, on: date = TODAY, part: str = "", **columns: object) -> None:
    pupil = IepPupil.get(IepPupil.school == school, IepPupil.key == "1")
    IepSitting.create(
        school=school, pupil=pupil, key=key, assessment="rekenen-6", part=part, date=on, score=1, **columns
    )


def test_the_summary_counts_active_pupils_and_sittings_without_their_parts(school: IepSchool) -> None:
    add_sitting(school, "a")
    add_sitting(school, "b", part="getallen")
    assert overview.summary(school) == Summary(pupils=2, groups=2, sittings=1)


def test_results_are_sent_waiting_or_refused_with_the_reason(school: IepSchool) -> None:
    add_sitting(school, "a", pending=False)
    add_sitting(school, "b")
    add_sitting(school, "c", refusal="niet geactiveerd")
    add_sitting(school, "d", refusal="niet geactiveerd")
    found = deliveries(SUPPLIER, school)
    assert found == Deliveries(sent=1, waiting=1, refusals=(("niet geactiveerd", 2),))
    assert found.refused == 2


def test_pupils_who_left_stand_at_the_end_and_names_are_found_by_words(school: IepSchool) -> None:
    add_sitting(school, "a")
    rows = supplier_overview.pupils(SUPPLIER, school)
    assert [(row.pupil.key, row.group, row.sittings) for row in rows] == [
        ("0", "5/6", 0),
        ("1", "5/6", 1),
        ("2", "5/6", 0),
    ]
    assert [row.pupil.key for row in supplier_overview.pupils(SUPPLIER, school, "groot ab")] == ["0"]
    assert supplier_overview.pupil_count(SUPPLIER, school, "ab 100%") == 0


def test_a_night_without_a_transfer_is_noticed_once_it_is_over(school: IepSchool) -> None:
    last = clock.local(TODAY, clock.PUBLISHERS)
    IepTransfer.create(school=school, at=last)
    assert not overview.missed_night(school, PRACTICE_START)
    assert not overview.missed_night(school, last + timedelta(hours=23))
    assert overview.missed_night(school, last + timedelta(days=1))


def test_windows_of_three_years_with_their_state_and_sittings(school: IepSchool) -> None:
    windows.lay_out(school, TODAY)
    add_sitting(school, "a", on=date(2020, 1, 21))
    add_sitting(school, "b", on=date(2020, 3, 3))
    rows = overview.window_rows(school, date(2020, 5, 18))
    assert [row.state for row in rows] == [WindowState.PAST] * 3 + [WindowState.OPEN] + [WindowState.COMING] * 2
    assert [row.sittings for row in rows] == [0, 0, 1, 0, 0, 0]


def test_groups_for_an_assessment_count_the_pupils_of_its_year_group(school: IepSchool) -> None:
    groups_for = partial(supplier_overview.groups_for, SUPPLIER, school)
    assert groups_for(by_id("rekenen-6").year_groups) == [GroupChoice("5/6", 1), GroupChoice("Plus", 1)]
    assert groups_for(by_id("rekenen-8").year_groups) == []


def test_assessments_tell_when_they_were_last_sat(school: IepSchool) -> None:
    add_sitting(school, "a", on=date(2020, 1, 21))
    add_sitting(school, "b")
    found = {row.assessment.id: (row.sittings, row.last) for row in overview.assessment_rows(school)}
    assert found["rekenen-6"] == (2, TODAY)
    assert found["lezen-6"] == (0, None)


def test_a_search_of_more_words_than_any_name_has_finds_nobody(school: IepSchool) -> None:
    assert supplier_overview.pupil_count(SUPPLIER, school, "zqx " * 5_000) == 0
