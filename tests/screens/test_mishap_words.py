"""What is said of each kind of mishap."""

from __future__ import annotations

import pytest
from peewee import OperationalError

from app.workers import mishaps


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (RuntimeError("Could not determine home directory."), "De thuismap in dat pad bestaat niet."),
        (ValueError("embedded null byte"), "In dat pad staat een teken dat daar niet kan."),
        (OSError(36, "File name too long", "a" * 300), "De naam van het bestand is te lang."),
        (PermissionError(13, "Permission denied"), "Bij dat bestand of die map mag u niet."),
        (
            OperationalError("database or disk is full"),
            "De schijf is vol. Wat er al stond, is gebleven. Maak ruimte vrij en probeer het opnieuw.",
        ),
        (OperationalError("server closed the connection unexpectedly"), "De database is niet bereikbaar."),
        (ZeroDivisionError("x"), "Er ging iets mis in het programma zelf (ZeroDivisionError)."),
    ],
)
def test_each_kind_has_its_own_words(error: Exception, sentence: str) -> None:
    assert mishaps.told(error) == sentence


def test_what_caused_it_says_more() -> None:
    try:
        try:
            raise OSError(28, "No space left on device")
        except OSError as error:
            raise OperationalError("cannot rollback - no transaction is active") from error
    except OperationalError as error:
        caught = error
    assert mishaps.told(caught) == "De schijf is vol."
    assert [line for line in mishaps.details(caught) if not line.startswith(" ")] == [
        "peewee.OperationalError",
        "builtins.OSError (28)",
    ]
