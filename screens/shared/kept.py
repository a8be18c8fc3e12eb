"""What a list of records shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from screens.shared.sources import Known


@dataclass(frozen=True)
class Kept:
    """What a list of records shows."""

    asked: str
    source: Known
    total: int
    """How many there are without a search."""
    reason: str
    """Why nothing can be changed."""
    hidden: str = ""
    """Why nothing can be seen."""
    above: Any = None
    """What `read_above` returned."""
