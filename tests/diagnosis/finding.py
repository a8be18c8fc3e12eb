"""Asks for the causes, in a form that suits assertions."""

from __future__ import annotations

from app.access import Actor
from app.diagnosis.findings import Finding, findings


def found(actor: Actor, job: str, target: object) -> Finding | None:
    """The cause that this screen mends; None when there is none."""
    return next((cause for cause in findings(actor, job) if str(cause.target) == str(target)), None)


def wrong(actor: Actor, job: str) -> list[str]:
    """The targets of what somebody has to mend."""
    return [str(cause.target) for cause in findings(actor, job) if cause.wrong]
