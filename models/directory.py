"""A board's reference data: its own entries in the code lists, and the people and schools it deals with."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField

from models.base import KeptText, ShortText, TrackedModel
from models.board import Board
from models.columns import Email, OrganisationName, Phone


class LookupEntry(TrackedModel):
    """A board's own entry in one of the code lists (hulptabellen) that forms offer."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    code_list = ShortText(max_length=30)
    """The list, as in `uitschrijfreden`."""
    value = ShortText(max_length=100, verbose_name="Omschrijving")
    active = BooleanField(default=True)
    """Once switched off it is no longer offered; existing uses of it stay."""

    class Meta:
        indexes = ((("board", "code_list", "value"), True),)


class Relation(TrackedModel):
    """A person or organisation the schools of a board deal with (relatie)."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    name = OrganisationName()
    kind = ShortText(max_length=30, verbose_name="Soort")
    contact = KeptText(max_length=100, default="", verbose_name="Contactpersoon")
    phone = Phone()
    email = Email()

    class Meta:
        indexes = ((("board", "name"), True),)


class RelatedSchool(TrackedModel):
    """Another school, where pupils come from or go to (relatieschool)."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    name = OrganisationName()
    brin6 = ShortText(max_length=6, default="", verbose_name="BRIN")
    """Empty if unknown, or if there is none."""
    place = KeptText(max_length=80, default="", verbose_name="Plaats")
    kind = ShortText(max_length=20, verbose_name="Soort")

    class Meta:
        indexes = ((("board", "name", "place"), True),)
