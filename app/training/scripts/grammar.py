r"""The words of a draaiboek: what a line may say, and what is said where it says something else.

A line is a word and what belongs to it. Texts of the screen stand between double quotes (`\\"` is a quote in one), straight
or as a word processor makes them; names of the program (a key, a partner, a moment) stand as they are. Our own;
documented in docs/draaiboeken.md from `FORMS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.training.scripts.errors import nearest

CURLY = "“”„‟"
"""What a word processor makes of double quotes."""
_TOKEN = re.compile(rf'\s*(?:"((?:[^"\\]|\\["\\])*)"|[{CURLY}]([^{CURLY}"]*)[{CURLY}"]|([^\s"{CURLY}]+))')


@dataclass(frozen=True)
class Form:
    """One way to write a command: small words as they are, `"LABEL"` a quoted text, `NAME` a word, `REST...` the rest."""

    written: str
    does: str
    """In Dutch, for the documentation."""


FORMS: dict[str, tuple[Form, ...]] = {
    "open": (Form("open PATH...", "Opent een onderdeel: een pad of het eind ervan, zoals Beheer > Koppelingen."),),
    "choose": (
        Form('choose "LABEL"', "Kiest een knop, een regel, een tabblad of een antwoord."),
        Form('choose "LABEL" in "ROW"', "Kiest wat bij een regel of in een blok met die tekst staat."),
    ),
    "fill": (Form('fill "FIELD" "TEXT"', "Vult een veld in; wat erin stond, gaat weg."),),
    "select": (Form('select "FIELD" "OPTION"', "Kiest in een keuzelijst."),),
    "tick": (Form('tick "FIELD"', "Kruist een vakje of een regel aan."),),
    "untick": (Form('untick "FIELD"', "Haalt het kruisje weg."),),
    "press": (Form("press KEYS...", "Drukt op toetsen, zoals F2 of tab enter."),),
    "type": (Form('type "TEXT"', "Typt waar de cursor staat."),),
    "go": (Form("go to PROGRAM...", "Gaat naar ESIS, IEP LVS, Gynzy, Mijnschoolinfo of Basispoort."),),
    "sign": (
        Form(
            "sign in as USER", "Meldt aan, op het aanmeldscherm dat voor is, met het wachtwoord van het oefenbestuur."
        ),
        Form("sign out", "Meldt af bij ESIS."),
    ),
    "advance": (
        Form("advance until morning", "Zet de schooltijd op de volgende ochtend, 8:00; de nacht gebeurt echt."),
        Form("advance until 17:00", "Zet de schooltijd op 17:00."),
        Form("advance to MOMENT...", "Zet de schooltijd op een moment, zoals 1-8-2020 08:00."),
    ),
    "expect": (
        Form('expect "TEXT"', "Deze tekst staat op het scherm, of komt er binnen enkele seconden."),
        Form('expect no "TEXT"', "Deze tekst staat er niet."),
    ),
    "check": (Form("check CHECK...", "De toestand van het bestuur; zie de lijst van controles."),),
    "shot": (Form("shot NAME", "Een plaatje van het scherm, voor de handleiding en als gouden scherm."),),
    "fault": (
        Form(
            "fault PARTNER KIND",
            "Zet een storing aan: unreachable, slow, half, wrong-code, unmatched of again (eenmalig).",
        ),
        Form("fault PARTNER KIND off", "Zet een storing uit."),
    ),
    "hint": (Form('hint "TEXT"', "Les: de eerste hint bij deze stap, in plaats van de tekst van de stap."),),
    "remark": (
        Form('remark "TEXT" when CHECK...', "Les: wat er gezegd wordt als deze toestand ontstaat; een verkeerde weg."),
    ),
}
"""Word -> the ways to write it."""
TELLING = ("check", "hint", "remark")
"""Words that do nothing to the screen."""


@dataclass(frozen=True)
class Command:
    """A line: its word, the number of its form, what was filled in, and where it stands."""

    word: str
    form: int
    given: tuple[str, ...]
    line: int
    text: str
    """As written."""


class WrongLine(Exception):
    """A line that is no command; the message says why and how it is written."""


def parse(text: str, line: int = 0) -> Command:
    """The command of a line. Raises `WrongLine`."""
    tokens = _tokens(text)
    if not tokens:
        raise WrongLine("Hier staat niets.")
    word = tokens[0][0]
    if tokens[0][1] or word not in FORMS:
        meant = nearest(word, FORMS)
        known = f"Bedoelt u '{meant}'?" if meant else f"Er zijn: {', '.join(FORMS)}."
        raise WrongLine(f"'{word}' is geen woord van een draaiboek. {known}")
    for number, form in enumerate(FORMS[word]):
        given = _match(form.written.split(), tokens)
        if given is not None:
            return Command(word, number, given, line, text.strip())
    ways = " of ".join(f"`{form.written}`" for form in FORMS[word])
    raise WrongLine(f"Zo wordt '{word}' niet geschreven. Schrijf {ways}.")


def _tokens(text: str) -> list[tuple[str, bool]]:
    """Words, and whether they stood between quotes. Raises `WrongLine` for a quote without an end."""
    found, place = [], 0
    text = text.rstrip()
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            raise WrongLine('Een tekst begint met een aanhalingsteken (") en eindigt er niet mee.')
        straight, curly, bare = token.groups()
        text_of_it = re.sub(r"\\(.)", r"\1", straight) if straight is not None else curly or bare or ""
        found.append((text_of_it, bare is None))
        place = token.end()
    return found


def _match(written: list[str], tokens: list[tuple[str, bool]]) -> tuple[str, ...] | None:
    """What fills the open places of a form; None where the tokens are not written so."""
    given: list[str] = []
    for place, part in enumerate(written):
        if part.endswith("..."):
            rest = tokens[place:]
            return (*given, _joined(rest)) if rest else None
        if place >= len(tokens):
            return None
        text, quoted = tokens[place]
        if part.startswith('"'):
            if not quoted:
                return None
            given.append(text)
        elif part.isupper():
            if quoted:
                return None
            given.append(text)
        elif quoted or text != part:
            return None
    return tuple(given) if len(tokens) == len(written) else None


def _joined(tokens: list[tuple[str, bool]]) -> str:
    return " ".join(
        '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' if quoted else text for text, quoted in tokens
    )
