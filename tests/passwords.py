"""Cheap password hashing for tests: argon2 is deliberately slow, a quarter of a second per sign-in."""

from __future__ import annotations

import argon2

from app.signing import guard
from fixtures import board_plan

SHARED_HASH = board_plan.PASSWORD_HASH
"""The hash that users of the practice board really get."""
NOBODY = guard.NOBODY
"""What a name that does not exist is really compared with."""
_CHEAP = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def make_cheap() -> None:
    """From now on hashes are made with the least work; to be called before the practice board is imported."""
    argon2.PasswordHasher = lambda: _CHEAP  # type: ignore[assignment,misc]
    guard.NOBODY = _CHEAP.hash("nobody")
    board_plan.PASSWORD_HASH = _CHEAP.hash(board_plan.PASSWORD, salt=b"for tests only!!")
