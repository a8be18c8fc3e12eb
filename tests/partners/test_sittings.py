"""Windows, scores and sittings: deterministic, plausible, and only for pupils the assessment is meant for."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta
from statistics import mean, pstdev

import pytest

from app.clock import AMSTERDAM, PRACTICE_START
from app.partners import roster
from app.partners.iep_lvs import account, sittings, windows
from app.partners.iep_lvs.connection import SUPPLIER, scores
from app.partners.results_supplier import sitting
from app.partners.talents import Talents
from app.refusals import NotFound, Refused
from app.training.boards import open_partner_accounts
from fixtures.assessments import by_id, norm_of
from models import bulk
from models.base import real_database
from models.board import Board
from models.partners.basispoort import BasispoortPublisher
from models.partners.iep_lvs import IepGroup, IepPupil, IepSchool, IepSitting
from tests.builders import location_of, make_board
from tests.partners.nights import advance, of_job

MIDDLE = date(2020, 1, 21)


def school_with_groups() -> IepSchool:
    location = location_of(make_board())
    open_partner_accounts(location)
    school = account.school_of(location)
    for key, name, year_group in (("g6", "6", "6"), ("g56", "5/6", "C"), ("g2", "2", "2"), ("g8", "8", "8")):
        IepGroup.create(school=school, key=key, name=name, year_group=year_group)
    IepGroup.create(school=school, key="lees", name="Leesgroep", composite=True)
    pupils = [
        ("a", "6", "g6", "lees"),
        ("b", "6", "g6", ""),
        ("c", "5", "g56", "lees"),
        ("d", "6", "g56", ""),
        ("e", "2", "g2", ""),
        ("f", "8", "g8", ""),
    ]
    for key, year_group, group, composite in pupils:
        IepPupil.create(
            school=school, key=key, year_group=year_group, group_key=group, composite_keys=composite, first_name=key
        )
    return school


class TestWindows:
    """Midden and Eind."""

    def test_they_lie_in_january_and_in_may_and_june(self) -> None:
        middle, end = windows.of_school_year("2019-2020")
        assert (middle.opens, middle.closes) == (date(2020, 1, 20), date(2020, 2, 7))
        assert (end.opens, end.closes) == (date(2020, 5, 18), date(2020, 6, 12))

    @pytest.mark.parametrize("year", range(2018, 2050))
    def test_they_open_on_a_monday_and_close_on_a_friday_of_their_school_year(self, year: int) -> None:
        for window in windows.of_school_year(f"{year}-{year + 1}"):
            assert (window.opens.weekday(), window.closes.weekday()) == (0, 4)
            assert window.opens.year == year + 1

    def test_a_pupil_always_sits_on_the_same_day_and_a_group_is_spread(self) -> None:
        middle, end = windows.of_school_year("2019-2020")
        for window in (middle, end):
            days = [windows.sitting_day(1, str(number), window) for number in range(200)]
            assert days == [windows.sitting_day(1, str(number), window) for number in range(200)]
            assert all(window.opens <= day <= window.closes and day.weekday() in (1, 2) for day in days)
            assert len(set(days)) == 2 * (((window.closes - window.opens).days + 7) // 7)


class TestScores:
    """What pupils score."""

    def test_they_depend_on_the_seed_only(self) -> None:
        assessment = by_id("rekenen-6")
        first = list(scores(Talents(1), "1042", assessment, MIDDLE))
        assert first == list(scores(Talents(1), "1042", assessment, MIDDLE))
        assert first != list(scores(Talents(2), "1042", assessment, MIDDLE))

    def test_the_parts_are_percentages_without_a_level(self) -> None:
        whole, *parts = scores(Talents(1), "1042", by_id("rekenen-6"), MIDDLE)
        assert [part.part for part in parts] == ["getallen", "verhoudingen", "meten-en-meetkunde", "verbanden"]
        assert all(0 <= part.score <= 100 and not part.level and not part.reference_level for part in parts)
        assert whole.level
        assert whole.reference_level
        assert not whole.part

    def test_a_year_group_scores_as_the_norm_expects(self) -> None:
        assessment, talents = by_id("lezen-6"), Talents(1)
        found = [next(iter(scores(talents, str(number), assessment, MIDDLE))) for number in range(2000)]
        norm = norm_of("lezen-6")
        assert mean(item.score for item in found) == pytest.approx(norm.mean_on(MIDDLE), abs=1)
        assert pstdev(item.score for item in found) == pytest.approx(norm.spread, rel=0.1)
        levels = [item.level for item in found]
        assert all(0.15 < levels.count(level) / 2000 < 0.25 for level in ("I", "II", "III", "IV", "V"))

    def test_pupils_grow_and_keep_their_place(self) -> None:
        assessment, talents = by_id("lezen-6"), Talents(1)
        later = date(2020, 5, 26)
        growth = [
            next(iter(scores(talents, str(number), assessment, later))).score
            - next(iter(scores(talents, str(number), assessment, MIDDLE))).score
            for number in range(300)
        ]
        assert sum(change > 0 for change in growth) > 240
        assert all(abs(change) < 15 for change in growth)

    def test_below_year_group_six_there_is_no_reference_level(self) -> None:
        assert next(iter(scores(Talents(1), "1", by_id("lezen-5"), MIDDLE))).reference_level == ""


@pytest.mark.usefixtures("db")
class TestSittingNow:
    """A group sits because the schoolbeheerder says so."""

    def test_the_whole_group_sits(self) -> None:
        school = school_with_groups()
        assert sitting.sit(SUPPLIER, school, "rekenen-6", "6") == 2
        rows = list(IepSitting.select().where(IepSitting.part == "").order_by(IepSitting.key))
        assert [row.key for row in rows] == ["IEP-99QQ00-a-rekenen-6-20200414", "IEP-99QQ00-b-rekenen-6-20200414"]
        assert IepSitting.select().count() == 10
        assert all(row.pending for row in IepSitting.select())

    def test_of_a_combination_group_only_the_fitting_year_group(self) -> None:
        school = school_with_groups()
        assert sitting.sit(SUPPLIER, school, "lezen-6", "groep 5/6") == 1
        assert IepSitting.get().pupil.key == "d"

    def test_an_instruction_group_can_sit(self) -> None:
        school = school_with_groups()
        assert sitting.sit(SUPPLIER, school, "lezen-5", "leesgroep") == 1
        assert IepSitting.get().pupil.key == "c"

    def test_the_eindtoets_can_be_sat(self) -> None:
        assert sitting.sit(SUPPLIER, school_with_groups(), "eindtoets-8", "8") == 1

    @pytest.mark.parametrize(
        ("assessment", "group", "error", "sentence"),
        [
            ("lezen-6", "2", Refused, "in 2 zit daarvan niemand"),
            ("lezen-6", "9", NotFound, "Er zijn: 6, 5/6, 2, 8"),
            ("topografie-6", "6", NotFound, "Toets 'topografie-6' bestaat niet"),
        ],
    )
    def test_what_cannot_be_is_refused(self, assessment: str, group: str, error: type[Refused], sentence: str) -> None:
        with pytest.raises(error, match=sentence):
            sitting.sit(SUPPLIER, school_with_groups(), assessment, group)
        assert IepSitting.select().count() == 0

    def test_the_same_assessment_is_sat_once_a_day(self) -> None:
        school = school_with_groups()
        sitting.sit(SUPPLIER, school, "lezen-6", "6")
        with pytest.raises(Refused, match="vandaag al gemaakt"):
            sitting.sit(SUPPLIER, school, "lezen-6", "6")
        Board.update(now=PRACTICE_START + timedelta(days=1)).execute()
        sitting.sit(SUPPLIER, school, "lezen-6", "6")
        assert IepSitting.select().count() == 4
        assert {row.date for row in IepSitting.select()} == {date(2020, 4, 14), date(2020, 4, 15)}

    def test_it_stays_once_a_day_after_another_brin_was_typed_in_details(self) -> None:
        school = school_with_groups()
        sitting.sit(SUPPLIER, school, "lezen-6", "6")
        with pytest.raises(Refused, match="vandaag al gemaakt"):
            sitting.sit(SUPPLIER, account.change_details(school, "De Linde", "99QQ01"), "lezen-6", "6")
        assert {row.key[:10] for row in IepSitting.select()} == {"IEP-99QQ00"}

    def test_who_left_does_not_sit(self) -> None:
        school = school_with_groups()
        IepPupil.update(active=False).where(IepPupil.key == "a").execute()
        assert sitting.sit(SUPPLIER, school, "lezen-6", "6") == 1

    def test_a_long_pupil_key_still_gives_a_key_that_fits(self) -> None:
        school = school_with_groups()
        IepPupil.update(key="x" * 256).where(IepPupil.key == "a").execute()
        sitting.sit(SUPPLIER, school, "rekenen-6", "6")
        assert max(len(row.key) for row in IepSitting.select()) <= 256


@pytest.mark.usefixtures("db")
class TestSittingInWindows:
    """The job of 15:00."""

    def test_every_pupil_has_sat_every_fitting_assessment_when_the_window_closes(self) -> None:
        school = school_with_groups()
        board = school.location.board
        BasispoortPublisher.delete().execute()
        Board.update(now=datetime(2020, 5, 17, 9, tzinfo=AMSTERDAM)).execute()
        ended = of_job(advance(board, datetime(2020, 6, 13, 9, tzinfo=AMSTERDAM)), "sittings-iep-lvs")
        sat = {(row.pupil.key, row.assessment) for row in IepSitting.select()}
        expected = {
            (key, f"{subject}-{year}")
            for key, year, subjects in (
                ("a", 6, ("lezen", "technisch-lezen", "taalverzorging", "rekenen")),
                ("b", 6, ("lezen", "technisch-lezen", "taalverzorging", "rekenen")),
                ("c", 5, ("lezen", "technisch-lezen", "rekenen")),
                ("d", 6, ("lezen", "technisch-lezen", "taalverzorging", "rekenen")),
                ("f", 8, ("lezen", "taalverzorging", "woordenschat", "rekenen")),
            )
            for subject in subjects
        }
        assert sat == expected
        assert sum(item.counts.stored for item in ended) == IepSitting.select().count()
        assert all(item.counts.received for item in ended)

    def test_outside_a_window_there_is_no_run(self) -> None:
        school = school_with_groups()
        for day in (date(2020, 4, 14), date(2020, 5, 17), date(2020, 6, 16)):
            assert sittings.sitting_locations(school.location.board_id, day) == []

    def test_a_page_done_again_adds_nothing(self) -> None:
        school = school_with_groups()
        day = windows.sitting_day(1, "a", windows.of_school_year("2019-2020")[1])
        first = sittings.sit_in_window(school, day, "")
        again = sittings.sit_in_window(school, day, "")
        assert first.counts.stored > 0
        assert (again.counts.stored, again.counts.unchanged) == (0, first.counts.stored)

    def test_past_sittings_are_those_of_the_windows_that_passed(self) -> None:
        school = school_with_groups()
        since = dict.fromkeys("abcdef", date(2015, 8, 1)) | {"b": date(2019, 8, 1), "f": date(2020, 4, 1)}
        sittings.past_sittings(school, date(2020, 4, 14), since)
        rows = {(row.pupil.key, row.assessment, row.date.year) for row in IepSitting.select()}
        assert {("a", "lezen-5", 2019), ("a", "lezen-6", 2020), ("b", "lezen-6", 2020)} <= rows
        assert not {row for row in rows if row[0] in ("e", "f") or row[:2] == ("b", "lezen-5")}


def test_many_outcomes_at_once_fit_in_what_the_database_takes(sqlite: str) -> None:
    school = school_with_groups()
    keys = [f"x{number}" for number in range(700)]
    bulk.insert(
        IepPupil, ({"school": school.id, "key": key, "year_group": "8", "group_key": "g8"} | _NOTHING for key in keys)
    )
    real_database().connection().setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, bulk.CHUNK + 10)
    since = dict.fromkeys((*"abcdef", *keys), date(2015, 8, 1))
    stored = sittings.past_sittings(school, date(2020, 4, 14), since)
    assert stored == IepSitting.select().count() > 2 * bulk.CHUNK
    assert sittings.past_sittings(school, date(2020, 4, 14), since) == 0


_NOTHING = {
    "eckid": "",
    "first_name": "",
    "prefix": "",
    "last_name": "",
    "composite_keys": "",
    "active": True,
    "merged_into": "",
}


def test_the_row_of_a_pupil_has_the_columns_of_both_partners() -> None:
    from app.exchange.uwlr import PupilData

    row = roster.pupil_row(PupilData("1", "", "Anna", "", "Berg", None, "6", "g", ("x", "y")))
    assert row["composite_keys"] == "x\ny"
