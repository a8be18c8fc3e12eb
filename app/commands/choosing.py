"""Which draaiboeken of a command are played, and up to where: `FILE:LINE`, `--only`, `--last-failed`, `--shard`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import playing
from app.files.regular import read_text
from app.refusals import Misused, NotFound
from app.training.scripts import last_failed
from app.training.scripts.composing import LONGEST
from app.training.scripts.errors import MOST_NAMES, instead

if TYPE_CHECKING:
    from app.training.scripts.document import Script, Step

_AT_LINE = re.compile(r"(.+):([0-9]{1,6})")
_SHARD = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")
START = 6
"""What starting a draaiboek costs, in lines."""


@dataclass(frozen=True)
class Named:
    """A draaiboek as the command names it."""

    path: Path
    line: int | None = None
    """Play up to and including the step of this line; None: all of it."""


@dataclass(frozen=True)
class Chosen:
    """A draaiboek that is played."""

    script: Script
    """With the steps that are played."""
    whole: bool
    """Whether that is all of it."""


def named(paths: Sequence[Path]) -> list[Named]:
    """The draaiboeken among files, folders and names; `FILE:LINE` plays up to and including the step of that line.

    Of one that is named twice, the furthest line counts. Raises `Misused` if there are none, or no such line.
    """
    found: dict[str, Named] = {}
    for path in paths:
        match = None if os.path.lexists(path) else _AT_LINE.fullmatch(str(path))
        line = int(match[2]) if match else None
        if line == 0:
            raise Misused(f"'{path}': regels tellen vanaf 1.")
        for one in _files(Path(match[1]) if match else path):
            if line and line > (lines := _lines(one)):
                raise Misused(f"'{path}': er zijn {lines} regels.")
            key = os.path.abspath(one)
            before = found.get(key)
            furthest = line if before is None else max(line, before.line) if line and before.line else None
            found[key] = Named(before.path if before else one, furthest)
    return list(found.values())


def _files(path: Path) -> list[Path]:
    try:
        return playing.files([path])
    except NotFound as missing:
        raise Misused(missing.sentence) from missing


def _lines(path: Path) -> int:
    return len(read_text(path, 4 * LONGEST).splitlines())


def up_to_line(script: Script, line: int | None) -> Chosen:
    """A draaiboek up to and including the step of a line: what comes before is needed to get there."""
    last = max((place for place, step in enumerate(script.steps) if step.line <= (line or 0)), default=0)
    return Chosen(script, True) if line is None else _up_to(script, last)


def _up_to(script: Script, place: int) -> Chosen:
    steps = script.steps[: place + 1]
    whole = len(steps) == len(script.steps)
    return Chosen(replace(script, steps=steps, whole=whole), whole)


def only(chosen: Sequence[Chosen], patterns: Sequence[str]) -> list[Chosen]:
    """Those that a pattern names, each up to the last step that one names. Raises `Misused` for one that names none.

    `NAME` is a name or a part of a name or title, with `*` for anything; `NAME/STEP` plays up to and including a step, by
    its number or a part of its title.
    """
    if not patterns:
        return list(chosen)
    kept: dict[int, Chosen] = {}
    for pattern in patterns:
        name, slash, step = pattern.partition("/")
        found = {place: one for place, one in enumerate(chosen) if _names(name, one.script.name, one.script.title)}
        if not found:
            raise Misused(_nobody(name, [one.script.name for one in chosen], "draaiboek"))
        if slash:
            found = {place: part for place, one in found.items() if (part := _up_to_named(one.script, step))}
            if not found:
                titles = [one.title for row in chosen for one in row.script.steps if one.title]
                raise Misused(_nobody(step, titles, "stap"))
        for place, one in found.items():
            if place not in kept or len(one.script.steps) > len(kept[place].script.steps):
                kept[place] = one
    return [kept[place] for place in sorted(kept)]


def _names(pattern: str, *texts: str) -> bool:
    """Whether a pattern names one of these: as a whole or a part of it."""
    asked = pattern.strip().casefold()
    return any(fnmatchcase(text.casefold(), asked if "*" in asked else f"*{_escaped(asked)}*") for text in texts)


def _escaped(text: str) -> str:
    return re.sub(r"([\[?])", r"[\1]", text)


def _up_to_named(script: Script, asked: str) -> Chosen | None:
    def is_named(step: Step) -> bool:
        return str(step.number) == asked.strip() if asked.strip().isdigit() else _names(asked, step.title)

    place = max((place for place, step in enumerate(script.steps) if is_named(step)), default=None)
    return None if place is None else _up_to(script, place)


def _nobody(asked: str, known: Iterable[str], kind: str) -> str:
    return f"Geen {kind} heet '{asked}'. {instead(asked, sorted(set(known)), MOST_NAMES)}"


def failed_before(chosen: Sequence[Chosen], tell: Callable[[str], object]) -> list[Chosen]:
    """Those that failed when they were last played here; says so when there are none."""
    found = [one for one in chosen if last_failed.has_failed(one.script.path)]
    if not found:
        tell("Bij de vorige keer ging hier niets mis, of er is hier nog niet gespeeld: er is niets over te doen.")
    return found


def shard(chosen: Sequence[Chosen], written: str) -> list[Chosen]:
    """Part 2 of 4 for `2/4`: the same on every machine, for it depends on the draaiboeken only. The parts are disjoint,
    together whole, and about equal in lines. Raises `Misused`.
    """
    number, parts = parse_shard(written)
    loads = [0] * parts
    mine: set[int] = set()
    order = sorted(range(len(chosen)), key=lambda place: (-_weight(chosen[place]), _key(chosen, place)))
    for place in order:
        lightest = loads.index(min(loads))
        loads[lightest] += _weight(chosen[place])
        if lightest == number - 1:
            mine.add(place)
    return [one for place, one in enumerate(chosen) if place in mine]


def parse_shard(written: str) -> tuple[int, int]:
    """The number and how many parts there are. Raises `Misused`."""
    found = _SHARD.fullmatch(written.strip())
    number, parts = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= number <= parts:
        raise Misused(f"'{written}' is geen deel. Schrijf 2/4 voor het tweede deel van vier.")
    return number, parts


def _weight(one: Chosen) -> int:
    return START + sum(len(step.commands) for step in one.script.steps)


def _key(chosen: Sequence[Chosen], place: int) -> tuple[str, ...]:
    """A draaiboek's name, and then its folders from the inside: not where the checkout is."""
    return tuple(reversed(chosen[place].script.path.absolute().parts))
