"""The night as a line of moments."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from app import clock
from app.runs import State
from app.workers import nights
from app.workers.nights import Mark
from models.run import Run
from tests.builders import location_of, make_board
from tests.workers.jobs import make_job

NOW = clock.parse_moment("2020-04-22T08:00")


def run_of(board: object, location: object, job: str, at: str, state: State, error: str = "") -> None:
    moment = clock.parse_moment(at)
    Run.create(board=board, location=location, job=job, slot=moment, not_before=moment, state=state, error=error)


def test_tonight_is_every_job_in_order_and_says_which_do_not_take_part(sqlite: str) -> None:
    board = make_board()
    location = location_of(board)
    jobs = [
        make_job("results", time(4), title="IEP LVS naar ESIS: resultaten"),
        make_job("contacts", clock.CONTACTS, title="ESIS naar Ouders: groepen", wanted=lambda _b, _d: []),
        make_job("afternoon", time(12), title="Iets overdags"),
    ]
    found = nights.tonight(location, NOW, jobs)
    assert [(clock.dutch_moment(one.at)[3:], one.mark, one.what, one.told) for one in found] == [
        ("22-4-2020 08:00", Mark.NOW, "nu", ""),
        ("22-4-2020 12:00", Mark.PLANNED, "Iets overdags", ""),
        ("22-4-2020 17:00", Mark.INACTIVE, "Peilmoment Ouders", "niet actief"),
        ("23-4-2020 03:30", Mark.INACTIVE, "ESIS → Ouders", "niet actief"),
        ("23-4-2020 04:00", Mark.PLANNED, "IEP LVS → ESIS", "resultaten"),
        ("23-4-2020 08:00", Mark.MORNING, "morgenochtend", ""),
    ]


def test_after_the_cut_off_only_what_is_still_to_come(sqlite: str) -> None:
    board = make_board()
    jobs = [make_job("contacts", clock.CONTACTS, title="ESIS naar Ouders: groepen")]
    evening = NOW + timedelta(hours=10)
    assert [one.what for one in nights.tonight(location_of(board), evening, jobs)] == [
        "nu",
        "ESIS → Ouders",
        "morgenochtend",
    ]


def test_the_last_nights_are_the_last_attempt_of_each_day(db: str) -> None:
    board = make_board()
    location = location_of(board)
    run_of(board, location, "iep-lvs", "2020-04-14T04:00", State.SUCCEEDED)
    run_of(board, location, "iep-lvs", "2020-04-20T04:00", State.FAILED, "onbereikbaar")
    run_of(board, location, "iep-lvs", "2020-04-20T04:30", State.SUCCEEDED)
    run_of(board, location, "iep-lvs", "2020-04-21T04:00", State.FAILED, "onbereikbaar")
    run_of(board, location, "iep-lvs", "2020-04-22T04:00", State.SKIPPED, "gestopt")
    run_of(board, location, "iep-lvs", "2020-04-23T04:00", State.QUEUED)
    run_of(board, location, "gynzy", "2020-04-22T04:00", State.SUCCEEDED)
    assert nights.last_nights(location, "iep-lvs", NOW) == [Mark.DONE, Mark.FAILED, Mark.SKIPPED]


def test_the_last_night_is_what_came_since_the_afternoon_before_the_last_morning(db: str) -> None:
    board = make_board(locations=("00", "01"))
    here, other = location_of(board), location_of(board, "01")
    run_of(board, here, "iep-lvs", "2020-04-21T04:00", State.SUCCEEDED)
    run_of(board, here, "iep-lvs", "2020-04-22T04:00", State.FAILED, "IEP LVS is onbereikbaar.")
    run_of(board, other, "iep-lvs", "2020-04-22T04:00", State.SUCCEEDED)
    assert [(one.mark, one.told) for one in nights.last_night(here, NOW)] == [(Mark.FAILED, "IEP LVS is onbereikbaar.")]
    evening = nights.last_night(here, NOW + timedelta(hours=12))
    assert len(evening) == 1


def test_around_now_the_past_of_all_locations_comes_before_the_night_to_come(db: str) -> None:
    board = make_board(locations=("00", "01"))
    both = [location_of(board), location_of(board, "01")]
    run_of(board, both[1], "iep-lvs", "2020-04-14T04:00", State.SUCCEEDED)
    found = nights.around(board, both)
    assert found[0].location == both[1].brin6
    assert [one.mark for one in found].count(Mark.NOW) == 1
    assert found[-1].mark is Mark.MORNING
    assert nights.around(board, [])[0].what == "nu"


def test_what_is_planned_at_a_moment_of_its_own_is_told_too(db: str) -> None:
    board = make_board()
    location = location_of(board)
    planned, again = clock.parse_moment("2020-08-01T00:00"), clock.parse_moment("2020-04-22T08:15")
    common = {"board": board, "location": location, "state": State.QUEUED}
    Run.create(**common, job="jaarovergang", slot=planned, not_before=planned)
    Run.create(**common, job="results", slot=NOW, not_before=again, attempt=1)
    jobs = [make_job("results", time(4), title="IEP LVS naar ESIS: resultaten")]
    told = [(one.at, one.told) for one in nights.tonight(location, NOW, jobs) if one.mark is Mark.PLANNED]
    assert told == [
        (again, "nieuwe poging"),
        (clock.parse_moment("2020-04-23T04:00"), "resultaten"),
        (planned, "gepland"),
    ]


def test_a_planned_year_transition_says_which_night_first_tells_of_it(sqlite: str) -> None:
    board = make_board()
    location = location_of(board)
    jobs = [
        make_job("contacts", clock.CONTACTS, title="ESIS naar Ouders: groepen"),
        replace(make_job("jaarovergang", time(0), title="Jaarovergang"), daily=False),
    ]
    run_of(board, location, "jaarovergang", "2020-08-01T00:00", State.QUEUED)
    found = [(clock.dutch_moment(one.at), one.what, one.told) for one in nights.tonight(location, NOW, jobs)]
    assert found[-2:] == [
        ("za 1-8-2020 00:00", "Jaarovergang", "gepland"),
        ("zo 2-8-2020 03:30", "ESIS → Ouders", "met de jaarovergang"),
    ]


def test_nobody_hears_of_it_without_a_coupling(sqlite: str) -> None:
    location = location_of(make_board())
    assert nights.told_later(location, clock.parse_moment("2020-08-01T00:00")) == ""
