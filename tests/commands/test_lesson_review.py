"""`esis lesson review`: what was done and what not, per step, in words and as JSON."""

from __future__ import annotations

from app import clock
from models.board import Board
from models.training import LessonEvent, LessonProgress
from tests.commands.conftest import Esis


def test_an_exam_is_reviewed_per_step(esis: Esis) -> None:
    board = Board.get()
    nothing = esis("lesson", "review")
    assert nothing.status == 1
    assert "nog geen les gedaan" in nothing.err
    now = clock.wall_now()
    row = LessonProgress.create(
        board=board,
        learner="ib",
        lesson="toets-staat-uit",
        mode="exam",
        started_at=now,
        seen_at=now,
        steps=3,
        step=1,
        points=2,
        points_of=4,
    )
    for kind in ("remark", "mended"):
        LessonEvent.create(progress=row, at=now, step=1, kind=kind, detail="assessment rekenen-5 off")
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
