"""The toy's own data."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField

from models.base import MomentField
from models.shared import GroupValues, OfferedResult, PupilValues, SupplierAccount


class ToySchool(SupplierAccount):
    """A location's account."""

    pulled_at = MomentField(null=True)


class ToyGroup(GroupValues):
    """A group as ESIS delivered it."""

    school = ForeignKeyField(ToySchool, on_delete="CASCADE")
    active = BooleanField(default=True)

    class Meta:
        indexes = ((("school", "key"), True),)


class ToyPupil(PupilValues):
    """A pupil as ESIS delivered it."""

    school = ForeignKeyField(ToySchool, on_delete="CASCADE")
    active = BooleanField(default=True)

    class Meta:
        indexes = ((("school", "key"), True),)


class ToyPuzzle(OfferedResult):
    """A puzzle that somebody made."""

    school = ForeignKeyField(ToySchool, on_delete="CASCADE")
    pupil = ForeignKeyField(ToyPupil, on_delete="CASCADE")

    class Meta:
        indexes = ((("school", "key"), True),)
