"""Gynzy's own data: accounts, groups and pupils (delivered by ESIS or made by hand), worlds, progress and outcomes."""

from __future__ import annotations

from peewee import BooleanField, ForeignKeyField, IntegerField

from models.base import BaseModel, MomentField, ShortText
from models.shared import GroupValues, OfferedResult, PupilValues, SupplierAccount


class GynzySchool(SupplierAccount):
    """A location's account at Gynzy, and what the last pull from ESIS brought."""

    pulled_at = MomentField(null=True)
    """The slot of that pull."""
    school_year = ShortText(max_length=9, default="")
    added = IntegerField(default=0)
    changed = IntegerField(default=0)
    left = IntegerField(default=0)


class GynzyMethod(BaseModel):
    """A method (Wereld) whose results go to ESIS; one that is switched off has no row."""

    school = ForeignKeyField(GynzySchool, backref="methods", on_delete="CASCADE")
    school_id: int
    method = ShortText(max_length=40)
    since = MomentField()

    class Meta:
        indexes = ((("school", "method"), True),)


class GynzyGroup(GroupValues):
    """A group of one school year; `active` until it is archived, with its results."""

    school = ForeignKeyField(GynzySchool, backref="groups", on_delete="CASCADE")
    school_id: int
    school_year = ShortText(max_length=9)
    own = BooleanField(default=False)
    """Made by hand at Gynzy."""
    active = BooleanField(default=True)

    class Meta:
        indexes = ((("school", "key"), True),)


class GynzyPupil(PupilValues):
    """A pupil's account: delivered by ESIS, or made by hand before the coupling existed."""

    school = ForeignKeyField(GynzySchool, backref="pupils", on_delete="CASCADE")
    school_id: int
    own = BooleanField(default=False)
    """Made by hand at Gynzy, so ESIS knows nothing of it."""
    active = BooleanField(default=True)

    class Meta:
        indexes = ((("school", "key"), True), (("school", "group_key"), False), (("school", "sort_name", "id"), False))


class GynzyProgress(BaseModel):
    """A pupil's progress in a world, which continues through the school years."""

    pupil = ForeignKeyField(GynzyPupil, backref="progress", on_delete="CASCADE")
    pupil_id: int
    method = ShortText(max_length=40)
    exercises = IntegerField(default=0)
    """The number of exercises done."""
    skill = IntegerField(default=0)
    """Vaardigheidsscore, 0 to 100."""

    class Meta:
        indexes = ((("pupil", "method"), True),)


class GynzyOutcome(OfferedResult):
    """A pupil's score on an assessment of a method, in the group of that time."""

    school = ForeignKeyField(GynzySchool, backref="outcomes", on_delete="CASCADE")
    school_id: int
    pupil = ForeignKeyField(GynzyPupil, backref="outcomes", on_delete="CASCADE")
    pupil_id: int
    group = ForeignKeyField(GynzyGroup, null=True, backref="outcomes", on_delete="SET NULL")
    group_id: int | None

    class Meta:
        indexes = ((("school", "key"), True), (("school", "pending", "id"), False), (("pupil", "date"), False))
