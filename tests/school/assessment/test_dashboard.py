"""Dashboard Mijn Groep: which sitting counts, growth, whose groups, and a pupil over the years."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from app.access import NotAllowed
from app.permissions import Role
from app.refusals import NotFound
from app.school.assessment import dashboard
from app.school.assessment.dashboard import Cell, PartScore
from models.assessment import Result
from models.base import reading
from models.school import Group, Placement, Pupil
from tests.builders import YEAR, location_of, make_actor, make_board, make_group, make_pupil
from tests.school.people.listed import statements
from tests.school.people.test_pupils import make_teacher

_keys = count(1)
JANUARY, FEBRUARY, LAST_YEAR = date(2020, 1, 20), date(2020, 2, 24), date(2019, 6, 3)


def give(pupil: Pupil, assessment: str, on: date, score: int, level: str = "III", part: str = "") -> Result:
    """A result as the coupling would store it."""
    return Result.create(
        location=pupil.location,
        pupil=pupil,
        supplier="iep-lvs",
        supplier_key=f"r{next(_keys)}",
        assessment=assessment,
        part=part,
        date=on,
        level=level,
        score=score,
        reference_level="1F",
        received_at=pupil.board.now,
    )


def cell_of(pupil: Pupil, group: Group, subject: str) -> Cell | None:
    overview = dashboard.group_overview(make_actor(pupil.board), group.id)
    (row,) = [row for row in overview.rows if row.pupil_id == pupil.id]
    return row.cells.get(subject)


@pytest.fixture
def group(db: str) -> Group:
    return make_group(location_of(make_board()))


def test_a_cell_shows_the_latest_sitting_and_growth_since_the_one_before(group: Group) -> None:
    pupil = make_pupil(group)
    give(pupil, "lezen-6", FEBRUARY, 61, "II")
    give(pupil, "lezen-5", LAST_YEAR, 52)
    give(pupil, "lezen-6", JANUARY, 58)
    cell = cell_of(pupil, group, "lezen")
    assert cell is not None
    assert (cell.latest.date, cell.latest.score, cell.latest.level) == (FEBRUARY, 61, "II")
    assert (cell.latest.reference_level, cell.latest.assessment.id, cell.growth) == ("1F", "lezen-6", 3)


def test_last_years_sitting_gives_growth_but_no_cell_of_its_own(group: Group) -> None:
    pupil, other = make_pupil(group), make_pupil(group)
    give(pupil, "lezen-5", LAST_YEAR, 52)
    give(pupil, "lezen-6", JANUARY, 50)
    give(other, "lezen-5", LAST_YEAR, 52)
    cell = cell_of(pupil, group, "lezen")
    assert cell is not None
    assert cell.previous is not None
    assert (cell.growth, cell.previous.date) == (-2, LAST_YEAR)
    assert cell_of(other, group, "lezen") is None


def test_a_first_sitting_has_no_growth(group: Group) -> None:
    pupil = make_pupil(group)
    give(pupil, "rekenen-6", JANUARY, 50)
    cell = cell_of(pupil, group, "rekenen")
    assert cell is not None
    assert cell.growth is None


def test_of_two_sittings_on_one_day_the_one_stored_last_counts(group: Group) -> None:
    pupil = make_pupil(group)
    give(pupil, "lezen-6", JANUARY, 70)
    give(pupil, "lezen-6", JANUARY, 40)
    cell = cell_of(pupil, group, "lezen")
    assert cell is not None
    assert (cell.latest.score, cell.growth) == (40, None)


def test_parts_and_assessments_that_left_the_catalogue_are_no_cells(group: Group) -> None:
    pupil = make_pupil(group)
    give(pupil, "rekenen-6", JANUARY, 75, part="getallen")
    give(pupil, "knutselen-6", JANUARY, 75)
    overview = dashboard.group_overview(make_actor(pupil.board), group.id)
    assert overview.empty
    assert dashboard.pupil_line(make_actor(pupil.board), pupil.id).subjects == ()


def test_columns_are_what_the_year_group_sits_and_what_somebody_has_sat(group: Group) -> None:
    actor = make_actor(group.location.board)
    pupil = make_pupil(group)
    subjects = [subject.id for subject in dashboard.group_overview(actor, group.id).subjects]
    assert subjects == ["lezen", "technisch-lezen", "taalverzorging", "rekenen"]
    give(pupil, "woordenschat-7", JANUARY, 60)
    subjects = [subject.id for subject in dashboard.group_overview(actor, group.id).subjects]
    assert subjects == ["lezen", "technisch-lezen", "taalverzorging", "woordenschat", "rekenen"]


def test_rows_are_the_pupils_enrolled_today_by_last_name(group: Group) -> None:
    make_pupil(group, "Zoë", "Aalders", key="1")
    make_pupil(group, "Abel", "Zwart", key="2")
    gone = make_pupil(group, "Weg", "Berg")
    Pupil.update(unsubscribed_on=date(2020, 4, 14)).where(Pupil.id == gone.id).execute()
    overview = dashboard.group_overview(make_actor(group.location.board), group.id)
    assert [row.list_name for row in overview.rows] == ["Aalders, Zoë", "Zwart, Abel"]
    assert overview.empty


def test_a_full_group_takes_as_many_queries_as_an_empty_one(group: Group) -> None:
    actor = make_actor(group.location.board)
    empty = statements(lambda: dashboard.group_overview(actor, group.id))
    for _ in range(10):
        pupil = make_pupil(group)
        for subject in ("lezen", "rekenen"):
            give(pupil, f"{subject}-6", JANUARY, 55)
    asked = 2  # what the user may now: whether, and which groups
    assert statements(lambda: dashboard.group_overview(actor, group.id)) == empty <= 8 + asked
    with reading():
        assert len(dashboard.group_overview(actor, group.id).rows) == 10


def test_who_may_open_which_group(db: str) -> None:
    board = make_board(locations=("00", "01"))
    own, other = make_group(location_of(board), "6"), make_group(location_of(board), "7", "7")
    far = make_group(location_of(board, "01"), "6")
    extra = make_group(location_of(board), "Alfa", "", kind="instructie")
    for role in (Role.DIRECTIE, Role.APPLICATIEBEHEERDER, Role.INTERN_BEGELEIDER):
        assert dashboard.choices(make_actor(board, role)) == [own, other, extra]
    teacher = make_teacher(board, own)
    assert dashboard.choices(teacher) == [own]
    assert dashboard.group_overview(teacher, own.id).group == own
    for actor, group in ((teacher, other), (make_actor(board), far)):
        with pytest.raises(NotFound, match="niet uw groep"):
            dashboard.group_overview(actor, group.id)
    pupil, stranger = make_pupil(own), make_pupil(other)
    assert dashboard.pupil_line(teacher, pupil.id).pupil == pupil
    with pytest.raises(NotAllowed):
        dashboard.pupil_line(teacher, stranger.id)


@pytest.mark.parametrize("role", [Role.ADMINISTRATIE, Role.TRAINER, None])
def test_who_may_not_see_results(db: str, role: Role | None) -> None:
    board = make_board()
    group = make_group(location_of(board))
    pupil, actor = make_pupil(group), make_actor(board, role)
    for query in (
        lambda: dashboard.choices(actor),
        lambda: dashboard.group_overview(actor, group.id),
        lambda: dashboard.pupil_line(actor, pupil.id),
    ):
        with pytest.raises(NotAllowed):
            query()


def test_an_instruction_group_has_the_columns_of_its_pupils(group: Group) -> None:
    extra = make_group(group.location, "Alfa", "", kind="instructie")
    pupil = make_pupil(group)
    Placement.create(pupil=pupil, group=extra, school_year=YEAR, kind="instructie")
    give(pupil, "lezen-6", JANUARY, 60)
    overview = dashboard.group_overview(make_actor(group.location.board), extra.id)
    assert [subject.id for subject in overview.subjects][:2] == ["lezen", "technisch-lezen"]
    assert overview.rows[0].cells["lezen"].latest.score == 60


def test_a_pupils_line_runs_over_the_years_with_the_parts_of_the_latest(group: Group) -> None:
    pupil = make_pupil(group)
    give(pupil, "rekenen-6", JANUARY, 55, "IV")
    give(pupil, "rekenen-6", JANUARY, 80, part="verbanden")
    give(pupil, "rekenen-6", JANUARY, 70, part="getallen")
    give(pupil, "rekenen-5", LAST_YEAR, 48)
    give(pupil, "rekenen-5", LAST_YEAR, 30, part="getallen")
    give(pupil, "lezen-6", JANUARY, 57)
    reading_line, maths = dashboard.pupil_line(make_actor(pupil.board), pupil.id).subjects
    assert (reading_line.subject.id, maths.subject.id) == ("lezen", "rekenen")
    assert [(sitting.date, sitting.score) for sitting in maths.sittings] == [(LAST_YEAR, 48), (JANUARY, 55)]
    assert maths.parts == (PartScore("Getallen", 70), PartScore("Verbanden", 80))
    assert reading_line.parts == ()
