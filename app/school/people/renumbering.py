"""Changing a pupil's leerlingnummer: rare, and noticed by every system that identifies the pupil by it
(sources.md#known-problems j).

The ECK iD stays, so a system that uses that sees the same pupil; one that uses the number, like IEP LVS, sees a new
one. The old number is kept and never reused. The format of a number is our choice.
"""

from __future__ import annotations

from app.access import Actor, writing
from app.history import check_unchanged
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school.keys import was_used
from models.board import Location
from models.school import FormerKey, Pupil

LONGEST = 9
FIELD = "key"


def renumber(actor: Actor, pupil: Pupil, key: str, seen: int | None = None) -> Pupil:
    """Give a pupil of this location another leerlingnummer; everything else stays.

    Raises `Refused` for field `key`: not a number of at most nine digits, the present one, or one that is or was in use
    on this board; and `ChangedMeanwhile` when the pupil was changed after `seen`.
    """
    with writing(actor, Permission.EDIT_PUPILS):
        own: Pupil | None = Pupil.get_or_none(Pupil.id == pupil.id, Pupil.location == actor.location)
        if own is None:
            raise NotFound(f"Leerling {pupil.key} staat niet op vestiging {actor.location.brin6}.", field="pupil")
        check_unchanged(own, seen)
        former, own.key = own.key, checked(actor, own, key)
        FormerKey.create(board=actor.board, key=former, pupil=own)
        own.save()
    return own


def checked(actor: Actor, pupil: Pupil, key: str) -> str:
    """Return the trimmed number, if this pupil can get it. Raises `Refused` for field `key`."""
    key = key.strip()
    if not (key.isascii() and key.isdigit() and len(key) <= LONGEST) or key.startswith("0"):
        raise Refused(
            f"'{key[:20]}' kan geen leerlingnummer zijn: dat zijn 1 tot {LONGEST} cijfers, zonder nul vooraan.",
            field=FIELD,
        )
    if key == pupil.key:
        raise Refused(f"Deze leerling heeft leerlingnummer {key} al.", field=FIELD)
    locations = Location.select(Location.id).where(Location.board == actor.board)
    if Pupil.select().where(Pupil.location.in_(locations), Pupil.key == key).exists():
        raise Refused(f"Leerlingnummer {key} is van een andere leerling van dit bestuur.", field=FIELD)
    if was_used(Pupil, actor.board.id, key):
        raise Refused(f"Leerlingnummer {key} is eerder gebruikt en wordt niet opnieuw uitgegeven.", field=FIELD)
    return key
