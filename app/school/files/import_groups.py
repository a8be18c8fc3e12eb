"""The groups that an EDEXML file makes: basisgroepen, combination groups out of several entries, instruction groups.

A `groep` is a basisgroep; entries with the same name and different year groups are one combination group (as in real
files), and so is one with jaargroep C, whose year groups come from a remark (in our own exports), or else from its
pupils. A `samengestelde_groep` is an instruction group. A key is never reused for another group, in any school year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.exchange.edexml_records import EdexFile, EdexGroup, Problem, Problems
from app.exchange.edexml_rules import COMBINATION, PRIMARY
from app.school.files.import_sheets import GROUPS, Item, Present, Row, State
from app.school.groups import GroupKind

_NAME, _KIND, _YEAR = (GROUPS.fields.index(name) for name in ("name", "kind", "school_year"))


@dataclass
class GroupPlan:
    """The groups of the file as they will be in ESIS."""

    items: list[Item] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    target: dict[str, str] = field(default_factory=dict)
    """Key in the file -> key in ESIS; several map to one for a combination group."""
    year_group: dict[str, str] = field(default_factory=dict)
    """Key in the file -> its single jaargroep."""
    names: dict[str, str] = field(default_factory=dict)
    """Key in ESIS -> name, for all groups of this school year after the import."""
    basis: set[str] = field(default_factory=set)
    """Keys in ESIS of the basisgroepen of this school year."""


def plan_groups(file: EdexFile, present: Present, school_year: str) -> GroupPlan:
    """Make the plan; its problems tell which names and keys clash."""
    plan = GroupPlan()
    of_this_year = {key: row for key, row in present.groups.items() if row[_YEAR] == school_year}
    plan.names = {key: row[_NAME] for key, row in of_this_year.items()}
    plan.basis = {key for key, row in of_this_year.items() if row[_KIND] == GroupKind.BASIS}
    for entries in _merged(file.groups, plan.problems):
        _plan_group(plan, entries, present, school_year, file.year_groups)
    _check_names(plan)
    return plan


def _merged(groups: Iterable[EdexGroup], problems: Problems) -> list[list[EdexGroup]]:
    """The entries that together make one group, in file order."""
    by_name: dict[str, list[EdexGroup]] = {}
    for group in groups:
        others = by_name.setdefault(group.name, [])
        if any(other.composite or group.composite or other.year_group == group.year_group for other in others):
            other = f"sleutel {others[0].key}, regel {others[0].line}"
            sentence = f"er is al een groep '{group.name}' ({other}). Geef een van beide een andere naam."
            problems.append(Problem(group.line, f"groep {group.key}: {sentence}"))
        else:
            others.append(group)
    return list(by_name.values())


def _plan_group(
    plan: GroupPlan, entries: list[EdexGroup], present: Present, school_year: str, by_pupils: dict[str, set[str]]
) -> None:
    first = entries[0]
    keys = sorted(entry.key for entry in entries)
    key = next((known for known in keys if known in present.groups), keys[0])
    old = present.groups.get(key)
    kind = (GroupKind.INSTRUCTION if first.composite else GroupKind.BASIS).value
    if old and (clash := _clash(first, key, kind, old, school_year)):
        plan.problems.append(Problem(first.line, clash))
    year_groups = None if first.composite else _year_groups(entries, by_pupils)
    stated = (key, first.name, old[_KIND] if old and first.composite else kind, school_year, year_groups, None)
    row = GROUPS.merged(stated, old)
    plan.items.append(_item(first.line, row, old))
    plan.names[key] = first.name
    for entry in entries:
        plan.target[entry.key] = key
        if entry.year_group != COMBINATION:
            plan.year_group[entry.key] = entry.year_group
    if not first.composite:
        plan.basis.add(key)


def _item(line: int, row: Row, old: Row | None) -> Item:
    differences = tuple(GROUPS.differences(old, row)) if old else ()
    state = State.NEW if old is None else State.CHANGED if differences else State.UNCHANGED
    return Item(row[0], row[_NAME], line, state, differences, row)


def _clash(group: EdexGroup, key: str, kind: str, old: Row, school_year: str) -> str:
    if old[_YEAR] != school_year:
        return (
            f"groep {key}: deze sleutel is in ESIS al van groep '{old[_NAME]}' uit schooljaar {old[_YEAR]}. "
            "Een sleutel komt niet terug; geef de groep een nieuwe."
        )
    if (old[_KIND] == GroupKind.BASIS) != (kind == GroupKind.BASIS):
        return (
            f"groep {key} ('{group.name}') is in het bestand een {GroupKind(kind).label.lower()} en in ESIS een "
            f"{GroupKind(old[_KIND]).label.lower()}. Geef de groep in het bestand een andere sleutel."
        )
    return ""


def _year_groups(entries: list[EdexGroup], by_pupils: dict[str, set[str]]) -> str:
    """`5`, or in order `5,6`; for jaargroep C those of the remark, otherwise those of the pupils."""
    if len(entries) == 1 and entries[0].year_group != COMBINATION:
        return entries[0].year_group
    if len(entries) == 1 and entries[0].year_groups:
        return ",".join(entries[0].year_groups)
    found: set[str] = set()
    for entry in entries:
        found |= by_pupils.get(entry.key, set()) if entry.year_group == COMBINATION else {entry.year_group}
    return ",".join(number for number in PRIMARY if number in found)


def _check_names(plan: GroupPlan) -> None:
    """Check that no group of the file gets the name of a group that ESIS has under another key."""
    in_file = {item.key for item in plan.items}
    others = {name: key for key, name in plan.names.items() if key not in in_file}
    for item in plan.items:
        if other := others.get(item.name):
            sentence = (
                f"groep {item.key}: in ESIS bestaat '{item.name}' dit schooljaar al, met sleutel {other}. "
                "Geef een van beide een andere naam, of de groep in het bestand die sleutel."
            )
            plan.problems.append(Problem(item.line, sentence))
