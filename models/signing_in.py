"""What guards an account besides its password: the second step (2FA), and the pause after wrong tries.

Moments are wall time: it is about who sits at the keyboard, not about the school.
"""

from __future__ import annotations

from typing import Any

from peewee import ForeignKeyField, IntegerField

from models.base import BaseModel, MomentField, ShortText, TrackedModel
from models.board import Board, User


class Secret(str):
    """A text that shows itself nowhere: not in a traceback, nor where the database's statements are logged."""

    def __repr__(self) -> str:
        """Three stars."""
        return "'***'"


class SecretText(ShortText):
    """A column whose value is a `Secret`, read and written."""

    def db_value(self, value: str | None) -> Any:
        """As a `Secret`, which drivers take for text."""
        return None if value is None else Secret(super().db_value(value))  # type: ignore[no-untyped-call]

    def python_value(self, value: Any) -> Secret | None:
        """As a `Secret`."""
        return None if value is None else Secret(value)


class SecondStep(TrackedModel):
    """That a user signs in with a code too (TOTP, RFC 6238). Its history tells who switched it on and off; the history
    leaves out the secret and the codes (`models.schema`).
    """

    user = ForeignKeyField(User, unique=True, on_delete="CASCADE")
    user_id: int
    secret = SecretText(max_length=64)
    """Base32. It has to be readable to check a code, so it is as safe as the database is."""
    last_counter = IntegerField()
    """The thirty seconds of the last code that was taken: a code counts once, and so does every earlier one."""


class RecoveryCode(BaseModel):
    """A code that counts once instead of one of the app; its row goes when it was used."""

    second_step = ForeignKeyField(SecondStep, backref="recovery_codes", on_delete="CASCADE")
    second_step_id: int
    digest = ShortText(max_length=64)
    """SHA-256 in hex: a code is 80 random bits, so a slow hash would add nothing."""

    class Meta:
        indexes = ((("second_step", "digest"), True),)


class Tries(BaseModel):
    """Wrong tries in a row at one password, from one address, whether there is anybody with that name or not."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    place = ShortText(max_length=60)
    """`esis`, or the partner's program and the number of the location."""
    name = ShortText(max_length=50)
    address = ShortText(max_length=64)
    """Where they came from, as `app.settings.visitor` tells."""
    wrong = IntegerField()
    at = MomentField(index=True)
    """When the last of them was."""

    class Meta:
        indexes = ((("board", "place", "name", "address"), True),)
