"""The Dultkoppeling: files that were received, the pupils in them with their match, and what processing did."""

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
    """`received`, `processed` or `rolled_back`; what is rolled back can be processed again."""
    turn = IntegerField(default=0)
    """Among the processed files of the location: a higher one was processed later. 0 while it is not processed."""
    processed_at = MomentField(null=True)
    processed_by = ShortText(max_length=50, default="")

    class Meta:
        indexes = ((("location", "state", "turn"), False),)
        constraints = [SQL("CHECK (state IN ('received', 'processed', 'rolled_back'))")]


class DultPupil(TrackedModel):
    """A pupil in a file as the sender knows it, and whom somebody takes it for."""

    file = ForeignKeyField(DultFile, backref="pupils", on_delete="CASCADE")
    file_id: int
    key = ShortText(max_length=100)
    """What the sender calls the pupil."""
    first_name = FirstName()
    last_name = LastName()
    birth_date = DateField()
    status = ShortText(max_length=9, default="unmatched")
    """Matchstatus: `matched`, `proposed` or `unmatched`."""
    matched = ForeignKeyField(Pupil, null=True, on_delete="SET NULL")
    matched_id: int | None
    """Not `pupil`: a change of a match is no change of the pupil."""
    note = ShortText(max_length=100, default="")
    """Where the match comes from."""
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
    """What processing a file did to one result; there while the file is processed."""

    file = ForeignKeyField(DultFile, on_delete="CASCADE")
    file_id: int
    result = ForeignKeyField(Result, on_delete="CASCADE")
    result_id: int
    is_new = BooleanField()
    replaced = BooleanField()
    """Whether the result said something else before; False for a new one, and for one that said the same already."""
    earlier = ForeignKeyField(ReplacedResult, null=True, on_delete="SET NULL")
    earlier_id: int | None
    """What a replaced result said before; none once the pupil whose it was then is deleted."""

    class Meta:
        indexes = ((("file", "result"), True),)
