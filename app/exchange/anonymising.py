"""Replaces the people in a file by invented ones: as many, with the same namesakes, twins, groups and missing fields,
and nothing that identifies the originals.

The replacements follow from a key that is not in the file, so the same file gives the same people again; names that
would coincide are kept apart in file order. Dates keep their meaning: a birth date stays within its school-year group
(1 October to 30 September), a day of enrolling or leaving within its month; and both stay before or after today.
Numbers stay numbers, with their leading zeros. Year groups, gender and school year are kept.
"""

from __future__ import annotations

import calendar
import hmac
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TypeVar

from app.exchange.edexml_records import (
    EdexGroup,
    EdexLocation,
    EdexPerson,
    EdexPupil,
    EdexSchool,
    EdexTeacher,
    Record,
)
from app.exchange.names import folded

Person = TypeVar("Person", bound=EdexPerson)
_GROUP = re.compile(r"((groep|gr\.?|klas|unit)? ?[0-8]( ?[/+&-]? ?[0-8]){0,4} ?[a-d]?)?")
"""A group name that only states a year group."""
_GROUP_NAMES = (
    "Merels",
    "Spechten",
    "Uilen",
    "Zwaluwen",
    "Mezen",
    "Vinken",
    "Roodborstjes",
    "Kieviten",
    "Reigers",
    "Otters",
    "Egels",
    "Vossen",
    "Dassen",
    "Hazen",
    "Bevers",
    "Libellen",
    "Vlinders",
    "Sprinkhanen",
    "Zonnebloemen",
    "Klaprozen",
    "Berken",
    "Beuken",
    "Eiken",
    "Iepen",
    "Linden",
    "Wilgen",
)
_PLACES = ("Noord", "Oost", "Zuid", "West", "Centrum", "Dorp", "Park", "Haven", "Molenwijk", "Bloemenbuurt")
_PREFIX_WORDS = frozenset(
    (
        "van",
        "de",
        "der",
        "den",
        "het",
        "'t",
        "'s",
        "te",
        "ten",
        "ter",
        "von",
        "el",
        "di",
        "da",
        "dos",
        "la",
        "le",
        "op",
        "in",
        "uit",
        "aan",
        "bij",
    )
)
_DIGITS = (6, 12)
"""Numbers of at most so many digits become one digit longer than that."""
_ECKID = "https://ketenid.nl/oefenen/"
_DOMAIN = "oefenschool.example"


@dataclass(frozen=True)
class Names:
    """The source of the names."""

    girls: Sequence[str]
    boys: Sequence[str]
    last: Sequence[str]
    prefixes: Sequence[str]


