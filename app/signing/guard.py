"""The one guard for every password in the program: signing in to ESIS and to the partners, and where it is asked again.

Nothing else compares a password. Whoever is asked waits after wrong tries (`tries`), and a name that does not exist costs
the same time as one that does.
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
"""A hash to which no known password belongs: a name that does not exist takes as long as one that does."""


class SignInFailed(Wrong):
    """User and password do not belong together."""

    def __init__(self) -> None:
        super().__init__("Gebruiker of wachtwoord klopt niet.", field="password")


@contextmanager
def guarded(door: Door, stored: str | None, password: str, wrong: Wrong, field: str = "") -> Iterator[None]:
    """Ask a password, whose hash is `stored` (None: there is nobody with this name); the body is what it opens.

    Raises `wrong`, which tells of the wait where it causes one; and within that `TooSoon` for the form field, before anything
    is looked at. A body that ends in `Wrong`, for a code, was a wrong try too; one that ends in anything else was none.
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
    """Ask the password of who is signed in once more, before something that guards the account changes."""
    stored = User.get_by_id(actor.user.id).password_hash
    wrong = Wrong(f"Het {name} klopt niet. Typ het wachtwoord waarmee u zich aanmeldde.", field)
    with guarded(tries.of_user(actor.board.id, actor.name), stored, password, wrong):
        yield
