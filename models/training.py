"""Lesson progress of a class: who did which lesson on which board, how far, with how many hints and mistakes."""

from __future__ import annotations

from peewee import SQL, ForeignKeyField, IntegerField

from models.base import BaseModel, MomentField, ShortText
from models.board import Board


class LessonProgress(BaseModel):
    """One run of a lesson. Moments are wall time: they concern the learner, not the school."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    learner = ShortText(max_length=100)
    """The user of ESIS, or the name typed."""
    lesson = ShortText(max_length=100)
    """The name of the draaiboek: `iep-lvs`."""
    mode = ShortText(max_length=10, default="practice")
    """`practice` (hints) or `exam`."""
    started_at = MomentField()
    finished_at = MomentField(null=True)
    """NULL while in progress or abandoned."""
    seen_at = MomentField()
    """When the learner last did something."""
    step = IntegerField(default=0)
    """The number of steps done."""
    steps = IntegerField()
    """The number of steps in total."""
    hints = IntegerField(default=0)
    mistakes = IntegerField(default=0)

    class Meta:
        indexes = ((("board", "lesson", "started_at"), False),)
        constraints = [SQL("CHECK (mode IN ('practice', 'exam'))")]
