"""Columns that tables of different systems have in common: each says how long its text may be and, as `verbose_name`, what
forms, files and the history call it in Dutch.
"""

from __future__ import annotations

from typing import Any

from app.exchange import lengths
from models.base import BaseModel, KeptText, ShortText


class FirstName(KeptText):
    """A roepnaam."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": lengths.FIRST_NAME, "verbose_name": "Roepnaam"} | options)


class Prefix(KeptText):
    """What stands before a last name (voorvoegsel), if anything."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": lengths.PREFIX, "default": "", "verbose_name": "Voorvoegsel"} | options)


class LastName(KeptText):
    """A last name without its prefix."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": lengths.LAST_NAME, "verbose_name": "Achternaam"} | options)


class FullName(KeptText):
    """The name of somebody of whom only that is known."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": lengths.FULL_NAME, "verbose_name": "Naam"} | options)


class GroupName(KeptText):
    """The name of a group."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": lengths.GROUP_NAME, "verbose_name": "Naam"} | options)


class OrganisationName(KeptText):
    """The name of a school, a location or whom a board deals with. How long is our choice."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 100, "verbose_name": "Naam"} | options)


class Email(KeptText):
    """An e-mail address; empty where there is none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": lengths.EMAIL, "default": "", "verbose_name": "E-mailadres"} | options)


class Phone(ShortText):
    """A telephone number; empty where there is none. How long is our choice."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 30, "default": "", "verbose_name": "Telefoon"} | options)


def labels(*models: type[BaseModel]) -> dict[str, str]:
    """What the columns of some tables are called, by name, of those that have a label."""
    columns = (column for model in models for column in model._meta.sorted_fields)
    return {column.name: column.verbose_name for column in columns if column.verbose_name}
