"""The pictures that a draaiboek takes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shot:
    """A picture that a draaiboek asks for, with the step it belongs to."""

    name: str
    step: int
    text: str
    svg: str
