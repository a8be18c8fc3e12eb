"""Columns that tables of different systems have in common: ESIS and its partners hold copies of the same things."""

from __future__ import annotations

from peewee import BooleanField, DateField, IntegerField, TextField

from models.base import BaseModel, ShortText


class GroupValues(BaseModel):
    """A group as UWLR tells of it, at a partner."""

    key = ShortText(max_length=256)
    name = ShortText(max_length=64)
    year_group = ShortText(max_length=2, default="")
    composite = BooleanField(default=False)


class PupilValues(BaseModel):
    """A pupil as UWLR tells of it, at a partner."""

    key = ShortText(max_length=256)
    eckid = ShortText(max_length=256, default="")
    first_name = ShortText(max_length=64, default="")
    prefix = ShortText(max_length=10, default="")
    last_name = ShortText(max_length=200, default="")
    birth_date = DateField(null=True)
    year_group = ShortText(max_length=2, default="")
    group_key = ShortText(max_length=256, default="")
    composite_keys = TextField(default="")
    """Keys of instruction and other groups, separated by line feeds."""


class ResultValues(BaseModel):
    """What a result says: at its supplier, in ESIS, in an earlier version of it and unmatched."""

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
