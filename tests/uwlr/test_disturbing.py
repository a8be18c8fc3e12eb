"""Faults on demand: when each strikes, what a client sees of it, and that the journal says why."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access import NotAllowed
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.uwlr import disturbing, spoiling
from app.uwlr.disturbing import KINDS, FaultForm, Way, strikes
from app.uwlr.handling import Answer, Call, Manner, answer
from app.uwlr.journal import Outcome
from models.assessment import Result
from models.board import Board
from models.school import Pupil
from models.webservice import ServiceFault
from tests.builders import make_actor
from tests.uwlr.service import OWN, all_rows, post, pull, push, row_of, serving, small_world

AT_CALLS = [one for one in KINDS.values() if one.way is not Way.CONNECTION]
each = pytest.mark.parametrize("kind", [one.id for one in AT_CALLS])


def called(board: Board, body: bytes) -> Answer:
    return answer(Call(board.id, BytesIO(body), len(body), client="127.0.0.1"), Manner())


def struck(board: Board, body: bytes, times: int) -> list[int]:
    """At which calls a disturbance struck, from 1."""
    return [number for number in range(1, times + 1) if called(board, body).entry.outcome is Outcome.FAILED]


# ---- when it strikes


@given(st.integers(1, 100), st.integers(0, 2**31 - 1))
def test_the_same_seed_strikes_at_the_same_calls_and_chance_is_a_number_of_a_hundred(chance: int, seed: int) -> None:
    first, again = ([strikes(0, chance, seed, call) for call in range(1, 301)] for _ in range(2))
    assert first == again
    assert abs(sum(first) / 300 - chance / 100) < 0.2
    assert all(strikes(0, 100, seed, call) for call in (1, 2, 300))


@given(st.integers(1, 50), st.integers(1, 100))
def test_the_nth_call_is_that_one_only(nth: int, call: int) -> None:
    assert strikes(nth, 100, 1, call) == (call == nth)


def test_it_is_for_a_supplier_an_operation_and_a_call_and_counts_what_it_fits(db: str) -> None:
    board, trainer = small_world()
    third = disturbing.put(trainer, FaultForm("503", OWN, "HaalLeerlinggegevens", nth=3))
    disturbing.put(trainer, FaultForm("500", "gynzy"))
    assert struck(board, push(), 2) == []
    assert struck(board, pull(code="iep-lvs", name="Bureau ICE"), 2) == []
    assert struck(board, pull(), 5) == [3]
    assert {row.kind: row.calls for row in disturbing.listed(board.id)} == {"503": 5, "500": 0}
    assert disturbing.remove(trainer, third.id) == 1
    assert struck(board, pull(), 1) == []


def test_two_boards_with_the_same_seed_are_disturbed_at_the_same_calls(db: str) -> None:
    found = []
    for _ in range(2):
        board, trainer = small_world()
        disturbing.put(trainer, FaultForm("429", chance=40, seed=7))
        found.append(struck(board, pull(), 12))
    assert found[0] == found[1]
    assert 0 < len(found[0]) < 12


def test_of_several_the_first_strikes_and_all_are_counted(sqlite: str) -> None:
    board, trainer = small_world()
    for kind in ("429", "503"):
        disturbing.put(trainer, FaultForm(kind))
    assert called(board, pull()).status == 429
    assert [row.calls for row in disturbing.listed(board.id)] == [1, 1]


def test_who_is_not_let_in_is_refused_as_always_and_not_counted(sqlite: str) -> None:
    board, trainer = small_world()
    disturbing.put(trainer, FaultForm("503"))
    for body in (pull(key="99QQ00eenheelanderecode"), pull(code="niemand"), b"<geen/>"):
        assert called(board, body).entry.outcome is Outcome.REFUSED
    assert disturbing.listed(board.id)[0].calls == 0


def test_what_cannot_be_set_is_refused_and_only_a_trainer_sets(sqlite: str) -> None:
    board, trainer = small_world()
    for form, words in (
        (FaultForm("brand"), "is geen storing"),
        (FaultForm("503", "niemand"), "is er niet"),
        (FaultForm("503", operation="Haal"), "bestaat niet"),
        (FaultForm("503", chance=0), "chance is een getal van 1"),
        (FaultForm("503", nth=-1), "nth is een getal"),
        (FaultForm("slow", seconds=601), "tot en met 600"),
        (FaultForm("503", seconds=5), "slow en drip"),
        (FaultForm("expired", OWN), "voor er een leverancier"),
        (FaultForm("stale", operation="BrengLeerresultaten"), "geen gegevens"),
    ):
        with pytest.raises(Refused, match=words):
            disturbing.put(trainer, form)
    with pytest.raises(NotAllowed):
        disturbing.put(make_actor(board, Role.DIRECTIE), FaultForm("503"))
    with pytest.raises(NotFound):
        disturbing.remove(trainer, 1)
    assert not ServiceFault.select().exists()


# ---- magic klantcodes


def test_a_magic_klantcode_works_with_the_key_of_practice_and_on_a_practice_board_only(db: str) -> None:
    board, _ = small_world()
    found = called(board, pull(code="FOUT-client.leerlingongeldig", name="wat dan ook"))
    assert (found.entry.outcome, found.entry.fault) == (Outcome.FAILED, "Client.LeerlingOngeldig")
    assert found.entry.supplier == "FOUT-client.leerlingongeldig"
    assert called(board, pull(code="fout-429", key="99QQ00eenheelanderecode")).entry.finding.rule.id == "SLEUTEL-01"  # type: ignore[union-attr]
    assert called(board, pull(code="fout-bestaatniet")).entry.finding.rule.id == "KLANT-01"  # type: ignore[union-attr]
    Board.update(practice=False).execute()
    assert called(board, pull(code="fout-429")).entry.finding.rule.id == "KLANT-01"  # type: ignore[union-attr]


def test_stale_data_is_that_of_a_day_before(db: str) -> None:
    board, trainer = small_world()
    Pupil.update(first_name="Nieuw").execute()
    before = Board.get_by_id(board.id).now
    usual, stale = (called(board, pull(code=code)) for code in (OWN, "fout-stale"))
    moments = [re.findall(rb"<aanmaakdatum>(.*?)<", one.body.read()) for one in (usual, stale)]
    assert moments == [[b"2020-04-14T09:00:00"], [b"2020-04-13T09:00:00"]]
    assert (stale.status, stale.entry.fault) == (200, "stale")
    assert b"geenwijzigingen" in called(board, pull("2020-04-14T08:00:00", code="fout-stale")).body.read()
    assert Board.get_by_id(board.id).now == before
    assert called(board, push(code="fout-stale")).entry.outcome is Outcome.ACCEPTED
    disturbing.put(trainer, FaultForm("stale"))
    assert called(board, push()).entry.outcome is Outcome.ACCEPTED


# ---- what a client sees


@pytest.fixture
def paused(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made; nobody waits."""
    found: list[float] = []

    async def pause(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr(spoiling, "pause", pause)
    return found


@each
async def test_each_is_seen_by_a_client_and_in_the_journal_with_its_reason(
    sqlite: str, paused: list[float], kind: str
) -> None:
    board, trainer = small_world()
    disturbing.put(trainer, FaultForm(kind))
    async with serving(board) as service:
        if kind == "reset":
            with pytest.raises(ConnectionResetError):
                await service.call(post(push()))
            seen = b""
        else:
            seen = await service.call(post(push() if kind == "empty" else pull()))
        row = await service.row()
    assert len(all_rows(board)) == 1
    head, _, body = seen.partition(b"\r\n\r\n")
    status = head[9:12].decode()
    assert (row.outcome, row.fault, row.rule, row.supplier) == ("failed", kind, "DIENST-03", OWN)
    assert f"Storing {disturbing.listed(board.id)[0].id} van de trainer" in row.told
    way = KINDS[kind].way
    if way is Way.FAULT:
        assert (status, f"<faultcode>s:{kind}<".encode() in body) == ("500", True)
    elif way is Way.STATUS:
        assert (status, b"Envelope" in body, b"Retry-After: 5" in head) == (kind, False, kind != "500")
    elif kind == "cut":
        assert status == "200"
        assert b"<leerling" in body
        assert b"</s:Envelope>" not in body
    elif kind in ("empty", "reset"):
        assert body == b""
        assert kind == "reset" or (status == "200" and b"Content-Length: 0" in head)
        assert Result.select().count() == 1, "the work was done"
    else:
        assert (status, body.endswith(b"</s:Envelope>")) == ("200", True)
        assert sum(paused) == pytest.approx(0 if kind == "stale" else 20, rel=0.1)
        assert len(paused) == {"stale": 0, "slow": 1}.get(kind, len(paused))
        assert kind != "drip" or len(paused) > 10


async def test_a_refusal_that_is_disturbed_is_told_after_the_disturbance(sqlite: str) -> None:
    board, trainer = small_world()
    disturbing.put(trainer, FaultForm("cut"))
    async with serving(board) as service:
        assert b"</s:Envelope>" not in await service.call(post(push().replace(b"lezen-6", b"bestaatniet")))
        row = await service.row()
    assert (row.outcome, row.fault) == ("failed", "cut")
    assert "INHOUD-05" in row.later


async def test_the_same_message_again_after_a_reset_changes_nothing(sqlite: str) -> None:
    board, trainer = small_world()
    disturbing.put(trainer, FaultForm("reset", nth=1))
    async with serving(board) as service:
        with pytest.raises(ConnectionResetError):
            await service.call(post(push()))
        assert b"leerresultaten_bevestiging" in await service.call(post(push()))
        rows = [await service.row(), await service.row()]
    assert [row.outcome for row in rows] == ["failed", "accepted"]
    assert Result.select().count() == 1
    assert row_of(rows[1].id).told.startswith("Resultaten: 1")
