"""What protects an account besides its password: the second step (2FA), and the pause after wrong attempts.

Moments are wall time, because they concern the person at the keyboard, not the school.
"""

from __future__ import annotations

from typing import Any

from peewee import ForeignKeyField, IntegerField

from models.base import BaseModel, MomentField, ShortText, TrackedModel
from models.board import Board, User


class Secret(str):
    """A text that is never displayed, neither in a traceback nor where the database's statements are logged."""

    def __repr__(self) -> str:
        """Three stars."""
        return "'***'"


class SecretText(ShortText):
    """A column whose value is a `Secret`, read and written."""

    def db_value(self, value: str | None) -> Any:
        """A `Secret`, which drivers treat as text."""
        return None if value is None else Secret(super().db_value(value))  # type: ignore[no-untyped-call]

    def python_value(self, value: Any) -> Secret | None:
        """As a `Secret`."""
        return None if value is None else Secret(value)


class SecondStep(TrackedModel):
    """A user's second step, a code (TOTP, RFC 6238).

    Its history records who switched it on and off, but not the secret and the codes (`models.schema`).
    """

    user = ForeignKeyField(User, unique=True, on_delete="CASCADE")
    user_id: int
    secret = SecretText(max_length=64)
    """Base32. It must be readable to check a code, so it is only as safe as the database."""
    last_counter = IntegerField()
    """The thirty-second step of the last accepted code: it and all earlier codes are no longer valid."""


class RecoveryCode(BaseModel):
    """A single-use code instead of one from the app; its row is deleted when used."""

    second_step = ForeignKeyField(SecondStep, backref="recovery_codes", on_delete="CASCADE")
    second_step_id: int
    digest = ShortText(max_length=64)
    """SHA-256 in hex: a code is 80 random bits, so a slow hash would add nothing."""

    class Meta:
        indexes = ((("second_step", "digest"), True),)


class Tries(BaseModel):
    """Consecutive wrong attempts at one password from one address, whether or not that name exists."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    place = ShortText(max_length=60)
    """`esis`, or the partner's program and the number of the location."""
    name = ShortText(max_length=50)
    address = ShortText(max_length=64)
    """The address, as `app.settings.visitor` gives it."""
    wrong = IntegerField()
    at = MomentField(index=True)
    """The moment of the last one."""

    class Meta:
        indexes = ((("board", "place", "name", "address"), True),)
