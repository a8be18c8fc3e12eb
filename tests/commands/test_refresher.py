"""`esis lesson due`: what is to be done again, for people and for programs."""

from __future__ import annotations

from app import clock
from app.training.lessons import refreshing
from models.board import PRACTICE_NAME, Board
from models.training import LessonProgress
from tests.commands.conftest import Esis


def learned(*names: str) -> None:
    """These lessons were done three weeks ago."""
    begun = clock.wall_now() - refreshing.WEEKS
    board = Board.get(Board.name == PRACTICE_NAME)
    for name in names:
        LessonProgress.create(
            board=board, learner="rovict", lesson=name, started_at=begun, seen_at=begun, finished_at=begun, steps=4
        )


def test_who_learned_nothing_has_nothing_to_refresh(esis: Esis) -> None:
    assert "nog geen oefening afgemaakt" in esis("lesson", "due").out
    assert esis("lesson", "due", "--json").data == {"due": None, "next": None}


def test_with_less_than_three_causes_it_says_what_is_missing(esis: Esis) -> None:
    esis("board", "list")
    learned("brin-verschilt", "iep-lvs")
    assert "3 korte oefeningen, en u deed er 1." in esis("lesson", "due").out


def test_what_is_due_is_listed_with_why_and_how_to_begin(esis: Esis) -> None:
    esis("board", "list")
    learned("brin-verschilt", "rol-ontbreekt", "toets-staat-uit")
    said = esis("lesson", "due")
    assert "Uw oefeningen zijn drie weken of langer geleden." in said.out
    assert "Er komen geen toetsresultaten meer binnen" in said.out
    assert "esis lesson refresh" in said.err
    found = esis("lesson", "due", "--json").data
    assert found["due"]["why"] == "weeks"
    assert found["due"]["lessons"][0] == {"name": "brin-verschilt", "seed": 2, "level": 3, "done": False}
    assert found["next"] > found["due"]["since"]
    assert "heeft een terminal nodig" in esis("lesson", "refresh").err
