"""IEP LVS's own data: schools, pupils from Basispoort, test windows, sittings and the results coupling."""

from __future__ import annotations

from peewee import BooleanField, DateField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, MomentField, ShortText
from models.columns import OrganisationName
from models.shared import GroupValues, OfferedResult, PupilValues, SupplierAccount


class IepSchool(SupplierAccount):
    """A school's account in IEP LVS. Its `brin6` is entered by the schoolbeheerder (Details), so it can be wrong."""

    name = OrganisationName()
    las = ShortText(max_length=20, default="")


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
    merged_into = ShortText(max_length=256, default="")
    """The key of the account that took over the sittings of this one."""

    class Meta:
        indexes = (
            (("school", "key"), True),
            (("school", "group_key"), False),
            (("school", "eckid"), False),
            (("school", "sort_name", "id"), False),
        )


class IepTransfer(BaseModel):
    """What came from Basispoort, and when."""

    school = ForeignKeyField(IepSchool, backref="transfers", on_delete="CASCADE")
    school_id: int
    at = MomentField()
    added = IntegerField(default=0)
    changed = IntegerField(default=0)
    left = IntegerField(default=0)
    message = TextField(default="")
    """Why nothing came, as a sentence; empty if it succeeded."""

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


class IepSitting(OfferedResult):
    """One outcome of a pupil's sitting: the whole assessment, or one part of it."""

    school = ForeignKeyField(IepSchool, backref="sittings", on_delete="CASCADE")
    school_id: int
    pupil = ForeignKeyField(IepPupil, backref="sittings", on_delete="CASCADE")
    pupil_id: int

    class Meta:
        indexes = ((("school", "key"), True), (("school", "pending", "id"), False), (("pupil", "date"), False))
