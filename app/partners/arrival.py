"""What a partner is told about a change to a pupil, so that it can say when the change will arrive (`Partner.news`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum, auto

from models.board import Location


class Change(Enum):
    """Kinds of change to a pupil in ESIS that partners may treat differently."""

    NEW = auto()
    PERSON = auto()
    """Names, birth date, number."""
    GROUP = auto()
    LEAVING = auto()
    SEVERAL = auto()
    """An import: pupils may be new, changed or moved."""


News = Callable[[Location, Change, date, datetime], str]
"""A sentence about a change effective from a date, as seen from now; empty if the partner does not receive it."""
