"""The night's delivery of IEP LVS: that of every supplier (`app/partners/results_supplier`), with its sittings."""

from __future__ import annotations

from datetime import date

from app import clock
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import delivering
from app.runs import Job, Page
from models.partners.iep_lvs import IepSchool
from models.run import Run


def delivering_locations(board_id: int, day: date) -> list[int]:
    """The locations with an account in IEP LVS and the coupling live in ESIS (also when stopped) before the slot."""
    return delivering.delivering_locations(SUPPLIER, board_id, day)


def deliver(school: IepSchool, run: Run, cursor: str) -> Page:
    """Send the next waiting outcomes. Raises as `delivering.deliver` does."""
    return delivering.deliver(SUPPLIER, school, run, cursor)


JOB = Job(
    name=SUPPLIER.client,
    title="IEP LVS naar ESIS: resultaten",
    at=clock.RESULTS,
    wanted=delivering_locations,
    page=lambda run, cursor: deliver(IepSchool.get(IepSchool.location == run.location_id), run, cursor),
)
