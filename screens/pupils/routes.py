"""The ways between the screens of Leerlingenadministratie, and what they all say after a change."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app import clock
from app.access import Actor, Permission
from app.partners import registry
from app.partners.arrival import Change
from app.refusals import Refused
from app.school.people.enrolment import Outcome
from models.school import Group

if TYPE_CHECKING:
    from screens.shell.esis import EsisApp

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


def seen_elsewhere(actor: Actor, change: Change, effective: date | None = None) -> str:
    """When a change that holds from a date (today if none is given) reaches the other systems; empty for never."""
    now = clock.school_now(actor.board)
    return registry.news(actor.location, change, effective or now.date(), now)


def lines(told: str, outcome: Outcome) -> tuple[str, ...]:
    """What the pupil's page says after a change: what was done, then each warning."""
    return (told.strip(), *(f"▲ Let op: {warning}" for warning in outcome.warnings))
