"""The user's own account: change the password, choose a theme (menu: Mijn wachtwoord - 2FA, Mijn instellingen).

Available to every signed-in user, with or without a role. The password lengths are our choice. For 2FA see
`app.signing.second_step`.
"""

from __future__ import annotations

from app.access import Actor, writing
from app.counted import counted
from app.refusals import Refused, missing
from app.signing import guard, tries
from app.signing.hashing import hash_password
from models.board import User

SHORTEST = 8
LONGEST = 200
"""Long enough for any sentence; hashing megabytes would only keep the machine busy."""
LENGTH = f"{SHORTEST} tot {LONGEST} tekens"


def check_new(password: str) -> None:
    """Raise `Refused` for field `new` when it is empty, too short or too long."""
    if not password:
        raise Refused(missing("Nieuw wachtwoord"), field="new")
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused(
            f"Het nieuwe wachtwoord telt {counted(len(password), 'teken', 'tekens')}; "
            f"het moet er {SHORTEST} tot {LONGEST} hebben.",
            field="new",
        )


def change_password(actor: Actor, old: str, new: str, again: str) -> User:
    """Replace the actor's password; `again` is the new one typed a second time. The user's other sessions end, and a
    lock-out after wrong tries is lifted.

    Raises `Refused` with the form field at fault: `old`, `new` or `again`; wrong tries count like those of signing in.
    Both slow hashes are computed before the transaction, which (`access.writing`) only succeeds if the old hash is
    still current.
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
    """Store the theme the actor chose, by name; the screens decide which themes exist."""
    with writing(actor):
        User.update(theme=theme).where(User.id == actor.user.id).execute()
        return User.get_by_id(actor.user.id)
