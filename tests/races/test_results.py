"""Concurrent changes to results: whatever the order, nothing is lost, doubled or wrongly marked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.access import Actor
from app.couplings import rollback, unmatched
from app.partners.iep_lvs import moving
from app.partners.results_supplier import delivering, delivery_status
from app.school.assessment import deliveries, entering, entry_sheets, exclusions, results
from app.school.files import dult_matching, dult_processing
from app.school.people import enrolment
from models.assessment import ExcludedResult, PupilMatch, ReplacedResult, Result, UnmatchedResult
from models.board import Board
from models.dult import DultFile
from models.partners.iep_lvs import IepPupil, IepSitting
from models.school import Pupil
from tests.builders import make_actor
from tests.partners.suppliers import IEP
from tests.races.racing import night, race
from tests.school.assessment.deliveries import receive, result, school_with_pupil
from tests.school.files.dult_files import READING, row
from tests.school.files.dult_files import receive as receive_file
from tests.school.files.result_files import school

DAY = date(2020, 4, 14)


def _move(actor: Actor, account: Any) -> None:
    moving.move(account, "lezen-6", DAY, "000", "001")


def test_what_is_moved_at_the_supplier_during_the_push_is_not_marked_sent(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Change and night."""
    actor, account = IEP.coupled(pupils=2)
    IEP.make_results(account)
    IepSitting.delete().where(IepSitting.pupil == IepPupil.get(IepPupil.key == "001")).execute()
    run = IEP.run(actor)
    race(monkeypatch, delivering, "push_results", lambda: night(actor, run), lambda: _move(actor, account))
    sitting = IepSitting.get()
    assert (sitting.pupil.key, sitting.pending, Result.get().pupil.key) == ("001", True, "000")


