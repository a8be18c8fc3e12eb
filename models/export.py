"""What a board keeps of its own exports: the definitions (Exportdefinities)."""

from __future__ import annotations

from peewee import SQL, BooleanField, ForeignKeyField, TextField

from models.base import ShortText, TrackedModel
from models.board import Board, User


class ExportDefinition(TrackedModel):
    """What goes into an export file of one's own, and in what shape."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    name = ShortText(max_length=60, verbose_name="Naam")
    owner = ForeignKeyField(User, null=True, on_delete="SET NULL")
    """Who made it; None once that user is gone, and then it is everybody's who can see it."""
    owner_id: int | None
    shared = BooleanField(default=False)
    """Whether the whole board can use it."""
    subject = ShortText(max_length=12)
    columns = TextField()
    """Names of fields in order, comma separated."""
    conditions = TextField(default="[]")
    """JSON: a list of field, operator and value; a row meets them all."""
    sorted_by = ShortText(max_length=40, default="")
    """The name of a field; empty for the usual order."""
    separator = ShortText(max_length=1, default=";")
    header = BooleanField(default=True)

    class Meta:
        indexes = ((("board", "owner", "name"), True), (("board", "shared"), False))
        constraints = [
            SQL("CHECK (subject IN ('pupils', 'groups', 'staff', 'guardians', 'results'))"),
            SQL("CHECK (separator IN (';', ',', '\t'))"),
        ]
