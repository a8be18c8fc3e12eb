"""Transfer 1: ESIS to Basispoort to IEP LVS, at the contract's slots."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest

from app.clock import PRACTICE_START, school_now
from app.couplings import logbook
from app.couplings.logbook import Filter, LogKind
from app.partners import other_numbers
from app.partners.basispoort import transfer as basispoort
from app.partners.iep_lvs import account, connection, overview, windows
from app.runs import Page
from app.training.boards import open_partner_accounts
from app.webservice.faults import UnknownCode
from app.workers import school_time
from app.workers.walker import walk
from models import bulk
from models.base import real_database
from models.board import Board, Location
from models.partners.basispoort import BasispoortGroup, BasispoortPublisher, BasispoortPupil, BasispoortSchool
from models.partners.iep_lvs import IepGroup, IepPupil, IepSchool, IepTransfer
from models.run import Run
from models.school import Group, Placement, Pupil
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil
from tests.partners.nights import advance, morning, of_job, run_job


def coupled_location() -> tuple[Board, Location, Group]:
    """A location with a pupil that both partners hold."""
    board = make_board()
    location = location_of(board)
    open_partner_accounts(location, since=PRACTICE_START - timedelta(days=365))
    group = make_group(location)
    make_pupil(group, "Anna", key="1")
    morning(board, days=2)
    return board, location, group


def iep_keys(active: bool = True) -> set[str]:
    return {row.key for row in IepPupil.select().where(IepPupil.active == active)}


def test_enrolled_today_is_in_basispoort_tomorrow_and_in_iep_lvs_the_morning_after(db: str) -> None:
    board, _, group = coupled_location()
    make_pupil(group, "Bram", key="2")
    morning(board)
    assert {row.key for row in BasispoortPupil.select()} == {"1", "2"}
    assert iep_keys() == {"1"}
    morning(board)
    assert iep_keys() == {"1", "2"}
    transfer = IepTransfer.select().order_by(IepTransfer.at.desc()).first()
    assert (transfer.added, transfer.changed, transfer.left) == (1, 0, 0)


def test_changes_and_leavers_come_through(db: str) -> None:
    board, _, group = coupled_location()
    make_pupil(group, "Bram", key="2")
    morning(board, days=2)
    Pupil.update(first_name="Anne").where(Pupil.key == "1").execute()
    Pupil.update(unsubscribed_on=date(2020, 4, 19)).where(Pupil.key == "2").execute()
    ended = morning(board, days=2)
    assert [item.note for item in of_job(ended, "basispoort")] == ["1 leerling is vertrokken.", ""]
    assert IepPupil.get(IepPupil.key == "1").first_name == "Anne"
    assert (iep_keys(), iep_keys(active=False)) == ({"1"}, {"2"})
    transfer = IepTransfer.select().order_by(IepTransfer.at.desc()).first()
    assert (transfer.added, transfer.changed, transfer.left) == (0, 1, 1)
    again = of_job(morning(board), "publish-iep-lvs")[0]
    assert (again.counts.unchanged, again.counts.received, again.note) == (1, 1, "")


def test_a_pupil_who_returns_is_active_again(db: str) -> None:
    board, _, _ = coupled_location()
    Pupil.update(unsubscribed_on=date(2020, 4, 16)).where(Pupil.key == "1").execute()
    morning(board, days=2)
    assert iep_keys() == set()
    Pupil.update(unsubscribed_on=None).where(Pupil.key == "1").execute()
    morning(board, days=2)
    assert iep_keys() == {"1"}


def test_an_instruction_group_arrives_once_it_is_available_to_couplings(db: str) -> None:
    board, location, _ = coupled_location()
    extra = make_group(location, name="Leesgroep", kind="instructie")
    Group.update(available_to_couplings=False).where(Group.id == extra.id).execute()
    pupil = Pupil.get(Pupil.key == "1")
    Placement.create(pupil=pupil, group=extra, school_year=extra.school_year, kind="instructie")
    morning(board, days=2)
    assert {row.name for row in IepGroup.select()} == {"6"}
    Group.update(available_to_couplings=True).where(Group.id == extra.id).execute()
    morning(board, days=2)
    assert IepGroup.get(IepGroup.name == "Leesgroep").composite
    assert IepPupil.get(IepPupil.key == "1").composite_keys == extra.key
    Group.update(available_to_couplings=False).where(Group.id == extra.id).execute()
    morning(board, days=2)
    assert BasispoortGroup.select().count() == 1
    assert not IepGroup.get(IepGroup.name == "Leesgroep").active


def test_a_tick_takes_one_night(db: str) -> None:
    board, location, _ = coupled_location()
    BasispoortPublisher.delete().execute()
    morning(board)
    school = BasispoortSchool.get(BasispoortSchool.location == location)
    today = date(2020, 4, 17)
    BasispoortPublisher.create(school=school, publisher="iep-lvs", ticked_at=PRACTICE_START + timedelta(days=3))
    assert basispoort.publishing_locations(board.id, today) == []
    assert basispoort.publishing_locations(board.id, today + timedelta(days=1)) == [location.id]


def test_without_the_automatic_coupling_nothing_is_pulled(db: str) -> None:
    board, _, group = coupled_location()
    BasispoortSchool.update(automatic=False).execute()
    make_pupil(group, key="2")
    morning(board, days=3)
    assert BasispoortPupil.select().count() == 1


def test_a_brin_that_differs_at_iep_lvs_stops_the_transfer_there_and_is_told_there(db: str) -> None:
    board, location, group = coupled_location()
    make_pupil(group, key="2")
    morning(board)
    school = account.school_of(location)
    account.change_details(school, "De Proef", "99QQ01")
    (ended,) = of_job(morning(board), "publish-iep-lvs")
    assert "levert 99QQ00, maar bij IEP LVS staat deze school als 99QQ01" in ended.refused
    transfer = overview.transfers(school)[0]
    assert (transfer.message, transfer.added) == (ended.refused, 0)
    assert overview.missed_night(school, PRACTICE_START + timedelta(days=4))
    assert iep_keys() == {"1"}
    account.change_details(school, "De Proef", "99QQ00")
    assert of_job(morning(board), "publish-iep-lvs")[0].refused == ""
    assert (overview.transfers(school)[0].message, iep_keys()) == ("", {"1", "2"})


def test_the_refusal_is_in_the_ledger_the_logbook_and_with_iep_lvs(db: str) -> None:
    board = make_board()
    actor = make_actor(board)
    open_partner_accounts(actor.location, since=PRACTICE_START - timedelta(days=365))
    school = account.school_of(actor.location)
    basispoort.pull(BasispoortSchool.get(), PRACTICE_START)
    account.change_details(school, "De Proef", "99QQ01")
    school_time.advance(actor, school_time.morning_after(school_now(board)))
    walk(board.id)
    run = Run.get(Run.job == "publish-iep-lvs")
    (line,) = logbook.entries(actor, Filter(coupling="publish-iep-lvs"))
    transfer = IepTransfer.select().order_by(IepTransfer.at.desc()).first()
    assert (run.state, line.kind) == ("failed", LogKind.REFUSED)
    assert run.error == line.message == transfer.message != ""


def test_basispoort_shows_its_own_key_so_another_one_in_esis_stops_it(db: str) -> None:
    board, _, group = coupled_location()
    make_pupil(group, key="2")
    Board.update(basispoort_key="een andere sleutel").where(Board.id == board.id).execute()
    with pytest.raises(UnknownCode, match="sleutel van Basispoort"):
        morning(board)
    assert BasispoortPupil.select().count() == 1


def test_everybody_leaving_at_once_fits_in_what_the_database_takes(sqlite: str) -> None:
    coupled_location()
    basispoort_school, iep = BasispoortSchool.get(), IepSchool.get()
    number = 2 * bulk.CHUNK + 1
    columns = dict.fromkeys(
        ("eckid", "first_name", "prefix", "last_name", "year_group", "group_key", "composite_keys"), ""
    )
    rows = [{"key": f"gone{place}", **columns} for place in range(number)]
    bulk.insert(BasispoortPupil, ({"school": basispoort_school.id, "leaving": False, **row} for row in rows))
    bulk.insert(IepPupil, ({"school": iep.id, "active": True, "merged_into": "", **row} for row in rows))
    real_database().connection().setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, bulk.CHUNK + 10)
    page = basispoort.pull(basispoort_school, PRACTICE_START)
    assert (page.note, page.acted) == (f"{number} leerlingen zijn vertrokken.", True)
    assert BasispoortPupil.select().count() == 1
    passed_on = basispoort.publish(basispoort_school, PRACTICE_START)
    assert (passed_on.note, passed_on.acted) == (page.note, True)
    assert not basispoort.pull(basispoort_school, PRACTICE_START).acted
    assert not basispoort.publish(basispoort_school, PRACTICE_START).acted
    assert iep_keys() == {"1"}


def test_pages_can_be_done_again_after_a_fall_without_losing_or_doubling_anybody(db: str) -> None:
    _, location, group = coupled_location()
    for number in range(10, 17):
        make_pupil(group, key=str(number))
    school = BasispoortSchool.get(BasispoortSchool.location == location)
    cursors, page = [""], basispoort.pull(school, PRACTICE_START, "", limit=3)
    while page.cursor is not None:
        cursors.append(page.cursor)
        page = basispoort.pull(school, PRACTICE_START, page.cursor, limit=3)
    for number in (0, 0, 1, 0, 2, 1, 2, 2):
        basispoort.pull(school, PRACTICE_START, cursors[number], limit=3)
    assert {row.key for row in BasispoortPupil.select()} == {row.key for row in Pupil.select()}
    Pupil.update(unsubscribed_on=date(2020, 4, 14)).where(Pupil.key.in_(["1", "12", "16"])).execute()
    cursor: str | None = ""
    while cursor is not None:
        basispoort.pull(school, PRACTICE_START, cursor, limit=3)
        page = basispoort.pull(school, PRACTICE_START, cursor, limit=3)
        cursor = page.cursor
    assert {row.key for row in BasispoortPupil.select()} == {"10", "11", "13", "14", "15"}
    cursor = ""
    while cursor is not None:
        cursor = basispoort.publish(school, PRACTICE_START, cursor, limit=2).cursor
    assert iep_keys() == {"10", "11", "13", "14", "15"}
    assert IepTransfer.get(IepTransfer.at == PRACTICE_START).left == 1


def published(school: BasispoortSchool) -> list[Page]:
    """Every page of passing on in small ones."""
    pages = [basispoort.publish(school, PRACTICE_START, limit=2)]
    while pages[-1].cursor is not None:
        pages.append(basispoort.publish(school, PRACTICE_START, pages[-1].cursor, limit=2))
    return pages


def test_numbers_that_sort_between_each_other_are_nobody_new_and_nobody_gone(db: str) -> None:
    board, location, group = coupled_location()
    for key in ("1100", "1100-1", "1100-10", "é", "Z", "a"):
        make_pupil(group, key=key)
    school = BasispoortSchool.get(BasispoortSchool.location == location)
    basispoort.pull(school, PRACTICE_START)
    IepPupil.delete().where(IepPupil.key == "1").execute()
    BasispoortPupil.delete().where(BasispoortPupil.key == "1").execute()
    published(school)
    other_numbers.give(board.id, connection.SUPPLIER)
    assert iep_keys() == {"1100-2", "1100-1", "1100-10", "é", "Z", "a"}
    again = published(school)
    assert [(page.counts.unchanged, page.note) for page in again] == [(2, "")] * 3 + [(0, "")]


def test_a_number_that_becomes_lower_between_two_pages_loses_nobody(db: str) -> None:
    _, location, group = coupled_location()
    for key in ("20", "30", "40"):
        make_pupil(group, key=key)
    school = BasispoortSchool.get(BasispoortSchool.location == location)
    basispoort.pull(school, PRACTICE_START)
    first = basispoort.pull(school, PRACTICE_START, limit=2)
    Pupil.update(key="0").where(Pupil.key == "40").execute()
    assert basispoort.pull(school, PRACTICE_START, str(first.cursor), limit=2).note == ""
    assert {row.key for row in BasispoortPupil.select()} >= {"1", "20", "30", "0"}
    first = basispoort.publish(school, PRACTICE_START, limit=2)
    BasispoortPupil.update(key="00").where(BasispoortPupil.key == "30").execute()
    basispoort.publish(school, PRACTICE_START, str(first.cursor), limit=5)
    assert iep_keys() >= {"1", "20", "00", "0"}
    published(school)
    assert iep_keys() == {row.key for row in BasispoortPupil.select()}


def test_the_job_runs_page_by_page(db: str) -> None:
    board, location, group = coupled_location()
    for number in range(260):
        make_pupil(group, key=f"k{number:03d}")
    run = Run.create(board=board, location=location, job="basispoort", slot=PRACTICE_START, not_before=PRACTICE_START)
    ended = run_job(Run.get_by_id(run.id), "basispoort")
    assert (ended.counts.received, ended.counts.stored, ended.counts.unchanged) == (261, 260, 1)


def test_a_new_location_comes_through_by_the_ordinary_nights(db: str) -> None:
    board = make_board()
    location = location_of(board)
    open_partner_accounts(location)
    make_pupil(make_group(location), key="1")
    assert of_job(morning(board), "publish-iep-lvs") == []
    assert iep_keys() == set()
    morning(board)
    assert iep_keys() == {"1"}


def test_the_nights_lay_out_the_windows_of_the_next_school_year(db: str) -> None:
    board, location, _ = coupled_location()
    school = IepSchool.get(IepSchool.location == location)
    assert {row.school_year for row in windows.of_account(school)} == {"2018-2019", "2019-2020", "2020-2021"}
    Board.update(now=PRACTICE_START.replace(month=8, day=1)).where(Board.id == board.id).execute()
    advance(board, PRACTICE_START.replace(month=8, day=2))
    assert "2021-2022" in {row.school_year for row in windows.of_account(school)}
