"""Errors in a draaiboek: in how it is written, or when it is played."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Self

from app.refusals import Refused
from app.training.scripts.shots import Shot


@dataclass(frozen=True)
class Mistake:
    """One error in a file, in the format editors read: `FILE:LINE: sentence`."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class InvalidScript(Refused):
    """The file is not a draaiboek: all errors in how it is written, one per line."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))

    def __reduce__(self) -> tuple[type[InvalidScript], tuple[object, ...]]:
        """How it travels from another process."""
        return type(self), (self.mistakes,)


class CannotDo(Exception):
    """A line's action cannot be done on the present screen, in Dutch; suggests a similar label."""

    def __init__(self, sentence: str, meant: str = "") -> None:
        self.sentence, self.meant = f"{sentence} Bedoelt u '{meant}'?" if meant else sentence, meant
        super().__init__(self.sentence)

    def waited(self, seconds: float) -> Self:
        """The same, with how long was waited for it."""
        longer = type(self)(
            f"{self.sentence} Er is {seconds:g} {'seconde' if seconds <= 1 else 'seconden'} op gewacht."
        )
        longer.meant = self.meant
        return longer


class NotThere(CannotDo):
    """What is named is not on the screen."""


class PlayFailed(Refused):
    """A line of the file failed.

    It has the screen at that moment, as characters and picture (SVG), and the pictures taken before it. What failed before
    it while playing went on (`expect?`) is told with it: `each` has all of them, this one last.
    """

    def __init__(
        self,
        mistake: Mistake,
        shown: str,
        picture: str,
        shots: Sequence[Shot] = (),
        *,
        step: int | None = None,
        before: Sequence[PlayFailed] = (),
        whole: bool = False,
    ) -> None:
        """`step`: the number of its step; `whole`: the draaiboek was played to its end all the same."""
        self.mistake, self.shown, self.picture, self.shots = mistake, shown, picture, tuple(shots)
        self.step, self.whole = step, whole
        self.each: tuple[PlayFailed, ...] = (*before, self)
        own = f"{mistake}\n\nOp het scherm stond:\n\n{shown}"
        super().__init__("\n\n".join([*(one.sentence for one in before), own]))

    def __reduce__(self) -> tuple[Callable[..., PlayFailed], tuple[object, ...]]:
        """How it travels from another process."""
        made = partial(type(self), step=self.step, before=self.each[:-1], whole=self.whole)
        return made, (self.mistake, self.shown, self.picture, self.shots)


MOST_NAMES = 20
"""Names of a user's own that a sentence lists at the most."""


def nearest(asked: str, known: Iterable[str]) -> str:
    """The closest known word or label; empty if none is close."""
    by_fold = {name.casefold(): name for name in known}
    found = get_close_matches(asked.casefold(), list(by_fold), 1, 0.5)
    return by_fold[found[0]] if found else ""


def instead(asked: str, known: Iterable[str], most: int | None = None) -> str:
    """What to write instead of something unknown, as a sentence: the closest, or all there are (`most` at the most)."""
    names = list(known)
    meant = nearest(asked, names)
    return f"Bedoelt u '{meant}'?" if meant else f"Er zijn: {', '.join(names[:most])}."


class WrongLine(Exception):
    """A line that is not a command; the message says why, and gives the correct form."""
