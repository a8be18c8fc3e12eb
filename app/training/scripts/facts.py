"""What can be checked of a board as it is, and what of it began since a moment before: the checks a recorder offers.

Each kind of check tells where it holds (`Kind.facts`), or is tried with every known word at its placeholders. A check
that is the opposite of another begins where that one ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product
from typing import TypeAlias

from app.access import Actor
from app.check_kinds import Given, Kind, read_together
from app.refusals import Refused
from app.training.scripts.checks import Check, kinds, known_words, parse

Facts: TypeAlias = Mapping[str, frozenset[Given]]
"""Of each kind that ends no other, by how it is written: what is filled in where it holds."""
MOST = 20_000
"""Facts of one kind that are looked at."""
MOST_OF_A_KIND = 40
"""Facts of one kind that are offered: of those that are about hundreds of pupils, the first will do."""


def facts_of(actor: Actor) -> Facts:
    """Everything that holds now on the board, at the location of the actor. Reads."""
    known = known_words()
    with read_together():
        return {kind.written: frozenset(_facts(kind, actor, known)) for kind in kinds() if not kind.ends}


def begun(before: Facts, now: Facts) -> list[Check]:
    """The checks that hold now and did not before, the rarest kinds first: one fact tells more than one of a hundred."""
    found: list[list[Check]] = []
    for kind in kinds():
        of = kind.ends or kind.written
        one, other = (before, now) if not kind.ends else (now, before)
        fresh = other.get(of, frozenset()) - one.get(of, frozenset())
        checks = (_check(kind, given) for given in sorted(fresh))
        found.append(list(islice((check for check in checks if check is not None), MOST_OF_A_KIND)))
    return [check for checks in sorted(found, key=len) for check in checks]


def _facts(kind: Kind, actor: Actor, known: Mapping[str, list[str]]) -> Iterable[Given]:
    try:
        if kind.facts is not None:
            return list(islice(kind.facts(actor), MOST))
    except Refused:  # a partner that knows nothing of this location, or what this user may not see
        return ()
    places = [part for part in kind.written.split() if part.isupper()]
    few = all(part in known for part in places)
    return [given for given in product(*(known[part] for part in places)) if _holds(kind, actor, given)] if few else ()


def _holds(kind: Kind, actor: Actor, given: Given) -> bool:
    try:
        return kind.holds(actor, *given)
    except Refused:
        return False


def _check(kind: Kind, given: Given) -> Check | None:
    """As a line says it; None if a word cannot be written there."""
    words: Iterator[str] = iter(given)
    text = " ".join(next(words) if part.isupper() else part for part in kind.written.split())
    try:
        return parse(text) if len(text.split()) == len(kind.written.split()) else None
    except Refused:
        return None
