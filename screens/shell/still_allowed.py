"""When the one who is signed in may less than before: what is in view is closed, with the reason, and what is left opens.

Asked whenever a screen is about to read: when it comes into view, after a use case, and when the database changed. The rule
itself is `app.access.roles_now`, by which every read and write refuses, whatever is in view.
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


def holds(app: EsisProgram) -> bool:
    """Whether the session is worth what it was; where not, the program goes on elsewhere as soon as it can.

    While a use case is at work it is not asked, for that may be the one that changes one's own password. A board that began
    again is for `starting_over`.
    """
    if app.actor is None or app.busy:
        return True
    try:
        now = replace(app.actor, roles=access.roles_now(app.actor))
    except SessionEnded as ended:
        app.call_later(_sign_out, app, ended.sentence)
        return False
    except (Refused, PeeweeException):  # where the database does not answer, what reads or writes says so
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
        app.busy = True  # what is typed meanwhile is for the sign-in screen
        await app.leave()
        app.notify(why, severity="warning", markup=False, timeout=20)


def _go_on(app: EsisProgram, now: Actor) -> None:
    """At the start, or where the user has a role when there is none left here."""
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