def test_sending_again_during_the_push_is_not_forgotten(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    actor, account = IEP.coupled(pupils=2)
    IEP.make_results(account)
    IepSitting.update(pending=False, sent_at=None).where(
        IepSitting.pupil == IepPupil.get(IepPupil.key == "001")
    ).execute()
    run = IEP.run(actor)
    again = lambda: delivery_status.send_again(IEP.supplier, account)  # noqa: E731
    race(monkeypatch, delivering, "push_results", lambda: night(actor, run), again)
    assert [sitting.pending for sitting in IepSitting.select()] == [True, True]


def test_what_a_night_corrects_while_a_delivery_is_taken_back_is_not_lost(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Delivery and rolling back."""
    actor, account = IEP.coupled(pupils=2)
    IEP.make_results(account)
    night(actor, IEP.run(actor))
    one = IepSitting.select().order_by(IepSitting.id).first()
    IepSitting.update(score=one.score + 1, pending=True).where(IepSitting.id == one.id).execute()
    run, delivery = IEP.run(actor, 2), rollback.last(actor, "iep-lvs")
    Board.update(now=run.not_before).where(Board.id == actor.board.id).execute()
    race(monkeypatch, deliveries, "_plan", lambda: rollback.roll_back(actor, delivery), lambda: night(actor, run))
    assert [(row.supplier_key, row.score) for row in Result.select()] == [(one.key, one.score + 1)]
    assert not ReplacedResult.select().exists()


def test_what_a_night_corrects_twice_while_it_is_put_back_is_not_lost(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    actor, account = IEP.coupled(pupils=1)
    IEP.make_results(account)
    night(actor, IEP.run(actor))
    (first,) = [sitting.score for sitting in IepSitting.select()]

    def corrected(score: int, day: int) -> Any:
        IepSitting.update(score=score, pending=True).execute()
        return IEP.run(actor, day)

    night(actor, corrected(first + 1, 2))
    run, delivery = corrected(first + 2, 3), rollback.last(actor, "iep-lvs")
    Board.update(now=run.not_before).where(Board.id == actor.board.id).execute()
    race(monkeypatch, deliveries, "_plan", lambda: rollback.roll_back(actor, delivery), lambda: night(actor, run))
    assert (Result.get().score, [row.score for row in ReplacedResult.select()]) == (first + 2, [first])


def test_taking_a_delivery_back_during_the_next_one(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other way round: the night has read what is stored when somebody takes the delivery before it back."""
    actor, account = IEP.coupled(pupils=1)
    IEP.make_results(account)
    night(actor, IEP.run(actor))
    IepSitting.update(score=1, pending=True).execute()
    run, delivery = IEP.run(actor, 2), rollback.last(actor, "iep-lvs")
    race(monkeypatch, results, "stored_with", lambda: night(actor, run), lambda: rollback.roll_back(actor, delivery))
    assert [row.score for row in Result.select()] == [1]


def test_a_match_and_a_dismissal(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change and change: the second is refused with a message."""
    board, location, pupil = school_with_pupil()
    receive(location, result(pupil="777"))
    row, other = UnmatchedResult.get(), make_actor(board)
    actor = make_actor(board)
    refused = race(
        monkeypatch,
        results,
        "stored_with",
        lambda: unmatched.match(actor, row, pupil),
        lambda: unmatched.dismiss(other, row),
    )
    assert "staat niet meer open" in refused
    assert (Result.select().count(), UnmatchedResult.get().state) == (1, "open")


def test_two_who_process_one_file(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = school(READING)
    file = receive_file(actor, row())
    dult_matching.agree_all(actor, file.id)
    refused = race(
        monkeypatch,
        results,
        "stored_with",
        lambda: dult_processing.process(actor, file.id),
        lambda: dult_processing.process(make_actor(actor.board), file.id),
    )
    assert "is al verwerkt" in refused
    assert (Result.select().count(), DultFile.get().turn) == (1, 1)


def test_a_result_is_typed_in_while_its_pupil_is_deleted(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change and delete, both ways."""
    board, _, pupil = school_with_pupil()
    actor, other = make_actor(board), make_actor(board)
    shown = entry_sheets.sheet(actor, pupil.placements.get().group_id, "lezen-6", "", date(2020, 1, 21))
    race(
        monkeypatch,
        entering,
        "sheet",
        lambda: entering.save(actor, shown, {f"pupil-{pupil.id}": "57"}),
        lambda: enrolment.delete(other, pupil, "Anna"),
    )
    assert (Pupil.select().count(), Result.select().count()) == (0, 0)


def test_a_pupil_is_deleted_while_a_result_is_typed_in(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    board, _, pupil = school_with_pupil()
    actor, other = make_actor(board), make_actor(board)
    shown = entry_sheets.sheet(actor, pupil.placements.get().group_id, "lezen-6", "", date(2020, 1, 21))
    race(
        monkeypatch,
        enrolment,
        "_own",
        lambda: enrolment.delete(actor, pupil, "Anna"),
        lambda: entering.save(other, shown, {f"pupil-{pupil.id}": "57"}),
    )
    assert (Pupil.select().count(), Result.select().count()) == (0, 0)


def test_a_result_is_excluded_while_the_night_moves_it_to_another_pupil(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Change and night: the exclusion was of the other pupil's result, so it does not apply to the new owner's."""
    actor, account = IEP.coupled(pupils=2)
    IEP.make_results(account)
    IepSitting.delete().where(IepSitting.pupil == IepPupil.get(IepPupil.key == "001")).execute()
    night(actor, IEP.run(actor))
    _move(actor, account)
    run = IEP.run(actor, 2)
    Board.update(now=run.not_before).where(Board.id == actor.board.id).execute()
    one = Result.get().id
    race(monkeypatch, exclusions, "_own", lambda: exclusions.exclude(actor, [one], "Anders"), lambda: night(actor, run))
    assert (Result.get().pupil.key, ExcludedResult.select().count()) == ("001", 0)


def test_a_match_is_made_while_a_delivery_of_that_pupil_comes(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change and night: once the night is over, no result of the pupil matched meanwhile is left on the list."""
    actor, account = IEP.coupled(pupils=2)
    IepPupil.update(key="900", eckid="").where(IepPupil.key == "000").execute()
    IEP.make_results(account)
    night(actor, IEP.run(actor))
    IEP.make_results(account, 1)
    run, waits = IEP.run(actor, 2), UnmatchedResult.get()
    pupil = Pupil.get(Pupil.key == "000")
    race(monkeypatch, results, "stored_with", lambda: night(actor, run), lambda: unmatched.match(actor, waits, pupil))
    assert unmatched.open_unmatched(actor) == []
    assert (PupilMatch.select().count(), Result.select().where(Result.pupil == pupil).count()) == (1, 2)
