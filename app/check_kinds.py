"""The kinds of check a draaiboek can make: of ESIS itself (`app/training/scripts`) or of a partner
(`Partner.checks`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of check: its syntax (lower-case words are literal, capitals are placeholders), its Dutch sentence with
    the placeholders filled in, and the test whether it holds.
    """

    written: str
    says: str
    holds: Callable[..., bool]


def spaced(name: str) -> str:
    """Return the name with its spaces back; in a check it is one word, with `_` for each space."""
    return name.replace("_", " ")


def opposite(holds: Callable[..., object]) -> Callable[..., bool]:
    """Return the negation of a check."""
    return lambda *given: not holds(*given)
