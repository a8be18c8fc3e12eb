"""The run ledger: one claim per run, a lease in wall time, and its use by screens and commands."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.runs import (
    Counts,
    Holder,
    LeaseLost,
    State,
    as_record,
    claim,
    hold,
    list_runs,
)
from models.board import Board
from models.run import Run
from tests.builders import location_of, make_board

SLOT = clock.parse_moment("2020-04-15T04:00")
numbers = st.integers(0, 1000)
counts = st.builds(Counts, numbers, numbers, numbers, numbers, numbers, numbers)


def make_run(board: Board, slot: datetime = SLOT, job: str = "iep-lvs", **values: object) -> Run:
    return Run.create(board=board, location=location_of(board), job=job, slot=slot, not_before=slot, **values)


def board_at(moment: datetime) -> Board:
    return make_board(now=moment)


@given(counts, counts)
def test_counts_add_and_survive_being_stored(one: Counts, other: Counts) -> None:
    assert Counts.from_json((one + other).as_json()) == other + one


def test_counts_read_as_a_sentence_without_what_is_zero() -> None:
    assert Counts(received=12, stored=10, unchanged=2).sentence() == "12 ontvangen: 10 nieuw, 2 ongewijzigd"
    assert Counts().sentence() == "0 ontvangen"


def test_a_run_that_is_due_is_claimed_by_the_first_who_asks(db: str) -> None:
    run = make_run(board_at(SLOT))
    first, second = Holder.here(), Holder.here()
    claimed = claim(run.id, first)
    assert claimed is not None
    assert (claimed.state, claimed.owner, claimed.attempt) == (State.RUNNING, first.owner, 1)
    assert claim(run.id, second) is None


def test_a_run_is_not_claimed_before_its_school_time(db: str) -> None:
    run = make_run(board_at(SLOT - timedelta(seconds=1)))
    assert claim(run.id, Holder.here()) is None


@pytest.mark.parametrize("state", [State.SUCCEEDED, State.FAILED, State.SKIPPED])
def test_a_run_that_ended_is_never_claimed_again(db: str, state: State) -> None:
    run = make_run(board_at(SLOT), state=state)
    assert claim(run.id, Holder.here(alone=True)) is None


def test_a_lapsed_lease_goes_to_the_next_as_the_same_attempt_and_the_former_holder_has_lost_it(db: str) -> None:
    run = make_run(board_at(SLOT))
    former, next_one = Holder.here(lease_seconds=0), Holder.here()
    claim(run.id, former)
    claimed = claim(run.id, next_one)
    assert claimed is not None
    assert claimed.attempt == 1
    with pytest.raises(LeaseLost):
        hold(run, former)
    hold(run, next_one)


def test_holding_a_run_renews_its_lease(db: str) -> None:
    run = make_run(board_at(SLOT))
    holder = Holder.here(lease_seconds=100)
    claim(run.id, Holder(holder.owner, 1))
    hold(run, holder)
    assert Run.get_by_id(run.id).lease_until > clock.wall_now() + timedelta(seconds=50)


def test_whoever_has_the_worker_lock_takes_a_dead_workers_run_at_once(db: str) -> None:
    run = make_run(board_at(SLOT))
    claim(run.id, Holder.here(lease_seconds=1000))
    assert claim(run.id, Holder.here(alone=True)) is not None


def test_runs_are_listed_newest_slot_first_and_only_of_the_board(sqlite: str) -> None:
    board = board_at(SLOT)
    make_run(board_at(SLOT))
    older, newer = make_run(board), make_run(board, SLOT + timedelta(days=1))
    assert list_runs(board) == [newer, older]
    assert list_runs(board, limit=1) == [newer]


def test_a_run_as_json_has_the_contracts_fields(sqlite: str) -> None:
    run = make_run(board_at(SLOT), counts=Counts(2, 2).as_json(), attempt=1, state=State.SUCCEEDED)
    assert as_record(Run.get_by_id(run.id)) == {
        "id": run.id,
        "coupling": "iep-lvs",
        "slot": "2020-04-15T04:00:00+02:00",
        "state": "succeeded",
        "attempt": 1,
        "counts": {"received": 2, "stored": 2, "replaced": 0, "unchanged": 0, "unmatched": 0, "refused": 0},
        "error": "",
    }


def test_every_state_has_its_dutch_name() -> None:
    assert [state.label for state in State] == ["Gepland", "Bezig", "Gelukt", "Mislukt", "Overgeslagen"]
