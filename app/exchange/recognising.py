"""Finds who is meant among many: nobody can be two people, and ambiguity is left to the user (rules in `identity.py`).

All arriving people are considered together with all existing ones, so the order of either makes no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.exchange.identity import Carer, CarerSigns, Person, Signs, Verdict, bare, compare, compare_carers, verdict

New = TypeVar("New", bound=Hashable)
"""The caller's key for an arriving person: an id, a line of a file."""
Here = TypeVar("Here", bound=Hashable)
"""The caller's key for an existing person: an id."""


@dataclass(frozen=True)
class Candidate(Generic[Here]):
    """An existing person who is, or may be, the arriving one."""

    here: Here
    same: bool
    sure: bool
    strong: bool
    reason: str

    @property
    def weight(self) -> tuple[bool, bool, bool]:
        """The sort key for comparing two descriptions of one person."""
        return self.same, self.sure, self.strong


@dataclass(frozen=True)
class Found(Generic[Here]):
    """The match of an arriving person: the one it is, or those it may be; neither for a new person."""

    same: Here | None = None
    doubtful: tuple[Here, ...] = ()
    reason: str = ""
    """For a doubt: what agrees and what differs with the first candidate."""

    @property
    def is_new(self) -> bool:
        """Whether the person is new."""
        return self.same is None and not self.doubtful


class Register(Generic[Here]):
    """The existing pupils or guardians, indexed by everything that can match."""

    def __init__(self, people: Iterable[tuple[Here, Person | Carer]] = ()) -> None:
        """The order determines the order in which candidates are listed."""
        self._people: list[tuple[Here, Person | Carer]] = []
        self._places: dict[str, dict[str, list[int]]] = {}
        """By kind of key, and only of the kinds that were looked for: a name takes long to fold."""
        for here, person in people:
            self.add(here, person)

    def add(self, here: Here, person: Person | Carer) -> None:
        """Add a person, or another description of one: the strongest match counts."""
        for kind, places in self._places.items():
            _note(places, person, kind, len(self._people))
        self._people.append((here, person))

    def resembling(self, person: Person | Carer) -> list[Here]:
        """Everybody who may become a candidate, whatever else becomes known."""
        return [here for here, _ in self._near(person)]

    def candidates(self, person: Person | Carer) -> list[Candidate[Here]]:
        """Everybody it is or may be."""
        found: dict[Here, Candidate[Here]] = {}
        for here, other in self._near(person):
            one = _compared(here, person, other)
            if one is not None and (here not in found or one.weight > found[here].weight):
                found[here] = one
        return list(found.values())

    def find(self, person: Person | Carer) -> Found[Here]:
        """Match a person who arrives alone."""
        plain = self._by_number(person)
        if plain is not None:
            return plain
        found = self.candidates(person)
        if len(found) != 1:
            return settle({0: found})[0]
        one = found[0]  # what `settle` comes to, for the one whom everybody is
        return Found(one.here) if one.same or (one.strong and one.sure) else _doubt(found)

    def _by_number(self, person: Person | Carer) -> Found[Here] | None:
        """The match of a person of whom nothing but a number, and perhaps an ECK iD, is known, where nobody else has
        either: what comparing comes to. None: compare. Results come by the thousand.
        """
        if not isinstance(person, Person) or person.has_more_than_number:
            return None
        places = self._of("number").get(bare(person.number), ())
        if len(places) != 1:
            return None
        here, other = self._people[places[0]]
        assert isinstance(other, Person)
        if person.number != other.number and person.number not in other.former:
            return None
        if person.eckid:
            if person.eckid != (other.eckid or person.eckid):
                return None
            if any(place != places[0] for place in self._of("eckid").get(person.eckid, ())):
                return None
        return Found(here)

    def _near(self, person: Person | Carer) -> list[tuple[Here, Person | Carer]]:
        places = {place for kind, value in _keys(person) for place in self._of(kind).get(value, ())}
        return [self._people[place] for place in sorted(places)]

    def _of(self, kind: str) -> dict[str, list[int]]:
        """Where the people with each key of a kind are."""
        found = self._places.get(kind)
        if found is None:
            found = self._places[kind] = {}
            for place, (_, person) in enumerate(self._people):
                _note(found, person, kind, place)
        return found


