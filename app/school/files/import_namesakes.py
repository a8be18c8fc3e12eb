"""New pupils of one file that resemble each other: they stay two, with a warning, because one may have been entered
twice.

The rules are those of `app/exchange/identity.py` for two pupils with different numbers. Only hashes of the names are
kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.exchange.edexml_records import EdexFile, EdexPupil
from app.exchange.identity import Person
from app.exchange.seen_keys import SeenKeys

_WHOLE, _SHORT = "hele naam", "zonder voorvoegsel"
_WITH, _WITHOUT = ", met ECK iD", ", zonder ECK iD"


class Namesakes:
    """The new pupils seen so far."""

    def __init__(self) -> None:
        self._dated, self._undated = SeenKeys(), SeenKeys()
        self._any_undated = False

    def earlier(self, record: EdexPupil, person: Person) -> int | None:
        """The line of an earlier new pupil who may be the same as this one."""
        if person.birth_date is None:
            line = self._like_undated(person)
            self._any_undated = True
            for kind, name in _names(person):
                self._undated.put(kind + _eckid(person), name, record.line)
            return line
        short, born = person.short_name, person.birth_date.isoformat()
        line = self._dated.put(_WHOLE, person.full_name + born, record.line)
        also = self._dated.put(_SHORT, short + born, record.line) if short else None
        return line or also

    def undated(self, file: EdexFile) -> Iterator[tuple[EdexPupil, int]]:
        """The pupils of the file with a birth date who may be a new pupil without one, with the line of the latter."""
        for record in file.pupils if self._any_undated else ():
            person = Person(record.key, record.eckid, record.first_name, record.prefix, record.last_name)
            if record.birth_date is not None and (line := self._like_undated(person)) is not None:
                yield record, line

    def _like_undated(self, person: Person) -> int | None:
        """Without a birth date on either side, only those without another ECK iD may be the same."""
        for kind, name in _names(person):
            for eckid in _may_be(person):
                if (line := self._undated.line(kind + eckid, name)) is not None:
                    return line
        return None


def _names(person: Person) -> list[tuple[str, str]]:
    return [(kind, name) for kind, name in ((_WHOLE, person.full_name), (_SHORT, person.short_name)) if name]


def _eckid(person: Person) -> str:
    return _WITH if person.eckid else _WITHOUT


def _may_be(person: Person) -> tuple[str, ...]:
    """The kinds of match for those without another ECK iD."""
    return (_WITHOUT,) if person.eckid else (_WITHOUT, _WITH)
