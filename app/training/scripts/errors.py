"""What can be wrong with a draaiboek: how it is written, or what happened when it was played."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from app.refusals import Refused
from app.training.scripts.shots import Shot


@dataclass(frozen=True)
class Mistake:
    """One thing wrong in a file, as editors read it: `FILE:LINE: sentence`."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class InvalidScript(Refused):
    """The file is no draaiboek: everything that is wrong with how it is written, a line each."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


class CannotDo(Exception):
    """What a line asks cannot be done on the screen as it is, in Dutch; with a label that comes close."""

    def __init__(self, sentence: str, meant: str = "") -> None:
        self.sentence = f"{sentence} Bedoelt u '{meant}'?" if meant else sentence
        super().__init__(self.sentence)


class PlayFailed(Refused):
    """A line of the file that did not go as it says, with the screen as it was: its characters and its picture (SVG); and
    what was shot before it.
    """

    def __init__(self, mistake: Mistake, shown: str, picture: str, shots: Sequence[Shot] = ()) -> None:
        self.mistake, self.shown, self.picture, self.shots = mistake, shown, picture, tuple(shots)
        super().__init__(f"{mistake}\n\nOp het scherm stond:\n\n{shown}")


def nearest(asked: str, known: Iterable[str]) -> str:
    """The known word or label that comes closest; empty when none does."""
    by_fold = {name.casefold(): name for name in known}
    found = get_close_matches(asked.casefold(), list(by_fold), 1, 0.5)
    return by_fold[found[0]] if found else ""