def carer_candidates(carer: Carer, here: Iterable[tuple[Here, Carer]]) -> list[Candidate[Here]]:
    """The guardians among these that the arriving one is or may be."""
    return Register(here).candidates(carer)


def settle(arriving: Mapping[New, Sequence[Candidate[Here]]]) -> dict[New, Found[Here]]:
    """Match each of the people who arrive together.

    First those who are alone in having somebody's number or ECK iD, or address and name; then pairs that are each
    other's only possibility. The rest are doubts. The result is the same from either side.
    """
    edges = {(who, one.here): one for who, candidates in arriving.items() for one in candidates}
    same: dict[New, Here] = {}
    while pairs := _claimed(edges) or _alone(edges):
        same.update(pairs)
        taken = set(pairs.values())
        edges = {(who, here): one for (who, here), one in edges.items() if who not in pairs and here not in taken}
    doubts: dict[New, list[Candidate[Here]]] = {}
    for (who, _), one in edges.items():
        doubts.setdefault(who, []).append(one)
    return {who: Found(same[who]) if who in same else _doubt(doubts.get(who, ())) for who in arriving}


def claims(arriving: Mapping[New, Sequence[Candidate[Here]]]) -> dict[New, Here]:
    """The matches that `settle` makes whatever else arrives, as long as nobody else has the same numbers."""
    return _claimed({(who, one.here): one for who, candidates in arriving.items() for one in candidates})


def _only(pairs: Iterable[tuple[New, Here]]) -> dict[New, Here]:
    """The pairs of which neither member is in another pair."""
    every = list(pairs)
    new, here = Counter(who for who, _ in every), Counter(one for _, one in every)
    return {who: one for who, one in every if new[who] == here[one] == 1}


def _claimed(edges: Mapping[tuple[New, Here], Candidate[Here]]) -> dict[New, Here]:
    """Certain matches by number or ECK iD, without another number or ECK iD that contradicts it."""
    strong = _only(pair for pair, one in edges.items() if one.strong)
    return {who: here for who, here in strong.items() if edges[who, here].sure}


def _alone(edges: Mapping[tuple[New, Here], Candidate[Here]]) -> dict[New, Here]:
    """Pairs with no other possibility on either side, and not doubtful in themselves."""
    return {who: here for who, here in _only(edges).items() if edges[who, here].same}


def _doubt(candidates: Sequence[Candidate[Here]]) -> Found[Here]:
    return Found(doubtful=tuple(one.here for one in candidates), reason=candidates[0].reason if candidates else "")


def _compared(here: Here, one: Person | Carer, other: Person | Carer) -> Candidate[Here] | None:
    """Compare two of the same kind."""
    signs: Signs | CarerSigns
    if isinstance(one, Carer) and isinstance(other, Carer):
        signs = compare_carers(one, other)
    else:
        assert isinstance(one, Person)
        assert isinstance(other, Person)
        signs = compare(one, other)
    found = signs.verdict if isinstance(signs, CarerSigns) else verdict(signs)
    if found is Verdict.OTHER:
        return None
    return Candidate(here, found is Verdict.SAME, signs.sure, signs.strong, signs.reason)


_KINDS: dict[str, Callable[[Any], Iterable[str]]] = {
    "email": lambda carer: (carer.address,),
    "name": lambda carer: (carer.folded,),
    "eckid": lambda person: (person.eckid,),
    "full": lambda person: (person.full_name,) if person.first_name or person.last_name or person.prefix else (),
    "short": lambda person: (person.short_name,) if person.first_name and person.last_name else (),
    "number": lambda person: map(bare, (person.number, *person.former)),
}
_OF_CARERS = ("email", "name")
_OF_PUPILS = ("eckid", "full", "short", "number")


def _keys(one: Person | Carer) -> Iterator[tuple[str, str]]:
    """The index keys: two people without a common key are never the same, and never a doubt."""
    for kind in _OF_CARERS if isinstance(one, Carer) else _OF_PUPILS:
        for value in _KINDS[kind](one):
            if value:
                yield kind, value


def _note(places: dict[str, list[int]], one: Person | Carer, kind: str, place: int) -> None:
    """Note the place of a person, if it is somebody with keys of this kind."""
    if (kind in _OF_CARERS) == isinstance(one, Carer):
        for value in _KINDS[kind](one):
            if value:
                places.setdefault(value, []).append(place)
