"""A board's own assessments, in addition to those of the catalogue (`fixtures/assessments.toml`)."""

from __future__ import annotations

from peewee import SQL, BooleanField, ForeignKeyField, IntegerField

from models.base import ShortText, TrackedModel
from models.board import Board


class AssessmentDefinition(TrackedModel):
    """An assessment defined by a board; its results are typed in, as no supplier delivers them."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    key = ShortText(max_length=60)
    """The id used in results; derived from the original name, and never changes."""
    name = ShortText(max_length=60, verbose_name="Naam")
    subject = ShortText(max_length=40, verbose_name="Vak")
    """The name of a subject from the catalogue, or of the board's own."""
    year_groups = ShortText(max_length=40, verbose_name="Leerjaren")
    """In order, comma separated: `5` or `5,6`."""
    kind = ShortText(max_length=20)
    maximum = IntegerField(default=0)
    """The maximum number of points; 0 for another kind of score."""
    levels = ShortText(max_length=120, default="")
    """The levels, highest first, separated by spaces; empty for another kind of score."""
    active = BooleanField(default=True)
    """Once switched off, no location can use it any more; its results stay."""

    class Meta:
        indexes = ((("board", "key"), True), (("board", "name"), True))
        constraints = [SQL("CHECK (kind IN ('ontwikkelscore', 'percentage', 'punten', 'niveau'))")]
