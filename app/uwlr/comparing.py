"""Compares two answers record by record: pupils, teachers and groups, by their key, whatever order they stand in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import IO, Any

from app.exchange.uwlr import GroupData, PupilData
from app.exchange.uwlr_xml.answered import Person, read_answer

MOST = 1000
"""Changed records that are told in full."""
_WORDS = {
    "eckid": "eckid",
    "first_name": "roepnaam",
    "prefix": "voorvoegsel",
    "last_name": "achternaam",
    "birth_date": "geboortedatum",
    "year_group": "jaargroep",
    "group_key": "groep",
    "composite_keys": "samengestelde_groepen",
    "gender": "geslacht",
    "initials": "voorletters-1",
    "enrolled_from": "instroomdatum",
    "email": "emailadres",
    "group_keys": "groepen",
    "name": "naam",
    "composite": "soort",
}
Record = tuple[str, str]
"""Kind (`leerling`, `leerkracht` or `groep`) and key."""


@dataclass
class Difference:
    """A record that is only in one of the two (`first` or `second` is None), or differs: field -> value."""

    record: Record
    first: dict[str, str] | None
    second: dict[str, str] | None

    @property
    def what(self) -> str:
        """`added`, `removed` or `changed`."""
        if self.first is None:
            return "added"
        return "removed" if self.second is None else "changed"

    def as_json(self) -> dict[str, Any]:
        """As a record."""
        kind, key = self.record
        return {"what": self.what, "kind": kind, "key": key, "first": self.first or {}, "second": self.second or {}}


@dataclass
class Compared:
    """What differs; `left_out` counts what was not told in full."""

    same: int = 0
    differences: list[Difference] = field(default_factory=list)
    left_out: int = 0

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs."""
        return not self.differences and not self.left_out


def compare(first: IO[bytes], second: IO[bytes]) -> Compared:
    """Compare two answers. Of each record a hash is kept, and the fields only of what differs. Raises `Violation`."""
    before, after = _hashes(first), _hashes(second)
    differing = [one for one in before.keys() | after.keys() if before.get(one) != after.get(one)]
    compared = Compared(same=sum(1 for one, digest in before.items() if after.get(one) == digest))
    told = sorted(differing)[:MOST]
    compared.left_out = len(differing) - len(told)
    wanted = set(told)
    olds, news = _details(first, wanted), _details(second, wanted)
    for one in told:
        old, new = olds.get(one), news.get(one)
        if old is not None and new is not None:
            names = [name for name in old if old[name] != new.get(name)]
            old, new = {name: old[name] for name in names}, {name: new.get(name, "") for name in names}
        compared.differences.append(Difference(one, old, new))
    return compared


def _hashes(file: IO[bytes]) -> dict[Record, bytes]:
    found: dict[Record, bytes] = {}

    def take(record: Record, fields: dict[str, str]) -> None:
        found[record] = hashlib.blake2b(repr(sorted(fields.items())).encode(), digest_size=12).digest()

    _each(file, take)
    return found


def _details(file: IO[bytes], wanted: set[Record]) -> dict[Record, dict[str, str]]:
    found: dict[Record, dict[str, str]] = {}

    def take(record: Record, fields: dict[str, str]) -> None:
        if record in wanted:
            found[record] = fields

    _each(file, take)
    return found


def _each(file: IO[bytes], take: Callable[[Record, dict[str, str]], None]) -> None:
    """Give every record to `take`."""

    def person(one: Person) -> None:
        take(("leerling" if isinstance(one, PupilData) else "leerkracht", one.key), _fields(one))

    for group in read_answer(file, person).groups:
        take(("groep", group.key), _fields(group))


def _fields(one: Person | GroupData) -> dict[str, str]:
    told = {name: value for name, value in asdict(one).items() if name not in ("key", "id")}
    return {_WORDS.get(name, name): _text(value) for name, value in told.items()}


def _text(value: Any) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(sorted(value))
    return "" if value is None else str(value)
