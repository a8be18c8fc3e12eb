"""Wrong keys slow down their door and their address, nobody else; and keys are compared in constant time only."""

from __future__ import annotations

import hmac
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from unittest.mock import Mock

import pytest

from app import clock
from app.couplings import lifecycle
from app.refusals import Refused
from app.uwlr.control import Control
from app.uwlr.handling import Call, Manner, answer
from app.uwlr.journal import Entry, Outcome
from app.webservice import suppliers
from app.webservice.suppliers import SupplierForm
from models.base import connected
from models.board import Board
from models.signing_in import Tries
from tests.builders import make_actor
from tests.couplings.worlds import CODE
from tests.uwlr.service import pull, small_world

WRONG = "99QQ00eenheelanderecode"
HERE, THERE = "192.0.2.1", "192.0.2.2"


class Wall:
    """The wall clock, moved by the test."""

    now = datetime(2026, 1, 5, 9, 0, 10, tzinfo=UTC)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    wall = Wall()
    monkeypatch.setattr(clock, "wall_now", lambda: wall.now)
    return wall


def called(board: Board, key: str = CODE, client: str = HERE, guard: bool = True, **who: str) -> Entry:
    body = pull(key=key, **who)
    return answer(Call(board.id, BytesIO(body), len(body), client=client), Manner(guard=guard)).entry


def rules_of(board: Board, times: int, **how: str) -> list[str]:
    found = (called(board, **how) for _ in range(times))
    return [one.finding.rule.id if one.finding else "" for one in found]


def test_wrong_keys_slow_down_their_address_only_and_the_wait_is_told(db: str, wall: Wall) -> None:
    board, _ = small_world()
    assert rules_of(board, 6, key=WRONG) == ["SLEUTEL-01"] * 4 + ["SLEUTEL-04"] * 2
    slowed = called(board)
    assert (slowed.outcome, slowed.fault) == (Outcome.REFUSED, "Server.TijdelijkNietBeschikbaar")
    assert "Wacht 5 seconden" in slowed.told
    assert rules_of(board, 3, client=THERE) == ["", "", ""], "the right key from elsewhere"
    wall.now += timedelta(seconds=6)
    assert rules_of(board, 2) == ["", ""]
    assert rules_of(board, 4, key=WRONG) == ["SLEUTEL-01"] * 4, "the right key begins anew"


def test_each_supplier_and_board_has_a_door_of_its_own(db: str, wall: Wall) -> None:
    board, _ = small_world()
    other, _ = small_world()
    assert rules_of(board, 5, key=WRONG)[-1] == "SLEUTEL-04"
    assert rules_of(board, 1, code="iep-lvs", name="Bureau ICE") == [""]
    assert rules_of(other, 1) == [""]


def test_addresses_together_are_slowed_too_but_the_owner_waits_a_minute_at_most(db: str, wall: Wall) -> None:
    board, _ = small_world()
    for number in range(41):
        assert called(board, WRONG, f"198.51.100.{number}").finding is not None
    assert rules_of(board, 1, client=THERE) == ["SLEUTEL-04"]
    wall.now += timedelta(seconds=61)
    assert rules_of(board, 1, client=THERE) == [""]


def test_without_the_guard_nothing_is_counted(db: str) -> None:
    board, _ = small_world()
    found = [called(board, WRONG, guard=False) for _ in range(8)]
    assert {one.finding.rule.id for one in found if one.finding} == {"SLEUTEL-01"}
    assert not Tries.select().exists()
    assert "verschilt vanaf teken" in found[0].told


def test_with_the_guard_nothing_tells_how_near_a_key_is(sqlite: str) -> None:
    board, _ = small_world()
    assert "teken" not in called(board, CODE[:-1] + "x").told


def test_who_is_slowed_is_told_first_what_is_wrong_with_the_message(sqlite: str, wall: Wall) -> None:
    board, _ = small_world()
    rules_of(board, 5, key=WRONG)
    found = called(board, key=WRONG, year="ooit")
    assert found.finding is not None
    assert (found.finding.rule.id, [one.rule.id for one in found.later]) == ("MSG-07", ["SLEUTEL-04"])


def test_a_stopped_coupling_is_no_wrong_key(sqlite: str, wall: Wall) -> None:
    board, _ = small_world()
    actor = make_actor(board)
    lifecycle.pause(actor, "iep-lvs")
    assert rules_of(board, 6) == ["SLEUTEL-03"] * 6
    lifecycle.change_code(actor, "iep-lvs", CODE)
    assert rules_of(board, 1) == [""]


def test_many_calls_at_once_with_the_right_key_are_all_let_in(db: str) -> None:
    board, _ = small_world()

    def call(_number: int) -> Outcome:
        with connected():
            return called(board).outcome

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(call, range(24))) == {Outcome.ACCEPTED}


@pytest.mark.parametrize("says", [True, False])
async def test_only_the_comparison_in_constant_time_decides(
    sqlite: str, monkeypatch: pytest.MonkeyPatch, says: bool
) -> None:
    board, _ = small_world()
    compared: list[tuple[bytes, bytes]] = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return says

    monkeypatch.setattr(hmac, "compare_digest", compare)
    key = WRONG if says else CODE
    assert (called(board, key).outcome is Outcome.ACCEPTED) is says
    assert (CODE.encode(), key.encode()) in compared
    control = Control(Mock())
    shown = "raden" if says else control.key
    assert control._opens(Mock(headers={"X-Sleutel": shown})) is says
    assert compared[-1] == (shown.encode(), control.key.encode())


def test_another_school_in_the_message_is_no_way_around(db: str, wall: Wall) -> None:
    """Of a key of another location is told that it is right: to ask that for school after school is guessing as well."""
    board, _ = small_world()
    found = []
    for number in range(8):
        body = pull(key=f"{WRONG}{number}").replace(b"99QQ</brincode>", b"%02dZZ</brincode>" % number)
        entry = answer(Call(board.id, BytesIO(body), len(body), client=HERE), Manner(guard=True)).entry
        found.append(entry.finding.rule.id if entry.finding else "")
    assert found == ["SLEUTEL-02"] * 4 + ["SLEUTEL-04"] * 4


def test_a_board_that_is_not_for_practice_is_always_guarded(db: str, wall: Wall) -> None:
    """`esis webservice --practice` answers at the addresses of all boards in the database."""
    board, _ = small_world()
    Board.update(practice=False).where(Board.id == board.id).execute()
    near = called(board, key=f"{CODE}x", guard=False)
    assert near.finding is not None
    assert near.finding.nearest == ""
    assert [called(board, key=WRONG, guard=False).fault for _ in range(4)][-1] == "Server.TijdelijkNietBeschikbaar"


def test_a_certificate_of_a_supplier_is_not_basispoorts(db: str) -> None:
    board, _ = small_world()
    body = pull(code="basispoort", name="Basispoort", key="basispoort-sleutel")
    entry = answer(Call(board.id, BytesIO(body), len(body), certificate="eigen"), Manner()).entry
    assert entry.finding is not None
    assert entry.finding.found == "een certificaat van 'eigen'"


def test_no_supplier_has_a_magic_klantcode(db: str) -> None:
    board, trainer = small_world()
    with pytest.raises(Refused, match="vraagt om een storing"):
        suppliers.add(trainer, SupplierForm("Fout-500", "Fout", "iep-lvs"))
    assert [one.code for one in suppliers.known(board.id) if one.own] == ["eigen"]
