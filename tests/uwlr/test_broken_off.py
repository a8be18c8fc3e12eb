"""What goes wrong while an answer is written or a message is kept: the caller gets one whole fault, and no mixture."""

from __future__ import annotations

from typing import Any

import pytest

from app import faults
from app.training import supplier_practice
from app.uwlr import pulling
from app.uwlr.journal import Outcome
from app.webservice import pupils
from models.board import Board
from tests.uwlr.conftest import School
from tests.uwlr.official import fault


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulling, "_PAGE", 20)


def test_a_disturbance_half_way_takes_back_what_was_written(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "active", lambda *_: {"half"})
    answered = school.call(school.letter.pull)
    assert answered.entry.outcome is Outcome.FAILED
    assert fault(answered.body.read())[0] == "Server.TijdelijkNietBeschikbaar"


def test_a_reset_half_way_mixes_no_two_schools(school_on_both: School, monkeypatch: pytest.MonkeyPatch) -> None:
    usual, pages = pupils.pull_pupils, 0

    def pull_pupils(*given: Any, **named: Any) -> Any:
        nonlocal pages
        pages += 1
        if pages == 2:
            supplier_practice.reset(Board.get_by_id(school_on_both.board_id))
        return usual(*given, **named)

    monkeypatch.setattr(pupils, "pull_pupils", pull_pupils)
    answered = school_on_both.call(school_on_both.letter.pull)
    assert answered.entry.outcome is Outcome.FAILED
    assert "intussen teruggezet" in fault(answered.body.read())[1]
