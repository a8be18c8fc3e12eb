"""Something that the palette can find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """Something to find: its title, where it is, and what choosing it does."""

    title: str
    path: str
    run: Callable[[], object]
    about: str = ""
    """What it is for; words in it also match, ranked after everything else."""
    leaves: bool = False
    """Whether it goes to another screen of the same program, away from a possibly changed form."""
    minor: bool = False
    """Whether it is offered last as long as nothing was typed."""
    key: str = ""
    """The key that does the same."""
    is_found: bool = False
    """Whether it was searched for by what was typed, and so matches."""
    record: str = ""
    """What it is done with, which its title does not say."""
    elsewhere: bool = False
    """Whether it happens on another screen: a match on only the path there ranks last."""

    @property
    def shown(self) -> str:
        """Its title, with what it is done with."""
        between = " " if self.title.endswith("?") else ": "
        return f"{self.title}{between}{self.record}" if self.record else self.title
