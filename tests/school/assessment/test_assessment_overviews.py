"""Toetsoverzichten: periods, mean, spread and growth, exclusions, and who may see all groups."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import NotAllowed
from app.permissions import Role
from app.refusals import NotFound
from app.school.assessment import assessment_overviews as overviews
from app.school.assessment import definitions, exclusions
from app.school.assessment.assessment_overviews import Line, Period, period_of
from app.school.assessment.definitions import DefinitionForm
from models.assessment import Result
from models.school import Group, Pupil
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil
from tests.school.assessment.test_dashboard import give
from tests.school.people.listed import statements
from tests.school.people.test_pupils import make_teacher

MIDDLE, BEFORE = Period("2019-2020", False), Period("2018-2019", True)
JANUARY, JUNE = date(2020, 1, 20), date(2019, 6, 3)


@pytest.fixture
def group(db: str) -> Group:
    return make_group(location_of(make_board()))


def line_of(group: Group, assessment: str = "lezen-6", period: Period = MIDDLE) -> Line:
    found = overviews.overview(make_actor(group.location.board), group.id, period)
    (line,) = [line for line in found.lines if line.assessment.id == assessment]
    return line


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 8, 1), "midden 2019-2020"),
        (date(2020, 3, 31), "midden 2019-2020"),
        (date(2020, 4, 1), "eind 2019-2020"),
        (date(2020, 7, 31), "eind 2019-2020"),
        (date(2020, 8, 1), "midden 2020-2021"),
    ],
)
def test_a_school_year_has_two_periods(day: date, name: str) -> None:
    period = period_of(day)
    assert period.name == name
    assert period.previous < period
    assert period_of(period.begins) == period != period_of(period.previous.begins) == period.previous


def test_a_line_has_number_mean_spread_and_growth_of_who_was_there_before(group: Group) -> None:
    anna, bas, cem = (make_pupil(group, name) for name in ("Anna", "Bas", "Cem"))
    for pupil, before, now, level in ((anna, 50, 60, "I"), (bas, 52, 50, "V"), (cem, None, 70, "I")):
        if before is not None:
            give(pupil, "lezen-5", JUNE, before)
        give(pupil, "lezen-6", JANUARY, now, level)
    line = line_of(group)
    assert (line.pupils, line.mean, line.growth, line.grown) == (3, 60, 4, 2)
    assert line.spread == (("I", 2), ("II", 0), ("III", 0), ("IV", 0), ("V", 1))
    assert (line.pupils_before, line.mean_before, dict(line.spread_before)["III"]) == (2, 51, 2)
    before = overviews.overview(make_actor(group.location.board), group.id, BEFORE)
    assert [(one.assessment.id, one.pupils, one.growth) for one in before.lines] == [("lezen-5", 2, None)]


def test_the_latest_of_a_period_is_taken_and_what_does_not_count_is_left_out_and_told(group: Group) -> None:
    actor = make_actor(group.location.board)
    pupil, other = make_pupil(group), make_pupil(group)
    give(pupil, "lezen-6", date(2019, 10, 1), 40)
    give(pupil, "lezen-6", JANUARY, 55)
    give(pupil, "lezen-6", date(2020, 1, 22), 57)
    out = give(other, "lezen-6", JANUARY, 99)
    exclusions.exclude(actor, [out.id], "Anders")
    found = overviews.overview(actor, group.id, MIDDLE)
    assert [(line.pupils, line.mean) for line in found.lines] == [(1, 57)]
    assert (found.excluded, found.not_counting) == (1, 1)


def test_levels_have_no_mean_and_points_are_spread_over_five_bands(group: Group) -> None:
    actor, pupil = make_actor(group.location.board), make_pupil(group)
    work = definitions.create(actor, DefinitionForm("Werkstuk", "Kunst", "6", "niveau", "", "A B C"))
    tables = definitions.create(actor, DefinitionForm("Tafels", "Rekenen", "6", "punten", "40"))
    few = definitions.create(actor, DefinitionForm("Kort", "Rekenen", "6", "punten", "3"))
    for assessment, score, level, earlier in ((work, 3, "A", 1), (tables, 33, "", 20), (few, 2, "", 0)):
        give(pupil, assessment.id, date(2019, 5, 1), earlier, "C" if level else "")
        give(pupil, assessment.id, JANUARY, score, level)
    assert (line_of(group, work.id).mean, line_of(group, work.id).growth) == (None, 2)
    assert line_of(group, work.id).spread == (("A", 1), ("B", 0), ("C", 0))
    assert line_of(group, tables.id).spread == (("33-40", 1), ("25-32", 0), ("17-24", 0), ("9-16", 0), ("0-8", 0))
    assert line_of(group, few.id).spread == (("3", 0), ("2", 1), ("0-1", 0))


def test_periods_go_back_to_the_first_result_of_these_pupils(group: Group) -> None:
    actor, pupil = make_actor(group.location.board), make_pupil(group)
    assert [one.name for one in overviews.periods(actor, group.id)] == ["eind 2019-2020"]
    give(pupil, "lezen-5", JUNE, 50)
    assert [one.name for one in overviews.periods(actor, group.id)] == [
        "eind 2019-2020",
        "midden 2019-2020",
        "eind 2018-2019",
    ]


def test_a_subject_can_be_chosen_and_those_there_are_stay_known(group: Group) -> None:
    actor, pupil = make_actor(group.location.board), make_pupil(group)
    give(pupil, "lezen-6", JANUARY, 50)
    give(pupil, "rekenen-6", JANUARY, 50)
    found = overviews.overview(actor, group.id, MIDDLE, "rekenen")
    assert [line.assessment.id for line in found.lines] == ["rekenen-6"]
    assert [subject.id for subject in found.subjects] == ["lezen", "rekenen"]


def test_all_groups_together_are_for_who_may_see_every_pupil(db: str) -> None:
    board = make_board(locations=("00", "01"))
    own, other = make_group(location_of(board)), make_group(location_of(board), "7", "7")
    elsewhere = make_group(location_of(board, "01"))
    for group in (own, other, elsewhere):
        give(make_pupil(group), "lezen-6", JANUARY, 50)
    gone = make_pupil(own)
    give(gone, "lezen-6", JANUARY, 50)
    Pupil.update(unsubscribed_on=date(2020, 2, 1)).where(Pupil.id == gone.id).execute()
    for role in (Role.DIRECTIE, Role.INTERN_BEGELEIDER):
        actor = make_actor(board, role)
        assert overviews.may_see_all(actor)
        assert [line.pupils for line in overviews.overview(actor, None, MIDDLE).lines] == [2]
    teacher = make_teacher(board, own)
    assert not overviews.may_see_all(teacher)
    assert overviews.overview(teacher, own.id, MIDDLE).lines[0].pupils == 1
    with pytest.raises(NotAllowed):
        overviews.overview(teacher, None, MIDDLE)
    with pytest.raises(NotFound):
        overviews.overview(teacher, other.id, MIDDLE)
    for role in (Role.ADMINISTRATIE, None):
        with pytest.raises(NotAllowed):
            overviews.overview(make_actor(board, role), own.id, MIDDLE)


def test_a_full_group_takes_as_many_queries_as_an_empty_one(group: Group) -> None:
    actor = make_actor(group.location.board)
    empty = statements(lambda: overviews.overview(actor, group.id, MIDDLE))
    for _ in range(10):
        give(make_pupil(group), "lezen-6", JANUARY, 50)
    asked = 2  # what the user may now: whether, and which groups
    assert statements(lambda: overviews.overview(actor, group.id, MIDDLE)) == empty <= 7 + asked
    assert Result.select().count() == 10
