"""The programs side by side: ESIS, and one for each partner that `fixtures/couplings.toml` gives a module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from textual.screen import Screen

from app.couplings.catalogue import all_types

ESIS = "esis"


@dataclass(frozen=True)
class Program:
    """A program with its own users, data and look; `open` makes its first screen."""

    id: str
    title: str
    open: Callable[[], Screen[Any]]
    pages: Callable[[Screen[Any]], list[tuple[str, Callable[[], object]]]] = lambda _screen: []
    """What the palette finds in it from this screen of it: titles, and the ways there."""


@cache
def partner_programs() -> tuple[Program, ...]:
    """Each partner's own program, found in `screens.partners.<module>.PROGRAM`."""
    return tuple(import_module(f"screens.partners.{row.module}.program").PROGRAM for row in all_types() if row.module)
