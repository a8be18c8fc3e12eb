"""Other words by which Ctrl+P finds what has another title; a whole one counts as the title itself."""

from __future__ import annotations

from collections.abc import Mapping

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "Nieuwe leerling": ("inschrijven", "leerling inschrijven", "leerling toevoegen"),
    "Programma stoppen": ("afsluiten", "sluiten", "stoppen", "programma afsluiten"),
    "Afmelden / andere gebruiker": ("uitloggen",),
    "Bereikbaarheid": ("e-mailadres", "e-mailadressen", "e-mail"),
}
"""By title, as `folded` writes them: small letters, without accents."""


def of(title: str) -> tuple[str, ...]:
    """The other words for what has this title."""
    return SYNONYMS.get(title, ())
