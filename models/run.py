"""The run ledger's table: one execution of a sync in one slot, and the faults a trainer has set."""

from __future__ import annotations

from peewee import SQL, BooleanField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, MomentField, ShortText
from models.board import Board, Location


class Run(BaseModel):
    """One execution of a job for one location in one slot; authoritative, whatever the engine says."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    location = ForeignKeyField(Location, on_delete="CASCADE")
    location_id: int
    job = ShortText(max_length=40)
    """`iep-lvs`, `basispoort`, ...: see `app/workers/schedule.py`."""
    slot = MomentField()
    """School time it belongs to."""
    state = ShortText(max_length=10, default="queued")
    attempt = IntegerField(default=0)
    owner = ShortText(max_length=80, default="")
    lease_until = MomentField(null=True)
    """Wall time."""
    not_before = MomentField()
    """The school time of the next attempt; later than the slot after a failed attempt."""
    cursor = TextField(default="")
    counts = TextField(default="{}")
    acted = BooleanField(default=False)
    """Whether it changed something not included in its counts, such as groups, or pupils who left."""
    error = TextField(default="")

    class Meta:
        indexes = (
            (("location", "job", "slot"), True),
            (("board", "state", "not_before"), False),
            (("board", "slot", "id"), False),
        )
        constraints = [SQL("CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'skipped'))")]


class Fault(BaseModel):
    """A disturbance (storing) that the trainer has switched on for a partner."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    partner = ShortText(max_length=40)
    kind = ShortText(max_length=30)

    class Meta:
        indexes = ((("board", "partner", "kind"), True),)
