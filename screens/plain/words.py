"""What one can type besides a number or a label, in one table: `?` and the manual are made of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from screens.shared import keys

SEPARATOR = "="


class Word(NamedTuple):
    """A word, how it is written with what belongs to it, and what it does."""

    name: str
    form: str
    does: str


WORDS = (
    Word(
        "vul",
        "vul VELD = WAARDE",
        "Vult een veld in. Zonder WAARDE wordt die gevraagd; `vul` alleen vraagt alle velden.",
    ),
    Word("kruis", "kruis REGEL", "Kruist een regel van een lijst aan, of haalt het kruisje weg."),
    Word("op", "op REGEL", "Gaat erop staan zonder hem te openen; daarna kan `acties`."),
    Word("acties", "acties", "Noemt alles wat u hier kunt doen."),
    Word("terug", "terug", "Gaat terug, of sluit het venster."),
    Word("zoek", "zoek TEKST", "Zoekt een scherm, een actie of een leerling op een deel van de naam."),
    Word("naar", "naar PLAATS", "Gaat naar een programma (naar IEP LVS) of een scherm (naar Mijn groep)."),
    Word("tijd", "tijd", "Zegt de schooltijd. Verzetten: `tijd morgen`, `tijd 17:00` of `tijd 20-4-2020`."),
    Word("meer", "meer", "Vertelt de volgende regels van een lange lijst."),
    Word("lees", "lees", "Leest het hele scherm nog eens."),
    Word("waar", "waar", "Zegt waar u bent, en waar u op staat."),
    Word("opdracht", "opdracht", "Leest de opdracht van de les nog eens, met hoever u bent."),
    Word("hint", "hint", "Geeft in een les een hint; nog eens geeft de volgende."),
    Word("uitleg", "uitleg", "Leest de uitleg van dit scherm (in een les eerst het verhaal)."),
    Word("toets", "toets NAAM", "Drukt op een toets, zoals `toets F2` of `toets ctrl+s`."),
    Word("stop", "stop", "Stopt het programma of de les, zo nodig na een vraag."),
)
ALIKE = {"esc": "terug", "help": "uitleg", "ga": "naar", "vul in": "vul"}
"""Other words for the same."""
NAMES = {word.name for word in WORDS}
HELP = (
    "Typ het nummer van een regel om die te kiezen, of het begin van zijn naam. Een veld vraagt dan zijn waarde. Of typ:",
    *(f"{word.form}: {word.does}" for word in WORDS),
    "?: Leest deze uitleg.",
    "Noemt een tekst een toets, zoals F8 of uitroepteken, dan typt u: toets F8, of toets uitroepteken.",
)


_TYPED = {"F1": "uitleg", "Ctrl+Q": "stop", "Ctrl+L": "hint", "Esc": "terug"}
"""What one types where a text names the key that does the same."""
_PRESSED = re.compile(rf"(?:\b([Dd])ruk(t u)? op )?(?<![\w+])({'|'.join(map(re.escape, _TYPED))})(?![\w+])")
_SEEN = (
    ("Wat u moet doen, staat steeds onder aan het scherm.", "Wat u moet doen, zegt `opdracht`."),
    ("Onder aan het scherm staat het doel.", "Het doel zegt `opdracht`."),
)
"""Sentences that tell where something stands, and what tells it here."""
_SIGN_OF = {name: sign for sign, name in keys.ALOUD.items()}


def typed_instead(line: str) -> str:
    """A line with words to type in place of keys that do the same: `Druk op F1` -> `Typ `uitleg``."""
    for seen, said in _SEEN:
        line = line.replace(seen, said)
    return _PRESSED.sub(_word_for, line)


def _word_for(found: re.Match[str]) -> str:
    press = "" if not found[1] else f"{'T' if found[1] == 'D' else 't'}yp{'t u' if found[2] else ''} "
    return f"{press}`{_TYPED[found[3]]}`"


def key_meant(name: str) -> str:
    """A key as one types it after `toets`: a sign by its name too."""
    return _SIGN_OF.get(name.casefold(), name)


def understood(typed: str) -> tuple[str, str]:
    """A line as a word and what belongs to it; no word if it does not begin with one."""
    first, _, rest = typed.strip().partition(" ")
    name = ALIKE.get(first.casefold(), first.casefold())
    if name == "?":
        return "?", ""
    return (name, rest.strip()) if name in NAMES else ("", typed.strip())


def field_and_value(given: str) -> tuple[str, str | None]:
    """`VELD = WAARDE` as its two parts; None without a value. A value may be empty, and may hold the sign itself."""
    label, sign, value = given.partition(SEPARATOR)
    return label.strip(), value.strip() if sign else None
