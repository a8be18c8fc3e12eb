"""Every kind of check can be offered: what it says holds, and what begins is found."""

from __future__ import annotations

from itertools import islice

import pytest

from app import access
from app.access import Actor
from app.check_kinds import Kind
from app.training.scripts import checks, people_kinds
from app.training.scripts.facts import Facts, begun, facts_of
from models.board import Board

KINDS = {kind.written: kind for kind in checks.kinds()}


@pytest.fixture
def practice(practice_sqlite: str) -> Board:
    """The practice board; what is asked of each kind of database, the checks themselves ask too."""
    return Board.get(Board.practice)


pupils = people_kinds._pupils


def examiner(board: Board) -> Actor:
    return access.actor_for(access.find_user(board, "rovict"))


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_each_kind_tells_where_it_holds_or_ends_one_that_does(kind: Kind) -> None:
    places = [part for part in kind.written.split() if part.isupper()]
    if kind.ends:
        other = KINDS[kind.ends]
        assert not other.ends
        assert [part for part in other.written.split() if part.isupper()] == places
    else:
        assert kind.facts is not None or set(places) <= checks.known_words().keys()


def test_what_is_told_holds_on_the_board(practice: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_kinds, "_pupils", lambda actor: islice(pupils(actor), 2))  # all of them take seconds
    actor = examiner(practice)
    found = facts_of(actor)
    for written, every in found.items():
        for given in sorted(every)[:3]:
            assert KINDS[written].holds(actor, *given), (written, given)
    assert all(check.holds(actor) for check in begun({}, found)[:20])
    assert begun(found, found) == []


def test_what_began_is_offered_the_rarest_first_and_what_ended_as_its_opposite() -> None:
    at: Facts = {
        "pupil KEY at SYSTEM": frozenset({("1111", "mijnschoolinfo"), ("1112", "mijnschoolinfo")}),
        "group GROUP available": frozenset({("Rekengroep",)}),
    }
    assert [check.text for check in begun({}, at)] == [
        "group Rekengroep available",
        "pupil 1111 at mijnschoolinfo",
        "pupil 1112 at mijnschoolinfo",
    ]
    assert [check.text for check in begun(at, {})] == [
        "pupil 1111 not-at mijnschoolinfo",
        "pupil 1112 not-at mijnschoolinfo",
    ]


def test_a_job_without_another_side_is_no_error(practice: Board) -> None:
    for state in ("ready", "waiting"):
        assert not checks.parse(f"partner jaarovergang {state}").holds(examiner(practice))
