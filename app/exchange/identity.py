"""Who is who: the one table of rules for comparing an arriving pupil with existing ones.

Four things tell whether two descriptions are of one pupil: the leerlingnummer, the ECK iD, the name and the birth date.
Each agrees, differs, or is unknown because one of the two lacks it (`Sign`). `verdict` gives the conclusion, which is
symmetric. Uncertain cases are doubts, for a user to decide. For guardians the e-mail address, the name and the children
count. All of it is our choice; `docs/wie-is-wie.md` shows the table, and a test keeps the two in step.

Pure, and about two descriptions only; `app/exchange/recognising.py` decides who is meant among many. Numbers and ECK
iDs are compared as written, names and addresses folded (`app/exchange/names.py`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum
from functools import cached_property
from typing import Any

from app.exchange import email
from app.exchange.names import folded


class Sign(Enum):
    """How two descriptions compare on one point."""

    EQUAL = "="
    NEAR = "~"
    """A number that lost its zeros, or a name with another prefix."""
    DIFFERENT = "≠"
    OPEN = "·"
    """One of the two lacks it."""


class Verdict(StrEnum):
    """Whether two descriptions are of one pupil."""

    SAME = "dezelfde"
    DOUBT = "twijfel"
    OTHER = "iemand anders"


@dataclass(frozen=True)
class Person:
    """A description of a pupil; unknown values are empty or None."""

    number: str = ""
    eckid: str = ""
    first_name: str = ""
    prefix: str = ""
    last_name: str = ""
    birth_date: date | None = None
    former: tuple[str, ...] = ()
    """Former numbers of the pupil: they still identify it."""

    @classmethod
    def of(cls, one: Any, number: str | None = None, *, eckid: str | None = None, former: Iterable[str] = ()) -> Person:
        """Describe a row of a table, a line of a file or a form; `number` and `eckid` override its own. A missing
        prefix or ECK iD is allowed.
        """
        return cls(
            one.key if number is None else number,
            getattr(one, "eckid", "") if eckid is None else eckid,
            one.first_name,
            getattr(one, "prefix", ""),
            one.last_name,
            one.birth_date,
            tuple(former),
        )

    @property
    def has_more_than_number(self) -> bool:
        """Whether a name, a birth date or a former number is known, beside number and ECK iD."""
        return bool(self.first_name or self.prefix or self.last_name or self.birth_date or self.former)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The present number and the former ones."""
        return frozenset(number for number in (self.number, *self.former) if number)

    @cached_property
    def bare_numbers(self) -> frozenset[str]:
        """The same without leading zeros, which a spreadsheet drops."""
        return frozenset(map(bare, self.numbers))

    @cached_property
    def full_name(self) -> str:
        """The whole name, folded, wherever the prefix is."""
        return folded(self.first_name, self.prefix, self.last_name)

    @cached_property
    def short_name(self) -> str:
        """First and last name, folded; empty unless both are known."""
        return folded(self.first_name, self.last_name) if self.first_name and self.last_name else ""


@dataclass(frozen=True)
class Signs:
    """How two descriptions compare on the four points."""

    number: Sign
    eckid: Sign
    name: Sign
    birth_date: Sign

    def __iter__(self) -> Iterator[Sign]:
        """The signs, in this order."""
        return iter((self.number, self.eckid, self.name, self.birth_date))

    def __str__(self) -> str:
        """`=·≠=`."""
        return "".join(sign.value for sign in self)

    @property
    def sure(self) -> bool:
        """Whether nothing contradicts that these are one, or both number and ECK iD agree."""
        both = self.number is self.eckid is Sign.EQUAL
        return verdict(self) is Verdict.SAME and (both or Sign.DIFFERENT not in tuple(self))

    @property
    def strong(self) -> bool:
        """Whether number or ECK iD agree: stronger than a name and a birth date."""
        return Sign.EQUAL in (self.number, self.eckid)

    @property
    def reason(self) -> str:
        """What agrees and what differs, in words: `zelfde nummer, andere naam`."""
        said = [
            *(words[0] for sign, words in zip(self, _WORDS, strict=True) if sign is Sign.EQUAL),
            *(words[1] for sign, words in zip(self, _WORDS, strict=True) if sign is Sign.NEAR),
            *(words[2] for sign, words in zip(self, _WORDS, strict=True) if sign is Sign.DIFFERENT),
        ]
        return ", ".join(said)


_WORDS = (
    ("zelfde nummer", "zelfde nummer op de nullen na", "ander nummer"),
    ("zelfde ECK iD", "", "ander ECK iD"),
    ("zelfde naam", "naam met een ander voorvoegsel", "andere naam"),
    ("zelfde geboortedatum", "", "andere geboortedatum"),
)


def compare(one: Person, other: Person) -> Signs:
    """Compare on the four points; symmetric."""
    return Signs(
        _number(one, other),
        _plain(one.eckid, other.eckid),
        _name(one, other),
        _plain(one.birth_date, other.birth_date),
    )


