"""Signing in to ESIS by name and password, and by a code where the user has the second step (2FA) on."""

from __future__ import annotations

from app import clock
from app.access import SignInFailed, verify_password
from app.refusals import Refused
from app.signing import codes, tries
from models.base import database
from models.board import Board, User
from models.signing_in import SecondStep

_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$Kv1JxzJGP1Z+qqB5GgjjlA$oBmKvpOYxZAOQ0t5QV3DxPJCHSPlV7CA0PiU03RUxaU"
"""A hash to which no known password belongs: a name that does not exist takes as long as one that does."""


class CodeNeeded(Refused):
    """Name and password are right; the code of the second step is still to come."""

    def __init__(self) -> None:
        super().__init__("Typ de code van uw app.", field="code")


def sign_in(board: Board, name: str, password: str, code: str = "") -> User:
    """The user with this name and password, and with this code where the second step is on.

    Raises `SignInFailed`, which does not say which of the two is wrong; `CodeNeeded` where only the code is missing;
    `WrongCode`; and after wrong tries `TooSoon`, before anything is looked at.
    """
    typed = name.replace("\0", "").strip().lower()  # PostgreSQL holds no NUL
    tries.begin(board, typed)
    user = _by_password(board, typed, password)
    step = SecondStep.get_or_none(SecondStep.user == user)
    if step is not None:
        if not code.strip():
            tries.take_back(board, typed)
            raise CodeNeeded
        with database.atomic():
            codes.spend(step, code)
    tries.succeeded(board, typed)
    Board.update(used_at=clock.wall_now()).where(Board.id == board.id).execute()
    return user


def _by_password(board: Board, name: str, password: str) -> User:
    user: User | None = User.get_or_none(User.board == board, User.name == name)
    right = verify_password(user.password_hash if user else _NOBODY, password)
    if user is None or not right:
        raise SignInFailed
    return user
