"""The programs side by side: ESIS, and one for each partner's package in `screens.partners`."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from textual.screen import Screen

from screens import partners

ESIS = "esis"


@dataclass(frozen=True)
class Program:
    """A program with its own users, data and look; `open` makes its first screen, `order` is its place after ESIS."""

    id: str
    title: str
    open: Callable[[], Screen[Any]]
    pages: Callable[[Screen[Any]], list[tuple[str, Callable[[], object]]]] = lambda _screen: []
    """What the palette finds in it from this screen of it: titles, and the ways there."""
    order: int = 0


@cache
def partner_programs() -> tuple[Program, ...]:
    """Each partner's own program, found as `screens.partners.<package>.program.PROGRAM`, in order."""
    packages = [f"{partners.__name__}.{found.name}" for found in pkgutil.iter_modules(partners.__path__) if found.ispkg]
    modules = [import_module(f"{name}.program") for name in packages if find_spec(f"{name}.program")]
    return tuple(sorted((module.PROGRAM for module in modules), key=lambda program: program.order))
