"""The single guard for every password in the program: signing in to ESIS and to the partners, and asking it again.

Nothing else compares a password. Wrong tries cause a wait (`tries`), and an unknown name costs the same time as a known
one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.access import Actor
from app.refusals import Wrong
from app.signing import tries
from app.signing.hashing import verify_password
from app.signing.tries import Door
from models.board import User

NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$Kv1JxzJGP1Z+qqB5GgjjlA$oBmKvpOYxZAOQ0t5QV3DxPJCHSPlV7CA0PiU03RUxaU"
"""A hash without a known password: it makes an unknown name take as long as a known one."""


class SignInFailed(Wrong):
    """User and password do not match."""

    def __init__(self) -> None:
        super().__init__("Gebruiker of wachtwoord klopt niet.", field="password")


@contextmanager
def guarded(door: Door, stored: str | None, password: str, wrong: Wrong, field: str = "") -> Iterator[None]:
    """Check a password against the hash `stored` (None: unknown name); the body runs when it is right.

    Raises `wrong`, with the wait if it causes one; during a wait raises `TooSoon` for the form field, without checking
    anything. A body that raises `Wrong`, for a code, counts as a wrong try too; any other exception does not.
    """
    tried = tries.begin(door, field or wrong.field)
    right = verify_password(stored or NOBODY, password)
    if not (stored and right):
        raise tries.after(door, wrong)
    try:
        yield
    except Wrong as other:
        raise tries.after(door, other) from None
    except BaseException:
        tries.take_back(tried)
        raise
    tries.succeeded(tried)


@contextmanager
def asked_again(actor: Actor, password: str, field: str = "password", name: str = "wachtwoord") -> Iterator[None]:
    """Ask a signed-in user's password again, before changing something that protects the account."""
    stored = User.get_by_id(actor.user.id).password_hash
    wrong = Wrong(f"Het {name} klopt niet. Typ het wachtwoord waarmee u zich aanmeldde.", field)
    with guarded(tries.of_user(actor.board.id, actor.name), stored, password, wrong):
        yield
