"""When the signed-in user loses rights: what is in view is closed, saying why, and what is still allowed opens.

Checked whenever a screen is about to read: when it comes into view, after a use case, and when the database changed.
The rule itself is `app.access.roles_now`, by which every read and write refuses, whatever is in view.
"""

from __future__ import annotations

from dataclasses import replace

from peewee import PeeweeException

from app import access
from app.access import Actor, SessionEnded
from app.permissions import ALLOWS, Permission, Role
from app.refusals import Refused
from screens.shared.program import EsisProgram
from screens.shell.programs import ESIS


def session_now(app: EsisProgram) -> Actor | SessionEnded | None:
    """Read what the session is worth now; None if nothing can be said of it.

    Not read while a use case is running, because that may be the user changing their own password. A board that was
    reset is for `starting_over`.
    """
    if app.actor is None or app.busy:
        return None
    try:
        return replace(app.actor, roles=access.roles_now(app.actor))
    except SessionEnded as ended:
        return ended
    except (Refused, PeeweeException):  # if the database does not answer, the read or write says so
        return None


def follows(app: EsisProgram, now: Actor | SessionEnded | None) -> bool:
    """Whether what is in view may still be shown; if not, the program goes elsewhere as soon as it can."""
    if now is None or app.actor is None:
        return True
    if isinstance(now, SessionEnded):
        app.call_later(_sign_out, app, now.sentence)
        return False
    if (now.user.id, now.location.id) != (app.actor.user.id, app.actor.location.id):  # read before they changed
        return True
    if _allowed(now) >= _allowed(app.actor):
        app.actor = now
        return True
    if app.current_mode != ESIS:  # a partner's program knows nothing of roles in ESIS
        return True
    app.call_later(_go_on, app, now)
    return False


def _allowed(actor: Actor) -> set[Permission]:
    return {permission for role in actor.roles for permission in ALLOWS[role]}


async def _sign_out(app: EsisProgram, why: str) -> None:
    if app.actor is not None:
        app.busy = True  # keys typed meanwhile are for the sign-in screen
        await app.leave()
        app.notify(why, severity="warning", markup=False, timeout=20)


def _go_on(app: EsisProgram, now: Actor) -> None:
    """Continue at the start, or at a location where the user has a role if none is left here."""
    if app.actor is None or not app.actor.roles - now.roles:
        return
    taken = [role for role in Role if role in app.actor.roles - now.roles]
    why = f"Uw rol {' en '.join(taken)} op {now.location.brin6} is ingetrokken. Wat u daarmee zag, is gesloten."
    app.actor = now
    elsewhere = [] if now.roles else access.locations_of(now.user)
    if elsewhere:
        why += f" U gaat verder op {elsewhere[0].brin6}."
        app.use_location(elsewhere[0])
    else:
        app.to_start()
    app.notify(why, severity="warning", markup=False, timeout=20)
