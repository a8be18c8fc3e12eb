"""The meanings that a colour of the screen may have, in the words of a draaiboek (`expect colour error on "..."`).

Which colours mean it in a theme is known by `screens/driving/colours.py`.
"""

from __future__ import annotations

from app.training.scripts.errors import WrongLine, instead

MEANINGS = {
    "error": "er is iets mis, of iets gaat weg: Mislukt, een verkeerd veld, een knop die verwijdert",
    "warning": "hier moet iemand iets doen",
    "good": "het is in orde: Actief, Gelukt",
    "disabled": "gedempt: uitgeschakeld, of alleen een toelichting",
    "link": "hier is iets te kiezen: een link, een toets, het tabblad dat open is",
    "chosen": "gekozen, of met de focus",
    "level-1": "niveau I",
    "level-2": "niveau II",
    "level-3": "niveau III",
    "level-4": "niveau IV",
    "level-5": "niveau V",
    "growth": "gegroeid",
    "decline": "gedaald",
}
"""Meaning, and what it says on the screens of the program."""


def check(name: str) -> None:
    """Raise `WrongLine` for a word that is not one of them."""
    if name not in MEANINGS:
        raise WrongLine(f"'{name}' is geen betekenis van een kleur. {instead(name, MEANINGS)}")
