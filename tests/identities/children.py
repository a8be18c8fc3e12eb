"""The truth: who the children and their guardians really are, whatever any system calls them.

An independent small model: it knows nothing of numbers that mean somebody, of rules that match, or of tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FEBRUARY, MAY = date(2010, 2, 2), date(2010, 5, 5)


@dataclass(frozen=True)
class Adult:
    """A guardian as it really is."""

    name: str
    email: str


@dataclass(frozen=True)
class Child:
    """A child as it really is, with its guardian."""

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
        "Anna", "Aarts", MAY, Adult("Eva Aarts", "eva.aarts@voorbeeld.nl")
    ),  # a namesake with a mother of the same name
    Child("Zoë", "Élan", MAY, Adult("Élodie Élan", "")),
    Child("Anna", "Aarts", FEBRUARY, Adult("Piet Aarts", "piet@voorbeeld.nl")),  # not to be told apart but by a number
)


def alike(one: int, other: int) -> bool:
    """Whether two children have one name and one birth date: only a number tells them apart."""
    first, second = CHILDREN[one], CHILDREN[other]
    return (first.name, first.birth_date) == (second.name, second.birth_date)
