"""What a class did: who practised which lesson on which board, how far, with how many hints and mistakes."""

from __future__ import annotations

from peewee import SQL, ForeignKeyField, IntegerField

from models.base import BaseModel, MomentField, ShortText
from models.board import Board


class LessonProgress(BaseModel):
    """One time that somebody did a lesson. Moments are wall time: it is about the learner, not about the school."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    learner = ShortText(max_length=100)
    """The user of ESIS, or the name that was typed."""
    lesson = ShortText(max_length=100)
    """The name of the draaiboek: `iep-lvs`."""
    mode = ShortText(max_length=10, default="practice")
    """`practice` (hints) or `exam`."""
    started_at = MomentField()
    finished_at = MomentField(null=True)
    """NULL while it goes on, or was left."""
    seen_at = MomentField()
    """When the learner last did something."""
    step = IntegerField(default=0)
    """Steps done."""
    steps = IntegerField()
    """Steps there are."""
    hints = IntegerField(default=0)
    mistakes = IntegerField(default=0)

    class Meta:
        indexes = ((("board", "lesson", "started_at"), False),)
        constraints = [SQL("CHECK (mode IN ('practice', 'exam'))")]
