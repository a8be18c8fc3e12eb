"""Eindtoetsgegevens importeren: the right school, year group 8, one a year, and what is stored."""

from __future__ import annotations

import json
from datetime import date

import pytest

from app.clock import PRACTICE_START
from app.exchange.uwlr import ResultData
from app.refusals import Refused
from app.school.assessment import dashboard, results
from app.school.files import eindtoets
from app.school.files.result_files import Fate
from app.school.people import renumbering
from models.assessment import ReplacedResult, Result
from models.history import Change
from models.school import Group, Placement, Pupil
from tests.builders import make_actor, make_group
from tests.school.files.result_files import eindtoets_file, held, school

ACTIVE = "eindtoets-8"


def test_the_eindtoets_is_stored_with_its_advice_and_reference_levels(db: str) -> None:
    actor = school(ACTIVE)
    planned = eindtoets.preview(actor, eindtoets_file("2001"))
    assert [one.fate for one in planned.rows] == [Fate.NEW]
    eindtoets.apply(actor, planned)
    rows = {row.part: (row.assessment, row.score, row.level, row.reference_level) for row in Result.select()}
    assert rows == {
        "": (ACTIVE, 80, "havo", ""),
        "lezen": (ACTIVE, 3, "2F", "2F"),
        "taalverzorging": (ACTIVE, 2, "1F", "1F"),
        "rekenen": (ACTIVE, 3, "1S", "1S"),
    }
    first = held(actor.location)
    again = eindtoets.preview(actor, eindtoets_file("2001"))
    assert again.why_nothing
    eindtoets.apply(actor, again)
    assert held(actor.location) == first


def test_another_file_of_the_year_replaces_it(db: str) -> None:
    actor = school(ACTIVE)
    eindtoets.apply(actor, eindtoets.preview(actor, eindtoets_file("2001")))
    planned = eindtoets.preview(
        actor, eindtoets_file("2001", datum="10-2-2020", advies="havo/vwo", standaardscore="86")
    )
    assert [one.fate for one in planned.rows] == [Fate.CHANGED]
    eindtoets.apply(actor, planned)
    whole = Result.get(Result.part == "")
    assert (whole.level, whole.score, whole.date, Result.select().count()) == ("havo/vwo", 86, date(2020, 2, 10), 4)
    assert "havo" in [row.level for row in ReplacedResult.select()]


@pytest.mark.parametrize("number", ["5000", "2001"])
def test_after_renumbering_another_file_of_the_year_still_replaces_it(db: str, number: str) -> None:
    """The file has the new number, or the old one still."""
    actor = school(ACTIVE)
    eindtoets.apply(actor, eindtoets.preview(actor, eindtoets_file("2001")))
    renumbering.renumber(make_actor(actor.board), Pupil.get(Pupil.key == "2001"), "5000")
    planned = eindtoets.preview(actor, eindtoets_file(number, advies="vwo", achternaam="Dam", roepnaam="Cato"))
    assert [one.fate for one in planned.rows] == [Fate.CHANGED]
    eindtoets.apply(actor, planned)
    assert [row.level for row in Result.select().where(Result.part == "")] == ["vwo"]
    both = eindtoets.preview(actor, eindtoets_file("5000", "2001", achternaam="Dam", roepnaam="Cato"))
    assert "staat ook op regel 2" in both.errors[0].sentence


@pytest.mark.parametrize("day", ["3-2-2020", "10-2-2020"])
def test_reference_levels_that_a_corrected_file_no_longer_has_go_and_are_told(db: str, day: str) -> None:
    actor = school(ACTIVE)
    eindtoets.apply(actor, eindtoets.preview(actor, eindtoets_file("2001")))
    planned = eindtoets.preview(actor, eindtoets_file("2001", datum=day, lezen="", rekenen=""))
    assert [one.fate for one in planned.rows] == [Fate.CHANGED]
    assert planned.rows[0].was.endswith("Lezen 2F vervalt; Rekenen 1S vervalt")
    eindtoets.apply(actor, planned)
    assert {row.part for row in Result.select()} == {"", "taalverzorging"}
    gone = Change.select().where(Change.kind == "result", Change.action == "deleted")
    assert sorted(json.loads(change.before)["part"] for change in gone) == ["lezen", "rekenen"]
    assert eindtoets.preview(actor, eindtoets_file("2001", datum=day, lezen="", rekenen="")).why_nothing


