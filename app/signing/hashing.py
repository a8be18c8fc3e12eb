"""Passwords as stored: argon2id, in PHC format. Only `guard` compares a typed one."""

from __future__ import annotations


def hash_password(password: str) -> str:
    """An argon2id hash in PHC format."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(password)


def verify_password(stored: str, password: str) -> bool:
    """Whether the password belongs to the stored hash."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
