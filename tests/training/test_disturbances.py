"""The trainer's disturbances: their effect at night, and that switching off restores what nobody has fixed."""

from __future__ import annotations

import pytest

from app.access import Actor, NotAllowed, actor_for, find_user
from app.clock import PRACTICE_START
from app.couplings import lifecycle
from app.exchange.uwlr import PAGE
from app.partners.iep_lvs import account, connection
from app.partners.mijnschoolinfo import account as mijnschoolinfo
from app.partners.results_supplier import sitting
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school.assessment import waiting
from app.training import disturbances, situations
from app.training.boards import reset_board
from app.webservice.faults import UnknownCode
from models.assessment import Result, UnmatchedResult
from models.board import Board
from models.disturbance import KeptCode, OtherNumber
from models.partners.iep_lvs import IepPupil
from models.run import Run
from tests.builders import make_actor
from tests.partners.nights import morning, of_job
from tests.partners.suppliers import CODE, OTHER, SIDES, Side

each = pytest.mark.parametrize("side", SIDES, ids=lambda side: side.type)


def trainer_of(actor: Actor) -> Actor:
    return make_actor(actor.board, Role.TRAINER)


def states(board: Board) -> dict[str, str]:
    return {row.id: row.standing for row in disturbances.offered(board.id)}


@each
def test_another_code_stops_the_night_until_it_is_put_back(db: str, side: Side) -> None:
    actor, school = side.coupled()
    trainer = trainer_of(actor)
    told = disturbances.switch(trainer, side.type, "wrong-code", True)
    assert "een andere verificatiecode" in told
    assert told.endswith("staat aan.")
    disturbances.switch(trainer, side.type, "wrong-code", True)  # twice is once
    side.make_results(school)
    with pytest.raises(UnknownCode, match="verificatiecode verschilt"):
        side.night(actor)
    assert states(actor.board)[f"{side.type}/wrong-code"] == "aan"
    disturbances.switch(trainer, side.type, "wrong-code", False)
    assert side.school_of(actor.location).code == CODE
    assert KeptCode.select().count() == 0
    assert side.night(actor, 2).counts.stored == 3


@each
def test_a_code_that_somebody_mended_stays(db: str, side: Side) -> None:
    actor, _school = side.coupled()
    trainer = trainer_of(actor)
    disturbances.switch(trainer, side.type, "wrong-code", True)
    lifecycle.change_code(actor, side.type, OTHER)
    assert side.connect(side.school_of(actor.location), OTHER).ok
    disturbances.switch(trainer, side.type, "wrong-code", False)
    assert side.school_of(actor.location).code == OTHER


@each
def test_other_numbers_cannot_be_placed_and_off_gives_the_own_ones_back(db: str, side: Side) -> None:
    actor, school = side.coupled(pupils=11)
    model = side.supplier.pupil
    before = {row.id: (row.key, row.eckid) for row in model.select()}
    disturbances.switch(trainer_of(actor), side.type, "unmatched", True)
    changed = {row.id for row in model.select() if (row.key, row.eckid) != before[row.id]}
    assert 0 < len(changed) < len(before)
    side.make_results(school)
    counts = side.night(actor).counts
    assert (counts.unmatched, counts.stored) == (len(changed), len(before) - len(changed))
    disturbances.switch(trainer_of(actor), side.type, "unmatched", False)
    assert {row.id: (row.key, row.eckid) for row in model.select()} == before
    told = disturbances.switch(trainer_of(actor), side.type, "again", True)
    assert "11 resultaten" in told
    counts = side.night(actor, 2).counts
    assert (counts.received, counts.stored, counts.unmatched) == (11, len(changed), 0)
    assert not UnmatchedResult.select().where(waiting.on_list()).exists()


@each
def test_sending_again_happens_once_and_needs_something_that_was_sent(db: str, side: Side) -> None:
    actor, school = side.coupled()
    trainer = trainer_of(actor)
    with pytest.raises(Refused, match="nog niets naar ESIS verzonden"):
        disturbances.switch(trainer, side.type, "again", True)
    side.make_results(school)
    side.night(actor)
    disturbances.switch(trainer, side.type, "again", True)
    assert states(actor.board)[f"{side.type}/again"] == "eenmalig"
    assert side.night(actor, 2).counts.unchanged == 3
    assert side.night(actor, 3).counts.received == 0
    with pytest.raises(Refused, match="eenmalig"):
        disturbances.switch(trainer, side.type, "again", False)


