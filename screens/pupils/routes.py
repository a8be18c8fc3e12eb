"""The ways between the screens of Leerlingenadministratie, and what they all say after a change."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app import clock
from app.access import Actor, Permission
from app.partners.arrival import arrival, in_words
from app.partners.mijnschoolinfo import telling
from app.refusals import Refused
from app.school.people.enrolment import Outcome
from models.school import Group

if TYPE_CHECKING:
    from screens.esis import EsisApp

PATH: tuple[str, ...] = ("Onderwijs", "Leerlingen", "Leerlingenadministratie")


def open_pupil(app: EsisApp, key: str) -> None:
    """The page of a pupil."""
    from screens.pupils.page import PupilPage

    app.push_screen(PupilPage(key))


def open_enrolment(app: EsisApp, group: Group | None) -> None:
    """The form for a new pupil; a sentence where the role may not."""
    from screens.pupils.enrolling import EnrolScreen

    if may_edit(app):
        app.push_screen(EnrolScreen(group))


def may_edit(app: EsisApp) -> bool:
    """Whether the user may change pupils; where not, the reason is shown."""
    reason = app.actor.reason(Permission.EDIT_PUPILS) if app.actor else ""
    if reason:
        app.report_refusal(Refused(reason))
    return not reason


def seen_elsewhere(actor: Actor, effective: date | None = None, leaving: bool = False, new: bool = False) -> str:
    """When a change that holds from a date (today if none is given) reaches the other systems; empty for never.

    Only who is `new` comes in Mijnschoolinfo: it does not take over changes.
    """
    now = clock.school_now(actor.board)
    day = effective or now.date()
    told = in_words(arrival(actor.location, day, now), now.date(), leaving)
    return f"{told} {telling.coming(actor.location, day, now) if new else ''}".strip()


def lines(told: str, outcome: Outcome) -> tuple[str, ...]:
    """What the pupil's page says after a change: what was done, then each warning."""
    return (told.strip(), *(f"▲ Let op: {warning}" for warning in outcome.warnings))
