"""The choice of a group, shared by the forms about pupils."""

from __future__ import annotations

from collections.abc import Iterator

from app.access import Actor
from app.school import groups
from app.school.groups import GroupKind, year_groups_of
from app.school.years import next_year
from models.school import Group
from screens.shared.fields import ChoiceField, Field
from screens.shared.panel import Empty


def no_groups() -> Empty:
    """Instead of a form, when there is no group to choose."""
    return Empty(
        "Deze vestiging heeft dit schooljaar nog geen basisgroepen, en een leerling komt altijd in een basisgroep.",
        "Lees eerst een EDEXML-bestand in (Beheer > Import-Export-Koppelingen > Import).",
    )


class GroupChoice:
    """The basisgroepen of this school year and any of the next; one option for each year group."""

    def __init__(self, actor: Actor) -> None:
        this_year = groups.this_year(actor)
        found = groups.visible(actor) + groups.visible(actor, next_year(this_year))
        self._found = [
            (group, year_group, label)
            for group in found
            if group.kind == GroupKind.BASIS
            for year_group, label in _labels(group, this_year)
        ]

    def __bool__(self) -> bool:
        return bool(self._found)

    def field(self, chosen: Group | None = None, year_group: str = "") -> Field:
        """The field, with this group (and year group) chosen."""
        value = ""
        for number, (group, one, _) in enumerate(self._found):
            if chosen and group.id == chosen.id and (not value or one == year_group):
                value = str(number)
        options = (("(kies een groep)", ""), *((label, str(n)) for n, (_, _, label) in enumerate(self._found)))
        return ChoiceField("group", "Groep", required=True, value=value, options=options)

    def chosen(self, value: str) -> tuple[Group, str]:
        """The group and year group that a value of the field stands for."""
        group, year_group, _ = self._found[int(value)]
        return group, year_group


def _labels(group: Group, this_year: str) -> Iterator[tuple[str, str]]:
    """`6`; in a combination group `5/6, leerjaar 5`; of another school year `6 (2020-2021)`."""
    year_groups = year_groups_of(group)
    suffix = "" if group.school_year == this_year else f" ({group.school_year})"
    if len(year_groups) < 2:
        yield "", f"{group.name}{suffix}"
    for year_group in year_groups if len(year_groups) > 1 else ():
        yield year_group, f"{group.name}, leerjaar {year_group}{suffix}"
