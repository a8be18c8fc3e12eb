"""One's own account: change the password, keep the chosen look (menu: Mijn wachtwoord - 2FA, Mijn instellingen).

Everybody who is signed in may, with or without a role. The lengths of a password are our choice. For 2FA see
`app.signing.second_step`.
"""

from __future__ import annotations

from app.access import Actor, hash_password, verify_password, writing
from app.refusals import Refused, missing
from models.board import User

SHORTEST = 8
LONGEST = 200
"""Long enough for any sentence; a hash of megabytes would only keep the machine busy."""


def check_new(password: str) -> None:
    """Raise `Refused` for field `new` when it is empty, too short or too long."""
    if not password:
        raise Refused(missing("Nieuw wachtwoord"), field="new")
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused(
            f"Het nieuwe wachtwoord telt {len(password)} tekens; het moet er {SHORTEST} tot {LONGEST} hebben.",
            field="new",
        )


def change_password(actor: Actor, old: str, new: str, again: str) -> User:
    """Replace the actor's password; `again` is the new one typed a second time.

    Raises `Refused` with the form field at fault: `old`, `new` or `again`. The two slow hashes are worked out before
    the transaction, which then only goes through while the old one still stands.
    """
    check_new(new)
    if new != again:
        raise Refused("De twee nieuwe wachtwoorden zijn verschillend. Typ het nieuwe nog een keer.", field="again")
    stored = User.get_by_id(actor.user.id).password_hash
    if not verify_password(stored, old):
        raise Refused("Het huidige wachtwoord klopt niet. Typ het wachtwoord waarmee u zich aanmeldde.", field="old")
    if new == old:
        raise Refused("Het nieuwe wachtwoord is hetzelfde als het huidige. Bedenk een ander.", field="new")
    hashed = hash_password(new)
    with writing(actor):
        same = (User.id == actor.user.id) & (User.password_hash == stored)
        if not User.update(password_hash=hashed).where(same).execute():
            raise Refused("Het wachtwoord is intussen ergens anders gewijzigd. Begin opnieuw.", field="old")
        return User.get_by_id(actor.user.id)


def keep_theme(actor: Actor, theme: str) -> User:
    """Keep the look the actor chose, by its theme's name; which there are is up to the screens."""
    with writing(actor):
        User.update(theme=theme).where(User.id == actor.user.id).execute()
        return User.get_by_id(actor.user.id)
