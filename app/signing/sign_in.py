"""Signing in to ESIS by name and password, and a code if the user has the second step (2FA) on."""

from __future__ import annotations

from app import clock
from app.refusals import Refused
from app.signing import codes, tries
from app.signing.guard import SignInFailed, guarded
from models.base import database
from models.board import Board, User
from models.signing_in import SecondStep


class CodeNeeded(Refused):
    """Name and password are right; the code of the second step is still missing."""

    def __init__(self) -> None:
        super().__init__("Typ de code van uw app.", field="code")


def sign_in(board: Board, name: str, password: str, code: str = "") -> User:
    """Return the user with this name and password, and this code if the second step is on.

    Raises `SignInFailed`, which does not say whether name or password is wrong; `CodeNeeded` when only the code is
    missing; `WrongCode`; and after wrong tries `TooSoon`, without checking anything.
    """
    door = tries.of_user(board.id, name)
    user: User | None = User.get_or_none(User.board == board, User.name == door.name)
    stored = user.password_hash if user else None
    with guarded(door, stored, password, SignInFailed(), "code" if code.strip() else ""):
        assert user is not None, "whoever has a password is there"
        _second_step(user, code)
    Board.update(used_at=clock.wall_now()).where(Board.id == board.id).execute()
    return user


def _second_step(user: User, code: str) -> None:
    step = SecondStep.get_or_none(SecondStep.user == user)
    if step is None:
        return
    if not code.strip():
        raise CodeNeeded
    with database.atomic():
        codes.spend(step, code)
