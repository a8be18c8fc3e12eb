"""Basispoort's own rules: publishers, LAS coupling or manual files, and pupils identified by ECK iD."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.clock import PRACTICE_START
from app.partners.basispoort import account, overview, publishers, upload
from app.partners.iep_lvs import basispoort_check
from app.partners.iep_lvs.account import change_details, school_of
from app.refusals import NotFound, Refused
from app.school.people import renumbering
from app.training.boards import open_partner_accounts
from models.base import real_database
from models.board import Board, Location
from models.partners.basispoort import BasispoortPublisher, BasispoortPupil, BasispoortSchool
from models.partners.iep_lvs import IepPupil
from models.run import Run
from models.school import Group, Pupil
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil
from tests.partners.nights import morning

LAST_YEAR = PRACTICE_START - timedelta(days=365)
FILE = """<?xml version="1.0" encoding="UTF-8"?>
<EDEX xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<school><schooljaar>{year}</schooljaar><brincode>{brin}</brincode><dependancecode>00</dependancecode>
<schoolkey>1</schoolkey><aanmaakdatum>2020-04-14T09:00:00</aanmaakdatum>
<auteur>proef</auteur><xsdversie>2.1</xsdversie></school>
<groepen><groep key="G1"><naam>6</naam><jaargroep>6</jaargroep></groep></groepen>
<leerlingen>
<leerling key="{key}" eckid="{eckid}"><achternaam>Nieuw</achternaam><roepnaam>Nora</roepnaam>
<geboortedatum>2010-01-01</geboortedatum><geslacht>2</geslacht><jaargroep>6</jaargroep><groep key="G1"/></leerling>
</leerlingen>
<leerkrachten/>
</EDEX>
"""


def coupled() -> tuple[Board, Location, Group]:
    """A location with one pupil, that both partners hold."""
    board = make_board(locations=("00", "01"))
    location = location_of(board)
    open_partner_accounts(location, since=LAST_YEAR)
    group = make_group(location)
    make_pupil(group, "Anna", key="1001")
    morning(board, days=2)
    return board, location, group


def edex(folder: Path, key: str = "77", eckid: str = "eck-77", brin: str = "99QQ", year: str = "2019-2020") -> Path:
    """A file with one pupil."""
    path = folder / "edex.xml"
    path.write_text(FILE.format(key=key, eckid=eckid, brin=brin, year=year), encoding="utf-8")
    return path


def held(location: Location) -> dict[str, str]:
    """ECK iD -> key, of the pupils at Basispoort."""
    school = account.school_of(location)
    return {row.eckid: row.key for row in BasispoortPupil.select().where(BasispoortPupil.school == school)}


def problems(location: Location) -> list[str]:
    """What Verbinding controleren finds."""
    return [found.problem for found in basispoort_check.findings(school_of(location))]


def test_publishers_are_ticked_and_a_tick_that_stays_keeps_its_moment(db: str) -> None:
    _, location, _ = coupled()
    school = account.school_of(location)
    assert publishers.save(school, {"iep-lvs", "taalrijk"})
    assert not publishers.save(school, {"taalrijk", "iep-lvs"})
    ticked = {row.id: row.works_from for row in publishers.rows(school) if row.works_from}
    assert ticked == {"iep-lvs": LAST_YEAR.date() + timedelta(days=1), "taalrijk": date(2020, 4, 17)}
    assert publishers.untick(school, publishers.find("IEP"))
    assert not publishers.untick(school, publishers.find("iep-lvs"))
    assert publishers.tick(school, publishers.find("De Rekenboom"))
    with pytest.raises(NotFound, match="Er zijn: iep-lvs, kwintessens"):
        publishers.find("boeken")


def test_a_pupil_with_another_number_is_the_same_one_here_and_a_second_one_at_iep_lvs(db: str) -> None:
    board, _, group = coupled()
    for number in range(2):
        make_pupil(group, f"Bram {number}", key=f"15{number}")
    morning(board, days=2)
    before = BasispoortPupil.get(BasispoortPupil.key == "1001")
    renumbering.renumber(make_actor(board), Pupil.get(Pupil.key == "1001"), "2001")
    ended = morning(board)
    pulled = next(item for item in ended if item.job == "basispoort")
    assert (pulled.counts.stored, pulled.counts.replaced, pulled.note) == (0, 1, "")
    assert BasispoortPupil.get(BasispoortPupil.key == "2001").id == before.id
    morning(board)
    of_pupil = {row.key: row.active for row in IepPupil.select().where(IepPupil.eckid == before.eckid)}
    assert of_pupil == {"1001": False, "2001": True}


@pytest.mark.parametrize(("old", "new"), [("1001", "3001"), ("1001", "1")])
def test_it_is_the_same_pupil_also_when_the_numbers_are_on_different_pages(db: str, old: str, new: str) -> None:
    board, location, group = coupled()
    for number in range(5):
        make_pupil(group, f"Bram {number}", key=f"20{number}")
    school = account.school_of(location)
    _pull_in_pages(school)
    before = {row.eckid: row.id for row in BasispoortPupil.select()}
    renumbering.renumber(make_actor(board), Pupil.get(Pupil.key == old), new)
    _pull_in_pages(school)
    assert {row.eckid: row.id for row in BasispoortPupil.select()} == before
    assert sorted(held(location).values()) == sorted(["200", "201", "202", "203", "204", new])


def _pull_in_pages(school: BasispoortSchool) -> None:
    from app.partners.basispoort import transfer as basispoort

    cursor: str | None = ""
    while cursor is not None:
        cursor = basispoort.pull(school, PRACTICE_START + timedelta(days=5), cursor, limit=2).cursor


def test_two_pupils_with_one_eckid_stay_two(db: str) -> None:
    _, location, group = coupled()
    make_pupil(group, "Bram", key="2002")
    Pupil.update(eckid="een").execute()
    school = account.school_of(location)
    for _ in range(2):
        _pull_in_pages(school)
        assert {row.key for row in BasispoortPupil.select()} == {"1001", "2002"}


def test_another_brin6_stops_the_pull_or_what_iep_lvs_takes(db: str) -> None:
    board, location, _ = coupled()
    school = account.school_of(location)
    with pytest.raises(Refused, match="geen BRIN6"):
        account.change_brin6(school, "99QQ")
    other = location_of(board, "01")
    open_partner_accounts(other)
    with pytest.raises(Refused, match="andere vestiging"):
        account.change_brin6(school, "99QQ01")
    account.change_brin6(school, " 99qq07 ")
    assert "bij Basispoort als 99QQ07" in problems(location)[0]
    change_details(school_of(location), "De Proef", "99QQ07")
    assert problems(location) == []


def test_a_failed_pull_is_told_until_one_succeeds(db: str) -> None:
    board, location, _ = coupled()
    school = account.school_of(location)
    failed = Run.create(
        board=board,
        location=location,
        job="basispoort",
        slot=PRACTICE_START + timedelta(days=3),
        not_before=PRACTICE_START,
        state="failed",
        error="Vestiging 99QQ07 bestaat niet in ESIS.",
    )
    assert overview.source(school).failure == failed.error
    assert "niets uit ESIS ophalen: Vestiging 99QQ07" in problems(location)[0]
    BasispoortSchool.update(pulled_at=PRACTICE_START + timedelta(days=4)).execute()
    assert problems(location) == []


def test_a_file_replaces_what_is_there_only_while_the_automatic_coupling_is_off(db: str, tmp_path: Path) -> None:
    board, location, _ = coupled()
    school = account.school_of(location)
    path = edex(tmp_path)
    with pytest.raises(Refused, match="automatische koppeling met het LAS staat aan"):
        upload.upload(school, path)
    school = account.set_automatic(school, False)
    done = upload.upload(school, path)
    assert (done.counts.stored, done.left, done.groups) == (1, 1, 1)
    assert held(location) == {"eck-77": "77"}
    assert overview.source(account.school_of(location)).by_hand
    morning(board)
    assert held(location) == {"eck-77": "77"}
    assert {row.key for row in IepPupil.select().where(IepPupil.active)} == {"77"}
    account.set_automatic(school, True)
    morning(board)
    assert list(held(location).values()) == ["1001"]


def test_a_long_file_comes_in_whole_also_where_the_database_sorts_as_a_dictionary_does(
    sqlite: str, tmp_path: Path
) -> None:
    """As PostgreSQL may, by its collation; the one of the tests cannot."""
    real_database().execute_sql("PRAGMA writable_schema = ON")
    real_database().execute_sql(
        """UPDATE sqlite_master SET sql = replace(sql, '"key" VARCHAR(256)', '"key" VARCHAR(256) COLLATE NOCASE')
           WHERE name = 'basispoort_pupil'"""
    )
    real_database().close()
    real_database().connect()
    _, location, _ = coupled()
    school = account.set_automatic(account.school_of(location), False)
    path = edex(tmp_path)
    before, pupil, after = re.split(r"(<leerling .*</leerling>)", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    keys = [f"C{number:03d}" for number in range(249)] + ["b0", "b1"]
    pupils = [pupil.replace('"77"', f'"{key}"').replace("eck-77", f"eck-{key}") for key in keys]
    path.write_text(before + "".join(pupils) + after, encoding="utf-8")
    done = upload.upload(school, path)
    assert (done.counts.stored, done.left) == (251, 1)
    assert len(held(location)) == 251


def test_a_file_that_is_not_in_order_changes_nothing(db: str, tmp_path: Path) -> None:
    _, location, _ = coupled()
    school = account.set_automatic(account.school_of(location), False)
    wrong = tmp_path / "brief.txt"
    wrong.write_text("Beste ouders", encoding="utf-8")
    for path, why in (
        (tmp_path / "weg.xml", "bestaat niet"),
        (wrong, "Er is niets ingelezen"),
        (edex(tmp_path, brin="99ZZ"), "is van 99ZZ00"),
    ):
        with pytest.raises(Refused, match=why):
            upload.upload(school, path)
    with pytest.raises(Refused, match="schooljaar 2018-2019"):
        upload.upload(school, edex(tmp_path, year="2018-2019"))
    with pytest.raises(Refused, match="geen sleutel"):
        upload.upload(school, edex(tmp_path, key=""))
    assert list(held(location).values()) == ["1001"]


def test_the_connection_is_checked_and_every_cause_is_told(db: str) -> None:
    _, location, _ = coupled()
    assert problems(location) == []
    BasispoortPublisher.delete().execute()
    school = account.set_automatic(account.school_of(location), False)
    change_details(school_of(location), "De Proef", "99QQ09")
    found = problems(location)
    assert ["als 99QQ09" in found[0], "niet aangevinkt" in found[1], "staat uit" in found[2]] == [True, True, True]
    publishers.tick(school, publishers.find("iep"))
    assert "vandaag aangevinkt" in problems(location)[1]


def test_nothing_pulled_yet_is_told(db: str) -> None:
    board = make_board()
    open_partner_accounts(location_of(board), since=LAST_YEAR)
    assert problems(location_of(board)) == ["Basispoort heeft nog geen leerlingen."]
