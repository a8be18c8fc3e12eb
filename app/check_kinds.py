"""What a kind of check of a draaiboek is: of ESIS (`app/training/scripts`), or of a partner (`Partner.checks`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of check: how it is written (small words as they are, capitals are filled in), what it says in Dutch with
    what was filled in, and whether it holds.
    """

    written: str
    says: str
    holds: Callable[..., bool]


def spaced(name: str) -> str:
    """A name as it is; in a check it is one word, with `_` for each space."""
    return name.replace("_", " ")


def opposite(holds: Callable[..., object]) -> Callable[..., bool]:
    """What holds where this does not."""
    return lambda *given: not holds(*given)
