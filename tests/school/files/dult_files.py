"""Received DULT files with a line or two; shared by the tests of the Dultkoppeling."""

from __future__ import annotations

from datetime import date

from app.access import Actor
from app.exchange.dult import DultRow, write_dult
from app.school.files import dult, dult_matching
from app.school.files.dult import FileState
from app.school.files.dult_matching import DultPupilRow
from models.dult import DultFile

BORN = date(2010, 1, 1)
DAY = date(2020, 2, 3)
READING, MATHS = "dult-lezen-6", "dult-rekenen-6"


def row(
    key: str = "1042",
    first: str = "Anna",
    last: str = "Voorbeeld",
    *,
    born: date = BORN,
    assessment: str = READING,
    day: date = DAY,
    score: int = 140,
    level: str = "III",
) -> DultRow:
    return DultRow(0, key, last, first, born, assessment, day, score, level)


def receive(actor: Actor, *rows: DultRow, name: str = "bestand.csv") -> DultFile:
    return dult.receive(actor, name, dult.preview(actor, write_dult(rows)))


def pupil_in(actor: Actor, file: DultFile, key: str) -> DultPupilRow:
    return next(one for one in dult_matching.pupils_of(actor, file.id) if one.key == key)


def state(actor: Actor, file: DultFile) -> FileState:
    return dult.file_row(actor, file.id).state
