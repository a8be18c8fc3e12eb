"""The users of the partner systems, which are separate from the users of ESIS."""

from __future__ import annotations

from peewee import ForeignKeyField

from models.base import BaseModel, ShortText
from models.board import Location


class PartnerUser(BaseModel):
    """A user of a partner's program, for one location."""

    location = ForeignKeyField(Location, on_delete="CASCADE")
    location_id: int
    partner = ShortText(max_length=40)
    """The partner's id, as in `iep-lvs`."""
    name = ShortText(max_length=50)
    password_hash = ShortText(max_length=200)
    role = ShortText(max_length=40, default="")
    """The partner's name for this kind of user, as in `ICT-coördinator`; empty if it has only one kind."""

    class Meta:
        indexes = ((("location", "partner", "name"), True),)
