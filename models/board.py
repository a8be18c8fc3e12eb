"""The sandbox: a board with its schools, locations, users and roles; everything else belongs to a board."""

from __future__ import annotations

import secrets
from typing import Any

from peewee import SQL, BooleanField, ForeignKeyField, IntegerField

from models.base import BaseModel, KeptText, MomentField, ShortText, TrackedModel
from models.columns import OrganisationName

PRACTICE_NAME = "Oefenbestuur"
"""The name of the practice board that every database has."""


class Board(BaseModel):
    """A school board (bestuur): one sandbox with its own school time."""

    name = ShortText(max_length=100, unique=True)
    seed = IntegerField(default=1)
    practice = BooleanField(default=True)
    clock = ShortText(max_length=10, default="practice")
    """`practice`: stands still until moved; `real`: follows the wall clock."""
    now = MomentField()
    """School time; on a real board the moment up to which the schedule has been processed."""
    target = MomentField(null=True)
    """The moment school time is being moved to; while set, other writing use cases refuse."""
    mover = ShortText(max_length=100, default="")
    """The user who is moving school time, to tell a second user who asks."""
    basispoort_key = ShortText(max_length=64, default="")
    """The key Basispoort shows ESIS; not entered by a school, so not a coupling's verification code."""
    anonymising_key = ShortText(max_length=64, default=lambda: secrets.token_hex(32))
    """The key for replacing the people of a real file (`app/exchange/anonymising.py`); permanent, and not in any file.
    """
    resets = IntegerField(default=0)
    """The number of resets: an open program that knows another number starts over."""
    password_hash = ShortText(max_length=200, default="")
    """For a board created for a class: its practice users' password, also after a reset; empty: `oefenen`."""
    used_at = MomentField(null=True)
    """Wall time of the last sign-in."""
    owner = ForeignKeyField("self", null=True, on_delete="CASCADE", backref="lesson_boards")
    """The board that this board of a lesson was made for; NULL: a board of its own."""
    owner_id: int | None
    learner = KeptText(max_length=100, default="")
    """Who sits at it, as its lists and certificates say; empty: nobody said."""
    resetting = BooleanField(default=False)
    """Set inside the transaction of a reset: the only time logbook lines may be deleted."""

    @property
    def is_permanent(self) -> bool:
        """Whether it is the practice board that every database has: it stays, and from it a class is led."""
        return bool(self.name == PRACTICE_NAME)


OWN: Any = Board.owner.is_null()
"""The condition that a board is one of its own: boards made for a lesson are in no list, and have no address."""


class School(TrackedModel):
    """A school with its BRIN: two digits, two capitals."""

    board = ForeignKeyField(Board, backref="schools", on_delete="CASCADE")
    board_id: int
    name = OrganisationName()
    brin = ShortText(max_length=4, verbose_name="BRIN")

    class Meta:
        indexes = ((("board", "brin"), True),)


class Location(TrackedModel):
    """A location (vestiging) of a school; its number with the BRIN makes the BRIN6."""

    board = ForeignKeyField(Board, backref="locations", on_delete="CASCADE")
    board_id: int
    school = ForeignKeyField(School, backref="locations", on_delete="CASCADE")
    school_id: int
    number = ShortText(max_length=2, verbose_name="Vestigingsnummer")
    name = OrganisationName()

    class Meta:
        indexes = ((("school", "number"), True),)

    @property
    def brin6(self) -> str:
        """BRIN and location number, as in `99QQ00`."""
        return f"{self.school.brin}{self.number}"


class User(TrackedModel):
    """An account (gebruiker) of a board; its permissions follow from its role assignments."""

    board = ForeignKeyField(Board, backref="users", on_delete="CASCADE")
    board_id: int
    name = ShortText(max_length=50)
    password_hash = ShortText(max_length=200)
    """argon2id, in the PHC string format."""
    staff_id = IntegerField(null=True, unique=True)
    """The staff member this account belongs to (1:1), if any."""
    theme = ShortText(max_length=30, default="")

    class Meta:
        indexes = ((("board", "name"), True),)


class RoleAssignment(TrackedModel):
    """A role of a user, at one location or, without one, on the whole board."""

    user = ForeignKeyField(User, backref="assignments", on_delete="CASCADE")
    user_id: int
    role = ShortText(max_length=40)
    location = ForeignKeyField(Location, null=True, on_delete="CASCADE")
    location_id: int | None

    class Meta:
        indexes = ((("user", "role", "location"), True),)
        constraints = [SQL("CHECK (role <> '')")]