def verdict(signs: Signs) -> Verdict:
    """The conclusion from the signs: the table of `docs/wie-is-wie.md`."""
    if signs.number is Sign.EQUAL:
        return _with_one_number(signs)
    if signs.number is Sign.OPEN:
        return _without_number(signs)
    return Verdict.DOUBT if signs.eckid is Sign.EQUAL or _resemble(signs) else Verdict.OTHER


def _resemble(signs: Signs) -> bool:
    """Whether two with different numbers may still be one: a number can be mistyped, lose its zeros, or be changed."""
    alike = signs.name in (Sign.EQUAL, Sign.NEAR)
    if signs.eckid is Sign.DIFFERENT:
        return alike and signs.birth_date is Sign.EQUAL
    lost_zeros = signs.number is Sign.NEAR and signs.name is Sign.OPEN
    return (alike or lost_zeros) and signs.birth_date is not Sign.DIFFERENT


def _with_one_number(signs: Signs) -> Verdict:
    """The same number is the same pupil, unless something contradicts it."""
    if signs.eckid is Sign.EQUAL:
        return Verdict.SAME
    renamed = signs.name is Sign.DIFFERENT and signs.birth_date is not Sign.EQUAL
    odd = renamed or Sign.DIFFERENT in (signs.eckid, signs.birth_date)
    return Verdict.DOUBT if odd else Verdict.SAME


def _without_number(signs: Signs) -> Verdict:
    """Name and birth date together are decisive; the ECK iD alone only proposes, and so does a name without a date."""
    alike = signs.name in (Sign.EQUAL, Sign.NEAR)
    if signs.eckid is Sign.EQUAL:
        return Verdict.SAME if signs.name is Sign.EQUAL and signs.birth_date is not Sign.DIFFERENT else Verdict.DOUBT
    if not alike or signs.birth_date is Sign.DIFFERENT:
        return Verdict.OTHER
    if signs.eckid is Sign.DIFFERENT:
        return Verdict.DOUBT if signs.birth_date is Sign.EQUAL else Verdict.OTHER
    return Verdict.SAME if signs.name is Sign.EQUAL and signs.birth_date is Sign.EQUAL else Verdict.DOUBT


def _number(one: Person, other: Person) -> Sign:
    if not one.numbers or not other.numbers:
        return Sign.OPEN
    if one.numbers & other.numbers:
        return Sign.EQUAL
    return Sign.NEAR if one.bare_numbers & other.bare_numbers else Sign.DIFFERENT


def bare(number: str) -> str:
    """A number without leading zeros, which a spreadsheet drops."""
    return number.lstrip("0") or number


def _plain(one: object, other: object) -> Sign:
    if not one or not other:
        return Sign.OPEN
    return Sign.EQUAL if one == other else Sign.DIFFERENT


def _name(one: Person, other: Person) -> Sign:
    if not one.full_name or not other.full_name:
        return Sign.OPEN
    if one.full_name == other.full_name:
        return Sign.EQUAL
    return Sign.NEAR if one.short_name and one.short_name == other.short_name else Sign.DIFFERENT


@dataclass(frozen=True)
class Carer:
    """A description of a guardian, with their children (numbered in any way the caller likes)."""

    name: str
    email: str = ""
    children: frozenset[Hashable] = field(default_factory=frozenset)

    @cached_property
    def folded(self) -> str:
        """The name, for comparison."""
        return folded(self.name)

    @cached_property
    def address(self) -> str:
        """The e-mail address, for comparison."""
        return email.folded_address(self.email)


@dataclass(frozen=True)
class CarerSigns:
    """How two descriptions of guardians compare on e-mail address, name and children."""

    email: Sign
    name: Sign
    common_child: bool
    addressless: bool = False
    """Neither has an e-mail address."""

    @property
    def verdict(self) -> Verdict:
        """One address is one guardian; a common child and the same name may be, and certainly is when neither has an
        address. A name alone means nothing.
        """
        if self.email is Sign.EQUAL:
            return Verdict.SAME
        if self.name is not Sign.EQUAL or not self.common_child:
            return Verdict.OTHER
        return Verdict.SAME if self.addressless else Verdict.DOUBT

    @property
    def sure(self) -> bool:
        """Whether it holds even if others share the address: families do, and then the name decides."""
        return self.email is self.name is Sign.EQUAL

    @property
    def strong(self) -> bool:
        """Whether name and address agree: as strong as a pupil's number."""
        return self.sure

    @property
    def reason(self) -> str:
        """What agrees and what differs, in words."""
        email = {Sign.EQUAL: "zelfde e-mailadres", Sign.DIFFERENT: "ander e-mailadres"}.get(self.email, "")
        name = "zelfde naam" if self.name is Sign.EQUAL else "andere naam"
        return ", ".join(part for part in (name, email, "zelfde kind" if self.common_child else "") if part)


def compare_carers(one: Carer, other: Carer) -> CarerSigns:
    """Compare two guardians; symmetric."""
    name = Sign.EQUAL if one.folded == other.folded else Sign.DIFFERENT
    none = not one.address and not other.address
    return CarerSigns(_plain(one.address, other.address), name, bool(one.children & other.children), none)
