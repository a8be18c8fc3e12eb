"""What a trainer's disturbance (storing) replaced at a partner, so that switching it off can restore it."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField

from models.base import BaseModel, ShortText
from models.board import Board, Location


class KeptCode(BaseModel):
    """The verification code of an account at a partner, while the trainer has put another one in its place."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    location = ForeignKeyField(Location, on_delete="CASCADE")
    location_id: int
    partner = ShortText(max_length=40)
    code = ShortText(max_length=64)
    """The original code."""
    other = ShortText(max_length=64)
    """The temporary code; if the account has another by then, somebody entered it, and it stays."""

    class Meta:
        indexes = ((("location", "partner"), True),)


class OtherNumber(BaseModel):
    """A pupil whose number at a partner differs from that in ESIS."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    partner = ShortText(max_length=40)
    roster = ShortText(max_length=40)
    """The partner's table of pupils."""
    school_id = IntegerField()
    """The account in that table."""
    key = ShortText(max_length=256)
    """The number in ESIS."""
    eckid = ShortText(max_length=256, default="")
    other = ShortText(max_length=256)
    """The number at the partner, which has no ECK iD for this pupil."""

    class Meta:
        indexes = ((("roster", "school_id", "key"), True), (("board", "partner"), False))