def test_transfers_go_on_for_pupils_with_another_number(sqlite: str) -> None:
    board = reset_board()
    actor, trainer = actor_for(find_user(board, "rovict")), actor_for(find_user(board, "trainer"))
    lifecycle.activate(actor, "iep-lvs", "R. Ovict", True, CODE)
    connection.connect(account.school_of(actor.location), CODE)
    before = {(row.school_id, row.key, row.eckid, row.active) for row in IepPupil.select()}
    disturbances.switch(trainer, "iep-lvs", "unmatched", True)
    others = OtherNumber.select().count()
    assert others > 20
    counts = of_job(morning(board), "iep-lvs")[0].counts
    assert counts.unmatched > 0
    second = morning(board)
    assert IepPupil.select().count() == len(before)  # nobody doubled, nobody gone
    assert of_job(second, "publish-iep-lvs")[0].counts.stored == 0
    disturbances.switch(trainer, "iep-lvs", "unmatched", False)
    assert {(row.school_id, row.key, row.eckid, row.active) for row in IepPupil.select()} == before


def test_the_code_at_mijnschoolinfo_too(sqlite: str) -> None:
    board = reset_board()
    actor, trainer = actor_for(find_user(board, "rovict")), actor_for(find_user(board, "trainer"))
    mijnschoolinfo.connect(mijnschoolinfo.school_of(actor.location), CODE)
    disturbances.switch(trainer, "mijnschoolinfo", "wrong-code", True)
    assert mijnschoolinfo.school_of(actor.location).code not in ("", CODE)
    disturbances.switch(trainer, "mijnschoolinfo", "wrong-code", False)
    assert mijnschoolinfo.school_of(actor.location).code == CODE


def test_what_cannot_be_is_refused_and_changes_nothing(sqlite: str) -> None:
    board = reset_board()
    trainer = actor_for(find_user(board, "trainer"))
    before = states(board)
    for partner, kind, words in (
        ("iep-lvs", "vuur", "'vuur' is geen storing"),
        ("basispoort", "wrong-code", "kan niet bij Basispoort"),
        ("mijnschoolinfo", "unmatched", "Daar kan: unreachable, slow, half, wrong-code"),
        ("iep-lvs", "wrong-code", "nog geen verificatiecode"),
        ("gynzy", "again", "nog niets"),
    ):
        with pytest.raises(Refused, match=words):
            disturbances.switch(trainer, partner, kind, True)
    with pytest.raises(NotFound, match="basispoort"):
        disturbances.switch(trainer, "niemand", "slow", True)
    with pytest.raises(NotAllowed):
        disturbances.switch(actor_for(find_user(board, "rovict")), "iep-lvs", "slow", True)
    assert states(board) == before


def test_a_disturbance_is_of_one_board_and_goes_with_a_reset(sqlite: str) -> None:
    board, neighbour = reset_board(), reset_board("Buren")
    assert board.now == PRACTICE_START
    trainer = actor_for(find_user(board, "trainer"))
    disturbances.switch(trainer, "iep-lvs", "unmatched", True)
    disturbances.switch(trainer, "basispoort", "slow", True)
    assert "aan" not in states(neighbour).values()
    reset_board()
    assert "aan" not in states(board).values()
    assert OtherNumber.select().count() == 0


def test_half_a_delivery_shows_with_one_day_of_the_practice_board_and_the_rest_comes_later(sqlite: str) -> None:
    board = reset_board()
    actor, trainer = (actor_for(find_user(board, name)) for name in ("rovict", "trainer"))
    situations.find("after-first-night").make(actor)
    mine = Result.select().where(Result.supplier == "iep-lvs")
    before = mine.count()
    made = sum(
        sitting.sit(connection.SUPPLIER, account.school_of(actor.location), f"rekenen-{number}", number)
        for number in "45678"
    )
    assert made > PAGE
    disturbances.switch(trainer, "iep-lvs", "half", True)
    situations.morning(actor)
    failed = Run.select().where(Run.job == "iep-lvs", Run.location == actor.location).order_by(Run.id.desc()).get()
    assert (failed.state, "brak halverwege af" in failed.error) == ("failed", True)
    assert mine.count() == before + PAGE
    disturbances.switch(trainer, "iep-lvs", "half", False)
    situations.morning(actor)
    assert mine.count() >= before + made, "and what was made at IEP LVS that night"
