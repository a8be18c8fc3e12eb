"""The koppelingenlogboek: filters, CSV, append-only, and never a complete code."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from peewee import DatabaseError

from app import clock
from app.access import Actor, NotAllowed
from app.clock import AMSTERDAM, PRACTICE_START
from app.couplings import lifecycle, logbook
from app.couplings.logbook import Filter, LogKind
from app.partners.iep_lvs import connection
from app.permissions import Role
from app.runs import Counts
from models.base import database
from models.board import Board
from models.coupling import LogEntry
from models.run import Run
from tests.builders import make_actor, make_board
from tests.couplings.worlds import CODE, OTHER, coupled_school, night, sit


def line(
    actor: Actor,
    message: str = "x",
    coupling: str = "iep-lvs",
    kind: str = LogKind.EXCHANGE,
    at: datetime = PRACTICE_START,
) -> LogEntry:
    return logbook.write(
        board=actor.board, location=actor.location, coupling=coupling, at=at, kind=kind, message=message, source="nacht"
    )


def said(actor: Actor, wanted: Filter = Filter()) -> list[str]:  # noqa: B008
    found = [entry.message for entry in logbook.entries(actor, wanted)]
    assert logbook.count(actor, wanted) == len(found)
    assert len(list(csv.reader(io.StringIO(logbook.as_csv(actor, wanted)), delimiter=";"))) == len(found) + 1
    return found


# ---- filters


def test_lines_are_newest_first_also_within_one_moment(db: str) -> None:
    actor = make_actor(make_board())
    line(actor, "later", at=PRACTICE_START + timedelta(hours=1))
    for text in ("a", "b"):
        line(actor, text)
    assert said(actor) == ["later", "b", "a"]
    assert [entry.message for entry in logbook.entries(actor, limit=1, offset=1)] == ["b"]


def test_filter_by_coupling_and_kind(db: str) -> None:
    actor = make_actor(make_board())
    line(actor, "a")
    line(actor, "b", coupling="basispoort")
    line(actor, "c", kind=LogKind.REFUSED)
    assert said(actor, Filter(coupling="basispoort")) == ["b"]
    assert said(actor, Filter(kind=LogKind.EXCHANGE)) == ["b", "a"]
    assert said(actor, Filter(coupling="iep-lvs", kind=LogKind.REFUSED)) == ["c"]
    assert said(actor, Filter(coupling="gynzy")) == []


def test_a_period_is_whole_days_at_school_both_included(db: str) -> None:
    actor = make_actor(make_board())
    for day, hour, minute in ((13, 23, 59), (14, 0, 0), (14, 23, 59), (15, 0, 0)):
        line(actor, f"{day} {hour:02}:{minute:02}", at=datetime(2020, 4, day, hour, minute, tzinfo=AMSTERDAM))
    the_14th = date(2020, 4, 14)
    assert said(actor, Filter(since=the_14th, until=the_14th)) == ["14 23:59", "14 00:00"]
    assert said(actor, Filter(since=the_14th)) == ["15 00:00", "14 23:59", "14 00:00"]
    assert said(actor, Filter(until=the_14th)) == ["14 23:59", "14 00:00", "13 23:59"]


def test_the_day_the_clock_changes_is_a_whole_day_too(db: str) -> None:
    actor = make_actor(make_board())
    changing = date(2020, 3, 29)
    for hour in (0, 23):
        line(actor, str(hour), at=datetime(2020, 3, 29, hour, 30, tzinfo=AMSTERDAM))
    line(actor, "next", at=datetime(2020, 3, 30, 0, 0, tzinfo=AMSTERDAM))
    assert said(actor, Filter(since=changing, until=changing)) == ["23", "0"]


def test_only_lines_of_the_own_location(db: str) -> None:
    board = make_board(locations=("00", "01"))
    here, there = make_actor(board), make_actor(board, number="01")
    line(here, "here")
    line(there, "there")
    line(make_actor(make_board()), "another board")
    assert (said(here), said(there)) == (["here"], ["there"])


@pytest.mark.parametrize("role", [Role.LEERKRACHT, Role.TRAINER, None])
def test_who_may_not_see_couplings_reads_no_logbook(sqlite: str, role: Role | None) -> None:
    actor = make_actor(make_board(), role)
    for read in (logbook.entries, logbook.count, logbook.as_csv):
        with pytest.raises(NotAllowed, match=r"koppelingen bekijken|geen rol"):
            read(actor)


# ---- CSV


def cells(actor: Actor) -> list[list[str]]:
    return list(csv.reader(io.StringIO(logbook.as_csv(actor)), delimiter=";"))


def test_csv_has_a_header_moments_at_school_titles_and_counts(db: str) -> None:
    actor = make_actor(make_board())
    logbook.write(
        board=actor.board,
        location=actor.location,
        coupling="basispoort",
        at=PRACTICE_START,
        user="rovict",
        kind=LogKind.EXCHANGE,
        message="klaar",
        source="nacht",
        counts=Counts(received=2, stored=2),
    )
    assert cells(actor) == [
        ["\ufeffmoment", "koppeling", "soort", "gebruiker", "vandaan", "melding", "aantallen"],
        [
            "14-4-2020 09:00:00",
            "ESIS naar Basispoort",
            "uitwisseling",
            "rovict",
            "nacht",
            "klaar",
            "2 ontvangen: 2 nieuw",
        ],
    ]
    assert logbook.as_csv(actor).endswith("\r\n")


@pytest.mark.parametrize("text", ["a;b", 'a"b', "a\nb", "a\r\nb", "a,b", "é'[/]", " a "])
def test_csv_keeps_what_is_special_in_it(sqlite: str, text: str) -> None:
    actor = make_actor(make_board())
    line(actor, text)
    assert cells(actor)[1][5] == text


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"])
def test_csv_holds_no_formula(sqlite: str, text: str) -> None:
    actor = make_actor(make_board())
    line(actor, text)
    assert cells(actor)[1][5] == f"'{text}"


def test_a_name_typed_with_the_consent_cannot_be_a_formula(sqlite: str) -> None:
    actor = make_actor(make_board(), name="=cmd")
    lifecycle.activate(actor, "iep-lvs", "=1+1;x", True, CODE)
    (_, row) = cells(actor)
    assert row[3] == "'=cmd"
    assert "=1+1;x" in row[5]
    assert not any(cell.startswith("=") for cell in row)


# ---- append-only


def test_a_line_cannot_be_changed_or_removed(db: str) -> None:
    actor = make_actor(make_board())
    entry = line(actor, "first")
    for statement in (LogEntry.update(message="other"), LogEntry.update(message=LogEntry.message), LogEntry.delete()):
        with pytest.raises(DatabaseError, match="append-only"), database.atomic():
            statement.where(LogEntry.id == entry.id).execute()
    with pytest.raises(DatabaseError, match="append-only"), database.atomic():
        Board.delete().where(Board.id == actor.board.id).execute()
    assert said(actor) == ["first"]


def test_only_the_reset_of_its_own_board_lets_lines_go(db: str) -> None:
    here, other = make_actor(make_board()), make_actor(make_board())
    line(here)
    line(other, "stays")
    Board.update(resetting=True).where(Board.id == here.board.id).execute()
    LogEntry.delete().where(LogEntry.board == here.board).execute()
    with pytest.raises(DatabaseError, match="append-only"), database.atomic():
        LogEntry.delete().execute()
    assert (said(here), said(other)) == ([], ["stays"])


# ---- what is in it


def test_every_exchange_has_a_line_with_the_runs_counts(db: str) -> None:
    actor, school = coupled_school()
    sit(school)
    night(actor)
    (entry,) = logbook.entries(actor, Filter(kind=LogKind.EXCHANGE))
    run = Run.get()
    assert (entry.run_id, entry.at, entry.source, entry.user) == (run.id, run.slot, "nacht", "")
    counts = Counts.from_json(entry.counts)
    assert counts == Counts.from_json(run.counts)
    assert (counts.received, counts.unmatched > 0) == (counts.stored + counts.unmatched, True)
    assert clock.iso(entry.at) == "2020-04-15T04:00:00+02:00"


def test_a_code_is_never_written_in_full(db: str) -> None:
    actor, school = coupled_school()
    for code in (CODE, OTHER, "99QQ01abcdefghijklmn", "x" * 20):
        connection.connect(school, code)
    lifecycle.change_code(actor, "iep-lvs", OTHER)
    night(actor)
    lifecycle.pause(actor, "iep-lvs")
    night(actor)
    lifecycle.end(actor, "iep-lvs")
    texts = [entry.message for entry in LogEntry.select()] + [run.error for run in Run.select()]
    assert len(texts) > 8
    assert [text for text in texts for code in (CODE, OTHER) if code[6:] in text or "x" * 20 in text] == []
