"""How draaiboeken went: what a play gave, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.refusals import Refused
from app.training.scripts.document import Script
from app.training.scripts.events import Event, Happened
from app.training.scripts.shots import Shot

if TYPE_CHECKING:
    from app.training.tracing.trace import Trace


@dataclass(frozen=True)
class Outcome:
    """What a play of a draaiboek gave: a plain value that travels between processes."""

    shots: tuple[Shot, ...]
    """The pictures, up to where it failed."""
    refusal: Refused | None
    """Why it failed; None if every line went as it says."""
    begun: tuple[tuple[int, float], ...]
    """The steps that began, by their place in the draaiboek, each with the seconds since the start."""
    seconds: float
    """The wall time it took."""
    trace: Trace | None = None
    """What happened at each line, if that was asked."""
    fault: Exception | None = None
    """What the program itself broke on."""


@dataclass
class Told:
    """What is told of a draaiboek: how it went, and what is wrong."""

    path: Path
    script: Script | None = None
    """None if it could not be read."""
    outcome: Outcome | None = None
    """None if it was not played."""
    events: list[Event] = field(default_factory=list)
    """What failed, and what was not compared."""

    @property
    def failed(self) -> bool:
        """Whether anything is wrong."""
        return any(one.event is Happened.FAILED for one in self.events)
