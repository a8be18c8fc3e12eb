"""Numbers with their nouns, in one place, so that nobody reads "1 leerlingen"."""

from __future__ import annotations

from typing import TypeVar

Word = TypeVar("Word")


def counted(number: int, one: str, more: str) -> str:
    """`1 leerling`, `2 leerlingen`; with a verb too: `1 resultaat is`, `2 resultaten zijn`."""
    return f"{number} {plural(number, one, more)}"


def plural(number: int, one: Word, more: Word) -> Word:
    """The form of a word that agrees with a number elsewhere in the sentence: `staat` or `staan`, `het` or `ze`."""
    return one if number == 1 else more
