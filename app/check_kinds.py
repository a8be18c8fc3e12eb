"""The kinds of check a draaiboek can make: of ESIS itself (`app/training/scripts`) or of a partner
(`Partner.checks`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeAlias

Given: TypeAlias = tuple[str, ...]
"""The words at the placeholders of a check, in order."""


@dataclass(frozen=True)
class Kind:
    """A kind of check: its syntax (lower-case words are literal, capitals are placeholders), its Dutch sentence with
    the placeholders filled in, and the test whether it holds.
    """

    written: str
    says: str
    holds: Callable[..., bool]
    facts: Callable[[Any], Iterable[Given]] | None = None
    """For an actor: everything that may be filled in so that the check holds on the board as it is. Not needed where
    every placeholder has a few words only, nor for a check that `ends` another.
    """
    ends: str = ""
    """The syntax of the check of which this is the opposite, with the same placeholders: it begins where that one ends."""


_read: ContextVar[dict[Any, list[Any]] | None] = ContextVar("read", default=None)


@contextmanager
def read_together() -> Iterator[None]:
    """Within this context what several kinds tell from is read once."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def read_once(work: Callable[[Any], Iterable[Any]]) -> Callable[[Any], Iterable[Any]]:
    """Let what this reads for an actor be read once, within `read_together`."""

    @wraps(work)
    def once(actor: Any) -> Iterable[Any]:
        known, key = _read.get(), (work, actor.location.id)
        if known is None:
            return work(actor)
        if key not in known:
            known[key] = list(work(actor))
        return known[key]

    return once


def as_word(name: str) -> str:
    """Return the name as one word of a check."""
    return name.replace(" ", "_")


def spaced(name: str) -> str:
    """Return the name with its spaces back; in a check it is one word, with `_` for each space."""
    return name.replace("_", " ")


def opposite(holds: Callable[..., object]) -> Callable[..., bool]:
    """Return the negation of a check."""
    return lambda *given: not holds(*given)
