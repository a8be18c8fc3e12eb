"""Groepen en onderwijssoorten: create, change and delete groups of this school year (sources.md#groups).

Only groups of the location's working school year: those of the next come from the Jaarovergang, past ones are history.
A basisgroep is always exchanged; an instruction or other group only when "In koppelingen beschikbaar" is on. A group
that ever had pupils stays, because other systems know it. Required: `Permission.MANAGE_GROUPS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Annotated

from app import history
from app.access import Actor, writing
from app.counted import counted, plural
from app.exchange.names import folded
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school import keys
from app.school.fields import Described, OneOf, Text, YesNo
from app.school.groups import GroupKind, this_year, year_groups_of
from app.school.teaching import set_teachers
from models.school import Group, GroupTeacher, Placement, Pupil

YEAR_GROUPS = tuple(str(number) for number in range(9))
KINDS = tuple((str(kind), kind.label) for kind in GroupKind)
ALWAYS = "Een basisgroep gaat in koppelingen altijd mee, ook als hier nee staat."


def _kept_year_groups(typed: str) -> str:
    """Year groups in order, comma separated, from `6, 5` or `5/6`."""
    parts = [part for part in re.split(r"[\s,/]+", typed) if part]
    wrong = [part for part in parts if part not in YEAR_GROUPS]
    if wrong or not parts:
        raise Refused(
            f"Leerjaar '{(wrong or [typed])[0]}' bestaat niet. Schrijf de leerjaren 0 tot en met 8 met komma's "
            "ertussen, bijvoorbeeld 5,6."
        )
    return ",".join(sorted(set(parts)))


@dataclass(frozen=True, eq=False)
class YearGroups(Text):
    """Year groups 0 to 8, in any order, separated by commas, spaces or slashes."""

    required: bool = True
    help: str = "Met komma's ertussen, bijvoorbeeld 5,6."
    rule: Callable[[str], str] | None = _kept_year_groups


@dataclass(frozen=True)
class GroupForm(Described):
    """A group as typed; `teachers` are ids of staff of the location."""

    name: Annotated[str, Text(Group.name, required=True)]
    year_groups: Annotated[str, YearGroups(Group.year_groups)]
    kind: Annotated[str, OneOf(Group.kind, options=KINDS)] = GroupKind.BASIS
    available_to_couplings: Annotated[
        bool,
        YesNo(Group.available_to_couplings, label="In koppelingen", help=f"In koppelingen beschikbaar. {ALWAYS}"),
    ] = True
    teachers: frozenset[int] = frozenset()


def school_years(actor: Actor) -> list[str]:
    """The school years in which the location has groups, and the present one; latest first."""
    rows = Group.select(Group.school_year).where(Group.location == actor.location).distinct()
    return sorted({row.school_year for row in rows} | {this_year(actor)}, reverse=True)


def teacher_ids(group: Group) -> frozenset[int]:
    """The ids of the group's teachers, including inactive ones."""
    return frozenset(row.staff_id for row in GroupTeacher.select().where(GroupTeacher.group == group))


def add(actor: Actor, form: GroupForm) -> Group:
    """Create a group for this school year. Raises `Refused` naming the field: `name`, `kind`, `year_groups`,
    `teachers`.
    """
    with writing(actor, Permission.MANAGE_GROUPS):
        data, year = form.checked(), this_year(actor)
        _check_free(actor, data.name, year)
        key = keys.next_key(Group, actor.location, f"{actor.location.brin6}-{year[:4]}-", digits=2)
        group = Group.create(
            location=actor.location,
            key=key,
            school_year=year,
            **data.columns(Group),
        )
        set_teachers(group, frozenset(), data.teachers)
        return group


