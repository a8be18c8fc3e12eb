"""Basispoort's own data: what it pulled from ESIS or got from a file, its staff, and the publishers it serves."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField

from models.base import BaseModel, Folded, MomentField, ShortText
from models.board import Location
from models.columns import Email, FirstName, LastName, Prefix
from models.shared import GroupValues, PupilValues


class BasispoortSchool(BaseModel):
    """A location's account in Basispoort."""

    location = ForeignKeyField(Location, unique=True, on_delete="CASCADE")
    location_id: int
    brin6 = ShortText(max_length=6)
    """Entered by the ICT-coördinator, so it can be wrong."""
    key = ShortText(max_length=64, default="")
    """Basispoort's own copy of the key it shows ESIS; ESIS compares it with `Board.basispoort_key`."""
    automatic = BooleanField(default=True)
    """Automatic coupling with the LAS, or upload by hand."""
    pulled_at = MomentField(null=True)
    uploaded_at = MomentField(null=True)
    school_year = ShortText(max_length=9, default="")


class BasispoortPublisher(BaseModel):
    """A selected publisher; takes effect in the night after it was selected."""

    school = ForeignKeyField(BasispoortSchool, backref="publishers", on_delete="CASCADE")
    school_id: int
    publisher = ShortText(max_length=40)
    ticked_at = MomentField()

    class Meta:
        indexes = ((("school", "publisher"), True),)


class BasispoortGroup(GroupValues):
    """A group as ESIS or the file delivered it."""

    school = ForeignKeyField(BasispoortSchool, on_delete="CASCADE")
    school_id: int

    class Meta:
        indexes = ((("school", "key"), True),)


class BasispoortPupil(PupilValues):
    """A pupil as ESIS or the file delivered it; identified by ECK iD if it has one, else by key."""

    school = ForeignKeyField(BasispoortSchool, on_delete="CASCADE")
    school_id: int
    leaving = BooleanField(default=False)
    """Not on the pages read so far; deleted if it is not on the last one either."""

    class Meta:
        indexes = ((("school", "key"), True), (("school", "eckid"), False), (("school", "sort_name", "id"), False))


class BasispoortStaff(BaseModel):
    """A person with an account at Basispoort."""

    school = ForeignKeyField(BasispoortSchool, on_delete="CASCADE")
    school_id: int
    key = ShortText(max_length=256)
    first_name = FirstName(default="")
    prefix = Prefix(verbose_name="Tussenvoegsel")
    last_name = LastName(default="")
    email = Email()
    sort_name = Folded("last_name", "first_name", "prefix")

    class Meta:
        indexes = ((("school", "key"), True),)


class BasispoortRole(BaseModel):
    """A role of a person; takes effect in the night after it was given."""

    staff = ForeignKeyField(BasispoortStaff, backref="roles", on_delete="CASCADE")
    staff_id: int
    role = ShortText(max_length=20)
    given_at = MomentField()

    class Meta:
        indexes = ((("staff", "role"), True),)
