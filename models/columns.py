"""Columns shared by tables of different systems.

Each has its maximum length and, as `verbose_name`, its Dutch label in forms, files and the history.
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
    """The prefix of a last name (voorvoegsel), if any."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": lengths.PREFIX, "default": "", "verbose_name": "Voorvoegsel"} | options)


class LastName(KeptText):
    """A last name without its prefix."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": lengths.LAST_NAME, "verbose_name": "Achternaam"} | options)


class FullName(KeptText):
    """The full name of somebody whose name is not known in parts."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": lengths.FULL_NAME, "verbose_name": "Naam"} | options)


class GroupName(KeptText):
    """The name of a group."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": lengths.GROUP_NAME, "verbose_name": "Naam"} | options)


class OrganisationName(KeptText):
    """The name of a school, a location or a board's relation. The length is our choice."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 100, "verbose_name": "Naam"} | options)


class Email(KeptText):
    """An e-mail address; may be empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": lengths.EMAIL, "default": "", "verbose_name": "E-mailadres"} | options)


class Phone(ShortText):
    """A telephone number; may be empty. The length is our choice."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 30, "default": "", "verbose_name": "Telefoon"} | options)


def labels(*models: type[BaseModel]) -> dict[str, str]:
    """The labels of the labelled columns of some tables, by column name."""
    columns = (column for model in models for column in model._meta.sorted_fields)
    return {column.name: column.verbose_name for column in columns if column.verbose_name}
