"""Columns shared by tables of different systems: ESIS and its partners hold copies of the same things."""

from __future__ import annotations

from peewee import BooleanField, DateField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, Folded, MomentField, ShortText
from models.board import Location
from models.columns import FirstName, GroupName, LastName, Prefix


class GroupValues(BaseModel):
    """A group at a partner, with the fields of UWLR."""

    key = ShortText(max_length=256)
    name = GroupName()
    year_group = ShortText(max_length=2, default="")
    composite = BooleanField(default=False)
    sort_name = Folded("name", max_length=100)


class PupilValues(BaseModel):
    """A pupil at a partner, with the fields of UWLR."""

    key = ShortText(max_length=256)
    eckid = ShortText(max_length=256, default="")
    first_name = FirstName(default="")
    prefix = Prefix()
    last_name = LastName(default="")
    birth_date = DateField(null=True)
    year_group = ShortText(max_length=2, default="")
    group_key = ShortText(max_length=256, default="")
    composite_keys = TextField(default="")
    """Keys of instruction and other groups, separated by line feeds."""
    sort_name = Folded("last_name", "first_name", "prefix")


class ResultValues(BaseModel):
    """The contents of a result: at its supplier, in ESIS, in an earlier version and unmatched."""

    assessment = ShortText(max_length=256)
    part = ShortText(max_length=256, default="")
    """Toetsonderdeel; empty for the whole assessment."""
    date = DateField()
    level = ShortText(max_length=20, default="")
    """I (highest fifth) to V; empty for a part."""
    score = IntegerField()
    """Ontwikkelscore; for a part the percentage right."""
    reference_level = ShortText(max_length=20, default="")
    """`<1F`, `1F`, `1S`, `2F`, `3F`; empty below year group 6."""


class SupplierAccount(BaseModel):
    """A location's account at a supplier of results, with the supplier's half of the coupling."""

    location = ForeignKeyField(Location, unique=True, on_delete="CASCADE")
    location_id: int
    """The location it belongs to in the sandbox; the supplier itself uses `brin6`."""
    brin6 = ShortText(max_length=6)
    code = ShortText(max_length=64, default="")
    connected_at = MomentField(null=True)
    """When a test message last switched the coupling on; NULL: not set up."""
    last_test = TextField(default="")
    """The result of the last test message, as a sentence."""


class OfferedResult(ResultValues):
    """An outcome at its supplier, which offers it to ESIS until ESIS accepts it."""

    key = ShortText(max_length=256)
    pending = BooleanField(default=True)
    """Whether it is still to be delivered to ESIS, or was refused there."""
    waits_since = MomentField(null=True)
    """Since when it waits for delivery: created, moved or marked to be sent again. NULL: since before this was
    recorded.
    """
    refusal = ShortText(max_length=300, default="")
    """Why ESIS refused it when last offered."""
    sent_at = MomentField(null=True)
    """The slot of the delivery in which ESIS last accepted it."""
