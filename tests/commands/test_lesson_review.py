"""`esis lesson review`: what was done and what not, per step, in words and as JSON."""

from __future__ import annotations

from models.board import Board
from tests.builders import make_exam_half_done
from tests.commands.conftest import Esis


def test_an_exam_is_reviewed_per_step(esis: Esis) -> None:
    nothing = esis("lesson", "review")
    assert nothing.status == 1
    assert "nog geen les gedaan" in nothing.err
    make_exam_half_done(Board.get(), "ib")
    told = esis("lesson", "review", "toets-staat-uit", "--learner", "ib", "--exam").out
    assert "(ib): 2 van 4 punten: niet geslaagd." in told
    assert "✓ 1. ESIS neemt de resultaten van deze toets weer over." in told
    assert "2 van 2 punten" in told
    assert "(zelf hersteld)" in told
    assert "× 2. Wat was blijven liggen, is binnengekomen." in told
    found = esis("lesson", "review", "--json").data
    assert (found["points"], found["points_of"], found["passed"], found["pass_percent"]) == (2, 4, False, 70)
    assert [step["done"] for step in found["steps"]] == [True, False, False]
    assert found["steps"][0]["remarks"][0]["mended"] is True
