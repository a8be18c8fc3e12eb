"""The night's delivery of IEP LVS: what ESIS has not taken yet goes there, a page at a time (seed 000; contract.md).

What ESIS refuses stays waiting and is offered again every night; what ESIS took, also onto its list of results without
a pupil, does not. A page that ESIS took but that was not noted here is sent again: ESIS calls that unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from peewee import fn

from app import clock
from app.exchange.uwlr import ResultData, ResultsReceipt
from app.partners.iep_lvs.connection import CLIENT, request
from app.runs import Counts, Job, Page, Skip
from app.webservice.authorisation import check_not_stopped, locations_with_coupling
from app.webservice.faults import CouplingStopped
from app.webservice.results import close_delivery, push_results
from models.partners.iep_lvs import IepPupil, IepSchool, IepSitting
from models.run import Run

PAGE = 250
LONGEST_REFUSAL = 300
NOT_SET_UP = "In IEP LVS is de resultaatkoppeling nog niet ingesteld (Beheer > School > Resultaatkoppeling)."


def delivering_locations(board_id: int, day: date) -> list[int]:
    """The locations with an account in IEP LVS and the coupling live in ESIS (also when stopped) before the slot."""
    coupled = locations_with_coupling(board_id, CLIENT, clock.local(day, clock.RESULTS))
    return [row.location_id for row in IepSchool.select().where(IepSchool.location.in_(coupled)).order_by(IepSchool.id)]


def deliver(school: IepSchool, run: Run, cursor: str) -> Page:
    """Send the next waiting outcomes; the cursor is the id of the last one, so each is offered once a night.

    Raises `Skip` when ESIS's half is stopped or IEP LVS's is not set up, else what the web service raises. A stop comes
    first: what is wrong besides is not looked at.
    """
    try:
        check_not_stopped(school.location_id, CLIENT)
        if school.connected_at is None:
            raise Skip(NOT_SET_UP)
        rows = list(_waiting(school).where(IepSitting.id > int(cursor or 0)).order_by(IepSitting.id).limit(PAGE))
        counts = _send(school, run, rows)
        if len(rows) == PAGE:
            return Page(str(rows[-1].id), counts)
        late = close_delivery(run.board_id, request(school, run.slot))
    except CouplingStopped as stopped:
        raise Skip(stopped.sentence) from stopped
    return Page(None, counts, _note(school, late))


def _waiting(school: IepSchool):  # type: ignore[no-untyped-def]  # peewee's queries have no useful type
    return IepSitting.select(IepSitting, IepPupil).join(IepPupil).where(IepSitting.school == school, IepSitting.pending)


def _send(school: IepSchool, run: Run, rows: Sequence[IepSitting]) -> Counts:
    if not rows:
        return Counts()
    results = tuple(_result(row) for row in rows)
    receipt = push_results(run.board_id, request(school, run.slot, results))
    _note_answer(rows, receipt.reasons)
    return _counts(receipt)


def _result(row: IepSitting) -> ResultData:
    return ResultData(
        key=row.key, pupil_key=row.pupil.key, pupil_eckid=row.pupil.eckid, assessment=row.assessment, date=row.date,
        score=row.score, part=row.part, level=row.level, reference_level=row.reference_level,
    )  # fmt: skip


def _note_answer(rows: Sequence[IepSitting], reasons: Mapping[str, str]) -> None:
    taken = [row.id for row in rows if row.key not in reasons]
    IepSitting.update(pending=False, refusal="").where(IepSitting.id.in_(taken)).execute()
    for reason in set(reasons.values()):
        ids = [row.id for row in rows if reasons.get(row.key) == reason]
        IepSitting.update(refusal=reason[:LONGEST_REFUSAL]).where(IepSitting.id.in_(ids)).execute()


def _counts(receipt: ResultsReceipt) -> Counts:
    return Counts(
        received=receipt.received, stored=receipt.stored, replaced=receipt.replaced, unchanged=receipt.unchanged,
        unmatched=receipt.unmatched, refused=receipt.refused,
    )  # fmt: skip


def _note(school: IepSchool, late: int) -> str:
    """What was refused and why, for the whole night; and what came off ESIS's list after all."""
    refused: Any = (
        IepSitting.select(IepSitting.refusal, fn.COUNT(IepSitting.id))
        .where(IepSitting.school == school, IepSitting.pending, IepSitting.refusal != "")
        .group_by(IepSitting.refusal)
        .order_by(IepSitting.refusal)
        .tuples()
    )
    sentences = [f"{number} geweigerd: {reason}" for reason, number in refused]
    if late:
        sentences.append(f"{late} eerder niet gekoppeld, nu alsnog opgeslagen.")
    return " ".join(sentences)


JOB = Job(
    name=CLIENT,
    title="IEP LVS naar ESIS: resultaten",
    at=clock.RESULTS,
    wanted=delivering_locations,
    page=lambda run, cursor: deliver(IepSchool.get(IepSchool.location == run.location_id), run, cursor),
)
