"""The fields that the forms about pupils share: a person's names, birth date and gender, and the choice of a group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app import clock
from app.access import Actor
from app.school import groups
from app.school.groups import GroupKind, year_groups_of
from app.school.people.pupil_form import (
    Gender,
    PupilForm,
    check_first_name,
    check_initials,
    check_last_name,
    check_prefix,
    read_birth_date,
)
from app.school.years import next_year
from models.school import Group
from screens.shared.fields import ChoiceField, Field, TextField

NO_GROUPS = (
    "Deze vestiging heeft dit schooljaar nog geen basisgroepen, en een leerling komt altijd in een basisgroep. Lees eerst "
    "een EDEXML-bestand in (Beheer > Import-Export-Koppelingen > Import)."
)

DATE_HELP = "Dag-maand-jaar, bijvoorbeeld 14-4-2020."


def person_fields(form: PupilForm, today: date) -> list[Field]:
    """Names, birth date and gender, filled in with what is known."""
    born = clock.dutch_date(form.birth_date) if form.birth_date else ""
    return [
        TextField("first_name", "Roepnaam", required=True, value=form.first_name, check=check_first_name),
        TextField("prefix", "Voorvoegsel", value=form.prefix, check=check_prefix),
        TextField("last_name", "Achternaam", required=True, value=form.last_name, check=check_last_name),
        TextField("initials", "Voorletters", value=form.initials, check=check_initials),
        TextField(
            "birth_date",
            "Geboortedatum",
            required=True,
            value=born,
            help=DATE_HELP,
            check=lambda text: read_birth_date(text, today),
        ),
        ChoiceField(
            "gender",
            "Geslacht",
            value=str(int(form.gender)),
            options=tuple((item.label, str(int(item))) for item in Gender),
        ),
    ]


def person_of(values: dict[str, Any], today: date) -> PupilForm:
    """What was filled in, as the use cases take it."""
    return PupilForm(
        values["first_name"],
        values["last_name"],
        read_birth_date(values["birth_date"], today),
        values["prefix"],
        int(values["gender"]),
        values["initials"],
    )


class GroupChoice:
    """The basisgroepen of this school year and, where there are any, the next; one option for each year group."""

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