def change(
    actor: Actor, group: Group, form: GroupForm, seen: int | None = None, teachers_seen: Collection[int] = ()
) -> Group:
    """Change a group of this school year; its key stays. `teachers_seen` are the teachers the form started with.

    Raises `Refused` like `add`, also for another kind, or for dropping a year group that pupils in it have; and
    `ChangedMeanwhile` when it was changed after `seen` (`history.version`).
    """
    with writing(actor, Permission.MANAGE_GROUPS):
        data, own = form.checked(), _own(actor, group)
        history.check_unchanged(own, seen)
        _check_free(actor, data.name, own.school_year, own.id)
        _check_kind_may_change(own, data.kind)
        _check_nobody_loses_the_year(own, data.year_groups)
        data.fill(own)
        own.save()
        set_teachers(own, teachers_seen, data.teachers)
        return own


def make_available(actor: Actor, group: Group, available: bool) -> str:
    """Set only "In koppelingen beschikbaar"; return a sentence to show when that makes no difference."""
    with writing(actor, Permission.MANAGE_GROUPS):
        own = _own(actor, group)
        own.available_to_couplings = available
        own.save()
        return ALWAYS if own.kind == GroupKind.BASIS and not available else ""


def delete(actor: Actor, group: Group) -> None:
    """Delete a group that never had pupils. Raises `Refused` saying who is or was in it."""
    with writing(actor, Permission.MANAGE_GROUPS):
        own = _own(actor, group)
        seated = Placement.select().where(Placement.group == own).count()
        if seated:
            raise Refused(
                f"Groep {own.name} kan niet weg: er {_pupils(seated)} ingedeeld. Een groep waarin iemand zat blijft "
                "bewaard, omdat andere systemen haar kennen."
            )
        if history.ever_had(actor.board.id, Placement, "group_id", own.id):
            raise Refused(
                f"Groep {own.name} kan niet weg: er hebben eerder leerlingen in gezeten. Zo'n groep blijft "
                "bewaard, omdat andere systemen haar kennen."
            )
        own.delete_instance()


def _pupils(number: int) -> str:
    return f"{plural(number, 'is', 'zijn')} {counted(number, 'leerling', 'leerlingen')}"


def _own(actor: Actor, group: Group) -> Group:
    own = Group.get_or_none(Group.id == group.id, Group.location == actor.location)
    if own is None:
        raise NotFound(f"Groep {group.name} staat niet (meer) op vestiging {actor.location.brin6}.")
    year = this_year(actor)
    if own.school_year != year:
        raise Refused(
            f"Groep {own.name} is van schooljaar {own.school_year}. Alleen de groepen van {year} zijn te wijzigen."
        )
    return own


def _check_free(actor: Actor, name: str, year: str, but_not: int = 0) -> None:
    rows = Group.select(Group.name).where(
        Group.location == actor.location, Group.school_year == year, Group.id != but_not
    )
    taken = next((row.name for row in rows if folded(row.name) == folded(name)), "")
    if taken:
        raise Refused(f"In {year} is er al een groep {taken}. Geef deze groep een andere naam.", field="name")


def _check_kind_may_change(group: Group, kind: str) -> None:
    seated = Placement.select().where(Placement.group == group).count()
    if kind != group.kind and seated:
        raise Refused(
            f"Groep {group.name} blijft een {GroupKind(group.kind).label.lower()}: er {_pupils(seated)} ingedeeld. Maak "
            "een nieuwe groep van de andere soort.",
            field="kind",
        )


def _check_nobody_loses_the_year(group: Group, year_groups: str) -> None:
    """Check that each pupil in a basisgroep is still in one of its year groups."""
    if group.kind != GroupKind.BASIS:
        return
    for gone in sorted(set(year_groups_of(group)) - set(year_groups.split(","))):
        pupils = (
            Pupil.select()
            .join(Placement)
            .where(Placement.group == group, Pupil.year_group == gone, Pupil.unsubscribed_on.is_null())
        )
        if number := pupils.count():
            raise Refused(
                f"Leerjaar {gone} kan niet weg: er {_pupils(number)} van dat leerjaar in groep {group.name}. "
                "Verplaats die eerst.",
                field="year_groups",
            )
