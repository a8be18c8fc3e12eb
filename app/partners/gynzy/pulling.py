"""Groups and pupils from ESIS, every night before the results: ESIS leads, also for who leaves (domain.md 7.4).

Groups are of one school year: those that ESIS no longer delivers are archived with their results, and pupils go on in
their new one. Accounts made by hand are not matched: they stand beside the delivered ones until somebody merges them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from app import clock
from app.exchange.uwlr import PAGE, PupilAnswer
from app.partners import roster
from app.partners.gynzy.connection import SUPPLIER
from app.partners.results_supplier import connecting
from app.runs import Page
from app.webservice.pupils import pull_pupils
from models.partners.gynzy import GynzyGroup, GynzyPupil, GynzySchool


def pull(school: GynzySchool, at: datetime, cursor: str = "", limit: int = PAGE, until: datetime | None = None) -> Page:
    """Take over the next page, the groups with the first one. No cursor: that was all. Counts are of results only.

    With `until` the state just before that moment, whatever was changed in ESIS since.
    """
    authorisation = connecting.authorisation(SUPPLIER, school)
    reference = connecting.school(school, at.astimezone(clock.AMSTERDAM))
    answer = pull_pupils(school.location.board_id, authorisation, reference, int(cursor or 0), limit, until)
    acted = False
    if answer.keys is not None:
        school.added = school.changed = 0
        acted, school.left = _take_groups(school, answer), _let_go(school, answer.keys)
    rows = [{**roster.pupil_row(pupil), "own": False, "active": True} for pupil in answer.pupils]
    changes = roster.merge(GynzyPupil, school.id, rows, own=False)
    school.added += changes.added
    school.changed += changes.changed
    school.pulled_at, school.school_year = at, answer.school.school_year
    model = GynzySchool
    school.save(only=(model.added, model.changed, model.left, model.pulled_at, model.school_year))
    last = None if answer.last is None else str(answer.last)
    return Page(last, acted=acted or school.added + school.changed + school.left > 0)


def note(school: GynzySchool) -> str:
    """What the last pull did, as a sentence; empty when nothing changed."""
    counts = ((school.added, "nieuw"), (school.changed, "gewijzigd"), (school.left, "vertrokken"))
    told = ", ".join(f"{number} {word}" for number, word in counts if number)
    return f"Leerlingen naar Gynzy: {told}." if told else ""


def _take_groups(school: GynzySchool, answer: PupilAnswer) -> bool:
    year = answer.school.school_year
    rows = [{**roster.group_row(group), "school_year": year, "own": False, "active": True} for group in answer.groups]
    changes = roster.merge(GynzyGroup, school.id, rows, own=False)
    ended = sum(
        GynzyGroup.update(active=False).where(GynzyGroup.id.in_(ids), GynzyGroup.active).execute()
        for ids in roster.gone(GynzyGroup, school.id, {group.key for group in answer.groups}, ~GynzyGroup.own)
    )
    of_last_year = (GynzyGroup.school == school, GynzyGroup.own, GynzyGroup.school_year < year, GynzyGroup.active)
    ended += GynzyGroup.update(active=False).where(*of_last_year).execute()
    return bool(changes.added or changes.changed or ended)


def _let_go(school: GynzySchool, keys: Collection[str]) -> int:
    """Accounts that ESIS delivered and no longer tells of become inactive; how many."""
    return sum(
        GynzyPupil.update(active=False).where(GynzyPupil.id.in_(ids), GynzyPupil.active).execute()
        for ids in roster.gone(GynzyPupil, school.id, keys, ~GynzyPupil.own)
    )
