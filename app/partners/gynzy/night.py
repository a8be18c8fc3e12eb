"""Gynzy's night, in one run: first pupils and groups from ESIS, then the results of the methods that are on.

The cursor records the position, `pull:<place>` and then `push:<id>`, so a run that failed resumes where it was.
"""

from __future__ import annotations

from app.partners.gynzy import pulling
from app.partners.gynzy.connection import SUPPLIER
from app.partners.results_supplier import delivering
from app.runs import Page
from models.partners.gynzy import GynzySchool
from models.run import Run

PULL, PUSH = "pull", "push"


def page(school: GynzySchool, run: Run, cursor: str) -> Page:
    """Process the next page. Raises `Skip` if either side is paused or not set up, else what the web service raises."""
    step, _, place = cursor.partition(":")
    if step == PUSH:
        return _push(school, run, place)
    with delivering.ready(SUPPLIER, school):
        pulled = pulling.pull(school, run.slot, place, until=run.slot)
    return Page(f"{PUSH}:" if pulled.cursor is None else f"{PULL}:{pulled.cursor}", acted=pulled.acted)


def _push(school: GynzySchool, run: Run, place: str) -> Page:
    done = delivering.deliver(SUPPLIER, school, run, place)
    if done.cursor is not None:
        return Page(f"{PUSH}:{done.cursor}", done.counts)
    return Page(None, done.counts, f"{pulling.note(school)} {done.note}".strip())
