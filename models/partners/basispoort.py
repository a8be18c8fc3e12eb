"""Basispoort's own data: what it pulled from ESIS and which publishers it passes that on to."""

from __future__ import annotations

from peewee import BooleanField, DateField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, MomentField, ShortText
from models.board import Location


class BasispoortSchool(BaseModel):
    """A location's account in Basispoort."""

    location = ForeignKeyField(Location, unique=True, on_delete="CASCADE")
    location_id: int
    brin6 = ShortText(max_length=6)
    automatic = BooleanField(default=True)
    """Automatic coupling with the LAS, or upload by hand."""
    pulled_at = MomentField(null=True)
    school_year = ShortText(max_length=9, default="")
    left = IntegerField(default=0)
    """Pupils the last pull no longer held."""


class BasispoortPublisher(BaseModel):
    """A publisher that is ticked; it counts from the night after the tick."""

    school = ForeignKeyField(BasispoortSchool, backref="publishers", on_delete="CASCADE")
    school_id: int
    publisher = ShortText(max_length=40)
    ticked_at = MomentField()

    class Meta:
        indexes = ((("school", "publisher"), True),)


class BasispoortGroup(BaseModel):
    """A group as ESIS delivered it."""

    school = ForeignKeyField(BasispoortSchool, on_delete="CASCADE")
    school_id: int
    key = ShortText(max_length=256)
    name = ShortText(max_length=64)
    year_group = ShortText(max_length=2, default="")
    composite = BooleanField(default=False)

    class Meta:
        indexes = ((("school", "key"), True),)


class BasispoortPupil(BaseModel):
    """A pupil as ESIS delivered it."""

    school = ForeignKeyField(BasispoortSchool, on_delete="CASCADE")
    school_id: int
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

    class Meta:
        indexes = ((("school", "key"), True),)
