"""How a run ends, and its logbook entry."""

from __future__ import annotations

from datetime import time

import pytest
from peewee import OperationalError

from app import clock
from app.refusals import Refused
from app.runs import Counts, Page, Skip, State, Unreachable
from app.workers.walker import walk
from models.base import database
from models.board import Board
from models.coupling import LogEntry
from models.run import Run
from models.school import Message
from tests.builders import make_board
from tests.workers.jobs import fresh, leave_messages, make_job, set_target

AT = time(4)


def night(page: object, until: str = "2020-04-15T08:00") -> tuple[Board, Run, list[LogEntry]]:
    """One night with this page function: the board, its run and the logbook."""
    board = make_board()
    set_target(board, until)
    walk(board.id, [make_job("iep-lvs", AT, page)])  # type: ignore[arg-type]
    run = Run.get(Run.board == board)
    return board, run, list(LogEntry.select().where(LogEntry.board == board).order_by(LogEntry.id))


def raises(error: Exception) -> object:
    """A page that leaves messages and then raises."""

    def page(run: Run, cursor: str) -> Page:
        leave_messages(run, cursor)
        raise error

    return page


def test_pages_add_up_and_the_last_one_writes_the_logbook_line(db: str) -> None:
    _, run, lines = night(leave_messages)
    assert (run.state, run.attempt, run.error) == (State.SUCCEEDED, 1, "")
    assert Counts.from_json(run.counts) == Counts(received=12, stored=12)
    [line] = lines
    assert (line.coupling, line.kind, line.source, line.user) == ("iep-lvs", "uitwisseling", "nacht", "")
    assert (line.message, line.run_id) == ("12 ontvangen: 12 nieuw.", run.id)
    assert clock.iso(line.at) == "2020-04-15T04:00:00+02:00"
    assert line.counts == run.counts


def test_a_note_on_the_last_page_is_added_to_the_logbook_line(sqlite: str) -> None:
    _, _, [line] = night(lambda _run, _cursor: Page(None, Counts(1, 1), "Twee groepen zonder leerlingen."))
    assert line.message == "1 ontvangen: 1 nieuw. Twee groepen zonder leerlingen."


def test_that_a_page_changed_something_no_count_tells_of_is_kept_with_the_run(db: str) -> None:
    def page(_run: Run, cursor: str) -> Page:
        return Page(None) if cursor else Page("2", acted=True)

    assert [night(one)[1].acted for one in (page, leave_messages)] == [True, False]


def test_a_refusal_fails_the_run_at_once_with_its_sentence_and_without_effect(db: str) -> None:
    _, run, [line] = night(raises(Refused("Verificatiecode verschilt.")), "2020-04-15T23:00")
    assert (run.state, run.attempt, run.error) == (State.FAILED, 1, "Verificatiecode verschilt.")
    assert (line.kind, line.message) == ("weigering", "Verificatiecode verschilt.")
    assert Message.select().count() == 0


def test_a_page_that_reports_a_refusal_fails_the_run_and_keeps_what_it_wrote(db: str) -> None:
    def page(run: Run, cursor: str) -> Page:
        leave_messages(run, cursor)
        return Page(None, refusal="Het BRIN6 verschilt.")

    _, run, [line] = night(page, "2020-04-15T23:00")
    assert (run.state, run.attempt, run.error) == (State.FAILED, 1, "Het BRIN6 verschilt.")
    assert (line.kind, line.message) == ("weigering", "Het BRIN6 verschilt.")
    assert Message.select().count() > 0


def test_nothing_to_exchange_skips_the_run_and_says_why(db: str) -> None:
    _, run, [line] = night(raises(Skip("De koppeling is tijdelijk gestopt.")))
    assert (run.state, run.error) == (State.SKIPPED, "De koppeling is tijdelijk gestopt.")
    assert line.message == "De koppeling is tijdelijk gestopt."


def test_an_unforeseen_error_fails_the_run_keeps_its_text_out_of_the_logbook_and_the_night_goes_on(
    db: str, caplog: pytest.LogCaptureFixture
) -> None:
    board, run, [line] = night(raises(RuntimeError("99QQ00GEHEIMECODE12345")))
    assert run.state == State.FAILED
    assert line.message.startswith("Onverwachte fout: RuntimeError.")
    assert "GEHEIM" not in run.error + line.message
    assert "GEHEIM" in caplog.text
    assert fresh(board).target is None


def test_an_unreachable_partner_is_tried_again_after_15_30_and_60_minutes_and_then_given_up(db: str) -> None:
    _, run, lines = night(raises(Unreachable("IEP LVS antwoordt niet.")))
    assert (run.state, run.attempt) == (State.FAILED, 4)
    assert [clock.iso(line.at)[11:16] for line in lines] == ["04:00", "04:15", "04:45", "05:45"]
    assert lines[0].message == "IEP LVS antwoordt niet. Poging 1 mislukt; de volgende is wo 15-4-2020 04:15."
    assert lines[3].message == run.error == "IEP LVS antwoordt niet. Na 4 pogingen opgegeven."
    assert Message.select().count() == 0


def test_a_partner_that_comes_back_gets_the_rest_and_each_page_once(db: str) -> None:
    silences = iter([False, True, True, False, False])

    def page(run: Run, cursor: str) -> Page:
        if next(silences):
            raise Unreachable("IEP LVS antwoordt niet.")
        return leave_messages(run, cursor)

    _, run, lines = night(page)
    assert (run.state, run.attempt, run.error) == (State.SUCCEEDED, 3, "")
    assert Counts.from_json(run.counts) == Counts(received=12, stored=12)
    assert Message.select().count() == 12
    assert [clock.iso(line.at)[11:16] for line in lines] == ["04:00", "04:15", "04:45"]


def test_a_retry_waits_in_school_time_so_a_night_that_ends_before_it_leaves_it_queued(sqlite: str) -> None:
    _, run, lines = night(raises(Unreachable("IEP LVS antwoordt niet.")), "2020-04-15T04:10")
    assert (run.state, len(lines)) == (State.QUEUED, 1)
    assert clock.iso(run.not_before) == "2020-04-15T04:15:00+02:00"


def test_pauses_are_real_time_across_the_hour_that_summer_time_skips(sqlite: str) -> None:
    board = make_board(now=clock.parse_moment("2020-03-28T12:00"))
    set_target(board, "2020-03-29T12:00")
    walk(board.id, [make_job("basispoort", time(1, 30), raises(Unreachable("Stil.")))])  # type: ignore[arg-type]
    times = [clock.iso(line.at)[11:] for line in LogEntry.select().order_by(LogEntry.id)]
    assert times == ["01:30:00+01:00", "01:45:00+01:00", "03:15:00+02:00", "04:15:00+02:00"]


def test_a_database_error_in_a_page_is_tried_again(db: str) -> None:
    _, run, lines = night(raises(OperationalError("database is locked")))
    assert (run.state, run.attempt) == (State.FAILED, 4)
    assert lines[0].message.startswith("Een ander programma houdt de database bezet.")


def test_a_run_of_a_partner_that_is_gone_is_refused_and_does_not_hold_up_the_clock(sqlite: str) -> None:
    board = make_board()
    location = board.locations.get()
    with database.atomic():
        Run.create(board=board, location=location, job="weg", slot=board.now, not_before=board.now)
    walk(board.id, [])
    assert Run.get().error == "De uitwisseling 'weg' bestaat niet meer in dit programma."
