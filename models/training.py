"""Lessons: who did which lesson on which board and how far, what happened in them, and lessons of one's own."""

from __future__ import annotations

from peewee import SQL, BooleanField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, MomentField, ShortText
from models.board import Board


class LessonProgress(BaseModel):
    """One run of a lesson. Moments are wall time: they concern the learner, not the school."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    """The learner's board, from which the lesson was begun."""
    board_id: int
    own_board = ForeignKeyField(Board, null=True, on_delete="SET NULL", backref="lessons_on_it")
    """The board it is done on, until it is done or given up. Two runs of a pair share one."""
    own_board_id: int | None
    learner = ShortText(max_length=100)
    """The user of ESIS, or the name typed."""
    lesson = ShortText(max_length=100)
    """The name of the draaiboek: `iep-lvs`."""
    text = TextField(default="")
    """The draaiboek as it was begun, if it did not come with the program."""
    mode = ShortText(max_length=10, default="practice")
    """`practice` (hints), `exam` or `refresher`."""
    side = ShortText(max_length=10, default="")
    """Of a pair: `esis` or `partner`; empty: alone."""
    seed = IntegerField(default=1)
    """The variant: which pupil, group, code and cause."""
    level = IntegerField(default=1)
    """How much is told: 1 the steps, 2 a goal per step, 3 only the story."""
    started_at = MomentField()
    finished_at = MomentField(null=True)
    """NULL while in progress or given up."""
    given_up_at = MomentField(null=True)
    seen_at = MomentField()
    """When the learner last did something."""
    seconds = IntegerField(default=0)
    """How long it was open, over all sittings."""
    step = IntegerField(default=0)
    """The number of steps done."""
    steps = IntegerField()
    """The number of steps in total."""
    hints = IntegerField(default=0)
    mistakes = IntegerField(default=0)
    mended = IntegerField(default=0)
    """How many of the mistakes were put right."""
    helped = IntegerField(default=0)
    """The number of steps in which the trainer took over."""
    state = TextField(default="")
    """What the course needs to go on where it was, as JSON."""
    points = IntegerField(null=True)
    """Of an exam: the points won, and how many there were."""
    points_of = IntegerField(null=True)
    passed = BooleanField(null=True)
    limit_seconds = IntegerField(null=True)
    """The time that an exam may take; NULL: no limit."""
    extra_seconds = IntegerField(default=0)
    """What the trainer gave this person besides."""

    class Meta:
        indexes = ((("board", "lesson", "started_at"), False),)
        constraints = [
            SQL("CHECK (mode IN ('practice', 'exam', 'refresher'))"),
            SQL("CHECK (side IN ('', 'esis', 'partner'))"),
        ]


RESET = "reset"
"""The detail of a `left` that the learner did not do: the trainer reset the board, and the run ended with it."""


class LessonEvent(BaseModel):
    """Something that happened in a run of a lesson; never anything that was typed."""

    progress = ForeignKeyField(LessonProgress, on_delete="CASCADE", backref="events")
    progress_id: int
    at = MomentField()
    """Wall time."""
    step = IntegerField()
    """The number of the task, from 1; 0: the lesson as a whole."""
    kind = ShortText(max_length=10)
    """`given`, `act` (the first one), `hint`, `remark`, `mended`, `helped`, `done`, `left`, `resumed`."""
    detail = ShortText(max_length=200, default="")
    """The level of a hint (1, 2, 3), the check of a remark, or with `left` that the board was reset (`RESET`)."""

    class Meta:
        constraints = [
            SQL("CHECK (kind IN ('given', 'act', 'hint', 'remark', 'mended', 'helped', 'done', 'left', 'resumed'))")
        ]


class OwnLesson(BaseModel):
    """A lesson that the trainer uploaded; everybody on this database can do it."""

    name = ShortText(max_length=100, unique=True)
    """As the file, without its extension."""
    text = TextField()
    """The draaiboek."""
    added_at = MomentField()
    """Wall time."""
