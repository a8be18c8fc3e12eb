"""What is told to a partner of a change to a pupil, so that it says when it will know (`Partner.news`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum, auto

from models.board import Location


class Change(Enum):
    """What happens to a pupil in ESIS, as far as a partner may take it differently."""

    NEW = auto()
    PERSON = auto()
    """Names, birth date, number."""
    GROUP = auto()
    LEAVING = auto()
    SEVERAL = auto()
    """An import: who is new, who is changed and who moves."""


News = Callable[[Location, Change, date, datetime], str]
"""Of a change that holds from a date, seen from now: a sentence, or nothing where the partner does not get it."""
