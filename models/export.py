"""A board's definitions of its own exports (Exportdefinities)."""

from __future__ import annotations

from peewee import SQL, BooleanField, ForeignKeyField, TextField

from models.base import ShortText, TrackedModel
from models.board import Board, User


class ExportDefinition(TrackedModel):
    """The contents and format of a custom export file."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    name = ShortText(max_length=60, verbose_name="Naam")
    owner = ForeignKeyField(User, null=True, on_delete="SET NULL")
    """Who created it; None once that user is deleted, and then it belongs to everybody who can see it."""
    owner_id: int | None
    shared = BooleanField(default=False)
    """Whether the whole board can use it."""
    subject = ShortText(max_length=12)
    columns = TextField()
    """Field names in order, comma separated."""
    conditions = TextField(default="[]")
    """JSON: a list of field, operator and value; a row must meet them all."""
    sorted_by = ShortText(max_length=40, default="")
    """The field to sort by; empty for the default order."""
    separator = ShortText(max_length=1, default=";")
    header = BooleanField(default=True)

    class Meta:
        indexes = ((("board", "owner", "name"), True), (("board", "shared"), False))
        constraints = [
            SQL("CHECK (subject IN ('pupils', 'groups', 'staff', 'guardians', 'results'))"),
            SQL("CHECK (separator IN (';', ',', '\t'))"),
        ]
