"""A school with a pupil, and results as a supplier delivers them; shared by the tests of results."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.clock import PRACTICE_START
from app.exchange.uwlr import ResultData, ResultsReceipt
from app.school.assessment import results
from app.school.assessment.catalogue import lvs_assessments
from models.assessment import ActiveAssessment
from models.board import Board, Location
from models.school import Pupil
from tests.builders import location_of, make_board, make_group, make_pupil

SUPPLIER = "iep-lvs"
LATER = PRACTICE_START + timedelta(days=1)


def school_with_pupil(brin: str = "99QQ") -> tuple[Board, Location, Pupil]:
    board = make_board(brin=brin, locations=("00", "01"))
    location = location_of(board)
    for assessment in lvs_assessments():
        ActiveAssessment.create(location=location, assessment=assessment.id)
    return board, location, make_pupil(make_group(location), key="1042")


def result(key: str = "R1", pupil: str = "1042", **changes: object) -> ResultData:
    base = ResultData(
        key=key,
        pupil_key=pupil,
        pupil_eckid="",
        assessment="lezen-6",
        date=date(2020, 1, 21),
        score=57,
        level="III",
        reference_level="<1F",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def receive(location: Location, *data: ResultData, at: object = PRACTICE_START) -> ResultsReceipt:
    receipt = results.receive(location, SUPPLIER, data, at)  # type: ignore[arg-type]
    counted = receipt.stored + receipt.replaced + receipt.unchanged + receipt.unmatched + receipt.refused
    assert receipt.received == counted == len(data)
    return receipt
