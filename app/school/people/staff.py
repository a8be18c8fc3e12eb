"""Medewerkers: the staff of a location and their groups of this year; deactivated when they leave, never deleted.

An active staff member is activated on the location (sources.md#rights): visible there, and nothing more; access comes
from a role. Keys form one series (`M001`), our choice, unique in the board and never reused. Required:
`Permission.MANAGE_STAFF`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated, Any

from app.access import Actor, writing
from app.exchange.names import full_name
from app.history import check_unchanged
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school import groups, keys
from app.school.fields import Described, Text
from app.school.people.colleagues import Colleagues
from app.school.people.contact import Email
from app.school.people.enrolment import eckid_for
from app.school.people.names import list_name
from app.school.teaching import groups_before, set_groups
from app.school.text import clean_text
from models.school import StaffMember

SERIES = "M"


@dataclass(frozen=True)
class StaffRow:
    """A staff member in a list, with the names of the groups of this school year."""

    id: int
    key: str
    first_name: str
    prefix: str
    last_name: str
    email: str
    active: bool
    groups: tuple[str, ...] = ()
    group_ids: frozenset[int] = frozenset()

    @property
    def list_name(self) -> str:
        """The name as in lists: last name first."""
        return list_name(self.first_name, self.prefix, self.last_name)

    @property
    def full_name(self) -> str:
        """The name as spoken."""
        return full_name(self.first_name, self.prefix, self.last_name)

    def as_json(self) -> dict[str, Any]:
        """The fields of sources.md#json."""
        return {
            "key": self.key,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "email": self.email,
            "groups": list(self.groups),
            "active": self.active,
        }


@dataclass(frozen=True)
class StaffForm(Described):
    """Names, e-mail address and groups as typed; `groups` are ids of groups of this school year."""

    first_name: Annotated[str, Text(StaffMember.first_name, required=True)]
    last_name: Annotated[str, Text(StaffMember.last_name, required=True)]
    prefix: Annotated[str, Text(StaffMember.prefix)] = ""
    email: Annotated[str, Email(StaffMember.email)] = ""
    groups: frozenset[int] = frozenset()


def listed(actor: Actor) -> list[StaffRow]:
    """Return the staff of the location by last name, those who left at the end; in three queries. Raises
    `NotAllowed`.
    """
    actor.require(Permission.MANAGE_STAFF)
    found = StaffMember.select().where(StaffMember.location == actor.location)
    ordered = found.order_by(StaffMember.active.desc(), StaffMember.sort_name, StaffMember.id)
    return _rows(actor, list(ordered))


def find(actor: Actor, key: str) -> StaffMember:
    """Find the staff member with this key (case-insensitive). Raises `NotAllowed` or `NotFound`."""
    actor.require(Permission.MANAGE_STAFF)
    typed = clean_text(key, 256, "key", "Sleutel", key=True)
    for row in StaffMember.select().where(
        StaffMember.location == actor.location, StaffMember.key.in_([typed, typed.upper()])
    ):
        return row
    raise NotFound(
        f"Medewerker '{typed}' staat niet op vestiging {actor.location.brin6}. Zoek de sleutel op in de lijst van "
        "medewerkers (esis staff list).",
        field="key",
    )


def row_of(actor: Actor, staff: StaffMember) -> StaffRow:
    """The staff member as in lists."""
    return _rows(actor, [staff])[0]


def add(actor: Actor, form: StaffForm) -> StaffMember:
    """Add an active staff member, with the next key. Raises `Refused` naming the field."""
    with writing(actor, Permission.MANAGE_STAFF):
        data = form.checked()
        key = keys.next_key(StaffMember, actor.location, SERIES, digits=3)
        staff = StaffMember.create(
            board=actor.board,
            location=actor.location,
            key=key,
            eckid=eckid_for(actor.board, key),
            **data.columns(StaffMember),
        )
        set_groups(actor, staff, frozenset(), data.groups)
        return staff


def warnings_about(actor: Actor, form: StaffForm, but_not: int = 0) -> tuple[str, ...]:
    """Warn that a form (as typed) may be about a known staff member of the location: the same name or address.

    `but_not` is the id of the staff member the form is about, if any. Raises `Refused` like `checked`.
    """
    actor.require(Permission.MANAGE_STAFF)
    data = form.checked()
    name = full_name(data.first_name, data.prefix, data.last_name)
    like = Colleagues.of(actor.location, but_not).like(name, data.email)
    return (f"Op deze vestiging staat al medewerker {like}. Controleer of dit dezelfde is.",) if like else ()


def change(
    actor: Actor, staff: StaffMember, form: StaffForm, seen: int | None = None, groups_seen: Collection[int] = ()
) -> StaffMember:
    """Change names, e-mail address and groups; the key stays.

    `groups_seen` are the groups the form started with: only the differences are applied, so concurrent changes by
    others stay. Raises `ChangedMeanwhile` when the rest was changed after `seen` (`history.version`).
    """
    with writing(actor, Permission.MANAGE_STAFF):
        own, data = _own(actor, staff), form.checked()
        check_unchanged(own, seen)
        data.fill(own)
        own.save()
        set_groups(actor, own, groups_seen, data.groups)
        return own


def deactivate(actor: Actor, staff: StaffMember) -> StaffMember:
    """Deactivate at the location; the groups are kept for a later reactivation."""
    return _set_active(actor, staff, False)


def reactivate(actor: Actor, staff: StaffMember) -> StaffMember:
    """Activate at the location again."""
    return _set_active(actor, staff, True)


def _set_active(actor: Actor, staff: StaffMember, active: bool) -> StaffMember:
    with writing(actor, Permission.MANAGE_STAFF):
        own = _own(actor, staff)
        if own.active == active:
            name = full_name(own.first_name, own.prefix, own.last_name)
            raise Refused(f"{name} is al {'actief' if active else 'niet meer actief'} op deze vestiging.")
        own.active = active
        own.save()
        return own


def _rows(actor: Actor, found: list[StaffMember]) -> list[StaffRow]:
    taught = groups_before([row.id for row in found], groups.this_year(actor))
    return [
        StaffRow(
            row.id,
            row.key,
            row.first_name,
            row.prefix,
            row.last_name,
            row.email,
            row.active,
            tuple(group.name for group in taught.get(row.id, ())),
            frozenset(group.id for group in taught.get(row.id, ())),
        )
        for row in found
    ]


def _own(actor: Actor, staff: StaffMember) -> StaffMember:
    row = StaffMember.get_or_none(StaffMember.id == staff.id, StaffMember.location == actor.location)
    if row is None:
        raise NotFound(f"Medewerker {staff.key} staat niet op vestiging {actor.location.brin6}.")
    return row
