"""What differs between the variants of a draaiboek: the `vary` lines of its front matter, and their values for a seed.

A choice is a name with values (`groep = 6 | 7 | 5`), a table whose rows hold values that belong together, or a rule that
picks from the practice board (`leerling from girls of {groep}`). Seed 1 takes the first of each; the next seed takes
the next of each, so that neighbours have nothing in common. The same seed always gives the same values.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import takewhile
from math import prod
from random import Random

from app.exchange.names import folded
from app.partners import registry
from app.refusals import NotFound
from app.school.people.names import list_name
from app.training.scripts.errors import WrongLine, instead
from app.training.scripts.grammar import filled
from app.training.scripts.tables import MOST_ROWS
from fixtures import roster
from fixtures.board_plan import BRIN, LOCATIONS
from fixtures.roster import Listed

DEFAULT = 1
"""The seed of the pictures and the manual: the first of everything."""
MOST = 1_000_000
"""The highest seed."""
LONGEST = 1000
"""Characters of a value: each may hold the one before it twice, and then grows without end."""
FIELD = "vary"
"""The field of the front matter; it may be there more than once."""
_BEGINS = re.compile(rf"{FIELD}\s*:[ \t]*(.*?)[ \t]*$")
_ROW = re.compile(r"[ \t]+(\||\w+[ \t]*=)")
NAME = re.compile(r"[^\W\d_]\w*")
_CELLS = re.compile(r"(?<!\\)\|")
_RULE = re.compile(rf"({NAME.pattern}) from (\w+) of (\S+)(?: not ((?: ?{NAME.pattern})+))?")
_SYLLABLES = ("ba", "de", "fo", "gi", "ha", "ko", "la", "me", "ni", "po", "ra", "so", "ti", "vu", "wa", "zo")
_CODE_LETTERS = 7
"""Syllables of a code: with BRIN6 and two digits it has 22 letters and digits, of the 20 to 50 that ESIS asks."""

RULES: dict[str, tuple[str, Callable[[Listed], bool]]] = {
    "pupils": ("een leerling van deze groep", lambda _one: True),
    "girls": ("een meisje van deze groep", lambda one: one.is_girl),
    "boys": ("een jongen van deze groep", lambda one: not one.is_girl),
}
"""What a rule may pick a pupil from, and which pupils those are."""
NAMESAKES, GROUP, CODES = "namesakes", "group", "codes"
PARTS = {
    "{leerling}": "voluit: Yara Altena",
    "{leerling.lijst}": "zoals in een lijst: Altena, Yara",
    "{leerling.roepnaam}": "Yara",
    "{leerling.achternaam}": "Altena",
    "{leerling.nummer}": "het leerlingnummer: 1111",
    "{leerling.familie}": "de achternaam waarop een lijst sorteert, zonder tussenvoegsel",
    "{leerling.verzorger}": "een van de verzorgers",
}
"""What a pupil gives, of `leerling from pupils of 6`."""


@dataclass(frozen=True)
class Choice:
    """One thing that differs: its names with a row of values for each, or the rule by which it is picked."""

    line: int
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    rule: tuple[str, str, tuple[str, ...]] = ("", "", ())
    """What is picked, of what, and which other choices it may not be."""


@dataclass(frozen=True)
class Place:
    """Where pupils are picked: a school at a moment."""

    begins: datetime
    location: str
    """The number of the location: `00`."""


def read(head: Sequence[tuple[int, str]], wrong: Callable[[int, str], object]) -> tuple[list[Choice], set[int]]:
    """The choices in front matter, given as lines with their numbers, and the numbers of the lines that they take.

    `wrong` is told a line and what is not right.
    """
    found: list[Choice] = []
    taken: set[int] = set()
    for place, (line, text) in enumerate(head):
        if not (begins := _BEGINS.match(text)):
            continue
        rows = list(takewhile(lambda row: _ROW.match(row[1]), head[place + 1 :]))
        taken |= {line, *(row for row, _ in rows)}
        try:
            found.append(table(rows) if rows and not begins[1] else choice(begins[1], line))
        except WrongLine as mistake:
            wrong(rows[0][0] if rows else line, str(mistake))
    return found, taken


def choice(text: str, line: int) -> Choice:
    """A choice of one line: `NAME = A | B`, or `NAME from KIND of GROUP [not NAME]`. Raises `WrongLine`."""
    if rule := _RULE.fullmatch(" ".join(text.split())):
        name, kind, of, other = rule.groups()
        known = [*RULES, NAMESAKES, GROUP, CODES]
        if kind not in known:
            raise WrongLine(f"'{kind}' is niets om uit te kiezen. {instead(kind, known)}")
        return Choice(line, (name,), rule=(kind, of, tuple((other or "").split())))
    name, equals, values = (part.strip() for part in text.partition("="))
    if not equals or not NAME.fullmatch(name):
        raise WrongLine(
            "Zo wordt 'vary' niet geschreven. Schrijf 'vary: groep = 6 | 7 | 5', 'vary: leerling from pupils of 6', of alleen "
            "'vary:' met eronder, ingesprongen, een tabel."
        )
    return _table(line, [(name,), *((cell,) for cell in _cells(values))])


def table(lines: Sequence[tuple[int, str]]) -> Choice:
    """A choice of values that belong together: a table with the names on top, and a row for each variant; or a line for
    each name, `NAME = A | B`. Raises `WrongLine`.
    """
    if not lines[0][1].strip().startswith("|"):
        named = [text.strip().partition("=") for _, text in lines]
        columns = [[name.strip(), *_cells(values)] for name, _, values in named]
        if uneven := next((one[0] for one in columns if len(one) != len(columns[0])), None):
            raise WrongLine(f"'{uneven}' heeft niet evenveel waarden als '{columns[0][0]}'.")
        return _table(lines[0][0], list(zip(*columns, strict=True)))
    rows = [_cells(text.strip().removeprefix("|").removesuffix("|")) for _, text in lines]
    rows = [row for row in rows if not all(re.fullmatch(":?-+:?", cell) for cell in row)]
    return _table(lines[0][0], rows)


def _table(line: int, rows: Sequence[Sequence[str]]) -> Choice:
    names, *values = [tuple(row) for row in rows]
    if wrong := next((name for name in names if not NAME.fullmatch(name)), None):
        raise WrongLine(f"'{wrong}' kan geen naam zijn in 'vary': letters, cijfers en _, met een letter voorop.")
    if len(set(names)) < len(names):
        raise WrongLine("In 'vary' staat een naam twee keer.")
    if not 0 < len(values) <= MOST_ROWS:
        raise WrongLine(f"'vary' heeft {len(values) or 'geen'} rijen; het kunnen er 1 tot {MOST_ROWS} zijn.")
    if uneven := next((row for row in values if len(row) != len(names)), None):
        raise WrongLine(
            f"De rij '{' | '.join(uneven)}' heeft {len(uneven)} waarden voor {len(names)} namen. Een | erin is \\|."
        )
    return Choice(line, names, tuple(values))


def _cells(text: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _CELLS.split(text)]


def variants(choices: Iterable[Choice]) -> int:
    """After how many seeds every value has been used at least once; 1 if nothing varies."""
    return max((len(one.rows) or _PICKED for one in choices), default=1)


_PICKED = 3
"""Seeds that are looked at of what is picked from the board."""


def values_for(
    choices: Sequence[Choice], seed: int, place: Place, wrong: Callable[[int, str], object]
) -> dict[str, str]:
    """The value of each name for this seed (1 or higher); `wrong` is told a line and what cannot be."""
    found: dict[str, str] = {}
    picking = _Picking(seed, place, {one.rule[1] for one in choices if one.rule[0] == NAMESAKES})
    turns = _turns([len(one.rows) for one in choices if one.rows], seed - 1)
    for one in choices:
        try:
            if twice := next((name for name in one.names if name in found), None):
                raise WrongLine(f"'{twice}' is al eerder bepaald.")
            if one.rows:
                row = one.rows[next(turns)]
                found |= {name: _value(name, cell, found) for name, cell in zip(one.names, row, strict=True)}
            else:
                kind, of, others = one.rule
                found |= picking.of(one.names[0], kind, filled(of, found, lacking=LACKING), others)
        except (WrongLine, NotFound) as mistake:
            wrong(one.line, str(mistake))
            found |= {name: found.get(name, "") for name in one.names}
    return found


def _value(name: str, cell: str, found: Mapping[str, str]) -> str:
    """A value that may use those before it, which makes it no longer than it may be. Raises `WrongLine`."""
    if len(value := filled(cell, found, lacking=LACKING)) > LONGEST:
        raise WrongLine(f"De waarde van '{name}' wordt langer dan {LONGEST} tekens.")
    return value


LACKING = "Er is geen 'vary' met"
"""How the sentence begins about a hole with a name that is not there."""


def _turns(sizes: Sequence[int], number: int) -> Iterator[int]:
    """Which row of each table: every combination comes by, and each seed takes the next row of (nearly) all."""
    before, turn = 1, 0
    for size in sizes:
        turn += number // before
        yield turn % size
        turn, before = turn % size, before * size


class _Picking:
    """Picks from the practice board what a seed gives."""

    def __init__(self, seed: int, place: Place, with_namesakes: set[str]) -> None:
        """`with_namesakes`: the choices that must have one."""
        self._seed, self._place, self._with_namesakes = seed, place, with_namesakes
        self._picked: dict[str, Listed] = {}
        self._everybody, self._names = _at(place.begins, place.location)

    def of(self, name: str, kind: str, of: str, others: Sequence[str]) -> dict[str, str]:
        """What this name and its parts are. Raises `WrongLine` or `NotFound`."""
        if kind == CODES:
            return {name: _code(self._place, of, name, self._seed)}
        if unknown := next((one for one in others if one not in self._picked), None):
            raise WrongLine(f"'{unknown}' is geen leerling die eerder is gekozen.")
        fitting = self._namesakes(of) if kind == NAMESAKES else self._in_group(of)
        if kind == GROUP:
            return {name: of, f"{name}.aantal": str(len(fitting))}
        taken = [self._picked[other] for other in others]
        _, fits = RULES.get(kind, RULES["pupils"])
        fitting = [row for row in fitting if fits(row) and row not in taken and self._is_plain(row)]
        if name in self._with_namesakes:
            fitting = [row for row in fitting if _namesakes(row, self._everybody)]
        if not fitting:
            raise WrongLine(f"Bij '{name}' is er niemand om uit te kiezen.")
        self._picked[name] = chosen = fitting[(self._seed - 1) % len(fitting)]
        return _of_pupil(name, chosen)

    def _in_group(self, group: str) -> list[Listed]:
        found = [row for row in self._everybody if row.group == group]
        if not found:
            groups, where = dict.fromkeys(row.group for row in self._everybody), f"{BRIN}{self._place.location}"
            raise WrongLine(f"Groep '{group}' is er niet op vestiging {where}. {instead(group, groups)}")
        return found

    def _is_plain(self, row: Listed) -> bool:
        """Whether its name is one of letters, and of nobody else: it can be found by it on any screen."""
        return self._names[folded(row.name.full)] == 1 and all(one.isalpha() or one in " -'" for one in row.name.full)

    def _namesakes(self, name: str) -> list[Listed]:
        if name not in self._picked:
            raise WrongLine(f"'{name}' is geen leerling die eerder is gekozen.")
        return _namesakes(self._picked[name], self._everybody)


def _namesakes(row: Listed, everybody: Sequence[Listed]) -> list[Listed]:
    """Others with the same last name."""
    return [one for one in everybody if one.name.last == row.name.last and one is not row]


@lru_cache(8)
def _at(begins: datetime, location: str) -> tuple[Sequence[Listed], Counter[str]]:
    """Everybody at a location, and how many of them have a name, folded."""
    found = [row for row in roster.pupils(begins) if row.location == location]
    return found, Counter(folded(row.name.full) for row in found)


def _of_pupil(name: str, row: Listed) -> dict[str, str]:
    who = row.name
    return {
        name: who.full,
        f"{name}.lijst": list_name(who.first, who.prefix, who.last),
        f"{name}.roepnaam": who.first,
        f"{name}.achternaam": f"{who.prefix} {who.last}".strip(),
        f"{name}.nummer": row.key,
        f"{name}.familie": who.last,
        f"{name}.verzorger": row.carer,
    }


def _code(place: Place, partner: str, name: str, seed: int) -> str:
    """A verification code: with seed 1 the one of the practice board. Raises `NotFound`."""
    brin6, practice = f"{BRIN}{place.location}", registry.by_id(partner).practice_code
    if seed == DEFAULT and practice:
        return f"{brin6}{practice}"
    random = Random(f"{seed}:{partner}:{name}")
    return brin6 + "".join(random.choices(_SYLLABLES, k=_CODE_LETTERS)) + f"{random.randrange(100):02}"


def location_number(brin6: str) -> str:
    """The number of the location that a draaiboek is on; the first one where it names none."""
    return brin6[-2:] if len(brin6) > 2 else LOCATIONS[0][0]


def combinations(choices: Iterable[Choice]) -> int:
    """How many different variants the tables make; what is picked from the board comes on top of that."""
    return prod(len(one.rows) or 1 for one in choices)