@pytest.mark.parametrize(
    ("keys", "cells", "sentence"),
    [
        (("2001",), {"brin6": "99QQ01"}, "Deze regel is van 99QQ01, en u werkt op 99QQ00"),
        (("2001", "2001"), {}, "IEP Eindtoets 2019-2020 staat ook op regel 2"),
        (("1042",), {}, "zat in 2019-2020 in groep 6; de eindtoets is voor leerjaar 8"),
        (("2001",), {"datum": "3-2-2019"}, "zat in 2018-2019 in geen groep van deze vestiging"),
        (("2001",), {"datum": "3-2-2021"}, "moet nog komen"),
        (
            ("2001",),
            {"advies": "atheneum"},
            "advies is 'atheneum', en dat is niet bekend. Het moet zijn: vwo, havo/vwo",
        ),
    ],
)
def test_with_a_problem_nothing_is_stored(db: str, keys: tuple[str, ...], cells: dict[str, str], sentence: str) -> None:
    actor = school(ACTIVE)
    planned = eindtoets.preview(actor, eindtoets_file(*keys, **cells))
    assert any(sentence in problem.sentence for problem in planned.errors), planned.errors
    with pytest.raises(Refused):
        eindtoets.apply(actor, planned)
    assert Result.select().count() == 0


def test_it_must_be_on_and_the_way_there_is_told(db: str) -> None:
    planned = eindtoets.preview(school(), eindtoets_file("2001"))
    assert "Beheer > Toetsen > Toetsen activeren" in planned.errors[0].sentence


def test_in_a_combination_group_the_year_group_of_the_pupil_counts(db: str) -> None:
    actor = school(ACTIVE)
    Group.update(year_groups="7,8").where(Group.name == "8").execute()
    assert not eindtoets.preview(actor, eindtoets_file("2001")).errors
    Pupil.update(year_group="7").where(Pupil.key == "2001").execute()
    assert "leerjaar 8" in eindtoets.preview(actor, eindtoets_file("2001")).errors[0].sentence


def test_the_group_of_the_year_of_the_eindtoets_counts(db: str) -> None:
    actor = school(ACTIVE)
    last_year = make_group(actor.location, "8 oud", "8")
    Group.update(school_year="2018-2019").where(Group.id == last_year.id).execute()
    pupil = Pupil.get(Pupil.key == "1042")
    Placement.create(pupil=pupil, group=last_year, school_year="2018-2019", kind="basis")
    assert not eindtoets.preview(actor, eindtoets_file("1042", datum="3-2-2019")).errors


def test_the_results_coupling_never_brings_it(db: str) -> None:
    actor = school(ACTIVE)
    data = ResultData(key="R1", pupil_key="2001", pupil_eckid="", assessment=ACTIVE, date=date(2020, 2, 3), score=80)
    receipt = results.receive(actor.location, "iep-lvs", [data], PRACTICE_START)
    assert (receipt.refused, receipt.stored) == (1, 0)


def test_the_line_of_the_pupil_shows_advice_and_levels(db: str) -> None:
    actor = school(ACTIVE)
    eindtoets.apply(actor, eindtoets.preview(actor, eindtoets_file("2001")))
    line = dashboard.pupil_line(actor, Pupil.get(Pupil.key == "2001").id).subjects[0]
    assert (line.subject.name, line.sittings[0].level, line.sittings[0].number) == ("Eindtoets", "havo", "80")
    assert [(part.name, part.text) for part in line.parts] == [
        ("Lezen", "2F"),
        ("Taalverzorging", "1F"),
        ("Rekenen", "1S"),
    ]
