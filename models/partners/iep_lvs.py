"""IEP LVS's own data: schools, users, pupils from Basispoort, test windows, sittings and the results coupling."""

from __future__ import annotations

from peewee import BooleanField, DateField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, MomentField, ShortText
from models.board import Location
from models.shared import GroupValues, PupilValues, ResultValues


class IepSchool(BaseModel):
    """A school's account in IEP LVS, with its half of the results coupling."""

    location = ForeignKeyField(Location, unique=True, on_delete="CASCADE")
    location_id: int
    """Whose account this is in the sandbox; IEP LVS itself goes by `brin6`."""
    name = ShortText(max_length=100)
    brin6 = ShortText(max_length=6)
    """Typed by the schoolbeheerder (Details), so it can be wrong."""
    las = ShortText(max_length=20, default="")
    code = ShortText(max_length=64, default="")
    connected_at = MomentField(null=True)
    """When a test message last switched the coupling on; NULL: not set up."""
    last_test = TextField(default="")
    """What the last test message found, as a sentence."""


class IepUser(BaseModel):
    """An account in IEP LVS; not an ESIS user."""

    school = ForeignKeyField(IepSchool, backref="users", on_delete="CASCADE")
    school_id: int
    name = ShortText(max_length=50)
    password_hash = ShortText(max_length=200)

    class Meta:
        indexes = ((("school", "name"), True),)


class IepGroup(GroupValues):
    """A group as Basispoort delivered it."""

    school = ForeignKeyField(IepSchool, backref="groups", on_delete="CASCADE")
    school_id: int
    active = BooleanField(default=True)

    class Meta:
        indexes = ((("school", "key"), True),)


class IepPupil(PupilValues):
    """A pupil as Basispoort delivered it."""

    school = ForeignKeyField(IepSchool, backref="pupils", on_delete="CASCADE")
    school_id: int
    active = BooleanField(default=True)

    class Meta:
        indexes = ((("school", "key"), True), (("school", "group_key"), False))


class IepTransfer(BaseModel):
    """What came in from Basispoort, and when."""

    school = ForeignKeyField(IepSchool, backref="transfers", on_delete="CASCADE")
    school_id: int
    at = MomentField()
    added = IntegerField(default=0)
    changed = IntegerField(default=0)
    left = IntegerField(default=0)
    message = TextField(default="")
    """Why nothing came in, as a sentence; empty when it did."""

    class Meta:
        indexes = ((("school", "at"), True),)


class IepWindow(BaseModel):
    """A test window (venster): the weeks in which the assessments of a period are sat."""

    school = ForeignKeyField(IepSchool, backref="windows", on_delete="CASCADE")
    school_id: int
    name = ShortText(max_length=60)
    school_year = ShortText(max_length=9)
    opens = DateField()
    closes = DateField()

    class Meta:
        indexes = ((("school", "opens"), True),)


class IepSitting(ResultValues):
    """One outcome of a pupil's sitting: the whole assessment, or one part of it."""

    school = ForeignKeyField(IepSchool, backref="sittings", on_delete="CASCADE")
    school_id: int
    pupil = ForeignKeyField(IepPupil, backref="sittings", on_delete="CASCADE")
    pupil_id: int
    key = ShortText(max_length=256)
    pending = BooleanField(default=True)
    """Not delivered to ESIS yet, or refused there."""
    refusal = ShortText(max_length=300, default="")
    """Why ESIS refused it the last time it was offered."""

    class Meta:
        indexes = ((("school", "key"), True), (("school", "pending", "id"), False), (("pupil", "date"), False))
