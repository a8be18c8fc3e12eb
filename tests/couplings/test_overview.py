"""The Koppelingenoverzicht: every type once, live or available, with state, start, masked code and last exchange."""

from __future__ import annotations

import pytest

from app.access import NotAllowed, Role
from app.clock import PRACTICE_START
from app.couplings import lifecycle, overview
from app.couplings.catalogue import all_types, by_type, title
from app.partners.iep_lvs import connection
from tests.builders import make_actor, make_board
from tests.couplings.worlds import CODE, activate, coupled_school, night, small_school


def test_the_catalogue_has_the_three_types_of_the_contract(sqlite: str) -> None:
    assert [(kind.type, kind.row, kind.heading, kind.name) for kind in all_types()] == [
        ("iep-lvs", "IEP LVS", "Resultatenkoppeling", "Bureau ICE"),
        ("gynzy", "Gynzy resultatenkoppeling", "Resultatenkoppeling", "Gynzy"),
        ("mijnschoolinfo", "Mijnschoolinfo", "Oudercommunicatie", "Mijnschoolinfo"),
    ]
    assert (title("basispoort"), title("jaarovergang"), title("anders")) == (
        "ESIS naar Basispoort",
        "Jaarovergang",
        "anders",
    )


def test_the_terms_are_a_practice_text_with_what_is_exchanged_and_the_price() -> None:
    for kind in all_types():
        for part in (kind.name, kind.price, kind.terms_version, kind.exchanges, "oefen"):
            assert part in kind.terms, part
        assert "{" not in kind.terms


def test_each_state_shows_in_the_row(db: str) -> None:
    actor, school = small_school()

    def row() -> tuple[object, ...]:
        first, *others = overview.rows(actor)
        assert [other.state for other in others] == ["available", "available"]
        return first.state, first.start_date, first.code_masked

    assert row() == ("available", None, "")
    activate(actor)
    connection.connect(school, CODE)
    assert row() == ("active", PRACTICE_START.date(), "99QQ00" + "*" * 14)
    lifecycle.pause(actor, "iep-lvs")
    assert row() == ("paused", PRACTICE_START.date(), "")
    lifecycle.end(actor, "iep-lvs")
    assert row() == ("available", None, "")


def test_the_last_exchange_is_that_of_the_own_location(db: str) -> None:
    actor, _ = coupled_school()
    assert overview.rows(actor)[0].last_run is None
    night(actor)
    night(actor)
    assert overview.rows(actor)[0].last_run == PRACTICE_START.replace(day=16, hour=4)
    assert overview.rows(make_actor(make_board()))[0].last_run is None


def test_another_location_has_its_own_couplings(db: str) -> None:
    board = make_board(locations=("00", "01"))
    activate(make_actor(board))
    assert [row.state for row in overview.rows(make_actor(board, number="01"))] == ["available"] * 3


def test_headings_and_counts(sqlite: str) -> None:
    found = overview.headings(overview.rows(make_actor(make_board())))
    assert [(heading, len(rows)) for heading, rows in found] == [
        ("Resultatenkoppeling", 2),
        ("Oudercommunicatie", 1),
    ]
    assert overview.headings([]) == []
    assert by_type("IEP-LVS ").type == "iep-lvs"


@pytest.mark.parametrize("role", [*Role, None])
def test_who_may_see_the_overview(sqlite: str, role: Role | None) -> None:
    actor = make_actor(make_board(), role)
    if role in (Role.LEERKRACHT, Role.TRAINER, None):
        with pytest.raises(NotAllowed):
            overview.rows(actor)
    else:
        assert len(overview.rows(actor)) == 3
