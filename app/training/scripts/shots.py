"""The pictures that a draaiboek takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Shot:
    """A picture that a draaiboek asks for, with the step it belongs to."""

    name: str
    step: int
    text: str
    svg: str


class Taken(NamedTuple):
    """The screen at a moment."""

    text: str
    """Its characters."""
    svg: str
    hid: frozenset[int]
    """Which of the masks hid something, by their place."""
