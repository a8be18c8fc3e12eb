"""What tests of the list of pupils share."""

from __future__ import annotations

from collections.abc import Callable

from app.school.people import pupils
from models.base import real_database
from models.school import Group, Pupil
from tests.builders import make_pupil


def named(group: Group, first_name: str, last_name: str, prefix: str = "", key: str = "") -> Pupil:
    pupil = make_pupil(group, first_name, last_name, key)
    pupil.prefix = prefix
    pupil.save()
    return pupil


def keys(rows: list[pupils.ListedPupil]) -> list[str]:
    return [row.key for row in rows]


def statements(action: Callable[[], object]) -> int:
    """How many statements an action sends to the database."""
    real, seen = real_database(), 0
    original = real.execute_sql

    def counting(*arguments: object, **named: object) -> object:
        nonlocal seen
        seen += 1
        return original(*arguments, **named)

    real.execute_sql = counting
    try:
        action()
    finally:
        del real.execute_sql
    return seen