class Anonymiser:
    """Replaces the records of one file, in order."""

    def __init__(self, key: bytes, names: Names, brin6: str, today: date) -> None:
        """`brin6` is the location the file is attributed to."""
        self._brin, self._number = brin6[:4], brin6[4:]
        self._today = today
        self._secret = _Secret(key)
        both = [*names.girls, *names.boys]
        self._first = {
            gender: _Replaced(self._secret, f"roepnaam {gender}", options)
            for gender, options in ((1, names.boys), (2, names.girls), (0, both))
        }
        self._last = _Replaced(self._secret, "achternaam", names.last)
        self._prefixes = _Replaced(self._secret, "voorvoegsel", names.prefixes, joins=False)
        self._groups = _Replaced(self._secret, "groepsnaam", _GROUP_NAMES)
        self._places = _Replaced(self._secret, "vestiging", _PLACES)
        self._emails: dict[str, str] = {}

    def __call__(self, record: Record) -> Record:
        """Return the replacement of a record."""
        match record:
            case EdexSchool():
                return replace(record, brin=self._brin, location=self._number, institution="")
            case EdexLocation():
                return replace(
                    record, key=self._code("vestiging", record.key), name=f"Locatie {self._places(record.name)}"
                )
            case EdexGroup():
                return replace(record, key=self._code("groep", record.key), name=self._group_name(record.name))
            case EdexPupil():
                return self._pupil(record)
            case EdexTeacher():
                person = self._person(record, "leerkracht", 0)
                return replace(person, email=self._email(record.email, person))

    def _pupil(self, record: EdexPupil) -> EdexPupil:
        first, last = self._in_month(record.enrolled_from), self._in_month(record.unsubscribed_on)
        if first and last and first > last:
            first, last = last, first  # of one month
        return replace(
            self._person(record, "leerling", record.gender or 0),
            birth_date=self._birth(record.birth_date),
            location_key=self._code("vestiging", record.location_key),
            enrolled_from=first,
            unsubscribed_on=last,
        )

    def _person(self, record: Person, kind: str, gender: int) -> Person:
        words = self._first.get(gender, self._first[0])
        given = " ".join(words(word) for word in record.given_names.split())
        first = " ".join(words(word) for word in record.first_name.split())
        return replace(
            record,
            key=self._code(kind, record.key),
            eckid=f"{_ECKID}{self._secret.text('eckid', record.eckid)}" if record.eckid else "",
            first_name=first,
            given_names=given,
            initials=self._initials(record.initials, (given or first).split()),
            prefix=self._prefixes(record.prefix),
            last_name=self._last_name(record.last_name),
            group_keys=tuple(self._code("groep", key) for key in record.group_keys),
            composite_keys=tuple(self._code("groep", key) for key in record.composite_keys),
        )

    def _last_name(self, name: str) -> str:
        """Replace the name without its prefix, so that the same name with another prefix stays the same."""
        words, before = name.split(), 0
        while before < len(words) - 1 and words[before].lower() in _PREFIX_WORDS:
            before += 1
        return " ".join(
            part for part in (self._prefixes(" ".join(words[:before])), self._last(" ".join(words[before:]))) if part
        )

    def _initials(self, initials: str, names: Sequence[str]) -> str:
        """One letter for each letter: those of the names, as far as they go."""
        letters: Iterator[str] = (name[0] for name in names)

        def letter(found: re.Match[str]) -> str:
            return next(letters, chr(65 + self._secret.number("voorletter", initials + str(found.start())) % 26))

        return re.sub(r"[^\W\d_]", letter, initials)

    def _email(self, email: str, person: EdexPerson) -> str:
        """Build an address from the name, and a number to make it unique; the same address gives the same one."""
        if email and email not in self._emails:
            name = re.sub("[^a-z]+", ".", folded(person.first_name, person.last_name)).strip(".")[:60]
            self._emails[email] = f"{name or 'medewerker'}.{self._secret.number('email', email) % 10**8}@{_DOMAIN}"
        return self._emails[email] if email else ""

    def _group_name(self, name: str) -> str:
        return name if _GROUP.fullmatch(name.lower()) else f"Groep {self._groups(name)}"

    def _code(self, kind: str, key: str) -> str:
        """Replace a number by a number with as many leading zeros; different keys stay different."""
        if not key:
            return ""
        if key.isascii() and key.isdigit():
            bare = key.lstrip("0")
            for digits in _DIGITS:
                if len(bare) <= digits:
                    changed = self._secret.shuffled(kind, int(bare or "0"), digits)
                    return f"{key[: len(key) - len(bare)]}{10**digits + changed}"
        return f"{kind[0].upper()}{self._secret.text(kind, key)[:16]}"

    def _birth(self, day: date | None) -> date | None:
        if day is None or not 1 < day.year < 9_999:
            return day
        begins = day.year if day.month >= 10 else day.year - 1
        return self._among(day, date(begins, 10, 1), date(begins + 1, 9, 30))

    def _in_month(self, day: date | None) -> date | None:
        if day is None:
            return None
        return self._among(day, day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))

    def _among(self, day: date, first: date, last: date) -> date:
        """Another day in this range, equally past or future; different days stay different."""
        if day <= self._today:
            last = min(last, self._today)
        else:
            first = max(first, self._today + timedelta(days=1))
        return self._secret.next_day(first, last)[day]


class _Secret:
    """Values derived from the key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.next_day = cache(self._next_day)

    def text(self, kind: str, text: str) -> str:
        """Hexadecimal digits."""
        return hmac.new(self._key, f"{kind}\0{text}".encode("utf-8", "surrogatepass"), "sha256").hexdigest()

    def number(self, kind: str, text: str) -> int:
        """A large number."""
        return int(self.text(kind, text)[:15], 16)

    def shuffled(self, kind: str, number: int, digits: int) -> int:
        """A permutation of the numbers with so many digits: a Feistel network on the two halves."""
        size = 10 ** (digits // 2)
        left, right = divmod(number, size)
        for turn in range(4):
            left, right = right, (left + self.number(f"{kind} {digits} {turn}", str(right))) % size
        return int(left * size + right)

    def _next_day(self, first: date, last: date) -> dict[date, date]:
        """Each of these days with the next one, in a cyclic order derived from the key; a single day maps to itself."""
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        days.sort(key=lambda day: self.text("dag", day.isoformat()))
        return dict(zip(days, [*days[1:], days[0]], strict=True))


class _Replaced:
    """A replacement for each name, regardless of case and accents; an empty name stays empty."""

    def __init__(self, secret: _Secret, kind: str, options: Sequence[str], joins: bool = True) -> None:
        """With more names than options, some are joined by hyphens; without `joins`, several names get the same."""
        self._secret, self._kind, self._options, self._joins = secret, kind, tuple(options), joins
        self._given: dict[str, str] = {}
        self._taken: set[str] = set()

    def __call__(self, name: str) -> str:
        """Return the replacement of a name."""
        known = folded(name)
        if not known:
            return ""
        if known not in self._given:
            free = (one for one in self._tried(known) if one not in self._taken and folded(one) != known)
            self._given[known] = next(free)
            if self._joins or len(self._taken) < len(self._options) - 2:
                self._taken.add(self._given[known])
        return self._given[known]

    def _tried(self, known: str) -> Iterator[str]:
        for turn in itertools.count():
            parts = 1 + turn // 8 if self._joins else 1
            yield "-".join(self._option(known, f"{turn} {part}") for part in range(parts))

    def _option(self, known: str, turn: str) -> str:
        return self._options[self._secret.number(self._kind, f"{known} {turn}") % len(self._options)]
