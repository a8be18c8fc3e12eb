"""Messages the screens of Leerlingenadministratie share: who may not change pupils, and what was done."""

from __future__ import annotations

from app.permissions import Permission
from app.refusals import Refused
from app.school.people.enrolment import Outcome
from screens.shared.program import EsisProgram


def may_edit(program: EsisProgram) -> bool:
    """Whether the user may change pupils; if not, show the reason."""
    reason = program.actor.reason(Permission.EDIT_PUPILS) if program.actor else ""
    if reason:
        program.report_refusal(Refused(reason))
    return not reason


def lines(told: str, outcome: Outcome) -> tuple[str, ...]:
    """What the pupil's page says after a change: what was done, then each warning."""
    return (told.strip(), *(f"▲ Let op: {warning}" for warning in outcome.warnings))
