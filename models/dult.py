"""The Dultkoppeling: received files, the pupils in them with their match, and the effects of processing."""

from __future__ import annotations

from peewee import SQL, BooleanField, DateField, ForeignKeyField, IntegerField

from models.assessment import ReplacedResult, Result
from models.base import BaseModel, MomentField, ShortText, TrackedModel
from models.board import Location
from models.columns import FirstName, LastName
from models.school import Pupil
from models.shared import ResultValues


class DultFile(TrackedModel):
    """A file that was received at a location."""

    location = ForeignKeyField(Location, on_delete="CASCADE")
    location_id: int
    name = ShortText(max_length=100)
    received_at = MomentField()
    received_by = ShortText(max_length=50)
    state = ShortText(max_length=11, default="received")
    """`received`, `processed` or `rolled_back`; a rolled-back file can be processed again."""
    turn = IntegerField(default=0)
    """The order among the location's processed files: a higher one was processed later. 0 while not processed."""
    processed_at = MomentField(null=True)
    processed_by = ShortText(max_length=50, default="")

    class Meta:
        indexes = ((("location", "state", "turn"), False),)
        constraints = [SQL("CHECK (state IN ('received', 'processed', 'rolled_back'))")]


class DultPupil(TrackedModel):
    """A pupil in a file as the sender knows it, and the pupil it is matched to."""

    file = ForeignKeyField(DultFile, backref="pupils", on_delete="CASCADE")
    file_id: int
    key = ShortText(max_length=100)
    """The sender's identifier of the pupil."""
    first_name = FirstName()
    last_name = LastName()
    birth_date = DateField()
    status = ShortText(max_length=9, default="unmatched")
    """Matchstatus: `matched`, `proposed` or `unmatched`."""
    matched = ForeignKeyField(Pupil, null=True, on_delete="SET NULL")
    matched_id: int | None
    """Not named `pupil`, because changing a match is not a change of the pupil."""
    note = ShortText(max_length=100, default="")
    """How the match was made."""
    agreed = BooleanField(default=False)
    """Akkoord."""

    class Meta:
        indexes = ((("file", "key"), True),)
        constraints = [SQL("CHECK (status IN ('matched', 'proposed', 'unmatched'))")]


DultPupil.add_index(
    DultPupil.index(DultPupil.file, DultPupil.matched, unique=True, where=DultPupil.agreed, name="dult_pupil_one_each")
)


class DultLine(ResultValues):
    """A result in a file."""

    file = ForeignKeyField(DultFile, on_delete="CASCADE")
    file_id: int
    pupil = ForeignKeyField(DultPupil, backref="lines", on_delete="CASCADE")
    pupil_id: int
    """The `DultPupil`."""
    line = IntegerField()
    supplier_key = ShortText(max_length=256)

    class Meta:
        indexes = ((("file", "supplier_key"), True),)


class DultEffect(BaseModel):
    """The effect of processing a file on one result; exists while the file is processed."""

    file = ForeignKeyField(DultFile, on_delete="CASCADE")
    file_id: int
    result = ForeignKeyField(Result, on_delete="CASCADE")
    result_id: int
    is_new = BooleanField()
    replaced = BooleanField()
    """Whether the result had other values before; False if it was new or unchanged."""
    earlier = ForeignKeyField(ReplacedResult, null=True, on_delete="SET NULL")
    earlier_id: int | None
    """The values of a replaced result; none once the pupil it belonged to is deleted."""

    class Meta:
        indexes = ((("file", "result"), True),)
