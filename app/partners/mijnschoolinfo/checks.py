"""What a draaiboek can check of Mijnschoolinfo: its own groups, its klassenindeling, and which people it has."""

from __future__ import annotations

from collections.abc import Iterator

from app.access import Actor
from app.check_kinds import Kind, as_word, opposite, spaced
from app.partners.mijnschoolinfo import account, layout, lists


def _own_groups(actor: Actor) -> bool:
    return any(row.origin == "own" for row in lists.groups(account.school_of(actor.location)))


def _person_there(actor: Actor, name: str) -> bool:
    """A guardian or staff member."""
    school, wanted = account.school_of(actor.location), spaced(name)
    return any(row.name == wanted for rows in (lists.guardians, lists.staff) for row in rows(school, wanted))


def _layout_confirmed(actor: Actor) -> bool:
    return not account.school_of(actor.location).check_layout


def _layout_stale(actor: Actor) -> bool:
    classes = layout.classes(account.school_of(actor.location))
    return any(not place.here for row in classes for place in row.places)


def _class_counts(actor: Actor, name: str, number: str) -> bool:
    classes = layout.classes(account.school_of(actor.location))
    return any(row.name == spaced(name) and str(len(row.places)) == number for row in classes)


def _counts(actor: Actor) -> Iterator[tuple[str, str]]:
    classes = layout.classes(account.school_of(actor.location))
    yield from ((as_word(row.name), str(len(row.places))) for row in classes)


def _people(actor: Actor) -> Iterator[tuple[str]]:
    school = account.school_of(actor.location)
    yield from ((as_word(row.name),) for rows in (lists.guardians, lists.staff) for row in rows(school))


CHECKS: tuple[Kind, ...] = (
    Kind("own-groups none", "In Mijnschoolinfo staat geen zelfgemaakte groep meer.", opposite(_own_groups)),
    Kind("own-groups some", "In Mijnschoolinfo staat een zelfgemaakte groep.", _own_groups),
    Kind("layout confirmed", "De klassenindeling is bevestigd.", _layout_confirmed),
    Kind("layout stale", "In de klassenindeling staat wie er niet meer is.", _layout_stale),
    Kind("layout current", "In de klassenindeling staat alleen wie er nog is.", opposite(_layout_stale)),
    Kind("class NAME counts NUMBER", "Klas {0} in Mijnschoolinfo telt {1} leerlingen.", _class_counts, _counts),
    Kind("person NAME at mijnschoolinfo", "{0} staat in Mijnschoolinfo.", _person_there, _people),
    Kind(
        "person NAME not-at mijnschoolinfo",
        "{0} staat niet in Mijnschoolinfo.",
        opposite(_person_there),
        ends="person NAME at mijnschoolinfo",
    ),
)
