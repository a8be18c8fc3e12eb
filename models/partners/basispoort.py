"""Basispoort's own data: what it pulled from ESIS and which publishers it passes that on to."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField

from models.base import BaseModel, MomentField, ShortText
from models.board import Location
from models.shared import GroupValues, PupilValues


class BasispoortSchool(BaseModel):
    """A location's account in Basispoort."""

    location = ForeignKeyField(Location, unique=True, on_delete="CASCADE")
    location_id: int
    brin6 = ShortText(max_length=6)
    key = ShortText(max_length=64, default="")
    """Basispoort's own copy of the key it shows ESIS; ESIS compares it with `Board.basispoort_key`."""
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


class BasispoortGroup(GroupValues):
    """A group as ESIS delivered it."""

    school = ForeignKeyField(BasispoortSchool, on_delete="CASCADE")
    school_id: int

    class Meta:
        indexes = ((("school", "key"), True),)


class BasispoortPupil(PupilValues):
    """A pupil as ESIS delivered it."""

    school = ForeignKeyField(BasispoortSchool, on_delete="CASCADE")
    school_id: int

    class Meta:
        indexes = ((("school", "key"), True),)
