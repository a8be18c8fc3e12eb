"""Who in an EDEXML file may be a pupil of the location, and the user's answer: the same, somebody else, or skip this
line.

A matched pupil keeps the number in ESIS. No pupil can be two lines, and a number that is or was in use makes no new
pupil.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.clock import dutch_date
from app.exchange.edexml_records import EdexPupil, Problem
from app.refusals import Refused
from app.school.files.import_sheets import Section


class Kind(StrEnum):
    """The possible answers to a doubt."""

    SAME = "dezelfde"
    OTHER = "iemand anders"
    SKIP = "overslaan"


class Choice(NamedTuple):
    """The answer to a doubt; `key` is the leerlingnummer in ESIS of the matched pupil."""

    kind: Kind
    key: str = ""


class Likeness(NamedTuple):
    """A pupil of the location who may be somebody in the file."""

    key: str
    name: str
    birth_date: date | None
    reason: str
    """What matches and what does not: `zelfde naam, ander nummer`."""

    @property
    def described(self) -> str:
        """`00001, Té Testman, geboren 3-2-2010`."""
        return _described(self.key, self.name, self.birth_date)


class Doubt(NamedTuple):
    """A pupil in the file whose identity is uncertain."""

    record: EdexPupil
    like: tuple[Likeness, ...]
    never_new: str
    """Why the number makes no new pupil, as a sentence; empty if it can."""
    eckid_of: str
    """The number in ESIS of the pupil with this ECK iD; empty if none."""

    @property
    def key(self) -> str:
        """The leerlingnummer in the file."""
        return self.record.key

    @property
    def described(self) -> str:
        """`1, Té Testman, geboren 3-2-2010`."""
        return _described(self.key, self.record.label, self.record.birth_date)

    @property
    def sentence(self) -> str:
        """Who it may be and why, as far as the choice requires."""
        like = " of op ".join(f"leerling {one.described} ({one.reason})" for one in self.like)
        return " ".join(part for part in (f"lijkt op {like}." if like else "", self.never_new) if part)

    @property
    def choices(self) -> list[Choice]:
        """The possible answers, likeliest first."""
        same = [Choice(Kind.SAME, one.key) for one in self.like]
        return [*same, *([] if self.never_new else [Choice(Kind.OTHER)]), Choice(Kind.SKIP)]


Choices = Mapping[str, Choice]
"""By leerlingnummer in the file."""


@dataclass(frozen=True)
class Chosen:
    """The result of the choices: pupils, and what to report about them."""

    choices: Choices = field(default_factory=dict)
    pupils: Section = field(default_factory=Section)
    problems: tuple[Problem, ...] = ()
    without_group: int = 0

    @property
    def left_out(self) -> int:
        """How many lines are skipped."""
        return sum(choice.kind is Kind.SKIP for choice in self.choices.values())


def check(doubts: Iterable[Doubt], choices: Choices) -> None:
    """Raise `Refused` for a choice without a doubt, an impossible choice, or two lines that are one pupil."""
    unknown, same = dict(choices), dict[str, str]()
    for doubt in doubts:
        choice = unknown.pop(doubt.key, None)
        if choice is None:
            continue
        if choice not in doubt.choices:
            raise Refused(_impossible(doubt, choice))
        if choice.kind is Kind.SAME and (other := same.setdefault(choice.key, doubt.key)) != doubt.key:
            raise Refused(
                f"Leerling {choice.key} kan er maar een zijn: u koos hem of haar al voor {other} in het bestand. "
                f"Kies voor {doubt.key} iets anders."
            )
    for key in unknown:
        raise Refused(f"Leerling '{key}' is in dit bestand geen twijfel; er valt niets te kiezen.")


def fitting(doubts: Iterable[Doubt], choices: Choices) -> dict[str, Choice]:
    """The choices that are still possible."""
    found: dict[str, Choice] = {}
    for doubt in doubts:
        choice = choices.get(doubt.key)
        if choice in doubt.choices and not (choice.kind is Kind.SAME and choice in found.values()):
            found[doubt.key] = choice
    return found


def _impossible(doubt: Doubt, choice: Choice) -> str:
    if choice.kind is Kind.OTHER:
        return f"Leerling {doubt.key} kan geen nieuwe leerling worden. {doubt.never_new}"
    like = " of ".join(one.key for one in doubt.like)
    return f"Leerling {doubt.key} lijkt niet op {choice.key}" + (f", wel op {like}." if like else ".")


def _described(key: str, name: str, birth_date: date | None) -> str:
    return f"{key}, {name}" + (f", geboren {dutch_date(birth_date)}" if birth_date else "")
