"""ESIS's assessment data: active assessments, results, earlier versions, exclusions, and results without a pupil."""

from __future__ import annotations

from peewee import SQL, ForeignKeyField, IntegerField

from models.base import BaseModel, MomentField, ShortText, TrackedModel
from models.board import Location
from models.school import Pupil
from models.shared import ResultValues


class ActiveAssessment(TrackedModel):
    """An assessment, from the catalogue or the board's own, that a location has switched on."""

    location = ForeignKeyField(Location, on_delete="CASCADE")
    location_id: int
    assessment = ShortText(max_length=256)

    class Meta:
        indexes = ((("location", "assessment"), True),)


class Delivery(BaseModel):
    """What one supplier delivered in one go: every message that it made at one moment (a night's slot)."""

    location = ForeignKeyField(Location, on_delete="CASCADE")
    location_id: int
    supplier = ShortText(max_length=40)
    sent_at = MomentField()
    """When the supplier made the messages, as stated in them."""
    stored = IntegerField(default=0)
    """The number of new results."""
    replaced = IntegerField(default=0)
    """The number of results that replaced an earlier one."""
    rolled_back_at = MomentField(null=True)
    rolled_back_by = ShortText(max_length=50, default="")

    class Meta:
        indexes = ((("location", "supplier", "sent_at"), True),)


class Result(TrackedModel, ResultValues):
    """One result of one pupil, stored once per key of its supplier; for typed results the supplier is `hand`."""

    location = ForeignKeyField(Location, on_delete="CASCADE")
    location_id: int
    pupil = ForeignKeyField(Pupil, backref="results", on_delete="CASCADE")
    pupil_id: int
    supplier = ShortText(max_length=40)
    supplier_key = ShortText(max_length=256)
    received_at = MomentField()
    delivery = ForeignKeyField(Delivery, null=True, on_delete="SET NULL")
    """The delivery that brought its present values; NULL if they came in another way."""
    delivery_id: int | None

    class Meta:
        indexes = (
            (("location", "supplier", "supplier_key"), True),
            (("pupil", "assessment", "part", "date"), False),
            (("location", "assessment"), False),
        )


class ReplacedResult(ResultValues):
    """An earlier version of a corrected result."""

    result = ForeignKeyField(Result, backref="earlier", on_delete="CASCADE")
    result_id: int
    pupil = ForeignKeyField(Pupil, on_delete="CASCADE")
    """The pupil it belonged to then: a supplier that merges two accounts moves a result."""
    pupil_id: int
    received_at = MomentField()
    replaced_at = MomentField()
    delivery = ForeignKeyField(Delivery, null=True, on_delete="SET NULL")
    """The delivery that brought these values."""
    delivery_id: int | None


class ExcludedResult(TrackedModel):
    """A result that counts nowhere, with the reason; redelivery leaves it excluded."""

    result = ForeignKeyField(Result, unique=True, on_delete="CASCADE")
    result_id: int
    pupil = ForeignKeyField(Pupil, on_delete="CASCADE")
    """The pupil it belonged to when it was excluded."""
    pupil_id: int
    reason = ShortText(max_length=100)
    excluded_by = ShortText(max_length=50)
    excluded_at = MomentField()


class UnmatchedResult(ResultValues):
    """A delivered result whose pupil ESIS did not know, for somebody to match or dismiss.

    It is on the list as long as there is no `Result` with its key (`app/school/assessment/waiting.py`).
    """

    location = ForeignKeyField(Location, on_delete="CASCADE")
    location_id: int
    supplier = ShortText(max_length=40)
    supplier_key = ShortText(max_length=256)
    pupil_key = ShortText(max_length=256)
    """The supplier's identifier of the pupil (leerlingid)."""
    pupil_eckid = ShortText(max_length=256, default="")
    reason = ShortText(max_length=200)
    state = ShortText(max_length=10, default="open")
    received_at = MomentField()

    class Meta:
        indexes = (
            (("location", "supplier", "supplier_key"), True),
            (("location", "state", "pupil_key"), False),
        )
        constraints = [SQL("CHECK (state IN ('open', 'returned', 'dismissed'))")]


class PupilMatch(BaseModel):
    """A remembered match of a supplier's pupil identifier to a pupil. Stored in ESIS only."""

    location = ForeignKeyField(Location, on_delete="CASCADE")
    location_id: int
    supplier = ShortText(max_length=40)
    supplier_pupil = ShortText(max_length=256)
    pupil = ForeignKeyField(Pupil, on_delete="CASCADE")
    pupil_id: int
    made_by = ShortText(max_length=50)
    made_at = MomentField()

    class Meta:
        indexes = ((("location", "supplier", "supplier_pupil"), True),)
