"""What the other systems will know of a change to a pupil, and when: each partner that gets pupils says it itself.

A partner's module exports `news(location, change, effective, now)`: a sentence, or nothing where it gets nothing from here.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum, auto
from functools import cache

from app import partners
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


def told(location: Location, change: Change, effective: date, now: datetime) -> str:
    """When a change that holds from the date `effective` is known elsewhere, as sentences; empty where nobody gets it."""
    return " ".join(filter(None, (news(location, change, effective, now) for news in _news())))


@cache
def _news() -> list[News]:
    names = sorted(found.name for found in pkgutil.iter_modules(partners.__path__))
    modules = [importlib.import_module(f"{partners.__name__}.{name}") for name in names]
    return [module.news for module in modules if hasattr(module, "news")]
