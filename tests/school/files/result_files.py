"""A school with groups 6 and 8, and files with results of its pupils; shared by the tests of these imports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.access import Actor
from app.exchange import eindtoets, scol
from app.permissions import Role
from app.school.assessment.results import VALUES
from models.assessment import ActiveAssessment, ReplacedResult, Result
from models.board import Location
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil

BORN = "1-1-2010"


def school(*active: str) -> Actor:
    """Somebody who may import; pupils 1042 and 1043 sit in group 6, 2001 in group 8; these assessments are on."""
    board = make_board()
    location = location_of(board)
    six, eight = make_group(location), make_group(location, "8", "8")
    make_pupil(six, key="1042")
    make_pupil(six, "Bram", "Berg", key="1043")
    make_pupil(eight, "Cato", "Dam", key="2001")
    for assessment in active:
        ActiveAssessment.create(location=location, assessment=assessment)
    return make_actor(board, Role.INTERN_BEGELEIDER)


def text(header: Sequence[str], *rows: Sequence[str]) -> bytes:
    return "\n".join(";".join(row) for row in (header, *rows)).encode()


def scol_file(*rows: tuple[str, str, str], born: str = BORN, day: str = "3-2-2020") -> bytes:
    """Rows of leerlingnummer, scale and score."""
    return text(scol.HEADER, *((key, *name_of(key), born, day, scale, score) for key, scale, score in rows))


def name_of(key: str) -> tuple[str, str]:
    """Last and first name of the pupil with this number; of somebody unknown those of Anna."""
    return {"1043": ("Berg", "Bram"), "2001": ("Dam", "Cato")}.get(key, ("Voorbeeld", "Anna"))


def eindtoets_file(*keys: str, **cells: str) -> bytes:
    """A line for each number, with the name that belongs to it."""
    usual = {
        "brin6": "99QQ00",
        "geboortedatum": BORN,
        "datum": "3-2-2020",
        "toets": "IEP Eindtoets",
        "standaardscore": "80",
        "advies": "havo",
        "lezen": "2F",
        "taalverzorging": "1F",
        "rekenen": "1S",
    } | cells
    return text(
        eindtoets.HEADER,
        *(
            [
                {"leerlingnummer": key, **dict(zip(("achternaam", "roepnaam"), name_of(key), strict=True)), **usual}[
                    name
                ]
                for name in eindtoets.HEADER
            ]
            for key in keys
        ),
    )


def held(location: Location) -> list[tuple[Any, ...]]:
    """Everything that is stored for a location, and what was replaced, without the ids."""
    rows = Result.select().where(Result.location == location).order_by(Result.supplier_key)
    return [
        (
            row.supplier,
            row.supplier_key,
            row.pupil.key,
            row.received_at,
            *(getattr(row, name) for name in VALUES),
            [
                (old.pupil.key, old.received_at, *(getattr(old, name) for name in VALUES))
                for old in ReplacedResult.select().where(ReplacedResult.result == row).order_by(ReplacedResult.id)
            ],
        )
        for row in rows
    ]
