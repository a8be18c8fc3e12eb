"""One's own account: change the password, keep the chosen look (menu: Mijn wachtwoord - 2FA, Mijn instellingen).

Everybody who is signed in may, with or without a role. The lengths of a password are our choice. For 2FA see
`app.signing.second_step`.
"""

from __future__ import annotations

from app.access import Actor, writing
from app.refusals import Refused, missing
from app.signing import guard, tries
from app.signing.hashing import hash_password
from models.board import User

SHORTEST = 8
LONGEST = 200
"""Long enough for any sentence; a hash of megabytes would only keep the machine busy."""
LENGTH = f"{SHORTEST} tot {LONGEST} tekens"


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
    """Replace the actor's password; `again` is the new one typed a second time. The user's other sessions end, and who was
    waiting after wrong tries need not any more.

    Raises `Refused` with the form field at fault: `old`, `new` or `again`; wrong tries count as those of signing in. The two
    slow hashes are worked out before the transaction, which (`access.writing`) only goes through while the old one stands.
    """
    check_new(new)
    if new != again:
        raise Refused("De twee nieuwe wachtwoorden zijn verschillend. Typ het nieuwe nog een keer.", field="again")
    with guard.asked_again(actor, old, "old", "huidige wachtwoord"):
        if new == old:
            raise Refused("Het nieuwe wachtwoord is hetzelfde als het huidige. Bedenk een ander.", field="new")
        return _replaced(actor, hash_password(new))


def _replaced(actor: Actor, hashed: str) -> User:
    with writing(actor):
        User.update(password_hash=hashed).where(User.id == actor.user.id).execute()
        tries.lift(tries.of_user(actor.board.id, actor.name))
        return User.get_by_id(actor.user.id)


def keep_theme(actor: Actor, theme: str) -> User:
    """Keep the look the actor chose, by its theme's name; which there are is up to the screens."""
    with writing(actor):
        User.update(theme=theme).where(User.id == actor.user.id).execute()
        return User.get_by_id(actor.user.id)
