"""The ground truth: who the children and their guardians really are, whatever any system calls them.

A small independent model that knows nothing of identifying numbers, matching rules or tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

FEBRUARY, MAY = date(2010, 2, 2), date(2010, 5, 5)


@dataclass(frozen=True)
class Adult:
    """A guardian as it really is."""

    name: str
    email: str


@dataclass(frozen=True)
class Child:
    """A child as it really is, with its guardian.

    How the last name is spelt, in capitals or not, is its own: so the model sees whose a record was, and the program, to
    which all spellings are one name, does not.
    """

    first_name: str
    last_name: str
    birth_date: date
    carer: Adult

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


EVA = Adult("Eva Aarts", "eva@voorbeeld.nl")
CHILDREN = (
    Child("Anna", "Aarts", FEBRUARY, EVA),
    Child("Bas", "Aarts", FEBRUARY, EVA),  # her twin
    Child(
        "Anna", "AARTS", MAY, Adult("Eva AARTS", "eva.aarts@voorbeeld.nl")
    ),  # a namesake with a mother of the same name
    Child("Zoë", "Élan", MAY, Adult("Élodie Élan", "elodie@voorbeeld.nl")),
    Child("Anna", "aarts", FEBRUARY, Adult("Piet Aarts", "piet@voorbeeld.nl")),  # not to be told apart but by a number
)
ADULTS = tuple(dict.fromkeys(child.carer for child in CHILDREN))
DECOMPOSED = {"ë": "e\u0308", "É": "E\u0301"}


def whose(record: Any) -> int:
    """The child whose name somebody once wrote on this record."""
    written = (record.first_name.casefold(), record.last_name)
    return next(n for n, child in enumerate(CHILDREN) if written == (child.first_name.casefold(), child.last_name))


def adult_of(record: Any) -> Adult:
    """The same of a guardian."""
    return next(adult for adult in ADULTS if adult.name == record.name)


def spelt(text: str, odd: bool) -> str:
    """A name, or the same with accents as characters of their own and something that nobody sees."""
    return "".join(DECOMPOSED.get(letter, letter) for letter in text) + "\u200b" if odd else text


def alike(one: int, other: int) -> bool:
    """Whether two children have one name and one birth date: only a number tells them apart."""
    first, second = CHILDREN[one], CHILDREN[other]
    return (first.name.casefold(), first.birth_date) == (second.name.casefold(), second.birth_date)
