"""Wat ziet deze gebruiker? Three separate things decide (sources.md#rights); this module tells which is missing.

Activation on a location (the staff member is active there) makes somebody visible but gives no data. A role on the
location gives its data; a role on the board, that of every location. A Leerkracht sees only their own groups, which
requires the account to be linked to the staff member who teaches them.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.access import Actor, actor_for
from app.exchange.names import full_name
from app.permissions import Permission
from app.school import groups
from app.school.board.users import UserRow


@dataclass(frozen=True)
class Part:
    """One of the three: whether it is in order, what was found, and what to do if not."""

    title: str
    there: bool
    found: str
    to_do: str


@dataclass(frozen=True)
class Sight:
    """All three, and what the user sees at the location as a result."""

    parts: tuple[Part, ...]
    sees: bool
    """Whether the user sees any pupil."""
    conclusion: str


def sight(actor: Actor, row: UserRow) -> Sight:
    """What an account sees at the actor's location, and why. Raises `NotAllowed`."""
    actor.require(Permission.MANAGE_USERS)
    sees, conclusion = _conclusion(actor_for(row.user, actor.location), row)
    return Sight((_activation(actor, row), _on_location(actor, row), _on_board(row)), sees, conclusion)


def _activation(actor: Actor, row: UserRow) -> Part:
    title, here = "Activering op de vestiging", actor.location.brin6
    staff = row.staff
    if staff is None:
        return Part(title, False, "niet gekoppeld aan een medewerker", "Koppel de gebruiker aan een medewerker.")
    name = full_name(staff.first_name, staff.prefix, staff.last_name)
    if not staff.active:
        return Part(
            title, False, f"{name} is niet meer actief", "Activeer de medewerker (Onderwijs > Overig > Medewerkers)."
        )
    if staff.location_id != actor.location.id:
        return Part(
            title,
            False,
            f"{name} is actief op {staff.location.brin6}, niet op {here}",
            f"Wie ook op {here} werkt, komt daar bij Medewerkers.",
        )
    return Part(title, True, f"{name} is actief op {here}", "")


def _on_location(actor: Actor, row: UserRow) -> Part:
    here = actor.location
    roles = [str(one.role) for one in row.roles if one.location is not None and one.location.id == here.id]
    to_do = "" if any(one.location is None for one in row.roles) else f"Geef een rol op {here.brin6}."
    return Part(
        "Rol op de vestiging", bool(roles), ", ".join(roles) or f"geen rol op {here.brin6}", "" if roles else to_do
    )


def _on_board(row: UserRow) -> Part:
    roles = [str(one.role) for one in row.roles if one.location is None]
    return Part(
        "Rol op het bestuur",
        bool(roles),
        ", ".join(roles) or "geen rol op het bestuur",
        "" if roles else "Alleen voor wie op elke vestiging werkt.",
    )


def _conclusion(seen_by: Actor, row: UserRow) -> tuple[bool, str]:
    here = seen_by.location.brin6
    if not seen_by.roles:
        elsewhere = f" Wel op: {', '.join(one.where for one in row.roles)}." if row.roles else ""
        alone = " Activering alleen geeft geen toegang tot gegevens." if row.active_at else ""
        return (
            False,
            f"Ziet niets op {here}, want er is geen rol: aanmelden kan, gegevens zijn er niet.{alone}{elsewhere}",
        )
    if seen_by.may(Permission.VIEW_ALL_PUPILS):
        return True, f"Ziet alle leerlingen van {here}."
    if not seen_by.may(Permission.VIEW_OWN_PUPILS):
        return False, f"Ziet geen leerlingen: de rol {', '.join(sorted(seen_by.roles))} gaat niet over leerlingen."
    return _own_groups(seen_by, row)


def _own_groups(seen_by: Actor, row: UserRow) -> tuple[bool, str]:
    own = ", ".join(group.name for group in groups.visible(seen_by))
    if own:
        return True, f"Ziet de leerlingen van de eigen groepen: {own}."
    if row.active_at != seen_by.location.brin6:
        return False, (
            "Ziet geen leerlingen: een leerkracht ziet de eigen groepen, en is daarvoor gekoppeld aan een "
            "medewerker die hier actief is."
        )
    return False, (
        "Ziet geen leerlingen: een leerkracht ziet de eigen groepen, en deze medewerker staat dit schooljaar voor "
        "geen groep."
    )
