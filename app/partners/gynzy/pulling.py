"""Pulls groups and pupils from ESIS, every night before the results (sources.md#gynzy).

ESIS also decides who has left. Groups belong to one school year: those that ESIS no longer delivers are archived with
their results, and pupils continue in their new group. Accounts made by hand are not matched: they stay beside the
delivered ones until somebody merges them.
"""

from __future__ import annotations

from datetime import datetime

from app import clock
from app.exchange.uwlr import PAGE, PupilAnswer
from app.partners.gynzy.connection import SUPPLIER
from app.partners.results_supplier import apply_delivery, connecting
from app.runs import Page
from app.webservice.pupils import pull_pupils
from models.partners.gynzy import GynzyGroup, GynzySchool


def pull(school: GynzySchool, at: datetime, cursor: str = "", limit: int = PAGE, until: datetime | None = None) -> Page:
    """Apply the next page, and the groups with the first page; counts are of results only.

    No cursor means it was the last page. With `until`, the state just before that moment is pulled, whatever has
    changed in ESIS since.
    """
    authorisation = connecting.authorisation(SUPPLIER, school)
    reference = connecting.school(school, at.astimezone(clock.AMSTERDAM))
    return take(
        school, at, pull_pupils(school.location.board_id, authorisation, reference, int(cursor or 0), limit, until)
    )


def take(school: GynzySchool, at: datetime, answer: PupilAnswer) -> Page:
    """Apply a page of ESIS's answer, pulled at a school time."""
    acted = False
    if answer.keys is not None:
        school.added = school.changed = 0
        acted, school.left = _take_groups(school, answer), apply_delivery.let_go(SUPPLIER, school, answer.keys)
    changes = apply_delivery.take_pupils(SUPPLIER, school, answer.pupils)
    school.added += changes.added
    school.changed += changes.changed
    school.pulled_at, school.school_year = at, answer.school.school_year
    model = GynzySchool
    school.save(only=(model.added, model.changed, model.left, model.pulled_at, model.school_year))
    last = None if answer.last is None else str(answer.last)
    return Page(last, acted=acted or school.added + school.changed + school.left > 0)


def note(school: GynzySchool) -> str:
    """The effect of the last pull, as a sentence; empty if nothing changed."""
    counts = ((school.added, "nieuw"), (school.changed, "gewijzigd"), (school.left, "vertrokken"))
    told = ", ".join(f"{number} {word}" for number, word in counts if number)
    return f"Leerlingen naar Gynzy: {told}." if told else ""


def _take_groups(school: GynzySchool, answer: PupilAnswer) -> bool:
    """Apply the groups; those made by hand are archived after their school year."""
    year = answer.school.school_year
    acted = apply_delivery.take_groups(SUPPLIER, school, answer.groups, school_year=year)
    of_last_year = (GynzyGroup.school == school, GynzyGroup.own, GynzyGroup.school_year < year, GynzyGroup.active)
    return bool(GynzyGroup.update(active=False).where(*of_last_year).execute()) or acted
